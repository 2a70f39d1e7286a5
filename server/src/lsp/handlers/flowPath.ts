/** stackCoach/flowPath: the way of the data whose end is at a position, or on its line. */

import type { Finding } from "../../engine/finding.ts";
import type { FlowPath, FlowPathParams, FlowStep } from "../../protocol/flowPath.ts";
import { breakageMarkdown } from "../flow-text.ts";
import { type Found, findingsAt } from "../lookup.ts";
import type { Session } from "../session.ts";

export async function flowPath(
  session: Session,
  { textDocument, position }: FlowPathParams,
): Promise<FlowPath | null> {
  const found = await findingsAt(session, textDocument.uri, position);
  const finding = [...(found?.here ?? []), ...(found?.onLine ?? [])].find(({ flow }) => flow);
  if (found === null || finding === undefined) return null;
  const steps = stepsOf(session, found, finding);
  const breakage = await breakageMarkdown(session, found.file, finding);
  return { ruleId: finding.ruleId, message: finding.message, steps, breakage };
}

/** Steps whose file is not at hand are left out: there is nothing to show. */
function stepsOf({ placeIn }: Session, { file }: Found, { related, span, message }: Finding): FlowStep[] {
  const steps = related.flatMap(({ path, span, message }): FlowStep[] => {
    const at = path === undefined ? file.place(span) : placeIn(path, span);
    return at === null ? [] : [{ uri: at.uri, range: at.range, text: message }];
  });
  const end = file.place(span);
  if (end === null) return steps;
  const last = steps.at(-1);
  const isThere = last !== undefined && last.uri === end.uri && sameStart(last, end);
  return isThere ? steps : [...steps, { uri: end.uri, range: end.range, text: message }];
}

function sameStart(a: Pick<FlowStep, "range">, b: Pick<FlowStep, "range">): boolean {
  return a.range.start.line === b.range.start.line && a.range.start.character === b.range.start.character;
}
