/** Keeps the context key that offers "Explain Advice at Cursor" only where there is some. */

import { commands, Disposable, languages, type TextEditor, window } from "vscode";
import { isAdvice } from "../advice.ts";
import { PYTHON } from "../client.ts";
import { CONTEXT_KEYS } from "../commands.ts";

export function registerAdviceAtCursor(): Disposable {
  let shown: boolean | undefined;
  const update = (editor: TextEditor | undefined): void => {
    const has = editor !== undefined && hasAdvice(editor);
    if (has === shown) return;
    shown = has;
    void commands.executeCommand("setContext", CONTEXT_KEYS.hasAdviceAtCursor, has);
  };
  update(window.activeTextEditor);
  return Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === window.activeTextEditor) update(textEditor);
    }),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor;
      if (active && uris.some((uri) => uri.toString() === active.document.uri.toString())) update(active);
    }),
  );
}

function hasAdvice({ document, selection }: TextEditor): boolean {
  if (languages.match(PYTHON, document) === 0) return false;
  return languages
    .getDiagnostics(document.uri)
    .some((diagnostic) => isAdvice(diagnostic) && diagnostic.range.contains(selection.active));
}
