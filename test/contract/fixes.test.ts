/** Every fix that any fixture or example offers mends what it says it mends, and harms nothing. */

import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { Engine } from "../../server/src/engine/analyze.ts";
import type { FileConfig } from "../../server/src/engine/config/types.ts";
import { applyEdits, shiftSpan } from "../../server/src/engine/edits.ts";
import type { Finding, Fix } from "../../server/src/engine/finding.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { RULES } from "../../server/src/registry.generated.ts";
import type { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { examplePath, projectOf, sourceOf } from "../harness/check.ts";
import { configOf, createTestEngine, createTestParser } from "../harness/engine.ts";
import { parseFixture } from "../harness/fixture.ts";
import { lostNames } from "../harness/lost-names.ts";

const FOLDER = fileURLToPath(new URL("../rules/", import.meta.url));
const parser = await createTestParser();

for (const rule of RULES.filter((one) => one.fix !== "none")) {
  describe(rule.id, () => {
    it("offers fixes that parse, mend, add nothing and are done after one go", async () => {
      const { engine, faults } = createTestEngine(parser, [rule]);
      let fixes = 0;
      for (const { path, text } of samplesOf(rule)) {
        fixes += checkFixes(engine, rule, { path, text }, await configOf({}, path));
      }
      assert.deepEqual(faults, []);
      assert.ok(fixes > 0, "the rule promises a fix, but no fixture and no example gets one");
    });
  });
}

for (const rule of RULES.filter((one) => one.fix === "none")) {
  it(`${rule.id} offers no fix, as it says`, async () => {
    const { engine } = createTestEngine(parser, [rule]);
    for (const sample of samplesOf(rule)) {
      const project = projectOf(engine, [sample]);
      const findings = engine.analyze(sourceOf(sample), await configOf({}, sample.path), project);
      assert.deepEqual(
        findings.filter((finding) => finding.fixSafety !== null),
        [],
      );
    }
  });
}

it("all safe fixes of a file together parse, and come to an end", async () => {
  const { engine, faults } = createTestEngine(parser, RULES);
  let applied = 0;
  for (const sample of RULES.filter((rule) => rule.fix === "safe").flatMap(samplesOf)) {
    applied += await fixAllOf(engine, sample);
  }
  assert.deepEqual(faults, []);
  assert.ok(applied > 0, "no sample gets a safe fix");
});

/** Applies fix-all until nothing is left to do; returns how many rounds changed something. */
async function fixAllOf(engine: Engine, sample: Sample): Promise<number> {
  const config = await configOf({}, sample.path);
  let { text } = sample;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const file = engine.open(sourceOf({ ...sample, text }), projectOf(engine, [sample]));
    try {
      const next = engine.fixAll(file, config);
      if (next === null) return round;
      assert.deepEqual(lostNames(parser, text, next), [], `fix-all deletes code:\n${text}\ngives\n${next}`);
      text = next;
      if (file.tree.errors.length === 0) assertParses(next);
    } finally {
      engine.close(file);
    }
  }
  assert.fail(`after ${MAX_ROUNDS} rounds fix-all still changes\n${text}`);
}

/** Fixes that touch the same text wait for the next round; more rounds than this are none of that. */
const MAX_ROUNDS = 5;

function assertParses(text: string): void {
  const parsed = parser.parse(text);
  const { errors } = parsed.tree;
  parsed.dispose();
  assert.deepEqual(errors, [], `does not parse:\n${text}`);
}

interface Sample {
  readonly path: string;
  readonly text: string;
}

function samplesOf(rule: AnyRule): readonly Sample[] {
  const path = `${FOLDER}${rule.id}.md`;
  assert.ok(existsSync(path), `there is no test/rules/${rule.id}.md`);
  const cases = parseFixture(readFileSync(path, "utf8"));
  const files = cases.flatMap((one) => one.files.map(({ path, text }) => ({ path, text })));
  return [...files, { path: examplePath(rule), text: rule.docs.bad }];
}

/** Checks every fix of a file on its own; returns how many there were. */
function checkFixes(engine: Engine, rule: AnyRule, sample: Sample, config: FileConfig): number {
  const open = engine.open(sourceOf(sample), projectOf(engine, [sample]));
  try {
    const findings = engine.findings(open, config);
    let count = 0;
    for (const finding of findings) {
      for (const fix of engine.fixes(open, finding)) {
        count += 1;
        checkFix(engine, rule, { sample, finding, findings, fix, tree: open.tree, config });
      }
    }
    return count;
  } finally {
    engine.close(open);
  }
}

interface Applied {
  readonly sample: Sample;
  readonly finding: Finding;
  readonly findings: readonly Finding[];
  readonly fix: Fix;
  readonly tree: SyntaxTree;
  readonly config: FileConfig;
}

function checkFix(engine: Engine, rule: AnyRule, applied: Applied): void {
  const { sample, finding, findings, fix, tree, config } = applied;
  const text = applyEdits(sample.text, fix.edits);
  const context = `fix "${fix.title}" of ${finding.messageId} in\n${sample.text}\ngives\n${text}`;
  assert.notEqual(text, sample.text, `changes nothing: ${context}`);
  if (rule.fix === "safe" && fix.safety === "safe") {
    assert.deepEqual(lostNames(parser, sample.text, text), [], `a safe fix deletes code: ${context}`);
  }
  const after = engine.open(sourceOf({ ...sample, text }), projectOf(engine, [sample]));
  try {
    assert.ok(after.tree.errors.length <= tree.errors.length, `does not parse: ${context}`);
    const left = engine.findings(after, config);
    const expected = new Set(findings.filter((one) => one !== finding).map((one) => placeAfter(one, fix)));
    const added = left.filter((one) => !expected.has(placeAfter(one, null)));
    assert.deepEqual(
      added.map(({ messageId, message }) => `${messageId}: ${message}`),
      [],
      `leaves its finding or adds one: ${context}`,
    );
    const again = left.flatMap((one) => engine.fixes(after, one));
    const repeated = again.some((one) => applyEdits(text, one.edits) === text);
    assert.ok(!repeated, `does not come to an end: ${context}`);
  } finally {
    engine.close(after);
  }
}

/** What a finding is and where it starts, once the edits of a fix are made. */
function placeAfter({ messageId, span }: Finding, fix: Fix | null): string {
  // Edits of one fix are all made on the first text: from the last one backwards each leaves the others' places.
  const edits = (fix?.edits ?? []).toReversed().map((edit) => ({ ...edit.span, text: edit.text }));
  return `${messageId} ${shiftSpan(span, edits).start}`;
}
