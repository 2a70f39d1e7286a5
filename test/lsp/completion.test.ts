/** Completion of snippets: by prefix, where a statement can begin, with the imports that the module lacks. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type CompletionItem, type CompletionList, CompletionRequest } from "vscode-languageserver/node";
import { OUR_CLIENT, startClient, type TestClient } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

const URI = "untitled:a";

async function complete(client: TestClient, text: string, uri = URI): Promise<readonly CompletionItem[]> {
  await client.open(uri, text);
  const lines = text.split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const list = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position,
  });
  return (list as CompletionList | null)?.items ?? [];
}

test("a prefix offers snippets, and what is chosen brings its imports", async (t) => {
  const client = await startClient({ initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  const items = await complete(client, "from dataclasses import field\n\npy-data");
  assert.deepEqual(
    items.map(({ label }) => label),
    ["py-dataclass"],
  );
  const [item] = items;
  assert.deepEqual(item?.textEdit, {
    range: { start: { line: 2, character: 0 }, end: { line: 2, character: 7 } },
    newText: item?.textEdit?.newText,
  });
  assert.match(item?.textEdit?.newText ?? "", /^@dataclass\(frozen=True/);
  assert.deepEqual(item?.additionalTextEdits, [
    {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      newText: "from dataclasses import dataclass\n",
    },
  ]);
  assert.match(JSON.stringify(item?.documentation), /command:stackCoach.openGuide.*dataclasses/);
});

test("nothing is offered inside an expression, a comment or after a single letter", async (t) => {
  const client = await startClient({ initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  for (const [index, text] of ["x = py-", "# py-", "p", "order.py-"].entries()) {
    assert.deepEqual(await complete(client, text, `untitled:${index}`), [], text);
  }
});

test("other editors are offered what VS Code takes from the extension's files", async (t) => {
  const client = await startClient({});
  t.after(client.stop);
  const labels = (await complete(client, "py-try")).map(({ label }) => label);
  assert.deepEqual(labels, ["py-try-log-raise"]);
});

test("snippets can be turned off", async (t) => {
  const client = await startClient({ settings: () => ({ snippets: { enable: false } }) });
  t.after(client.stop);
  assert.deepEqual(await complete(client, "py-data"), []);
});

test("only the forms that the project's declared versions allow are offered", async (t) => {
  const folder = createFolder(t, {
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask>=3.1", "sqlalchemy~=1.4", "httpx"]\n',
    "shop.py": "",
  });
  const client = await startClient({ folders: [folder.path], initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  const titles = async (typed: string, index: number) =>
    (await complete(client, typed, folder.uri(`file${index}.py`))).map(
      ({ labelDetails }) => labelDetails?.description,
    );
  assert.deepEqual(await titles("webhook-d", 1), [], "neither SQLAlchemy 2.0 nor Django is there");
  assert.deepEqual(await titles("http-client-a", 2), ["Asynchronous client (httpx)"], "not its successor");
  assert.deepEqual(await titles("flask-session", 3), ["Session cookie settings"]);
  assert.deepEqual(await titles("dj-m", 4), []);
  assert.deepEqual(await titles("py-dataclass", 5), ["Frozen dataclass"], "needs nothing but Python");
});
