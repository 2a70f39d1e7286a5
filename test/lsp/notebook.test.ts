/** Notebooks over the wire: the cells are one module, and every finding stands in its own cell. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DidChangeNotebookDocumentNotification,
  DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  type NotebookDocumentChangeEvent,
  TextDocumentEdit,
} from "vscode-languageserver/node";
import { rangeOf, startClient, type TestClient, VSCODE } from "./support/client.ts";

const NOTEBOOK = "file:///project/analysis.ipynb";
const CODE = 2 as const;
const MARKUP = 1 as const;

function cellUri(index: number): string {
  return `vscode-notebook-cell:/project/analysis.ipynb#W${index}sZmlsZQ%3D%3D`;
}

async function openNotebook(client: TestClient, sources: readonly string[]): Promise<void> {
  const documents = sources.map((text, index) => ({
    uri: cellUri(index),
    languageId: "python",
    version: 1,
    text,
  }));
  await client.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
    notebookDocument: {
      uri: NOTEBOOK,
      notebookType: "jupyter-notebook",
      version: 1,
      cells: [
        { kind: MARKUP, document: cellUri(99) },
        ...documents.map(({ uri }) => ({ kind: CODE, document: uri })),
      ],
    },
    cellTextDocuments: documents,
  });
}

function change(client: TestClient, version: number, event: NotebookDocumentChangeEvent): Promise<void> {
  return client.connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
    notebookDocument: { uri: NOTEBOOK, version },
    change: event,
  });
}

test("each cell has its findings, magics have none, and places are those of the cell", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await openNotebook(client, [
    "%matplotlib inline\n!pip install x\nx = 1",
    "y = 2\nbad()",
    "%%bash\nbad()",
    "risky()",
  ]);
  assert.deepEqual(await client.items(cellUri(0)), []);
  const [second] = await client.items(cellUri(1));
  assert.deepEqual(second?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } });
  assert.equal(second?.relatedInformation?.[0]?.location.uri, cellUri(1));
  assert.deepEqual(await client.items(cellUri(2)), []);
  assert.deepEqual(
    (await client.items(cellUri(3))).map(({ code }) => code),
    ["risky-call"],
  );
});

test("typing in a cell, and adding, moving and deleting cells", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await openNotebook(client, ["x = 1", "bad()"]);
  await change(client, 2, {
    cells: {
      textContent: [
        {
          document: { uri: cellUri(0), version: 2 },
          changes: [
            { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } }, text: "bad()" },
          ],
        },
      ],
    },
  });
  assert.equal((await client.items(cellUri(0))).length, 1);
  assert.equal((await client.items(cellUri(1))).length, 1);
  const added = { uri: cellUri(5), languageId: "python", version: 1, text: "risky()\nbad()" };
  await change(client, 3, {
    cells: {
      structure: {
        array: { start: 1, deleteCount: 0, cells: [{ kind: CODE, document: added.uri }] },
        didOpen: [added],
      },
    },
  });
  assert.deepEqual(
    (await client.items(cellUri(5))).map(({ range }) => range.start.line),
    [0, 1],
  );
  await change(client, 4, {
    cells: { structure: { array: { start: 2, deleteCount: 1 }, didClose: [{ uri: cellUri(0) }] } },
  });
  assert.deepEqual(await client.items(cellUri(0)), []);
  assert.equal((await client.items(cellUri(1))).length, 1);
});

test("what one cell leaves open does not hide the next", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  await openNotebook(client, ["f(", 's = """', "bad()"]);
  assert.equal((await client.items(cellUri(2))).length, 1);
});

test("fixes and suppressions are edits of the cell", async (t) => {
  const client = await startClient();
  t.after(client.stop);
  const text = "y = bad()";
  await openNotebook(client, ["bad()", text]);
  for (const action of await client.actions(cellUri(1), rangeOf(text, "bad"))) {
    const [edit] = action.edit?.documentChanges ?? [];
    assert.ok(
      edit !== undefined && TextDocumentEdit.is(edit) && edit.textDocument.uri === cellUri(1),
      action.title,
    );
    assert.equal(edit.textDocument.version, 1);
  }
});

test("a client that does not pull gets each cell pushed, and all cleared on closing", async (t) => {
  const client = await startClient({ capabilities: { ...VSCODE, textDocument: {} } });
  t.after(client.stop);
  await openNotebook(client, ["bad()", "bad()"]);
  await client.until("both cells", () =>
    [0, 1].every((index) => client.published.get(cellUri(index))?.length === 1),
  );
  await change(client, 2, {
    cells: { structure: { array: { start: 1, deleteCount: 1 }, didClose: [{ uri: cellUri(0) }] } },
  });
  await client.until("the deleted cell cleared", () => client.published.get(cellUri(0))?.length === 0);
  await client.connection.sendNotification(DidCloseNotebookDocumentNotification.type, {
    notebookDocument: { uri: NOTEBOOK },
    cellTextDocuments: [{ uri: cellUri(1) }],
  });
  await client.until("the other cleared", () => client.published.get(cellUri(1))?.length === 0);
});
