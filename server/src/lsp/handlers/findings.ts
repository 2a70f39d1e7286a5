/** stackCoach/findings: what is found in open and closed files, in plain words for reports and tools. */

import type { CancellationToken } from "vscode-languageserver";
import { onChangedLines } from "../../engine/changed.ts";
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
  const changedOnly = params?.changedOnly === true;
  const looked = await eachFile(session, params?.uris ?? null, token, async (path, found, text) => {
    const placed = changedOnly ? await onChanged(session, path, found, text) : found;
    for (const [uri, found] of byDocument(placed))
      files.push({ uri, findings: found.map((each) => tell(session, each)) });
  });
  return { files, ...looked };
}

async function onChanged(
  { committed }: Session,
  path: string,
  placed: readonly PlacedDiagnostic[],
  text: string,
): Promise<readonly PlacedDiagnostic[]> {
  if (placed.length === 0 || path.endsWith(".ipynb")) return placed;
  const findings = placed.map(({ finding }) => finding);
  const kept = new Set(onChangedLines(findings, text, await committed.of(path)));
  return placed.filter(({ finding }) => kept.has(finding));
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
