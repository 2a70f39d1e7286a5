/** `stack-coach check` as scripts and people call it: exit codes, options, formats. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { sarifProblems } from "../unit/cli/sarif-schema.ts";
import { CLEAN, CLI, createWorkspace, FLAWED, type JsonFinding, RULE } from "./harness.ts";

test("the exit code says whether something reached the fail level", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED, "good.py": CLEAN });
  const codes: readonly (readonly [readonly string[], number])[] = [
    [["check", "good.py"], 0],
    [["check", "bad.py"], 1],
    [["check"], 1],
    [["check", "--fail-level", "error"], 0],
    [["check", "--min-severity", "error"], 1],
    [["check", "--exit-zero"], 0],
    [["check", "--ignore", RULE], 0],
    [["check", "--jobs", "2", "--no-cache"], 1],
  ];
  for (const [args, code] of codes) assert.equal(run(args).code, code, args.join(" "));
});

test("wrong usage is one line on standard error and exit code 2", (t) => {
  const { run } = createWorkspace(t, { "good.py": CLEAN });
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["chekc"], /^stack-coach: There is no command chekc: check, checklist, rules, explain, endpoints\.\n$/],
    [["check", "--frobnicate"], /^stack-coach: Unknown option '--frobnicate'\.\n$/],
    [["check", "--format"], /^stack-coach: .*--format.*argument missing\.\n$/],
    [["check", "--format", "xml"], /^stack-coach: --format is text, json, sarif, github; not xml\.\n$/],
    [
      ["check", "--select", "tls-verification"],
      /^stack-coach: There is no rule tls-verification\. Is it tls-verification-disabled\?\n$/,
    ],
    [["check", "missing"], /^stack-coach: missing: It does not exist\.\n$/],
    [
      ["check", "good.py/below.py"],
      /^stack-coach: good\.py\/below\.py: It does not exist: .* is a file.*\.\n$/,
    ],
    [
      ["check", "--output", "no/such/folder.txt", "good.py"],
      /^stack-coach: no\/such\/folder\.txt cannot be written: .*\n$/,
    ],
    [["explain"], /^stack-coach: explain takes the id of one rule\.\n$/],
    [
      ["explain", "tls-verification"],
      /^stack-coach: There is no rule tls-verification\. Is it tls-verification-disabled\?\n$/,
    ],
    [["rules", "--format", "sarif"], /^stack-coach: --format is text, json, markdown; not sarif\.\n$/],
  ];
  for (const [args, line] of cases) {
    const { code, stderr } = run(args);
    assert.match(stderr, line);
    assert.equal(code, 2, args.join(" "));
  }
});

test("a path that leads nowhere does not keep the others from being checked", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED });
  const { code, stdout } = run(["check", "missing", "bad.py"]);
  assert.equal(code, 2);
  assert.match(stdout, /^bad\.py:4:\d+: warning tls-verification-disabled: /);
});

test("text is for people: place, severity, rule, message, underlined source; no colours in a pipe", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED, "good.py": CLEAN });
  const { stdout, stderr } = run(["check"]);
  const lines = stdout.split("\n");
  assert.match(lines[0] ?? "", /^bad\.py:4:\d+: warning tls-verification-disabled: .+/);
  assert.equal(lines[1], "    4 | requests.get(URL, verify=False, timeout=3)");
  const marks = lines[2] ?? "";
  assert.equal((lines[1] ?? "").slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), "verify=False");
  assert.match(lines[4] ?? "", /^1 finding \(1 warning\) in 1 of 2 files \(\d+\.\d s\)\.$/);
  assert.ok(!stdout.includes("\u001b"));
  assert.equal(stderr, "");
});

test("json, sarif and github say the same", (t) => {
  const { run } = createWorkspace(t, { "sub/bad.py": FLAWED });
  const { findings } = JSON.parse(run(["check", "--format", "json"]).stdout) as { findings: JsonFinding[] };
  const [finding] = findings;
  assert.deepEqual(
    [findings.length, finding?.path, finding?.rule, finding?.start.line],
    [1, "sub/bad.py", RULE, 4],
  );
  const text = run(["check", "--format", "sarif"]).stdout;
  // All rules stand in it, whatever they found: what holds for a sample rule must hold for each of them.
  assert.deepEqual(sarifProblems(text), []);
  const sarif = JSON.parse(text);
  const [result] = sarif.runs[0].results;
  assert.equal(result.ruleId, RULE);
  assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, "sub/bad.py");
  assert.equal(result.locations[0].physicalLocation.region.startColumn, finding?.start.column);
  assert.match(
    run(["check", "--format", "github"]).stdout,
    /^::warning file=sub\/bad\.py,line=4,endLine=4,col=\d+,endColumn=\d+,title=tls-verification-disabled::.+\n$/,
  );
});

test("--output writes the report into a file and leaves standard output alone", (t) => {
  const { run, folder } = createWorkspace(t, { "bad.py": FLAWED });
  const { code, stdout } = run(["check", "--format", "json", "--output", "report.json"]);
  assert.deepEqual([code, stdout], [1, ""]);
  assert.equal(JSON.parse(readFileSync(path.join(folder, "report.json"), "utf8")).summary.findings, 1);
});

test("--select and --ignore take ids and sections", (t) => {
  const { findings } = createWorkspace(t, { "bad.py": FLAWED });
  assert.equal(findings(["--select", RULE]).length, 1);
  assert.equal(findings(["--select", "security/*"]).length, 1);
  assert.equal(findings(["--select", "security/*", "--ignore", RULE]).length, 0);
  assert.equal(findings(["--select", "django/*"]).length, 0);
});

test("--min-severity filters what is printed and says how much", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED });
  assert.match(
    run(["check", "--min-severity", "error"]).stdout,
    /^No findings in 1 file \(\d+\.\d s; 1 finding below the printed severity\)\.\n$/,
  );
});

test("the project's configuration counts, and --level goes before it", (t) => {
  const { findings, write } = createWorkspace(t, {
    "bad.py": FLAWED,
    "pyproject.toml": `[tool.stack-coach.rules]\n${RULE} = "off"\n`,
  });
  assert.deepEqual(findings([]), []);
  write({ "pyproject.toml": `[tool.stack-coach]\nlevel = "essentials"\nexclude = ["bad.py"]\n` });
  assert.deepEqual(findings(["."]), []);
  assert.equal(findings(["--level", "senior", "bad.py"]).length, 1);
});

test("suppressions and Ruff's configuration silence a finding as in the editor", (t) => {
  const { findings } = createWorkspace(t, {
    "coach.py": FLAWED.replace("timeout=3)", "timeout=3)  # coach: ignore[tls-verification-disabled] demo"),
    "noqa.py": FLAWED.replace("timeout=3)", "timeout=3)  # noqa: S501"),
    "ruffed/bad.py": FLAWED,
    "ruffed/ruff.toml": 'lint.select = ["S501"]\n',
  });
  assert.deepEqual(findings([]), []);
});

test("--stats prints phases and rules to standard error", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED });
  const { stderr, stdout } = run(["check", "--stats", "--format", "json"]);
  assert.equal(JSON.parse(stdout).summary.findings, 1);
  assert.match(stderr, /^1 file, 5 lines\n {2}parse .* ms\n {2}analyse .* ms\n/);
  assert.match(stderr, /slowest rules\n(?:.+\n)*? {2}tls-verification-disabled +\d/);
});

test("--baseline is accepted and admits that it does nothing yet", (t) => {
  const { run } = createWorkspace(t, { "bad.py": FLAWED });
  const { code, stderr } = run(["check", "--baseline", "base.json"]);
  assert.deepEqual([code, stderr], [1, "stack-coach: --baseline has no effect yet.\n"]);
});

test("usage and version", (t) => {
  const { run } = createWorkspace(t, {});
  assert.match(run(["--help"]).stdout, /^Usage: stack-coach COMMAND\n/);
  assert.match(run(["check", "--help"]).stdout, /--fail-level hint\|information\|warning\|error/);
  assert.match(run(["--version"]).stdout, /^stack-coach \d+\.\d+\.\d+\n$/);
  assert.deepEqual([run([]).code, run(["--help"]).code], [2, 0]);
});

test("rules and explain print what there is to know", (t) => {
  const { run } = createWorkspace(t, {});
  const rules = JSON.parse(run(["rules", "--format", "json"]).stdout) as { id: string; section: string }[];
  assert.ok(rules.length >= 30);
  assert.ok(rules.some(({ id, section }) => id === RULE && section === "security"));
  assert.match(run(["rules", "--format", "markdown"]).stdout, /^\| Rule \|.*\n\| --- \|/);
  const { stdout, code } = run(["explain", RULE]);
  assert.equal(code, 0);
  for (const heading of ["Why", "Avoid", "Write", "When it is fine"])
    assert.match(stdout, new RegExp(`^${heading}$`, "m"));
});

test("a reader that goes away early is no error", { skip: process.platform === "win32" && "no sh" }, (t) => {
  const { folder } = createWorkspace(
    t,
    Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`m${n}.py`, FLAWED])),
  );
  const { stderr, stdout } = spawnSync("sh", ["-c", '"$0" "$1" check | head -1', process.execPath, CLI], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  assert.equal(stdout.split("\n").length, 2);
});
