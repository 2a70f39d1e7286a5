/** The command line's contract: options, their values, rule selection, exit codes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { interpretCheck, interpretRules, usage } from "../../../server/src/cli/arguments.ts";
import { progressLine } from "../../../server/src/cli/progress.ts";
import { countBySeverity, exitCode, visible } from "../../../server/src/cli/report.ts";
import { selectRules, unknownRule } from "../../../server/src/cli/selection.ts";
import { formatStats } from "../../../server/src/cli/stats.ts";
import { SEVERITIES } from "../../../server/src/engine/finding.ts";
import { sampleFinding, sampleReport, sampleRule } from "./samples.ts";

const check = (values: Record<string, string | boolean>, positionals: readonly string[] = []) =>
  interpretCheck({ values, positionals });

test("check without options looks at the current folder and fails on warnings", () => {
  assert.deepEqual(check({}), {
    value: {
      paths: ["."],
      format: "text",
      output: null,
      select: null,
      ignore: [],
      minSeverity: "hint",
      failLevel: "warning",
      level: null,
      jobs: 1,
      baseline: null,
      stats: false,
      exitZero: false,
    },
  });
});

test("values that mean nothing are named with those that do", () => {
  const problems: readonly (readonly [Record<string, string>, string])[] = [
    [{ format: "xml" }, "--format is text, json, sarif, github; not xml."],
    [{ "fail-level": "fatal" }, "--fail-level is hint, information, warning, error; not fatal."],
    [{ level: "junior" }, "--level is essentials, professional, senior; not junior."],
    [{ jobs: "many" }, "--jobs is a whole number from 1 on; not many."],
    [{ jobs: "0" }, "--jobs is a whole number from 1 on; not 0."],
  ];
  for (const [values, problem] of problems) assert.deepEqual(check(values), { problem });
  assert.deepEqual(interpretRules({ values: { format: "sarif" }, positionals: [] }), {
    problem: "--format is text, json, markdown; not sarif.",
  });
  assert.deepEqual(interpretRules({ values: {}, positionals: ["x"] }), {
    problem: "rules takes no arguments; not x.",
  });
});

test("lists of ids are split at commas", () => {
  const result = check({ select: "a, b,,flask/*" });
  assert.deepEqual("value" in result && result.value.select, ["a", "b", "flask/*"]);
});

test("rules are selected by id and by section, and ignored likewise", () => {
  const rules = [
    sampleRule({ id: "one", section: "flask" }),
    sampleRule({ id: "two", section: "flask" }),
    sampleRule({ id: "three", section: "django" }),
  ];
  const ids = (select: readonly string[] | null, ignore: readonly string[]): unknown => {
    const result = selectRules(rules, select, ignore);
    return "value" in result ? result.value.map(({ id }) => id) : result.problem;
  };
  assert.deepEqual(ids(null, []), ["one", "two", "three"]);
  assert.deepEqual(ids(["flask/*"], ["two"]), ["one"]);
  assert.deepEqual(ids(["three", "one"], []), ["one", "three"]);
  assert.equal(ids(["four"], []), "There is no rule four. stack-coach rules lists all.");
});

test("an unknown rule is answered with those that sound like it", () => {
  const rules = ["request-without-timeout", "socket-without-timeout", "bare-except"].map((id) =>
    sampleRule({ id }),
  );
  assert.equal(
    unknownRule(rules, "requests-timeout"),
    "There is no rule requests-timeout. Is it request-without-timeout?",
  );
  assert.equal(unknownRule(rules, "xyz"), "There is no rule xyz. stack-coach rules lists all.");
});

test("exit codes follow the fail level, not what is printed", () => {
  const findings = [sampleFinding("a\n", "a", { severity: "information" })];
  const codes = SEVERITIES.map((level) => exitCode(findings, level, false));
  assert.deepEqual(codes, [1, 1, 0, 0]);
  assert.equal(exitCode(findings, "hint", true), 0);
  assert.equal(exitCode([], "hint", false), 0);
  assert.deepEqual(visible(sampleReport(findings), "warning").findings, []);
  assert.deepEqual(countBySeverity(findings), [["information", 1]]);
});

test("the usage text names every option and fits a terminal", () => {
  const text = usage("check");
  for (const option of [
    "--format",
    "--output",
    "--select",
    "--ignore",
    "--min-severity",
    "--fail-level",
    "--level",
  ]) {
    assert.ok(text.includes(option));
  }
  for (const line of [...usage().split("\n"), ...text.split("\n")]) assert.ok(line.length <= 110, line);
});

test("the progress line never reaches the edge of the terminal", () => {
  assert.equal(progressLine(1, 4, "shop/views.py", 80), "[######..................] 1/4 shop/views.py");
  for (const columns of [1, 10, 30, 40, 80]) {
    assert.ok(progressLine(300, 1000, "a/very/long/path/to/a/file.py", columns).length < columns);
  }
});

test("stats name the phases and the slowest rules first", () => {
  const rules = new Map([
    ["quick", 1],
    ["slow", 20],
  ]);
  const lines = formatStats({
    phases: [
      ["read", 5],
      ["analyse", 30],
    ],
    rules,
    files: 2,
    lines: 10,
  }).split("\n");
  assert.deepEqual(
    lines.map((line) => line.trim().replace(/\s+/g, " ")),
    [
      "2 files, 10 lines",
      "read 5.0 ms",
      "analyse 30.0 ms",
      "total 35.0 ms",
      "slowest rules",
      "slow 20.0 ms",
      "quick 1.0 ms",
      "",
    ],
  );
});
