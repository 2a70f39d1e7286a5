/** Code actions over the wire: fixes, all safe fixes, suppression, the guide, configuration. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  type CodeAction,
  CodeActionResolveRequest,
  type Range,
  TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { OUR_CLIENT, rangeOf, startClient, type TestClient, VSCODE } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

const NOTHING: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

async function startIn(t: TestContext, files: Readonly<Record<string, string>>, ours = true) {
  const folder = createFolder(t, files);
  const client = await startClient({
    folders: [folder.path],
    ...(ours ? { initializationOptions: OUR_CLIENT } : {}),
  });
  t.after(client.stop);
  return { folder, client };
}

function titled(actions: readonly CodeAction[], title: RegExp): CodeAction {
  const found = actions.find((action) => title.test(action.title));
  assert.ok(
    found !== undefined,
    `${title} is not among ${actions.map((action) => action.title).join(" | ")}`,
  );
  return found;
}

function resolve(client: TestClient, action: CodeAction): Promise<CodeAction> {
  return client.connection.sendRequest(CodeActionResolveRequest.type, action);
}

/** The text of a document after an edit; snippets count with their placeholders. */
function applied(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const document = TextDocument.create(uri, "python", 0, text);
  const edits = (edit?.documentChanges ?? []).flatMap((change) => {
    if (!TextDocumentEdit.is(change) || change.textDocument.uri !== uri) return [];
    return change.edits.map((one) =>
      "snippet" in one
        ? { range: one.range, newText: one.snippet.value.replace(/\$\{\d+:([^}]*)\}/g, "$1") }
        : one,
    );
  });
  const plain = edit?.changes?.[uri] ?? [];
  return TextDocument.applyEdits(document, [...edits, ...plain]);
}

test("a safe fix is preferred and belongs to its diagnostic", async (t) => {
  const { client, folder } = await startIn(t, {});
  const uri = folder.uri("a.py");
  const text = "x = bad()\n";
  await client.open(uri, text);
  const diagnostics = [...(await client.items(uri))];
  const fix = titled(
    await client.actions(uri, rangeOf(text, "bad"), ["quickfix"], diagnostics),
    /^Call `good`$/,
  );
  assert.equal(fix.isPreferred, true);
  assert.equal(fix.kind, "quickfix");
  assert.deepEqual(
    fix.diagnostics?.map(({ code }) => code),
    ["bad-call"],
  );
  assert.equal(fix.edit?.changeAnnotations, undefined);
  assert.equal(applied(text, fix.edit, uri), "x = good()\n");
});

test("a file among many that were opened since is fixed and edited like any other", async (t) => {
  const { client } = await startIn(t, {});
  const uris = Array.from({ length: 40 }, (_, index) => `untitled:Many-${index}`);
  const text = "x = bad()\n";
  for (const uri of uris) await client.open(uri, text);
  for (const uri of uris) assert.equal((await client.items(uri)).length, 1);
  const [first = ""] = uris;
  const fix = titled(await client.actions(first, rangeOf(text, "bad")), /^Call `good`$/);
  assert.equal(applied(text, fix.edit, first), "x = good()\n");
  for (const uri of uris) assert.equal((await client.items(uri)).length, 1);
  const start = { line: 0, character: 0 };
  await client.change(first, { range: { start, end: start }, text: "bad()\n" });
  assert.deepEqual(
    (await client.items(first)).map(({ range }) => range.start.line),
    [0, 1],
  );
  const [all] = await client.actions(first, NOTHING, ["source.fixAll"]);
  assert.ok(all !== undefined);
  assert.equal(applied(`bad()\n${text}`, (await resolve(client, all)).edit, first), "good()\nx = good()\n");
});

test("an unsafe fix asks before it is applied, where the client can ask", async (t) => {
  const { client, folder } = await startIn(t, {});
  const uri = folder.uri("a.py");
  const text = "x = risky()\n";
  await client.open(uri, text);
  const fix = titled(await client.actions(uri, rangeOf(text, "risky")), /^Remove the call$/);
  assert.notEqual(fix.isPreferred, true);
  assert.deepEqual(
    Object.values(fix.edit?.changeAnnotations ?? {}).map(({ needsConfirmation }) => needsConfirmation),
    [true],
  );
  assert.equal(applied(text, fix.edit, uri), "x = None\n");
});

