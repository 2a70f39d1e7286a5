/** README explains run, test, configure. */

import { defineCheck, foundAt, missing, weighAs } from "../engine/check.ts";
import { EVERYONE, headingsOf } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const TOPICS: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "how to install it",
    /\binstall|\bsetup\b|getting started|quick ?start|requirements/,
    /\b(?:pip|uv|poetry|pipenv|pdm) (?:install|sync|add)\b/,
  ],
  [
    "how to run it",
    /\brun(?:ning)?\b|\bstart|\busage\b|\bdevelop/,
    /\bpython3? (?:-m )?\w+|\buvicorn\b|docker[ -]compose|\bdocker run\b|\bflask run\b|runserver/,
  ],
  [
    "how to test it",
    /\btests?\b|\btesting\b/,
    /\bpytest\b|manage\.py test|\btox\b|\bnox\b|unittest|make test/,
  ],
  ["how to configure it", /\bconfig|\bsettings\b|\benvironment\b|\bvariables\b/, /\.env\b|export [A-Z_]+=/],
  ["how to deploy it", /\bdeploy|\bproduction\b|\brelease/, /\bkubectl\b|\bhelm\b|\bterraform\b|\bflyctl?\b/],
];
const ENOUGH = 3;

export default defineCheck({
  id: "readme-useful",
  title: "README explains run, test, configure",
  why: "newcomers start alone",
  section: "workflow",
  level: "must-have",
  roles: EVERYONE,
  guide: "workflow#readme",
  actions: [
    {
      kind: "scaffold",
      title: "Create a README",
      build: createFile(
        "README.md",
        ({ stack }) => `# ${stack.name}\n\n## Install\n\n## Run\n\n## Test\n\n## Configure\n`,
      ),
    },
    { kind: "snippet", prefix: "md-readme" },
  ],
  judge(stack) {
    const paths = new Set(stack.files.top(/^README[^/]*$/i).map(({ path }) => path));
    const readmes = stack.texts.filter(({ path, lines }) => lines !== null && paths.has(path));
    if (readmes.length === 0) return missing("There is no README.");
    const parts = TOPICS.map(([topic, heading, command]) => {
      for (const { path, lines } of readmes) {
        const titled = headingsOf(lines ?? []).find(({ text }) => heading.test(text));
        const shown = (lines ?? []).findIndex((text) => command.test(text));
        const line = titled?.line ?? (shown === -1 ? undefined : shown + 1);
        if (line !== undefined) return foundAt({ path, line }, `It says ${topic}`, "");
      }
      return foundAt(null, "", `It does not say ${topic}`);
    });
    const covered = parts.filter(({ ok }) => ok).length;
    return weighAs(covered >= ENOUGH ? "proven" : covered > 0 ? "partly" : "missing", parts);
  },
});
