/** Finds the findings of an open file at a place that the client names. */

import type { Position, Range } from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import type { Analyses, Analysis } from "./analyses.ts";
import type { OpenFile } from "./documents.ts";
import type { Session } from "./session.ts";

export interface Found {
  readonly file: OpenFile;
  readonly analysis: Analysis;
  /** Those that touch the place, the shortest stretch first. */
  readonly here: readonly Finding[];
  /** Those that start on the line of the place. */
  readonly onLine: readonly Finding[];
}

/** Null for documents that are not coached. */
export function findingsAt(session: Session, uri: string, position: Position): Promise<Found | null> {
  return findingsIn(session, uri, { start: position, end: position });
}

/** @param analyse how the file is analysed: `live` where its tree is wanted too */
export async function findingsIn(
  session: Session,
  uri: string,
  range: Range,
  analyse: Analyses["of"] = session.analyses.of,
): Promise<Found | null> {
  const file = session.files.get(uri);
  if (file === undefined) return null;
  const analysis = await analyse(file);
  const start = file.offset(uri, range.start);
  const end = file.offset(uri, range.end);
  if (start === null || end === null) return null;
  const { findings } = analysis;
  const here = findings
    .filter(({ span }) => span.start <= end && start <= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  const onLine = findings.filter(({ span }) => {
    const place = file.place(span);
    return place?.uri === uri && place.range.start.line === range.start.line;
  });
  return { file, analysis, here, onLine };
}
