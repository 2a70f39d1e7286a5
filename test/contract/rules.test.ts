/** Every rule against its fixture, `test/rules/<rule-id>.md`. */

import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { checkCase } from "../harness/check.ts";
import { configOf, createTestEngine, createTestParser } from "../harness/engine.ts";
import { type FixtureCase, parseFixture } from "../harness/fixture.ts";

const FOLDER = fileURLToPath(new URL("../rules/", import.meta.url));
/** A rule that fires on everything, or on nothing, passes no fixture that has this many cases of each kind. */
const MIN_TRUE_CASES = 2;
const MIN_FALSE_CASES = 3;

const parser = await createTestParser();

for (const rule of RULES) {
  describe(rule.id, () => {
    const path = `${FOLDER}${rule.id}.md`;
    if (!existsSync(path)) {
      it("has a fixture", () => assert.fail(`there is no test/rules/${rule.id}.md`));
      return;
    }
    const cases = parseFixture(readFileSync(path, "utf8"));
    for (const one of cases) it(`${one.title} (line ${one.line})`, () => runCase(rule, one));
    it("has cases that fire and cases that only look like them", () => {
      const fires = cases.filter((one) => one.files.some((file) => file.expected.length > 0));
      assert.ok(fires.length >= MIN_TRUE_CASES, `${fires.length} cases fire, ${MIN_TRUE_CASES} are needed`);
      const silent = cases.length - fires.length;
      assert.ok(silent >= MIN_FALSE_CASES, `${silent} cases are silent, ${MIN_FALSE_CASES} are needed`);
    });
    it("shows each of its messages in a case", () => {
      const shown = new Set(
        cases.flatMap((one) => one.files.flatMap((file) => file.expected.map((it) => it.messageId))),
      );
      const missing = Object.keys(rule.messages).filter((messageId) => !shown.has(messageId));
      assert.deepEqual(missing, [], "messages that no case marks");
    });
  });
}

it("every fixture has a rule", () => {
  const ids = new Set(RULES.map((rule) => rule.id));
  const orphans = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && !ids.has(name.slice(0, -3)));
  assert.deepEqual(orphans, []);
});

async function runCase(rule: AnyRule, one: FixtureCase): Promise<void> {
  const { engine, faults } = createTestEngine(parser, [rule]);
  const project: Readonly<Record<string, string>> = {
    ...Object.fromEntries(one.files.map((file) => [file.path, file.text])),
    ...(one.config === null ? {} : { "pyproject.toml": one.config }),
  };
  const configs = new Map(
    await Promise.all(one.files.map(async ({ path }) => [path, await configOf(project, path)] as const)),
  );
  for (const config of configs.values()) assert.deepEqual(config.problems, []);
  const problems = checkCase(engine, one, configs);
  assert.deepEqual(faults, []);
  if (problems.length > 0) assert.fail(`\n${problems.join("\n\n")}\n`);
}
