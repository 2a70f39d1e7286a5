/** The checklist over LSP: asked for, told of changes, edits and shared marks, several folders, broken files. */

import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageserver/node";
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_EDIT_REQUEST,
  CHECKLIST_REQUEST,
  CHECKLIST_SHARE_REQUEST,
  CHECKLIST_TEXT_REQUEST,
  type ChecklistChangedParams,
  type ChecklistEdit,
  type ChecklistItem,
  type ChecklistParams,
  type ChecklistReport,
  type ChecklistResult,
  type ChecklistTextResult,
} from "../../server/src/protocol/checklist.ts";
import { startClient, type TestClient, VSCODE } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

const PROJECT = {
  ".git/HEAD": "ref: refs/heads/main\n",
  ".gitignore": "secret/\n",
  "pyproject.toml":
    '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = []\n',
  "shop/__init__.py": "",
  "shop/prices.py": "def total(prices: list[int]) -> int:\n    return sum(prices)\n",
  "secret/README.md": "# Secret\n## Install\n## Run\n## Test\n",
};

interface Watching {
  readonly client: TestClient;
  readonly changes: ChecklistChangedParams[];
  ask(params?: ChecklistParams): Promise<readonly ChecklistReport[]>;
  /** Asks until all code has been read. */
  whole(params?: ChecklistParams): Promise<readonly ChecklistReport[]>;
}

async function watch(t: TestContext, folders: readonly string[]): Promise<Watching> {
  const client = await startClient({ folders });
  t.after(client.stop);
  const changes: ChecklistChangedParams[] = [];
  client.connection.onNotification(CHECKLIST_CHANGED_NOTIFICATION, (change: ChecklistChangedParams) => {
    changes.push(change);
  });
  const ask = async (params: ChecklistParams = {}) =>
    (await client.connection.sendRequest<ChecklistResult>(CHECKLIST_REQUEST, params)).reports;
  return {
    ...{ client, changes, ask },
    async whole(params) {
      await ask(params);
      await client.until("all code is read", () => changes.some(({ complete }) => complete));
      return ask(params);
    },
  };
}

function item(report: ChecklistReport | undefined, id: string): ChecklistItem {
  const found = report?.items.find((one) => one.id === id);
  assert.ok(found !== undefined, id);
  return found;
}

test("manifests are answered for at once, code once it was read", async (t) => {
  const folder = createFolder(t, PROJECT);
  const { ask, whole } = await watch(t, [folder.path]);
  const [first] = await ask();
  assert.equal(item(first, "python-version-declared").state, "proven");
  assert.equal(item(first, "readme-useful").state, "missing", "what git ignores is not looked at");
  if (first?.complete === false) assert.equal(item(first, "tests-exist").state, "cannot-tell");
  const [second] = await whole();
  assert.equal(second?.complete, true);
  assert.equal(item(second, "tests-exist").state, "missing");
  const evidence = item(second, "python-version-declared").evidence[0];
  assert.equal(evidence?.uri, folder.uri("pyproject.toml"));
  assert.equal(evidence?.range?.start.line, 3);
});

test("a change is told, once, and only its file is judged anew", async (t) => {
  const folder = createFolder(t, PROJECT);
  const { client, changes, whole, ask } = await watch(t, [folder.path]);
  await whole();
  changes.length = 0;
  folder.write("README.md", "# Shop\n## Install\n## Run\n## Test\n");
  folder.write("tests/test_prices.py", "def test_total():\n    assert 1\n");
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: ["README.md", "tests/test_prices.py"].map((name) => ({
      uri: folder.uri(name),
      type: FileChangeType.Created as 1,
    })),
  });
  await client.until("the change is told", () => changes.length > 0);
  let report: ChecklistReport | undefined;
  for (
    let round = 0;
    round < 50 && report?.items.find(({ id }) => id === "tests-exist")?.state !== "proven";
    round++
  ) {
    [report] = await ask();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(item(report, "readme-useful").state, "proven");
  assert.equal(item(report, "tests-exist").state, "proven");
  await new Promise((resolve) => setTimeout(resolve, 900));
  const told = changes.length;
  await ask();
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.equal(changes.length, told, "asking changes nothing, so nothing is told");
});

