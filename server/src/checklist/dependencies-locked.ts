/** Dependencies locked. */

import { defineCheck, found, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import type { Manifest, Stack } from "../stack/stack.ts";
import { EVERYONE, isLibrary } from "./_common.ts";

export default defineCheck({
  id: "dependencies-locked",
  title: "Dependencies locked",
  why: "the same build tomorrow",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#lock-files",
  actions: [{ kind: "terminal", command: lockCommand }],
  judge(stack) {
    const lock = stack.texts.find(({ locked }) => locked !== null);
    if (lock !== undefined)
      return weigh([found(`${lock.path} names every version`, { path: lock.path, line: 1 }), ...gaps(stack)]);
    if (isLibrary(stack))
      return notApplicable("This is a library: those who use it lock their own dependencies.");
    const files = stack.manifests.filter(
      ({ pinned, path }) => (pinned?.total ?? 0) > 0 && !/(?:^|\/)(?:docs?|tests?)\//.test(path),
    );
    if (files.length === 0)
      return weigh([lacks("No lock file, and no requirements file with exact versions")]);
    return judgePins(files);
  },
});

/** Requirements files lock where every line is exact and has a hash. */
function judgePins(files: readonly Manifest[]) {
  const parts = files.flatMap(({ path, pinned }): Part[] => {
    const { total = 0, exact = 0, hashed = 0 } = pinned ?? {};
    const place = { path, line: 1 };
    if (exact < total)
      return [lacks(`${total - exact} of ${total} lines of ${path} name no exact version`, place)];
    return [
      found(`Every line of ${path} names an exact version`, place),
      hashed === total
        ? found(`Every line of ${path} has a hash`, place)
        : lacks(`${path} has no hashes`, place),
    ];
  });
  return weigh(parts);
}

/** Direct requirements that the lock file does not know: it is older than the manifest. */
function gaps(stack: Stack): readonly Part[] {
  return stack.dependencies
    .filter(
      ({ name, specifier, path, kind }) =>
        kind === "runtime" &&
        specifier !== null &&
        path.endsWith("pyproject.toml") &&
        !stack.locked.has(name),
    )
    .slice(0, 5)
    .map((one) => lacks(`${one.name} is asked for and not in the lock file`, one));
}

function lockCommand(stack: Stack): string | null {
  const data = JSON.stringify(stack.pyproject?.toml?.data.tool ?? {});
  if (stack.texts.some(({ path }) => path.endsWith("Pipfile"))) return "pipenv lock";
  if (data.includes('"poetry"')) return "poetry lock";
  if (data.includes('"pdm"')) return "pdm lock";
  const input = stack.manifests.find(({ path }) => path.endsWith(".in"));
  if (input !== undefined) return `pip-compile --generate-hashes ${input.path}`;
  return stack.pyproject === null ? null : "uv lock";
}
