/** Snippets as they are typed: what completes, and what it leaves in the file. */

import * as vscode from "vscode";
import { equal, eventually, matches, reset, show, type } from "../support.ts";

describe("snippets", () => {
  afterEach(reset);

  it("complete a prefix, body at the cursor and imports on top", async () => {
    const editor = await show("completed.py", '"""Orders."""\n\nfrom dataclasses import field\n\n\n');
    await type(editor, "py-dataclass");
    const item = await eventually("the snippet", () => offered(editor, "py-dataclass"));
    await accept(editor, item);
    const text = editor.document.getText();
    matches(text, /^from dataclasses import field\nfrom dataclasses import dataclass\n/m, "the import");
    matches(text, /^@dataclass\(frozen=True, slots=True, kw_only=True\)\nclass Order:/m, "the body");
    equal(editor.document.getText(editor.selection), "Order", "what is selected to be named");
  });
});

/** The completion of a prefix in front of the end of the document. */
async function offered(
  editor: vscode.TextEditor,
  prefix: string,
): Promise<vscode.CompletionItem | undefined> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    end,
    "-",
  );
  return list.items.find(({ label }) => (typeof label === "string" ? label : label.label) === prefix);
}

/** Does what the editor does when an offer is chosen. */
async function accept(editor: vscode.TextEditor, item: vscode.CompletionItem): Promise<void> {
  const { range, insertText } = item;
  if (!(insertText instanceof vscode.SnippetString)) throw new Error("it is no snippet");
  if (range === undefined) throw new Error("it has no range");
  const edits = item.additionalTextEdits ?? [];
  await editor.edit((builder) => {
    for (const edit of edits) builder.insert(edit.range.start, edit.newText);
  });
  const moved = edits.reduce((lines, { newText }) => lines + newText.split("\n").length - 1, 0);
  const replaced = range instanceof vscode.Range ? range : range.replacing;
  await editor.insertSnippet(
    insertText,
    new vscode.Range(replaced.start.translate(moved), replaced.end.translate(moved)),
  );
}