test("fix-all applies the safe fixes only, and only when asked for", async (t) => {
  const { client, folder } = await startIn(t, {});
  const uri = folder.uri("a.py");
  const text = "bad()\nrisky()\nbad(bad())\n";
  await client.open(uri, text);
  assert.ok((await client.actions(uri, NOTHING)).every(({ kind }) => kind === "quickfix"));
  for (const only of ["source", "source.fixAll", "source.fixAll.stackCoach"]) {
    const [action, ...more] = await client.actions(uri, NOTHING, [only]);
    assert.ok(action !== undefined && more.length === 0);
    assert.equal(action.kind, "source.fixAll.stackCoach");
    const { edit } = await resolve(client, action);
    assert.equal(applied(text, edit, uri), "good()\nrisky()\ngood(good())\n");
  }
  assert.deepEqual(await client.actions(uri, NOTHING, ["source.organizeImports"]), []);
  await client.change(uri, { text: "risky()\n" });
  assert.deepEqual(await client.actions(uri, NOTHING, ["source.fixAll"]), [], "no safe fix, no action");
});

test("a suppression has the rule and a place for the reason, and works", async (t) => {
  const { client, folder } = await startIn(t, {});
  const uri = folder.uri("a.py");
  const cases: [string, string][] = [
    ["bad()\n", "bad()  # coach: ignore[bad-call] reason\n"],
    ["bad()  # why\n", "bad()  # why  # coach: ignore[bad-call] reason\n"],
    ["bad()  # coach: ignore[other] x\n", "bad()  # coach: ignore[other, bad-call] x\n"],
    ['bad("""\n""")\n', 'bad("""\n""")  # coach: ignore[bad-call] reason\n'],
    ["bad(\n    1,\n)\n", "bad(  # coach: ignore[bad-call] reason\n    1,\n)\n"],
    ["x = 1 + \\\n    bad()\n", "x = 1 + \\\n    bad()  # coach: ignore[bad-call] reason\n"],
    ["def f():\n    return bad()", "def f():\n    return bad()  # coach: ignore[bad-call] reason"],
  ];
  for (const [before, after] of cases) {
    await client.open(uri, before);
    const action = titled(await client.actions(uri, rangeOf(before, "bad")), /^Ignore bad-call here/);
    assert.equal(applied(before, action.edit, uri), after);
    await client.change(uri, { text: after });
    assert.deepEqual(await client.items(uri), [], `not silenced: ${after}`);
    await client.closeFile(uri);
  }
});

test("Ruff's own comment is offered where Ruff reports the same, and only there", async (t) => {
  const { client, folder } = await startIn(t, { "ruff.toml": 'lint.select = ["E"]\n' });
  const uri = folder.uri("a.py");
  const text = "flagship()\n";
  await client.open(uri, text);
  const action = titled(await client.actions(uri, rangeOf(text, "flagship")), /^Ignore E722 here/);
  assert.equal(applied(text, action.edit, uri), "flagship()  # ruff: ignore[E722] reason\n");
  const other = createFolder(t, {});
  const plain = await startClient({ folders: [other.path] });
  t.after(plain.stop);
  await plain.open(other.uri("a.py"), text);
  const titles = (await plain.actions(other.uri("a.py"), rangeOf(text, "flagship"))).map(
    ({ title }) => title,
  );
  assert.ok(titles.every((title) => !title.includes("E722")));
});

