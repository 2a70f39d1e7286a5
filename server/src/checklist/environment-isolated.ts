/** Virtual environment kept local. */

import { defineCheck, found, foundAt, lacks, weigh } from "../engine/check.ts";
import { ignores } from "../stack/ignored.ts";
import type { Stack } from "../stack/stack.ts";
import type { Place } from "../stack/types.ts";
import { atFile, EVERYONE } from "./_common.ts";
import { addToGitignore } from "./_scaffolds.ts";

export default defineCheck({
  id: "environment-isolated",
  title: "Virtual environment kept local",
  why: "no version mixing",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#virtual-environments",
  actions: [
    {
      kind: "edit",
      title: "Add .venv/ to .gitignore",
      build: (context) => addToGitignore(context, [".venv/"]),
    },
    { kind: "terminal", command: "python -m venv .venv" },
  ],
  judge(stack) {
    const file = stack.texts.find(({ path, lines }) => /(?:^|\/)\.gitignore$/.test(path) && lines !== null);
    const ignored = ignores(file?.lines ?? []);
    const hides = ignored(".venv/pyvenv.cfg") || ignored("venv/pyvenv.cfg");
    return weigh([
      file !== undefined && hides
        ? found("The virtual environment is ignored by git", { path: file.path, line: 1 })
        : lacks("No line of .gitignore hides .venv"),
      foundAt(
        setUp(stack),
        "How the environment is made is written down",
        "Nothing says how the environment is made",
      ),
    ]);
  },
});

/** A file or a documented command that makes the environment. */
function setUp(stack: Stack): Place | undefined {
  const own = stack.files.top(
    /^(?:\.python-version|uv\.lock|poetry\.lock|poetry\.toml|Pipfile|pdm\.lock|environment\.ya?ml)$/,
  )[0];
  const container = stack.files.find(/(?:^|\/)\.devcontainer\//)[0];
  const file = own ?? container;
  if (file !== undefined) return atFile(file);
  const command =
    /-m venv\b|\bvirtualenv\b|\buv (?:sync|venv)\b|\bpoetry install\b|\bpipenv (?:install|sync)\b|\bhatch env\b|\bpdm install\b/;
  const step = stack.step(command);
  if (step !== undefined) return step;
  for (const { path, lines } of stack.texts) {
    if (lines === null || !/(?:README|CONTRIBUTING|INSTALL|docs?\/)/i.test(path)) continue;
    const line = lines.findIndex((text) => command.test(text));
    if (line !== -1) return { path, line: line + 1 };
  }
  return undefined;
}
