/** stackCoach/findings: what is found in open and closed files, in plain words for reports and tools. */

import type { CancellationToken } from "vscode-languageserver";
import type { FileFindings, FindingsParams, FindingsResult, ToldFinding } from "../../protocol/findings.ts";
import type { PlacedDiagnostic } from "../diagnostics.ts";
import type { Session } from "../session.ts";
import { eachFile } from "../workspaceFiles.ts";

export const NOTHING_FOUND: FindingsResult = { files: [], checked: 0, skipped: [], cancelled: true };

export async function findings(
  session: Session,
  params: FindingsParams | null,
  token: CancellationToken,
): Promise<FindingsResult> {
  const files: FileFindings[] = [];
  const looked = await eachFile(session, params?.uris ?? null, token, (_path, placed) => {
    for (const [uri, found] of byDocument(placed))
      files.push({ uri, findings: found.map((each) => tell(session, each)) });
  });
  return { files, ...looked };
}

/** The cells of a notebook are documents of their own. */
function byDocument(placed: readonly PlacedDiagnostic[]): ReadonlyMap<string, readonly PlacedDiagnostic[]> {
  const documents = new Map<string, PlacedDiagnostic[]>();
  for (const each of placed) documents.set(each.uri, [...(documents.get(each.uri) ?? []), each]);
  return documents;
}

function tell({ rules }: Session, { diagnostic, finding }: PlacedDiagnostic): ToldFinding {
  const rule = rules.get(finding.ruleId);
  return {
    ruleId: finding.ruleId,
    title: rule?.title ?? finding.ruleId,
    severity: finding.severity,
    message: typeof diagnostic.message === "string" ? diagnostic.message : diagnostic.message.value,
    range: diagnostic.range,
    guide: rule?.guide ?? "",
    steps: finding.flow
      ? (diagnostic.relatedInformation ?? []).map(({ location, message }) => ({ ...location, message }))
      : [],
  };
}
