/** stackCoach/explain: the finding at a position, or on its line, explained. */

import type { ExplainParams, Explanation } from "../../protocol/messages.ts";
import { explanationMarkdown } from "../explanation.ts";
import { findingsAt } from "../lookup.ts";
import type { Session } from "../session.ts";

export async function explain(
  session: Session,
  { textDocument, position }: ExplainParams,
): Promise<Explanation | null> {
  const found = await findingsAt(session, textDocument.uri, position);
  const finding = found?.here[0] ?? found?.onLine[0];
  const rule = session.rules.get(finding?.ruleId ?? "");
  if (rule === undefined) return null;
  return { ruleId: rule.id, title: rule.title, markdown: explanationMarkdown(rule), guide: rule.guide };
}