test("edits are plain, fit the project, and are refused where there is nothing to do", async (t) => {
  const folder = createFolder(t, PROJECT);
  const { client, whole } = await watch(t, [folder.path]);
  const [report] = await whole();
  const edit = (itemId: string, action: number) =>
    client.connection.sendRequest<ChecklistEdit>(CHECKLIST_EDIT_REQUEST, {
      root: report?.root,
      itemId,
      action,
    });
  const readme = await edit("readme-useful", 0);
  assert.deepEqual(
    readme.files.map(({ uri, create }) => [uri, create]),
    [[folder.uri("README.md"), true]],
  );
  const pytest = await edit("tests-configured", 0);
  assert.equal(pytest.files[0]?.create, false);
  assert.match(pytest.files[0]?.edits[0]?.text ?? "", /\[tool\.pytest\.ini_options\]/);
  for (const [id, action] of [
    ["readme-useful", 9],
    ["readme-useful", 1],
    ["no-such-item", 0],
  ] as const) {
    const refused = await edit(id, action);
    assert.ok(refused.problem !== null && refused.files.length === 0);
  }
});

test("marks are taken from the request, and shared in one file", async (t) => {
  const folder = createFolder(t, { ...PROJECT, ".vscode/stack-coach.json": '{"role": "data"}' });
  const { client, whole, ask } = await watch(t, [folder.path]);
  const [report] = await whole();
  assert.equal(report?.role.chosen, "data");
  const root = report?.root ?? "";
  const marks = { manual: { mentoring: { checked: true, note: "Ann", date: "2026-11-27" } }, overrides: {} };
  const [marked] = await ask({ marks: { [root]: marks }, role: "backend" });
  assert.equal(marked?.role.chosen, "backend");
  assert.equal(item(marked, "mentoring").state, "proven");
  const edit = await client.connection.sendRequest<ChecklistEdit>(CHECKLIST_SHARE_REQUEST, { root, marks });
  assert.equal(edit.files[0]?.uri, folder.uri(".vscode/stack-coach.json"));
  assert.equal(edit.files[0]?.create, false);
});

test("each folder has its report, and the text is that of the command line", async (t) => {
  const one = createFolder(t, PROJECT);
  const two = createFolder(t, { "requirements.txt": "flask==3.1.0\n" });
  const { client, ask } = await watch(t, [one.path, two.path]);
  assert.deepEqual(
    (await ask()).map(({ root }) => root).sort(),
    [one.uri("").replace(/\/$/, ""), two.uri("").replace(/\/$/, "")].sort(),
  );
  assert.equal((await ask({ folderUri: two.uri("").replace(/\/$/, "") })).length, 1);
  const { text } = await client.connection.sendRequest<ChecklistTextResult>(CHECKLIST_TEXT_REQUEST, {
    format: "markdown",
  });
  assert.equal(text.split("# Stack checklist: ").length, 3);
});

test("broken, huge and looping files take nothing with them", async (t) => {
  const folder = createFolder(t, {
    ...PROJECT,
    "compose.yaml": "services: [",
    "README.md": new Uint8Array([0, 1, 2]),
    Makefile: "x".repeat(1_200_000),
    "shop/broken.py": "def (:\n",
  });
  symlinkSync(".", join(folder.path, "loop"));
  const { whole, client } = await watch(t, [folder.path]);
  const [report] = await whole();
  const unread = new Map(
    report?.unread.map(({ uri, reason }) => [uri.slice(folder.uri("").length).replace(/^\//, ""), reason]),
  );
  assert.deepEqual([...unread.keys()].sort(), ["Makefile", "README.md", "compose.yaml"]);
  assert.equal(item(report, "python-version-declared").state, "proven");
  assert.deepEqual(
    client.logged.filter((line) => /failed/.test(line)),
    [],
  );
});

test("a client that shows progress is shown it", async (t) => {
  const folder = createFolder(t, PROJECT);
  const client = await startClient({ folders: [folder.path], capabilities: VSCODE });
  t.after(client.stop);
  let created = 0;
  client.connection.onRequest("window/workDoneProgress/create", () => {
    created++;
    return null;
  });
  await client.connection.sendRequest(CHECKLIST_REQUEST, {});
  await client.until("progress is shown", () => created > 0);
});
