/** The scan of the workspace: what it shows, what it leaves out, and that nothing ever shows twice. */

import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  CancellationTokenSource,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WorkDoneProgress,
} from "vscode-languageserver/node";
import { SCAN_REQUEST, type ScanResult } from "../../server/src/protocol/messages.ts";
import { startClient, type TestClient, VSCODE } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

function scan(client: TestClient, workDoneToken?: string): Promise<ScanResult> {
  return client.connection.sendRequest(SCAN_REQUEST, workDoneToken === undefined ? {} : { workDoneToken });
}

/** What a client that pulls shows for a file: the pushed findings and the pulled ones. */
async function shown(client: TestClient, uri: string): Promise<number> {
  const pulled = (await client.items(uri)).length;
  return pulled + (client.published.get(uri)?.length ?? 0);
}

test("findings of closed files are published; ignored, foreign and odd files are left out", async (t) => {
  const folder = createFolder(t, {
    ".git/HEAD": "",
    ".gitignore": "generated/\n",
    "a.py": "bad()\n",
    "pkg/b.py": "bad()\nrisky()\n",
    "clean.py": "good()\n",
    "generated/x.py": "bad()\n",
    ".venv/lib/x.py": "bad()\n",
    "env/pyvenv.cfg": "",
    "env/x.py": "bad()\n",
    "node_modules/x.py": "bad()\n",
    "hidden/x.py": "bad()\n",
    "large.py": `${"# long\n".repeat(3000)}bad()\n`,
    "utf16.py": Buffer.from("\ufeffbad()\n", "utf16le"),
    "latin.py": Buffer.from("# coding: latin-1\nbad('\u00e9')\n", "latin1"),
    "binary.py": Buffer.from([0, 1, 2, 3]),
    "note.ipynb": JSON.stringify({ cells: [{ cell_type: "code", source: "x = 1\nbad()" }] }),
    "broken.ipynb": "{",
  });
  symlinkSync(".", join(folder.path, "loop"));
  const client = await startClient({
    folders: [folder.path],
    settings: (section) => (section === "files.exclude" ? { "**/hidden": true } : { maxFileSizeKB: 10 }),
  });
  t.after(client.stop);
  const result = await scan(client);
  const published = [...client.published].map(([uri, items]) => [
    uri.slice(folder.uri("").length + 1),
    items.length,
  ]);
  assert.deepEqual(published.sort(), [
    ["a.py", 1],
    ["latin.py", 1],
    ["note.ipynb", 1],
    ["pkg/b.py", 2],
  ]);
  assert.match(
    String(client.published.get(folder.uri("note.ipynb"))?.[0]?.message),
    /^Cell 1, line 2: `bad`/,
  );
  assert.deepEqual([result.findings, result.cancelled, result.limitReached], [5, false, false]);
  const skipped = result.skipped
    .map(({ uri, reason }) => `${uri.slice(folder.uri("").length + 1)}: ${reason}`)
    .sort();
  assert.equal(skipped.length, 4);
  for (const [index, reason] of [
    /^binary\.py: .*null bytes/,
    /^broken\.ipynb: .*JSON/,
    /^large\.py: .* KB/,
    /^utf16\.py: .*UTF-16/,
  ].entries()) {
    assert.match(skipped[index] ?? "", reason);
  }
});

test("nothing shows twice: open before, opened after, closed again, pulled for a tab", async (t) => {
  const folder = createFolder(t, {
    "open.py": "bad()\n",
    "later.py": "bad()\n",
    "tab.py": "bad()\n",
    "other.py": "bad()\n",
  });
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  const [open, later, tab, other] = ["open.py", "later.py", "tab.py", "other.py"].map(folder.uri) as [
    string,
    string,
    string,
    string,
  ];
  await client.open(open, "bad()\nbad()\n");
  assert.equal(await shown(client, tab), 1, "a tab that is not loaded is pulled from disk");
  const result = await scan(client);
  assert.equal(result.findings, 5);
  await client.until("the request to pull again", () => client.refreshes() > 0);
  assert.equal(client.published.get(open), undefined);
  for (const [uri, count] of [
    [open, 2],
    [later, 1],
    [tab, 1],
    [other, 1],
  ] as const) {
    assert.equal(await shown(client, uri), count, uri);
  }
  await client.open(later, "bad()\n");
  await client.until("the scan's copy cleared", () => client.published.get(later)?.length === 0);
  assert.equal(await shown(client, later), 1);
  await client.closeFile(later);
  await client.until("the scan's copy back", () => client.published.get(later)?.length === 1);
  assert.equal(await shown(client, later), 1);
  await scan(client);
  for (const [uri, count] of [
    [open, 2],
    [later, 1],
    [tab, 1],
    [other, 1],
  ] as const) {
    assert.equal(await shown(client, uri), count, uri);
  }
});

