/** The findings of the window, sorted by the page of the guide that explains them. */

import { type Diagnostic, DiagnosticSeverity, type Uri, workspace } from "vscode";
import { ruleOf } from "../advice.ts";
import type { CatalogRule } from "../catalog.ts";
import type { PageFact } from "./nodes.ts";

const ICONS = {
  [DiagnosticSeverity.Error]: { id: "error", color: "list.errorForeground" },
  [DiagnosticSeverity.Warning]: { id: "warning", color: "list.warningForeground" },
  [DiagnosticSeverity.Information]: { id: "info" },
  [DiagnosticSeverity.Hint]: { id: "lightbulb" },
} as const;

/** @param openLocation the command that shows a range of a file: its arguments are the URI and the range */
export function findingFacts(
  diagnostics: readonly (readonly [Uri, readonly Diagnostic[]])[],
  catalog: readonly CatalogRule[],
  openLocation: string,
): ReadonlyMap<string, readonly PageFact[]> {
  const pages = new Map(catalog.map(({ id, guide }) => [id, guide.split("#", 1)[0] ?? ""]));
  const found = new Map<string, (PageFact & { readonly severity: DiagnosticSeverity })[]>();
  for (const [uri, all] of diagnostics) {
    for (const diagnostic of all) {
      const page = pages.get(ruleOf(diagnostic) ?? "");
      if (page === undefined) continue;
      found.set(page, [...(found.get(page) ?? []), factOf(uri, diagnostic, openLocation)]);
    }
  }
  for (const facts of found.values()) facts.sort((a, b) => a.severity - b.severity);
  return found;
}

function factOf(uri: Uri, diagnostic: Diagnostic, openLocation: string) {
  const { range, message, severity } = diagnostic;
  const line = range.start.line + 1;
  const place = `${workspace.asRelativePath(uri)}:${line}`;
  return {
    kind: "finding",
    id: `${uri.toString()}:${line}:${range.start.character}:${ruleOf(diagnostic)}`,
    label: message,
    description: place,
    icon: ICONS[severity],
    spoken: `${message}, ${place}`,
    action: { command: openLocation, args: [uri, range] },
    severity,
  } as const;
}
