/** textDocument/completion: snippets by prefix, in the forms that the declared versions allow, with their imports. */

import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import { addImports } from "../../engine/imports.ts";
import { allSnippets } from "../../models/snippets.generated.ts";
import { isStatic, type SnippetModel } from "../../models/snippets.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { OpenFile } from "../documents.ts";
import type { Session } from "../session.ts";
import { declarationsOf, needsText, suits } from "../snippets.ts";

/** Typed after a family's name: `fa-`. Clients ask again there, because a hyphen ends a word. */
export const SNIPPET_TRIGGER = "-";
/** Fewer letters would offer snippets among everything else that begins so. */
const LEAST_LETTERS = 2;

export async function completion(
  session: Session,
  { textDocument, position }: CompletionParams,
): Promise<CompletionList | null> {
  const file = session.files.get(textDocument.uri);
  if (file === undefined) return null;
  const offset = file.offset(textDocument.uri, position);
  const typed = offset === null ? null : prefixBefore(file.text(), offset);
  if (typed === null || offset === null) return null;
  const matching = allSnippets().filter(
    (snippet) => snippet.prefix.startsWith(typed) && isOfferedBy(snippet, session),
  );
  if (matching.length === 0) return null;
  const { config, engineFile } = await session.analyses.live(file);
  if (!config.settings["snippets.enable"] || engineFile === null) return null;
  const stack = config.settings["snippets.versionAware"]
    ? await session.checklists.stackFor(file.path)
    : null;
  const declared = stack === null ? null : declarationsOf(stack);
  const range = file.place({ start: offset - typed.length, end: offset })?.range;
  if (range === undefined) return null;
  const place: Place = { session, file, uri: textDocument.uri, tree: engineFile.tree, range };
  return {
    isIncomplete: true,
    items: matching.filter((snippet) => suits(snippet, declared)).map((snippet) => itemOf(snippet, place)),
  };
}

/** VS Code offers the files of our extension by itself; other editors have only us. */
function isOfferedBy(snippet: SnippetModel, { links }: Session): boolean {
  if (links.command) return !isStatic(snippet);
  return snippet.scope === "python" && snippet.kind !== "template";
}

/** What of a prefix stands before a place; null inside of other text, where no statement can begin. */
export function prefixBefore(text: string, offset: number): string | null {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const typed = /^\s*([a-z][a-z0-9-]*)$/.exec(line)?.[1] ?? "";
  return typed.length >= LEAST_LETTERS ? typed : null;
}

interface Place {
  readonly session: Session;
  readonly file: OpenFile;
  readonly uri: string;
  readonly tree: SyntaxTree;
  readonly range: Range;
}

function itemOf(snippet: SnippetModel, { session, file, uri, tree, range }: Place): CompletionItem {
  const { traits, links } = session;
  const edit = addImports(tree, snippet.imports);
  const at = edit === null ? null : file.place(edit.span);
  const link = links.markdown("Open the guide", snippet.guide);
  const needs = needsText(snippet);
  return {
    label: snippet.prefix,
    labelDetails: { description: snippet.title },
    kind: CompletionItemKind.Snippet,
    detail: needs === "" ? snippet.title : `${snippet.title} · ${needs}`,
    documentation: {
      kind: traits.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: link === null ? snippet.documentation : `${snippet.documentation}\n\n${link}`,
    },
    filterText: snippet.prefix,
    // Behind everything that the name of a variable may complete to.
    sortText: `zz-${snippet.prefix}`,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: snippet.body },
    // Imports that belong to another cell of a notebook are left to the user.
    ...(edit === null || at === null || at.uri !== uri
      ? {}
      : { additionalTextEdits: [{ range: at.range, newText: edit.text }] }),
  };
}