test("a client that does not pull sees each finding once too", async (t) => {
  const folder = createFolder(t, { "a.py": "bad()\n", "b.py": "bad()\n" });
  const client = await startClient({ folders: [folder.path], capabilities: {} });
  t.after(client.stop);
  await client.open(folder.uri("a.py"), "bad()\nbad()\n");
  await client.until("the push", () => client.published.get(folder.uri("a.py"))?.length === 2);
  await scan(client);
  assert.equal(
    client.published.get(folder.uri("a.py"))?.length,
    2,
    "the open text counts, not the one on disk",
  );
  assert.equal(client.published.get(folder.uri("b.py"))?.length, 1);
});

test("files that change, come and go on disk, and configuration that changes, after a scan", async (t) => {
  const folder = createFolder(t, { "a.py": "bad()\n", "b.py": "bad()\n", "pyproject.toml": "" });
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  await scan(client);
  const touch = (name: string, type: FileChangeType) =>
    client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: folder.uri(name), type }],
    });
  folder.write("a.py", "bad()\nbad()\n");
  await touch("a.py", FileChangeType.Changed);
  await client.until("the change", () => client.published.get(folder.uri("a.py"))?.length === 2);
  folder.write("c.py", "bad()\n");
  await touch("c.py", FileChangeType.Created);
  await client.until("the new file", () => client.published.get(folder.uri("c.py"))?.length === 1);
  folder.write("pyproject.toml", '[tool.stack-coach.rules]\nbad-call = "off"\n');
  await touch("pyproject.toml", FileChangeType.Changed);
  await client.until("all cleared", () =>
    ["a.py", "b.py", "c.py"].every((name) => client.published.get(folder.uri(name))?.length === 0),
  );
});

test("progress is told, and a scan that is cancelled ends soon, with what it found until then", async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [`m${index}.py`, `${"x = 1\n".repeat(300)}bad()\n`]),
  );
  const folder = createFolder(t, files);
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  const told: string[] = [];
  const cancel = new CancellationTokenSource();
  client.connection.onProgress(WorkDoneProgress.type, "token", (value) => {
    told.push(value.kind);
    if (value.kind === "report" && told.filter((kind) => kind === "report").length === 3) cancel.cancel();
  });
  const result = await client.connection.sendRequest<ScanResult>(
    SCAN_REQUEST,
    { workDoneToken: "token" },
    cancel.token,
  );
  assert.equal(result.cancelled, true);
  assert.ok(result.files >= 60 && result.files < 600, `${result.files} files`);
  assert.equal(told[0], "begin");
  assert.equal(told.at(-1), "end");
});

test("an open file is served while the scan runs", async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [
      `m${index}.py`,
      "def f(a, b):\n    return a + b\n\n".repeat(100),
    ]),
  );
  const folder = createFolder(t, files);
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  await client.open("untitled:a", "bad()\n");
  await client.items("untitled:a");
  let running = true;
  const scanning = scan(client).then((result) => {
    running = false;
    return result;
  });
  const waits: number[] = [];
  while (running) {
    const start = performance.now();
    await client.items("untitled:a");
    waits.push(performance.now() - start);
  }
  const result = await scanning;
  assert.equal(result.files, 300);
  waits.sort((a, b) => a - b);
  const [median = 0] = waits.slice(Math.floor(waits.length / 2));
  t.diagnostic(
    `${waits.length} pulls during the scan of ${result.elapsedMs} ms: p50 ${median.toFixed(1)} ms, longest ${waits.at(-1)?.toFixed(1)} ms`,
  );
  assert.ok(waits.length > 10, `only ${waits.length} pulls were answered during the scan`);
  assert.ok(median < 40, `a pull takes ${median.toFixed(1)} ms while the scan runs`);
});

test("the scan stops at the setting maxFiles, and says so", async (t) => {
  const folder = createFolder(t, { "a.py": "bad()\n", "b.py": "bad()\n", "c.py": "bad()\n" });
  const client = await startClient({
    folders: [folder.path],
    capabilities: VSCODE,
    settings: () => ({ maxFiles: 2 }),
  });
  t.after(client.stop);
  const result = await scan(client);
  assert.deepEqual([result.files, result.limitReached], [2, true]);
});

test("a scan without a workspace is done at once", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const { files, findings, cancelled } = await scan(client);
  assert.deepEqual({ files, findings, cancelled }, { files: 0, findings: 0, cancelled: false });
});
