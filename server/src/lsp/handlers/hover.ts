/** textDocument/hover: why a finding under the pointer matters; on an import, what the library is for. */

import { type Hover, type HoverParams, type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { OpenFile as EngineFile } from "../../engine/analyze.ts";
import type { OpenFile } from "../documents.ts";
import { handlerAt } from "../endpoint-hover.ts";
import { hoverMarkdown, hoverText } from "../explanation.ts";
import { safeMarkdown, wayMarkdown } from "../flow-text.ts";
import { importAt, purposeMarkdown, purposeText } from "../import-hover.ts";
import { type Found, findingsAt } from "../lookup.ts";
import type { Session } from "../session.ts";

export async function hover(
  session: Session,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  const found = await findingsAt(session, textDocument.uri, position);
  if (found === null || !found.analysis.config.settings["hover.explanations"]) return null;
  const onFinding = findingHover(session, found);
  if (onFinding !== null) return onFinding;
  const { file } = found;
  const offset = file.offset(textDocument.uri, position);
  const { engineFile } = await session.analyses.live(file);
  if (offset === null || engineFile === null) return null;
  const place: Place = { file, engineFile, offset };
  return handlerHover(session, place) ?? importHover(session, place) ?? safeHover(session, place);
}

/** A place in a file whose tree is at hand. */
interface Place {
  readonly file: OpenFile;
  readonly engineFile: EngineFile;
  readonly offset: number;
}

function findingHover(session: Session, found: Found): Hover | null {
  const [first] = found.here;
  if (first === undefined) return null;
  const rules = [...new Set(found.here.flatMap(({ ruleId }) => session.rules.get(ruleId) ?? []))];
  if (rules.length === 0) return null;
  const range = found.file.place(first.span)?.range;
  const { links } = session;
  const contents = markup(
    session,
    () =>
      [
        ...found.here
          .slice(0, 1)
          .filter(({ flow }) => flow)
          .map((finding) => wayMarkdown(finding, found.file, links.command)),
        ...rules.map((rule) => hoverMarkdown(rule, links.markdown("Open the guide", rule.guide))),
      ].join("\n\n---\n\n"),
    () => rules.map(hoverText).join("\n\n"),
  );
  return range === undefined ? { contents } : { contents, range };
}

/** At a call that could do harm: why it does not. */
async function safeHover(session: Session, { file, engineFile, offset }: Place): Promise<Hover | null> {
  const [safe] = (await session.engine).safeSinks(engineFile, offset);
  const place = safe === undefined ? null : file.place(safe.span);
  if (safe === undefined || place === null) return null;
  const text = safeMarkdown(safe);
  return {
    contents: markup(
      session,
      () => text,
      () => text.replaceAll("**", ""),
    ),
    range: place.range,
  };
}

/** On the name of a handler: its routes, and who gets in. */
function handlerHover(session: Session, { file, engineFile, offset }: Place): Hover | null {
  const project = session.projects.known(file.path);
  const note = project === undefined ? null : handlerAt(project, file.path, engineFile.tree, offset);
  if (note === null) return null;
  const range = file.place(note.span)?.range;
  const contents = markup(
    session,
    () => note.lines.join("  \n"),
    () => note.lines.join("\n").replaceAll("`", ""),
  );
  return range === undefined ? { contents } : { contents, range };
}

function importHover(session: Session, { file, engineFile, offset }: Place): Hover | null {
  const found = importAt(engineFile.tree, offset);
  if (found === null) return null;
  const { purpose, span } = found;
  const range = file.place(span)?.range;
  const contents = markup(
    session,
    () => purposeMarkdown(purpose, session.links.markdown("In the guide", purpose.guide)),
    () => purposeText(purpose),
  );
  return range === undefined ? { contents } : { contents, range };
}

function markup({ traits }: Session, markdown: () => string, plain: () => string): MarkupContent {
  return traits.markdownHover
    ? { kind: MarkupKind.Markdown, value: markdown() }
    : { kind: MarkupKind.PlainText, value: plain() };
}
