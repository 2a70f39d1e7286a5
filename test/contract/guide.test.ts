/** The guide's examples are true: good blocks are clean, and a bad block shows what its section's rules find. */

import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { SEVERITIES } from "../../server/src/engine/finding.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { examplePath, projectOf, sourceOf } from "../harness/check.ts";
import { configOf, createTestEngine, createTestParser } from "../harness/engine.ts";
import { GUIDE_SHOP } from "../harness/guide-shop.ts";

const FOLDER = fileURLToPath(new URL("../../media/guide/", import.meta.url));
const WARNING = SEVERITIES.indexOf("warning");

const parser = await createTestParser();
const { engine } = createTestEngine(parser, RULES);

interface Section {
  readonly anchor: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

for (const page of readdirSync(FOLDER).filter((name) => name.endsWith(".md"))) {
  describe(page, () => {
    for (const section of sectionsOf(readFileSync(`${FOLDER}${page}`, "utf8"))) {
      const link = `${page.slice(0, -".md".length)}#${section.anchor}`;
      if (section.good.length > 0) it(`${section.anchor}: good code is clean`, () => checkGood(section));
      if (section.bad.length > 0 && RULES.some((rule) => rule.guide === link)) {
        it(`${section.anchor}: bad code fires`, () => checkBad(section, link));
      }
    }
  });
}

async function checkGood({ good }: Section): Promise<void> {
  for (const text of good) {
    const parsed = parser.parse(text);
    try {
      assert.deepEqual(parsed.tree.errors, [], `does not parse:\n${text}`);
    } finally {
      parsed.dispose();
    }
    const wrong = (await analyze(text, "example.py")).filter(
      ({ severity }) => SEVERITIES.indexOf(severity) >= WARNING,
    );
    assert.deepEqual(
      wrong.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      [],
    );
  }
}

/** One of the rules that link to the section fires on one of its bad blocks. */
async function checkBad({ bad }: Section, link: string): Promise<void> {
  const rules = RULES.filter((rule) => rule.guide === link);
  for (const rule of rules) {
    for (const text of bad) {
      const findings = await analyze(text, examplePath(rule));
      if (findings.some(({ ruleId }) => ruleId === rule.id)) return;
    }
  }
  assert.fail(`none of ${rules.map(({ id }) => id).join(", ")} fires`);
}

async function analyze(text: string, path: string) {
  const project = projectOf(engine, [...GUIDE_SHOP.filter((file) => file.path !== path), { path, text }]);
  return engine.analyze(sourceOf({ path, text }), await configOf({}, path), project);
}

/** The H2 sections of a page with their fenced Python, told apart by the second word of the fence. */
function sectionsOf(markdown: string): readonly Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [heading = ""] = text.split("\n", 1);
      const blocks = [...text.matchAll(/^```python (good|bad)\n(.*?)^```$/gms)];
      const of = (kind: string) => blocks.filter((block) => block[1] === kind).map((block) => block[2] ?? "");
      return { anchor: slugOf(heading), good: of("good"), bad: of("bad") };
    });
}

function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
