/** textDocument/hover: why a finding under the pointer matters, with a bad and a good example. */

import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { hoverMarkdown, hoverText } from "../explanation.ts";
import { findingsAt } from "../lookup.ts";
import type { Session } from "../session.ts";

export async function hover(
  session: Session,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  const found = await findingsAt(session, textDocument.uri, position);
  if (found === null || !found.analysis.config.settings["hover.explanations"]) return null;
  const [first] = found.here;
  if (first === undefined) return null;
  const rules = [...new Set(found.here.flatMap(({ ruleId }) => session.rules.get(ruleId) ?? []))];
  if (rules.length === 0) return null;
  const range = found.file.place(first.span)?.range;
  const { traits, links } = session;
  const contents = traits.markdownHover
    ? {
        kind: MarkupKind.Markdown,
        value: rules
          .map((rule) => hoverMarkdown(rule, links.markdown("Open the guide", rule.guide)))
          .join("\n\n---\n\n"),
      }
    : { kind: MarkupKind.PlainText, value: rules.map(hoverText).join("\n\n") };
  return range === undefined ? { contents } : { contents, range };
}
