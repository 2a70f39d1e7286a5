/** stackCoach/snippets and stackCoach/snippetText: the catalogue for the palette, and one snippet ready to insert. */

import { addImports } from "../../engine/imports.ts";
import { allSnippets } from "../../models/snippets.generated.ts";
import type { SnippetModel } from "../../models/snippets.ts";
import type {
  SnippetEntry,
  SnippetsResult,
  SnippetText,
  SnippetTextParams,
} from "../../protocol/snippets.ts";
import type { Session } from "../session.ts";
import { needsText } from "../snippets.ts";

export function snippets(): SnippetsResult {
  return { snippets: allSnippets().map(entryOf) };
}

/** A snippet's place in the catalogue tells it from others of the same prefix. */
const idOf = ({ prefix }: SnippetModel, at: number): string => `${prefix}/${at}`;

function entryOf(snippet: SnippetModel, at: number): SnippetEntry {
  const { prefix, title, documentation, scope, kind, guide, file } = snippet;
  return {
    id: idOf(snippet, at),
    prefix,
    title,
    documentation,
    scope,
    kind,
    needs: needsText(snippet),
    guide,
    file,
  };
}

export async function snippetText(
  session: Session,
  { id, uri }: SnippetTextParams,
): Promise<SnippetText | null> {
  const snippet = allSnippets().find((each, at) => idOf(each, at) === id);
  if (snippet === undefined) return null;
  const { body, imports } = snippet;
  const file = uri === undefined ? undefined : session.files.get(uri);
  if (imports.length === 0) return { body, imports: null };
  if (file === undefined) return { body: `${imports.join("\n")}\n\n\n${body}`, imports: null };
  const { engineFile } = await session.analyses.live(file);
  const edit = engineFile === null ? null : addImports(engineFile.tree, imports);
  const place = edit === null ? null : file.place(edit.span);
  return edit === null || place === null || place.uri !== uri
    ? { body, imports: null }
    : { body, imports: { range: place.range, text: edit.text } };
}