test("the guide opens from a finding and from Ruff's own diagnostics that mean the same", async (t) => {
  const { client, folder } = await startIn(t, {});
  const uri = folder.uri("a.py");
  const text = "bad()\nother\n";
  await client.open(uri, text);
  const own = titled(await client.actions(uri, rangeOf(text, "bad")), /^Learn why: Bad call$/);
  assert.deepEqual(own.command?.arguments, ["core-python#bad-call"]);
  assert.equal(own.command?.command, "stackCoach.openGuide");
  const range = rangeOf(text, "other");
  const ruff = [{ range, message: "x", source: "Ruff", code: "S999" }];
  const bridged = titled(await client.actions(uri, range, ["quickfix"], ruff), /^Learn why: Bad call$/);
  assert.deepEqual(bridged.diagnostics, ruff);
  const unknown = [{ range, message: "x", source: "Ruff", code: "E501" }];
  assert.deepEqual(await client.actions(uri, range, ["quickfix"], unknown), []);
});

test("a client without our commands is offered none", async (t) => {
  const { client, folder } = await startIn(t, {}, false);
  const uri = folder.uri("a.py");
  await client.open(uri, "bad()\n");
  assert.ok((await client.actions(uri, NOTHING)).every(({ command }) => command === undefined));
});

test("a rule is turned off for the project by an edit of pyproject.toml that the user sees first", async (t) => {
  const before = '[project]\nname = "x"\n';
  const { client, folder } = await startIn(t, { "pyproject.toml": before });
  const uri = folder.uri("src/a.py");
  await client.open(uri, "bad()\n");
  const action = titled(await client.actions(uri, NOTHING), /^Turn off bad-call for this project$/);
  assert.equal(action.edit, undefined, "files are read when the action is chosen");
  const { edit } = await resolve(client, action);
  assert.ok(
    Object.values(edit?.changeAnnotations ?? {}).every(({ needsConfirmation }) => needsConfirmation === true),
  );
  const after = applied(before, edit, folder.uri("pyproject.toml"));
  assert.equal(after, `${before}\n[tool.stack-coach.rules]\nbad-call = "off"\n`);
  assert.equal(readFileSync(join(folder.path, "pyproject.toml"), "utf8"), before, "nothing was written");
  folder.write("pyproject.toml", after);
  const changes = [{ uri: folder.uri("pyproject.toml"), type: 2 as const }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  assert.deepEqual(await client.items(uri), []);
});

test("where there is no pyproject.toml the edit creates one; where it is broken there is no edit", async (t) => {
  const { client, folder } = await startIn(t, { "broken/pyproject.toml": "[tool\n" });
  await client.open(folder.uri("a.py"), "bad()\n");
  const action = titled(await client.actions(folder.uri("a.py"), NOTHING), /^Turn off/);
  const { edit } = await resolve(client, action);
  const [create, change] = edit?.documentChanges ?? [];
  assert.deepEqual(create, {
    kind: "create",
    uri: folder.uri("pyproject.toml"),
    annotationId: "stack-coach",
  });
  assert.ok(change !== undefined && TextDocumentEdit.is(change));
  await client.open(folder.uri("broken/a.py"), "bad()\n");
  const other = titled(await client.actions(folder.uri("broken/a.py"), NOTHING), /^Turn off/);
  assert.equal((await resolve(client, other)).edit, undefined);
});

test("a client that resolves nothing gets whole edits, one without document changes the older form", async (t) => {
  const folder = createFolder(t, { "pyproject.toml": "" });
  const { codeAction } = VSCODE.textDocument ?? {};
  const capabilities = {
    textDocument: {
      codeAction: {
        codeActionLiteralSupport: codeAction?.codeActionLiteralSupport ?? {
          codeActionKind: { valueSet: [] },
        },
      },
    },
  };
  const client = await startClient({ capabilities, folders: [folder.path] });
  t.after(client.stop);
  const uri = folder.uri("a.py");
  await client.open(uri, "bad()\nrisky()\n");
  const actions = await client.actions(uri, { start: NOTHING.start, end: { line: 1, character: 3 } });
  for (const action of actions) assert.ok(action.edit?.changes !== undefined, action.title);
  assert.equal(applied("bad()\n", titled(actions, /^Call/).edit, uri), "good()\n");
  const [all] = await client.actions(uri, NOTHING, ["source.fixAll"]);
  assert.equal(applied("bad()\nrisky()\n", all?.edit, uri), "good()\nrisky()\n");
});
