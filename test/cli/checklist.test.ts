/** `stack-coach checklist`: what it prints in each form, and what its exit code says. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import type { ChecklistReport } from "../../server/src/protocol/checklist.ts";
import { createWorkspace } from "./harness.ts";

const PROJECT = {
  "pyproject.toml": `[project]
name = "shop"
version = "1.0"
requires-python = ">=3.12"
dependencies = ["fastapi>=0.115"]
`,
  "shop/__init__.py": "",
  "shop/main.py": `from fastapi import FastAPI

app = FastAPI(title="Shop", version="1")


@app.get("/orders/{order_id}")
def order(order_id: int) -> list[int]:
    return [order_id]
`,
};

describe("checklist", () => {
  it("prints items with their states, the path and the questions", (t) => {
    const workspace = createWorkspace(t, PROJECT);
    const { code, stdout, stderr } = workspace.run(["checklist", "."]);
    assert.equal(stderr, "");
    assert.equal(code, 1, "must-have items are missing");
    assert.match(stdout, /✓ proven +Supported Python declared/);
    assert.match(stdout, /✗ missing +Automated tests exist/);
    assert.match(stdout, /Learning path\n +1 /);
    assert.match(stdout, /Can it be tested\? no \(tests-exist\)/);
    assert.match(stdout, /^Next: /m);
  });

  it("prints JSON that holds what the editor is told", (t) => {
    const workspace = createWorkspace(t, PROJECT);
    const { stdout } = workspace.run(["checklist", "--format", "json", "--role", "backend"]);
    const { version, reports } = JSON.parse(stdout) as { version: number; reports: ChecklistReport[] };
    assert.equal(version, 1);
    assert.equal(reports.length, 1);
    const [report] = reports;
    assert.equal(report?.complete, true);
    assert.equal(report?.role.chosen, "backend");
    const python = report?.items.find(({ id }) => id === "python-version-declared");
    assert.equal(python?.state, "proven");
    assert.match(python?.evidence[0]?.uri ?? "", /pyproject\.toml$/);
    assert.equal(python?.evidence[0]?.range?.start.line, 3);
  });

  it("prints Markdown tables", (t) => {
    const workspace = createWorkspace(t, PROJECT);
    const { stdout } = workspace.run(["checklist", "--format=markdown"]);
    assert.match(stdout, /^# Stack checklist: /);
    assert.match(stdout, /\| ✓ proven \| Supported Python declared \| .*`pyproject\.toml:4` \|/);
  });

  it("looks with the marks of the team", (t) => {
    const workspace = createWorkspace(t, {
      ...PROJECT,
      ".vscode/stack-coach.json": JSON.stringify({
        version: 1,
        manual: { mentoring: { checked: true, note: "Two juniors", date: "2026-11-01" } },
        overrides: { "tests-exist": { state: "n/a", note: "a demonstration" } },
      }),
    });
    const { stdout, stderr } = workspace.run(["checklist", "--format", "json"]);
    const { reports } = JSON.parse(stdout) as { reports: ChecklistReport[] };
    const item = (id: string) => reports[0]?.items.find((one) => one.id === id);
    assert.equal(item("mentoring")?.state, "proven");
    assert.equal(item("tests-exist")?.state, "not-applicable");
    assert.equal(item("tests-exist")?.override?.from, "team");
    assert.equal(stderr, "", "the marks are no unknown settings");
  });

  it("exits with 0 where it is asked to, and with 2 for what is no folder", (t) => {
    const workspace = createWorkspace(t, PROJECT);
    assert.equal(workspace.run(["checklist", "--exit-zero"]).code, 0);
    for (const args of [
      ["nowhere"],
      ["pyproject.toml"],
      ["--role", "chef"],
      ["--format", "pdf"],
      [".", "."],
    ]) {
      const { code, stderr } = workspace.run(["checklist", ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, /^stack-coach: .*\n$/);
    }
  });

  it("says of broken files what is wrong, and goes on", (t) => {
    const workspace = createWorkspace(t, {
      ...PROJECT,
      "pyproject.toml": "[project\nname = 1",
      ".github/workflows/ci.yml": "jobs: [unclosed",
      "requirements.txt": "fastapi==0.115.0\n",
      "README.md": new Uint8Array([0, 1, 2, 255]),
      "shop/broken.py": "def (:\n",
    });
    const { code, stdout } = workspace.run(["checklist"]);
    assert.equal(code, 1);
    assert.match(stdout, /Not read\n/);
    assert.match(stdout, /pyproject\.toml: This file is not valid TOML/);
    assert.match(stdout, /ci\.yml: This file is not valid YAML/);
    assert.match(stdout, /README\.md: This file is binary/);
    assert.match(
      stdout,
      /✓ proven +Dependencies declared in a manifest|◐ partly +Dependencies declared in a manifest/,
    );
  });
});
