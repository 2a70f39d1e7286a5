/** Configuration over the wire: settings, project files, several roots, and changes without a restart. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
} from "vscode-languageserver/node";
import type { EffectiveConfigResult } from "../../server/src/protocol/messages.ts";
import { EFFECTIVE_CONFIG_REQUEST } from "../../server/src/protocol/messages.ts";
import { OUR_CLIENT, startClient, type TestClient, VSCODE } from "./support/client.ts";
import { createFolder, type TestFolder } from "./support/folder.ts";

const CHANGED = 2 as const;

async function codes(client: TestClient, uri: string): Promise<readonly unknown[]> {
  return (await client.items(uri)).map(({ code }) => code);
}

function watched(client: TestClient, folder: TestFolder, ...names: string[]): Promise<void> {
  const changes = names.map((name) => ({ uri: folder.uri(name), type: CHANGED }));
  return client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

test("settings of the editor count, and a change of theirs counts at once", async (t) => {
  const folder = createFolder(t, {});
  let settings: unknown = { level: "senior", rules: { "bad-call": "off" } };
  const client = await startClient({
    folders: [folder.path],
    settings: (section, scope) => (section === "stackCoach" && scope === folder.uri("") ? settings : null),
  });
  t.after(client.stop);
  const uri = folder.uri("a.py");
  await client.open(uri, "bad()\nnudge\n");
  assert.deepEqual(await codes(client, uri), ["senior-nudge"]);
  settings = { rules: { "bad-call": "hint" } };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  const [item, ...more] = await client.items(uri);
  assert.deepEqual([item?.code, item?.severity, more.length], ["bad-call", 4, 0]);
  await client.until("the request to pull again", () => client.refreshes() > 0);
  assert.ok(client.registrations.some(({ method }) => method === "workspace/didChangeConfiguration"));
});

test("a burst of changes asks the client to pull once", async (t) => {
  const folder = createFolder(t, { "pyproject.toml": "" });
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  await client.open(folder.uri("a.py"), "bad()\n");
  await client.items(folder.uri("a.py"));
  for (let index = 0; index < 20; index++) await watched(client, folder, "pyproject.toml");
  await client.until("the request", () => client.refreshes() > 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(client.refreshes(), 1);
});

test("the nearest project file of each file decides, in every root", async (t) => {
  const off = '[tool.stack-coach.rules]\nbad-call = "off"\n';
  const one = createFolder(t, {
    "pyproject.toml": off,
    "inner/pyproject.toml": "[tool.stack-coach]\nlevel = 'senior'\n",
  });
  const two = createFolder(t, { ".vscode/stack-coach.json": '{ "rules": { "risky-call": "off" } }' });
  const client = await startClient({ folders: [one.path, two.path] });
  t.after(client.stop);
  const text = "bad()\nrisky()\nnudge\n";
  for (const [uri, expected] of [
    [one.uri("a.py"), ["risky-call"]],
    [one.uri("inner/a.py"), ["bad-call", "risky-call", "senior-nudge"]],
    [two.uri("a.py"), ["bad-call"]],
  ] as const) {
    await client.open(uri, text);
    assert.deepEqual(await codes(client, uri), expected, uri);
  }
});

test("a project file that changes on disk counts when the watcher tells", async (t) => {
  const folder = createFolder(t, { "pyproject.toml": "" });
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  await client.until("the watchers", () =>
    client.registrations.some(({ method }) => method.includes("WatchedFiles")),
  );
  const uri = folder.uri("a.py");
  await client.open(uri, "bad()\n");
  assert.deepEqual(await codes(client, uri), ["bad-call"]);
  folder.write("pyproject.toml", '[tool.stack-coach.rules]\n"core-python/*" = "off"\n');
  assert.deepEqual(await codes(client, uri), ["bad-call"], "no file is read for a keystroke");
  await watched(client, folder, "pyproject.toml");
  assert.deepEqual(await codes(client, uri), []);
  folder.write("ruff.toml", 'lint.select = ["S"]\n');
  await watched(client, folder, "ruff.toml");
  assert.deepEqual(await codes(client, uri), []);
});

test("a broken project file is told in the status, and the rest goes on", async (t) => {
  const folder = createFolder(t, { "pyproject.toml": "[tool.stack-coach\nlevel = 3" });
  const client = await startClient({ folders: [folder.path], initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  const uri = folder.uri("a.py");
  await client.open(uri, "bad()\n");
  assert.deepEqual(await codes(client, uri), ["bad-call"]);
  await client.until("the problem", () =>
    client.statuses.some(({ problem }) => /^pyproject\.toml:1: .*TOML/.test(problem ?? "")),
  );
  folder.write("pyproject.toml", "");
  await watched(client, folder, "pyproject.toml");
  await client.items(uri);
  await client.until("the problem gone", () => client.statuses.at(-1)?.problem === undefined);
});

test("a rule steps aside for Ruff where Ruff's configuration enables the same", async (t) => {
  const folder = createFolder(t, { "r/ruff.toml": 'lint.select = ["S999"]\n', "p/x.txt": "" });
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  for (const [name, expected] of [
    ["r/a.py", []],
    ["p/a.py", ["bad-call"]],
  ] as const) {
    await client.open(folder.uri(name), "bad()\n");
    assert.deepEqual(await codes(client, folder.uri(name)), expected, name);
  }
});

test("a client without workspace/configuration is heard through its notification and its first message", async (t) => {
  const { configuration: _, ...workspace } = VSCODE.workspace ?? {};
  const client = await startClient({
    capabilities: { ...VSCODE, workspace },
    initializationOptions: { settings: { rules: { "bad-call": "off" } } },
  });
  t.after(client.stop);
  const uri = "file:///nowhere/a.py";
  await client.open(uri, "bad()\nrisky()\n");
  assert.deepEqual(await codes(client, uri), ["risky-call"]);
  const settings = { stackCoach: { rules: { "risky-call": "off" } } };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  assert.deepEqual(await codes(client, uri), ["bad-call"]);
});

test("a client that fails to answer for its settings gets the defaults", async (t) => {
  const client = await startClient({
    settings: () => {
      throw new Error("no settings today");
    },
  });
  t.after(client.stop);
  await client.open("untitled:a", "bad()\nnudge\n");
  assert.deepEqual(await codes(client, "untitled:a"), ["bad-call"]);
});

test("a client without watchers: project files are read again when a file is opened", async (t) => {
  const folder = createFolder(t, {});
  const client = await startClient({
    capabilities: { textDocument: { diagnostic: {} } },
    params: { rootUri: folder.uri(""), workspaceFolders: null },
  });
  t.after(client.stop);
  await client.open(folder.uri("a.py"), "bad()\n");
  assert.deepEqual(await codes(client, folder.uri("a.py")), ["bad-call"]);
  folder.write("pyproject.toml", '[tool.stack-coach.rules]\nbad-call = "off"\n');
  await client.open(folder.uri("b.py"), "bad()\n");
  assert.deepEqual(await codes(client, folder.uri("b.py")), []);
  assert.deepEqual(await codes(client, folder.uri("a.py")), []);
});

test("roots may come and go", async (t) => {
  const client = await startClient({ folders: [] });
  t.after(client.stop);
  const uri = "memfs:/project/a.py";
  await client.open(uri, "bad()\n");
  assert.deepEqual(await codes(client, uri), [], "the scheme is nobody's");
  const added = [{ uri: "memfs:/project", name: "project" }];
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added, removed: [] },
  });
  await client.closeFile(uri);
  await client.open(uri, "bad()\n");
  assert.deepEqual(await codes(client, uri), ["bad-call"]);
});

test("run: onSave shows what was true at the last save, off shows nothing", async (t) => {
  let run = "onSave";
  const client = await startClient({ settings: () => ({ run }) });
  t.after(client.stop);
  const uri = "untitled:a";
  await client.open(uri, "bad()\n");
  const first = await client.pull(uri);
  assert.ok(first.kind === "full" && first.items.length === 1);
  await client.change(uri, { text: "bad()\nbad()\n" });
  assert.equal((await client.pull(uri, first.resultId)).kind, "unchanged");
  await client.save(uri);
  await client.until("the request to pull again", () => client.refreshes() > 0);
  assert.equal((await client.items(uri)).length, 2);
  run = "off";
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  assert.deepEqual(await client.items(uri), []);
});

test("the effective configuration says where each value comes from", async (t) => {
  const folder = createFolder(t, {
    "pyproject.toml":
      '[tool.stack-coach]\nlevel = "senior"\n\n[tool.stack-coach.rules]\nrisky-call = "off"\n',
    "ruff.toml": 'lint.select = ["S999"]\n',
  });
  const client = await startClient({
    folders: [folder.path],
    settings: () => ({ maxFiles: 7, level: "professional" }),
  });
  t.after(client.stop);
  const uri = folder.uri("tests/test_a.py");
  await client.open(uri, "bad()\n");
  const result = await client.connection.sendRequest<EffectiveConfigResult>(EFFECTIVE_CONFIG_REQUEST, {
    textDocument: { uri },
  });
  const entry = (key: string) => result.entries.find((one) => one.key === key);
  assert.equal(result.file, uri);
  assert.deepEqual(result.contexts, ["test"]);
  assert.deepEqual(entry("level"), { key: "level", value: '"senior"', source: "pyproject.toml:2" });
  assert.deepEqual(entry("maxFiles"), { key: "maxFiles", value: "7", source: "editor settings" });
  assert.equal(entry("enable")?.source, "default");
  assert.deepEqual(entry("risky-call"), { key: "risky-call", value: "off", source: "pyproject.toml:5" });
  assert.match(entry("bad-call")?.source ?? "", /Ruff S999/);
});
