/** The setting `changedLinesOnly` on the command line: what Git knows counts, and nothing of the repository runs. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { createWorkspace, type Workspace } from "./harness.ts";

const FLAW = "import requests\n\nrequests.get('https://example.com', timeout=5, verify=False)\n";
const SETTINGS = "[tool.stack-coach]\nchanged-lines-only = true\n";

function git({ folder }: Workspace, ...args: readonly string[]): void {
  const identity = [
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  const run = spawnSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
}

test("only lines that differ from the last commit are advised on", (t) => {
  const workspace = createWorkspace(t, { "pyproject.toml": SETTINGS, "old.py": FLAW, "both.py": FLAW });
  git(workspace, "init", "-q");
  git(workspace, "add", ".");
  git(workspace, "commit", "-qm", "first");
  workspace.write({
    "new.py": FLAW,
    "both.py": `# moved\n${FLAW}requests.get('https://example.org', timeout=5, verify=False)\n`,
  });
  assert.deepEqual(workspace.findings(["check", "."]), [
    "both.py:5:48 tls-verification-disabled",
    "new.py:3:48 tls-verification-disabled",
  ]);
});

test("without a repository all advice shows", (t) => {
  const workspace = createWorkspace(t, { "pyproject.toml": SETTINGS, "old.py": FLAW });
  assert.deepEqual(workspace.findings(["check", "."]), ["old.py:3:48 tls-verification-disabled"]);
});

test("hooks, filters, monitors and diff programs of a repository are not run", (t) => {
  const workspace = createWorkspace(t, { "pyproject.toml": SETTINGS, "old.py": FLAW });
  git(workspace, "init", "-q");
  git(workspace, "add", ".");
  git(workspace, "commit", "-qm", "first");
  const mark = path.join(workspace.folder, "ran");
  for (const key of [
    "core.fsmonitor",
    "diff.external",
    "filter.evil.clean",
    "filter.evil.smudge",
    "core.pager",
  ])
    git(workspace, "config", key, `touch ${mark}`);
  workspace.write({ ".gitattributes": "*.py filter=evil diff=evil\n", "old.py": `${FLAW}x = 1\n` });
  assert.deepEqual(workspace.findings(["check", "."]), []);
  assert.equal(existsSync(mark), false);
});
