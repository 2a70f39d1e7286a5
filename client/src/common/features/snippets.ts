/** The palette's snippets: insert one with its imports, surround the selection, begin a file from a template. */

import {
  commands,
  Disposable,
  l10n,
  Range,
  SnippetString,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  SNIPPET_TEXT_REQUEST,
  SNIPPETS_REQUEST,
  type SnippetEntry,
  type SnippetsResult,
  type SnippetText,
  type SnippetTextParams,
} from "../../../../server/src/protocol/snippets.ts";
import { COMMANDS } from "../commands.ts";
import { rangeOf } from "./locations.ts";

export function registerSnippets(client: BaseLanguageClient): Disposable {
  const pick = (given: unknown, fits: (snippet: SnippetEntry) => boolean, placeHolder: string) =>
    pickSnippet(client, given, fits, placeHolder);
  return Disposable.from(
    commands.registerCommand(COMMANDS.insertSnippet, async (given: unknown) => {
      const editor = window.activeTextEditor;
      if (!editor) return newFile(client, await pick(given, () => true, l10n.t("Snippet for a new file")));
      const language = editor.document.languageId;
      // A snippet that is asked for by name goes in whatever the file is: TOML has no language of its own.
      const fits = (snippet: SnippetEntry): boolean => typeof given === "string" || isFor(snippet, language);
      await insert(client, editor, await pick(given, fits, l10n.t("Snippet to insert")));
    }),
    commands.registerCommand(COMMANDS.surroundWith, async (given: unknown) => {
      const editor = window.activeTextEditor;
      if (!editor || editor.selection.isEmpty) return;
      await insert(
        client,
        editor,
        await pick(given, isSurround, l10n.t("Snippet to surround the selection with")),
      );
    }),
    commands.registerCommand(COMMANDS.newFromTemplate, async (given: unknown) =>
      newFile(client, await pick(given, isTemplate, l10n.t("Template of the new file"))),
    ),
  );
}

const isSurround = ({ kind }: SnippetEntry): boolean => kind === "surround";
const isTemplate = ({ kind, scope }: SnippetEntry): boolean => kind === "template" || scope !== "python";

function isFor({ scope }: SnippetEntry, language: string): boolean {
  return (
    scope.split(",").some((each) => each.trim() === language) ||
    (scope === "toml" && language === "plaintext")
  );
}

async function pickSnippet(
  client: BaseLanguageClient,
  given: unknown,
  fits: (snippet: SnippetEntry) => boolean,
  placeHolder: string,
): Promise<SnippetEntry | undefined> {
  const result = await client.sendRequest<SnippetsResult | null>(SNIPPETS_REQUEST, {});
  const fitting = (result?.snippets ?? []).filter(fits);
  const named = typeof given === "string" ? fitting.filter(({ prefix }) => prefix === given) : [];
  if (named.length === 1) return named[0];
  const choices = (named.length > 0 ? named : fitting).map((snippet) => ({
    label: snippet.title,
    description: [snippet.prefix, snippet.needs].filter(Boolean).join(" · "),
    detail: snippet.documentation,
    snippet,
  }));
  if (choices.length === 0) {
    window.setStatusBarMessage(l10n.t("There is no snippet for this kind of file"), 5_000);
    return undefined;
  }
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(choices, options))?.snippet;
}

function textOf(client: BaseLanguageClient, params: SnippetTextParams): Promise<SnippetText | null> {
  return client.sendRequest<SnippetText | null>(SNIPPET_TEXT_REQUEST, params);
}

async function insert(
  client: BaseLanguageClient,
  editor: TextEditor,
  snippet: SnippetEntry | undefined,
): Promise<void> {
  if (snippet === undefined) return;
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const text = await textOf(client, { id: snippet.id, uri });
  if (text === null) return;
  // The imports first: where they stand above, the place of the snippet moves with them.
  if (text.imports !== null) {
    const edit = new WorkspaceEdit();
    edit.replace(editor.document.uri, rangeOf(text.imports.range), text.imports.text);
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(editor.document, editor.viewColumn);
  await editor.insertSnippet(new SnippetString(text.body));
}

/** The file is not saved yet: its name is a proposal, and nothing is on disk until the user says so. */
async function newFile(client: BaseLanguageClient, snippet: SnippetEntry | undefined): Promise<void> {
  if (snippet === undefined) return;
  const text = await textOf(client, { id: snippet.id });
  if (text === null) return;
  const editor = await untitled(snippet);
  const whole = new Range(0, 0, editor.document.lineCount, 0);
  await editor.insertSnippet(new SnippetString(text.body), whole);
}

async function untitled({ file, scope }: SnippetEntry): Promise<TextEditor> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = folder && file !== null ? Uri.joinPath(folder, file) : undefined;
  if (target !== undefined && !(await exists(target))) {
    const document = await workspace.openTextDocument(target.with({ scheme: "untitled" }));
    return window.showTextDocument(document, { preview: false });
  }
  const [language = "plaintext"] = scope.split(",");
  const document = await workspace.openTextDocument({ language: language.trim(), content: "" });
  return window.showTextDocument(document, { preview: false });
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
