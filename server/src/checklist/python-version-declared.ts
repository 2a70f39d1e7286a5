/** Supported Python declared. */

import { defineCheck, found, lacks, missing, type Part, unsure, weigh } from "../engine/check.ts";
import { PYTHON_RELEASES, supported } from "../models/releases.ts";
import type { Stack } from "../stack/stack.ts";
import type { Place } from "../stack/types.ts";
import { minorOf, pythonMinors } from "../stack/versions.ts";
import { EVERYONE } from "./_common.ts";
import { requirePython } from "./_scaffolds.ts";

export default defineCheck({
  id: "python-version-declared",
  title: "Supported Python declared",
  why: "everyone runs the same language",
  section: "core-python",
  level: "must-have",
  roles: EVERYONE,
  guide: "core-python#supported-python-versions",
  actions: [{ kind: "edit", title: "Set requires-python", build: requirePython }],
  judge(stack) {
    const declared = declaration(stack);
    if (declared === null) return missing("Nothing says which Python this project supports.");
    const { specifier, shown, place } = declared;
    const minors = pythonMinors(specifier);
    if (minors === null) return weigh([unsure(`${shown} is no version specifier that can be read`, place)]);
    const parts = [found(shown, place), ...lowerBound(minors, stack.today, place)];
    return weigh([...parts, ...outside(stack, minors)]);
  },
});

function declaration(stack: Stack): { specifier: string; shown: string; place: Place } | null {
  for (const { path, python, format } of stack.manifests) {
    if (python === null || format === "script") continue;
    const place = { path, line: python.line };
    return { specifier: python.specifier, shown: `${path} asks for Python ${python.specifier}`, place };
  }
  const pinned = stack.texts.find(
    ({ path, lines }) => /(?:^|\/)\.python-version$/.test(path) && lines !== null,
  );
  const version = pinned?.lines?.find((line) => /^\d/.test(line));
  if (pinned === undefined || version === undefined) return null;
  const minor = minorOf(version.trim()) ?? version.trim();
  return {
    specifier: `==${minor}.*`,
    shown: `.python-version names ${version.trim()}`,
    place: { path: pinned.path, line: 1 },
  };
}

function lowerBound(minors: readonly number[], today: string, place: Place): readonly Part[] {
  const [lowest] = minors;
  if (lowest === undefined) return [lacks("No Python 3 fits what is declared", place)];
  if (lowest === 0) return [lacks("There is no lower bound", place)];
  const [oldest] = supported(PYTHON_RELEASES, today);
  const least = Number(oldest?.version.split(".")[1] ?? 0);
  return lowest >= least
    ? [found(`Python 3.${lowest} still gets security fixes`, place)]
    : [
        lacks(
          `Python 3.${lowest} gets no security fixes any more; the oldest that does is ${oldest?.version}`,
          place,
        ),
      ];
}

/** Versions that images and pipelines run on, and that the declaration does not admit. */
function outside(stack: Stack, minors: readonly number[]): readonly Part[] {
  const images = stack.dockerfiles.flatMap(({ path, stages }) =>
    stages.flatMap(({ image, line }) => {
      const version = /(?:^|\/)python:(\d+\.\d+)/.exec(image)?.[1];
      return version === undefined ? [] : [{ version, path, line, what: "The image" }];
    }),
  );
  const jobs = stack.pipelines.flatMap(({ pythons }) => pythons.map((one) => ({ ...one, what: "CI" })));
  return [...images, ...jobs].flatMap(({ version, what, ...place }) => {
    const minor = /^3\.(\d+)/.exec(version)?.[1];
    return minor === undefined || minors.includes(Number(minor))
      ? []
      : [lacks(`${what} runs Python 3.${minor}, which is not declared`, place)];
  });
}
