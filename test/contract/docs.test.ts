/** The examples in the rules' docs are true: the bad one fires, the good one does not. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { SEVERITIES } from "../../server/src/engine/finding.ts";
import { ceiling } from "../../server/src/engine/judge.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import { examplePath, projectOf, sourceOf } from "../harness/check.ts";
import { configOf, createTestEngine, createTestParser } from "../harness/engine.ts";

const parser = await createTestParser();
const { engine, faults } = createTestEngine(parser, RULES);

for (const rule of RULES) {
  describe(rule.id, () => {
    it("fires on docs.bad, and nothing as severe does besides", () => checkBad(rule));
    it("is silent on docs.good, and nothing at warning or above fires there", () => checkGood(rule));
  });
}

it("no rule failed on any example", () => assert.deepEqual(faults, []));

async function analyze(rule: AnyRule, text: string) {
  const parsed = parser.parse(text);
  try {
    assert.deepEqual(parsed.tree.errors, [], "the example does not parse");
  } finally {
    parsed.dispose();
  }
  const path = examplePath(rule);
  const project = projectOf(engine, [{ path, text }]);
  return engine.analyze(sourceOf({ path, text }), await configOf({}, path), project);
}

async function checkBad(rule: AnyRule): Promise<void> {
  const findings = await analyze(rule, rule.docs.bad);
  assert.ok(
    findings.some((finding) => finding.ruleId === rule.id),
    "docs.bad does not fire the rule",
  );
  const rank = SEVERITIES.indexOf(ceiling(rule));
  const others = findings.filter(
    (finding) => finding.ruleId !== rule.id && SEVERITIES.indexOf(finding.severity) >= rank,
  );
  assert.deepEqual(
    others.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
    "docs.bad fires other rules as severe",
  );
}

async function checkGood(rule: AnyRule): Promise<void> {
  const wrong = (await analyze(rule, rule.docs.good)).filter(
    (finding) =>
      finding.ruleId === rule.id || SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf("warning"),
  );
  assert.deepEqual(
    wrong.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
  );
}
