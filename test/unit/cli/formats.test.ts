/** What each output format says of the same findings. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { formatExplanation } from "../../../server/src/cli/explain.ts";
import { formatGithub } from "../../../server/src/cli/github.ts";
import { formatJson } from "../../../server/src/cli/json.ts";
import { formatRules } from "../../../server/src/cli/rules.ts";
import { formatSarif } from "../../../server/src/cli/sarif.ts";
import { createStyle } from "../../../server/src/cli/style.ts";
import { formatText } from "../../../server/src/cli/text.ts";
import { sampleFinding, sampleReport, sampleRule } from "./samples.ts";
import { sarifProblems } from "./sarif-schema.ts";

const plain = createStyle(false);
const SOURCE = "import shop\n\n\tresult = shop.call(1)\nshop.call(\n    2,\n)\n";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

test("text: place, severity, rule, message, the line underlined, and a summary", () => {
  const finding = sampleFinding(SOURCE, "shop.call(1)");
  assert.equal(
    formatText(sampleReport([finding]), 0, plain),
    `shop/views.py:3:11: warning call-without-limit: This call has no limit.
    3 |     result = shop.call(1)
      |              ^^^^^^^^^^^^

1 finding (1 warning) in 1 of 4 files (1.3 s).
stack-coach explain RULE says why, how to fix it, and when it is fine.
`,
  );
});

test("text: a stretch over several lines is underlined to the end of the first, and steps follow", () => {
  const start = SOURCE.indexOf("result");
  const related = [{ span: { start, end: start + 6 }, message: "set here" }];
  const finding = sampleFinding(SOURCE, "shop.call(\n    2,\n)", { related, severity: "error" });
  assert.equal(
    formatText(sampleReport([finding]), 0, plain).split("\n\n")[0],
    `shop/views.py:4:1: error call-without-limit: This call has no limit.
    4 | shop.call(
      | ^^^^^^^^^^
      = shop/views.py:3:2: set here`,
  );
});

test("text: marks stand under wide characters, long lines are cut, control characters do not get through", () => {
  const wide = sampleFinding('x = "日本" + bad()\n', "bad()");
  assert.match(formatText(sampleReport([wide]), 0, plain), /\n {6}\| {14}\^{5}\n/);
  const long = sampleFinding(`x = "${"a".repeat(500)}" + bad() + "${"b".repeat(500)}"\n`, "bad()");
  const [, source = "", marks = ""] = formatText(sampleReport([long]), 0, plain).split("\n");
  assert.ok(source.length < 140 && source.includes("…"));
  assert.equal(source.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), "bad()");
  const hostile = sampleFinding('bad("\u001b[31m")\n', "bad");
  assert.ok(!formatText(sampleReport([hostile]), 0, plain).includes("\u001b"));
});

test("text: colours only when asked for", () => {
  const report = sampleReport([sampleFinding(SOURCE, "shop.call(1)")]);
  assert.ok(formatText(report, 0, createStyle(true)).includes("\u001b[33mwarning\u001b[39m"));
  assert.ok(!formatText(report, 0, plain).includes("\u001b"));
});

test("text: the summary names what was not printed and what was left out", () => {
  const skipped = [{ path: "a.py", reason: "It is binary." }];
  const broken = [sampleFinding(SOURCE, "shop")];
  const text = formatText(sampleReport([], { skipped, broken }), 2, plain);
  assert.equal(
    text,
    "No findings in 4 files (1.3 s; 2 findings below the printed severity, 1 file left out, 1 file did not parse in full).\n",
  );
});

test("json: findings with places, rule facts and counts", () => {
  const document = JSON.parse(formatJson(sampleReport([sampleFinding(SOURCE, "shop.call(1)")]), "1.2.3"));
  assert.deepEqual(document.tool, { name: "stack-coach", version: "1.2.3" });
  assert.deepEqual(document.summary, { files: 4, findings: 1, bySeverity: { warning: 1 } });
  assert.deepEqual(document.findings[0], {
    path: "shop/views.py",
    start: { line: 3, column: 11 },
    end: { line: 3, column: 23 },
    rule: "call-without-limit",
    messageId: "bare",
    message: "This call has no limit.",
    severity: "warning",
    confidence: "high",
    cwe: [79],
    guide: "apis#limits",
    fix: "unsafe",
    flow: false,
    related: [],
  });
});

test("github: workflow commands with their special characters escaped", () => {
  const finding = sampleFinding(SOURCE, "shop.call(1)", { message: "50% of calls,\nat: least" });
  const odd = { ...finding, path: "a,b:c.py" };
  const hint = { ...sampleFinding(SOURCE, "shop"), severity: "hint" as const };
  assert.equal(
    formatGithub(sampleReport([odd, hint])),
    "::warning file=a%2Cb%3Ac.py,line=3,endLine=3,col=11,endColumn=23,title=call-without-limit::50%25 of calls,%0Aat: least\n" +
      "::notice file=shop/views.py,line=1,endLine=1,col=8,endColumn=12,title=call-without-limit::This call has no limit.\n",
  );
});

test("sarif: valid, also without findings, with related places, skipped files and notebook cells", () => {
  const related = [{ span: { start: 0, end: 6 }, message: "from here" }];
  const finding = sampleFinding(SOURCE, "shop.call(1)", { related });
  const inCell = { ...finding, path: "/tmp/a b.ipynb", cell: 3 };
  const skipped = [{ path: "x#y.py", reason: "It is binary." }];
  for (const report of [
    sampleReport([]),
    sampleReport([finding, inCell], { skipped, broken: [inCell, finding] }),
  ]) {
    assert.deepEqual(sarifProblems(formatSarif(report, "1.2.3", hash)), []);
  }
  const broken = formatSarif(sampleReport([finding]), "1.2.3", hash).replace('"ruleId"', '"rule_id"');
  assert.notDeepEqual(sarifProblems(broken), []);
});

test("sarif: what code scanning reads of a rule and a result", () => {
  const report = sampleReport([sampleFinding(SOURCE, "shop.call(1)")]);
  const [run] = JSON.parse(formatSarif(report, "1.2.3", hash)).runs;
  const [rule] = run.tool.driver.rules;
  assert.deepEqual(rule.properties, {
    tags: ["security", "apis", "must-have", "external/cwe/cwe-079"],
    precision: "high",
    "problem.severity": "warning",
    "security-severity": "5.5",
  });
  const [result] = run.results;
  assert.equal(result.level, "warning");
  assert.equal(result.ruleIndex, 0);
  assert.deepEqual(result.locations[0].physicalLocation, {
    artifactLocation: { uri: "shop/views.py", uriBaseId: "%SRCROOT%" },
    region: { startLine: 3, startColumn: 11, endLine: 3, endColumn: 23 },
  });
});

test("sarif: a data flow is a code flow from its source to its sink", () => {
  const related = [
    { span: { start: 0, end: 6 }, message: "enters here" },
    { span: { start: 14, end: 20 }, message: "is kept here" },
  ];
  const finding = sampleFinding(SOURCE, "shop.call(1)", { related, flow: true });
  const text = formatSarif(sampleReport([finding]), "1.2.3", hash);
  assert.deepEqual(sarifProblems(text), []);
  const [flow] = JSON.parse(text).runs[0].results[0].codeFlows[0].threadFlows;
  assert.deepEqual(
    flow.locations.map(
      ({ location }: { location: { message: unknown; physicalLocation: { region: unknown } } }) => [
        location.message,
        (location.physicalLocation.region as { startLine: number }).startLine,
      ],
    ),
    [
      [{ text: "enters here" }, 1],
      [{ text: "is kept here" }, 3],
      [{ text: "This call has no limit." }, 3],
    ],
  );
});

test("sarif: a rule without a CWE is no security rule", () => {
  const rule = sampleRule({ cwe: [], severity: "information" });
  const report = sampleReport([sampleFinding(SOURCE, "shop.call(1)", { severity: "information" }, rule)]);
  const [run] = JSON.parse(formatSarif(report, "1.2.3", hash)).runs;
  assert.deepEqual(run.tool.driver.rules[0].properties.tags, ["apis", "must-have"]);
  assert.equal("security-severity" in run.tool.driver.rules[0].properties, false);
  assert.equal(run.results[0].level, "note");
});

test("sarif: fingerprints survive other lines, and tell equal lines apart", () => {
  const prints = (text: string): readonly string[] => {
    const findings = [...text.matchAll(/shop\.call/g)].map(({ index }) =>
      sampleFinding(text, text.slice(index, text.indexOf("\n", index))),
    );
    const [run] = JSON.parse(formatSarif(sampleReport(findings), "1.2.3", hash)).runs;
    return run.results.map((result: { partialFingerprints: Record<string, string> }) =>
      Object.values(result.partialFingerprints).join(),
    );
  };
  const before = prints("shop.call(1)\nshop.call(2)\nshop.call(1)\n");
  const after = prints("import os\n\nif x:\n    shop.call(1)\n    shop.call(2)\n    shop.call(1)\n");
  assert.equal(new Set(before).size, 3);
  assert.deepEqual(after, before);
});

test("rules: a table for people, Markdown and JSON, sorted by id", () => {
  const rules = [sampleRule({ id: "b-rule", title: "a|b" }), sampleRule({ id: "a-rule", fix: "none" })];
  assert.deepEqual(
    JSON.parse(formatRules(rules, "json")).map(({ id }: { id: string }) => id),
    ["a-rule", "b-rule"],
  );
  assert.equal(
    formatRules(rules, "markdown").split("\n")[3],
    "| `b-rule` | warning | must-have | apis | unsafe | a\\|b |",
  );
  assert.match(
    formatRules(rules, "text"),
    /^a-rule {2}warning {2}must-have {2}apis {10}Call without a limit\n/,
  );
});

test("explain: facts, reasons, both examples, with paragraphs joined and lists kept", () => {
  assert.equal(
    formatExplanation(sampleRule(), plain),
    `Call without a limit
call-without-limit | warning, high confidence | must-have | apis | CWE-79 | unsafe fix | also ruff S113; bandit B113

Why

A call without a limit waits for ever.

- first point
- second point

Avoid

    call()

Write

    call(limit=3)

When it is fine

Never.

Read more

https://example.org/limits
`,
  );
});
