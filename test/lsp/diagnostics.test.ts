/** Diagnostics over the wire: pulled and pushed, always of the current version, and never the end of the server. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CancellationTokenSource,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  type Range,
} from "vscode-languageserver/node";
import { OUR_CLIENT, rangeOf, startClient, VSCODE } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

const URI = "untitled:Untitled-1";

test("a pull answers with the findings, in the client's terms", async (t) => {
  const client = await startClient({ initializationOptions: OUR_CLIENT });
  t.after(client.stop);
  const text = "x = 1\n\u{1F40D} = bad()\n";
  await client.open(URI, text);
  const [first, ...others] = await client.items(URI);
  assert.deepEqual(others, []);
  assert.deepEqual(first, {
    // UTF-16 units: the snake counts two.
    range: { start: { line: 1, character: 5 }, end: { line: 1, character: 10 } },
    severity: 2,
    source: "Stack Coach",
    code: "bad-call",
    message: "`bad` is called.",
    codeDescription: { href: "vscode://stack-coach/guide/core-python#bad-call" },
    relatedInformation: [
      {
        location: { uri: URI, range: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } } },
        message: "This is the function.",
      },
    ],
  });
});

test("a client that knows tags gets them", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "risky()\n");
  assert.deepEqual((await client.items(URI))[0]?.tags, [2]);
});

test("what is advertised: incremental sync, UTF-16, no workspace pull", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const { capabilities } = client.initialized;
  assert.equal(capabilities.positionEncoding, "utf-16");
  assert.deepEqual(capabilities.diagnosticProvider, {
    interFileDependencies: true,
    workspaceDiagnostics: false,
  });
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
});

test("an unchanged document is told to be unchanged, a changed one anew", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "bad()\n");
  const first = await client.pull(URI);
  assert.ok(first.kind === "full" && first.resultId !== undefined);
  assert.deepEqual(await client.pull(URI, first.resultId), { kind: "unchanged", resultId: first.resultId });
  const end = { line: 1, character: 0 };
  await client.change(URI, { range: { start: end, end }, text: "y = 1\n" });
  const second = await client.pull(URI, first.resultId);
  assert.equal(second.kind, "full", "what the client shows has moved with the text, so it is told again");
  await client.change(URI, { range: { start: end, end }, text: "bad()\n" });
  const third = await client.pull(URI, first.resultId);
  assert.ok(third.kind === "full" && third.items.length === 2);
});

test("several changes in one message are applied one after the other", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "a\nb\n");
  const at = (line: number, character: number) => ({ line, character });
  await client.change(
    URI,
    { range: { start: at(0, 0), end: at(0, 1) }, text: "bad()\nc" },
    { range: { start: at(1, 0), end: at(1, 1) }, text: "bad()" },
    { range: { start: at(0, 0), end: at(0, 3) }, text: "good" },
  );
  assert.deepEqual(
    (await client.items(URI)).map(({ range }) => range.start),
    [at(1, 0)],
  );
});

test("code that is sound for what stands around it is read as a whole once nobody types", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const text = `x = 1\nbad()\n# """\n${"\n\ndef f():\n    bad()\n".repeat(20)}`;
  await client.open(URI, text);
  assert.equal((await client.items(URI)).length, 21);
  // Alone it is broken, so that all findings stay; as a whole the text says that `bad()` is part of a string.
  await client.change(URI, { range: rangeOf(text, "1"), text: '"""' });
  assert.equal((await client.items(URI)).length, 21);
  await client.until("the request to pull again", () => client.refreshes() > 0);
  assert.equal((await client.items(URI)).length, 20);
});

test("a fix is offered for the text as it is, although reading it was put off", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const text = `${"def f():\n    y = bad()\n\n\n".repeat(20)}x = 1\n`;
  await client.open(URI, text);
  await client.items(URI);
  await client.change(URI, { range: rangeOf(text, "1"), text: "((" });
  const items = await client.items(URI);
  assert.equal(items.length, 20);
  const actions = await client.actions(URI, (items[3] as { range: Range }).range);
  assert.ok(actions.some(({ title }) => title === "Call `good`"));
});

const BLOCKS = [
  "bad()\n",
  "x = risky()\n",
  "def f():\n    bad()\n    return 1\n",
  "class C:\n    def m(self):\n        bad()\n\n    y = risky()\n",
  's = """\nbad()\n"""\n',
  "# bad()\n",
  "if x:\n    bad(\n        1,\n    )\n",
  "bad()  # \u{1F40D}\n",
];

test("any sequence of edits gives what a fresh analysis of the text gives", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  let count = 0;
  const block = fc.constantFrom(...BLOCKS);
  const step = fc.oneof(
    fc.record({ kind: fc.constant("insert" as const), at: fc.nat(20), block }),
    fc.record({ kind: fc.constant("delete" as const), at: fc.nat(20), block }),
    // What somebody types and takes back: broken for as long as it stands.
    fc.record({
      kind: fc.constant("break" as const),
      at: fc.nat(300),
      block: fc.constantFrom("(", '"""', "'", ":", "\n"),
    }),
  );
  const property = fc.asyncProperty(
    fc.array(block),
    fc.array(fc.tuple(step, fc.boolean())),
    async (start, steps) => {
      const edited = `untitled:Edited-${++count}`;
      const blocks = [...start];
      let text = blocks.join("");
      const replace = async (from: number, to: number, insert: string) => {
        const range = { start: positionIn(text, from), end: positionIn(text, to) };
        await client.change(edited, { range, text: insert });
        text = text.slice(0, from) + insert + text.slice(to);
      };
      await client.open(edited, text);
      for (const [{ kind, at, block: piece }, pulls] of steps) {
        const index = Math.min(at, blocks.length);
        const offset = blocks.slice(0, index).join("").length;
        if (kind === "insert") {
          blocks.splice(index, 0, piece);
          await replace(offset, offset, piece);
        } else if (kind === "delete") {
          const [gone = ""] = blocks.splice(index, 1);
          await replace(offset, offset + gone.length, "");
        } else {
          const place = Math.min(at, text.length);
          await replace(place, place, piece);
          if (pulls) await client.pull(edited);
          await replace(place, place + piece.length, "");
        }
        if (pulls) await client.pull(edited);
      }
      const fresh = `untitled:Fresh-${count}`;
      await client.open(fresh, text);
      assert.deepEqual(strip(await client.items(edited), edited), strip(await client.items(fresh), fresh));
      await client.closeFile(edited);
      await client.closeFile(fresh);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

function strip(items: readonly unknown[], uri: string): unknown {
  return JSON.parse(JSON.stringify(items).replaceAll(uri, ""));
}

function positionIn(text: string, offset: number) {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

test("a client that does not pull gets diagnostics pushed, and loses them when the file closes", async (t) => {
  const client = await startClient({ capabilities: {} });
  t.after(client.stop);
  assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
  await client.open(URI, "risky(bad())\n");
  await client.until("the first push", () => client.published.get(URI)?.length === 2);
  const [pushed] = client.published.get(URI) ?? [];
  assert.equal(pushed?.codeDescription, undefined, "it did not say that it knows code descriptions");
  assert.equal(pushed?.relatedInformation, undefined);
  assert.equal(pushed?.tags, undefined);
  await client.change(URI, { text: "good()\n" });
  await client.until("the push of the change", () => client.published.get(URI)?.length === 0);
  await client.change(URI, { text: "bad()\n" });
  await client.until("the second push", () => client.published.get(URI)?.length === 1);
  await client.closeFile(URI);
  await client.until("the clearing", () => client.published.get(URI)?.length === 0);
});

test("a rule that throws is logged once and takes nothing with it", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "explode\nbad()\n");
  assert.deepEqual(
    (await client.items(URI)).map(({ code }) => code),
    ["bad-call"],
  );
  await client.change(URI, { text: "explode\nexplode\nbad()\n" });
  assert.equal((await client.items(URI)).length, 1);
  assert.equal(client.logged.filter((line) => line.includes("throwing-rule")).length, 1);
});

test("malformed messages are answered or logged, and the next one is served", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "bad()\n");
  const nonsense: [string, unknown][] = [
    ["textDocument/diagnostic", {}],
    ["textDocument/diagnostic", { textDocument: { uri: 5 } }],
    ["textDocument/diagnostic", { textDocument: { uri: "http://[" } }],
    ["textDocument/hover", { textDocument: { uri: URI }, position: null }],
    ["textDocument/codeAction", { textDocument: { uri: URI } }],
    ["codeAction/resolve", { title: "x", data: { kind: "turnOff" } }],
    ["stackCoach/explain", null],
    ["stackCoach/effectiveConfiguration", []],
    ["stackCoach/unknown", {}],
  ];
  for (const [method, params] of nonsense)
    await client.connection.sendRequest(method, params).catch(() => undefined);
  for (const method of [
    "textDocument/didChange",
    "textDocument/didOpen",
    "textDocument/didClose",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "notebookDocument/didOpen",
    "notebookDocument/didChange",
    "no/such/notification",
  ]) {
    await client.connection.sendNotification(method, {});
  }
  assert.equal((await client.items(URI)).length, 1);
});

test("a cancelled pull ends as cancelled, the next one is right", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await client.open(URI, "bad()\n".repeat(2000));
  const source = new CancellationTokenSource();
  const pull = client.connection.sendRequest(
    DocumentDiagnosticRequest.type,
    { textDocument: { uri: URI } },
    source.token,
  );
  source.cancel();
  const code = await pull.then(
    () => 0,
    (error: { code: number }) => error.code,
  );
  assert.ok(
    code === LSPErrorCodes.RequestCancelled || code === LSPErrorCodes.ServerCancelled,
    `code ${code}`,
  );
  assert.equal((await client.items(URI)).length, 2000);
});

test("only the user's own Python is coached", async (t) => {
  const folder = createFolder(t, {});
  const client = await startClient({ folders: [folder.path] });
  t.after(client.stop);
  for (const uri of ["git:/a.py?%7B%7D", "output:x", "vscode-scm:/a.py", "review:/a.py"]) {
    await client.open(uri, "bad()\n");
    assert.deepEqual(await client.items(uri), [], uri);
  }
  await client.open(folder.uri("pyproject.toml"), "bad()\n", "toml");
  assert.deepEqual(await client.items(folder.uri("pyproject.toml")), []);
  for (const uri of [folder.uri("a.py"), "vscode-vfs://github/o/r/a.py", "untitled:Untitled-7"]) {
    await client.open(uri, "bad()\n");
    assert.equal((await client.items(uri)).length, 1, uri);
  }
});

test("any scheme that a workspace folder has is coached", async (t) => {
  const workspaceFolders = [{ uri: "memfs:/project", name: "project" }];
  const client = await startClient({ params: { workspaceFolders } });
  t.after(client.stop);
  await client.open("memfs:/project/a.py", "bad()\n");
  assert.equal((await client.items("memfs:/project/a.py")).length, 1);
});

test("a file over the limit is not analysed, and the status says so", async (t) => {
  const client = await startClient({
    initializationOptions: OUR_CLIENT,
    settings: () => ({ maxFileSizeKB: 10 }),
  });
  t.after(client.stop);
  await client.open(URI, `${"# long\n".repeat(3000)}bad()\n`);
  assert.deepEqual(await client.items(URI), []);
  await client.until("the status", () =>
    client.statuses.some(({ problem }) => problem?.includes("maxFileSizeKB") === true),
  );
  await client.change(URI, { text: "bad()\n" });
  assert.equal((await client.items(URI)).length, 1);
  await client.until("the problem gone", () => client.statuses.at(-1)?.problem === undefined);
});

test("text that is hardly Python is survived", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const texts = [
    "\u0000\u0001\u0002 bad(",
    "\ud800 bad()\n",
    "\ufeffbad()\n",
    "bad()\rbad()\r",
    `${"(".repeat(5000)}bad()`,
    `x = ${"f(".repeat(3000)}${")".repeat(3000)}\nbad()\n`,
    "",
  ];
  for (const [index, text] of texts.entries()) {
    const uri = `untitled:Odd-${index}`;
    await client.open(uri, text);
    const report = await client.pull(uri);
    assert.equal(report.kind, "full");
    for (const { range } of report.kind === "full" ? report.items : []) {
      assert.ok(range.start.line >= 0 && range.end.line >= range.start.line);
    }
  }
  await client.open(URI, "bad()\n");
  assert.equal((await client.items(URI)).length, 1);
});

test("the server ends with code 0 after shutdown", async () => {
  const client = await startClient({ capabilities: VSCODE });
  await client.open(URI, "bad()\n");
  assert.equal(await client.stop(), 0);
});

test("ranges of findings are those of the text", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const text = "def f():\r\n    return bad(\r\n        1,\r\n    )\r\n";
  await client.open(URI, text);
  const [item] = await client.items(URI);
  assert.deepEqual(item?.range.start, rangeOf(text, "bad").start);
  assert.deepEqual(item?.range.end, { line: 3, character: 5 });
});
