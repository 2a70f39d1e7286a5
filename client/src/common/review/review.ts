/** Findings as a list that can be pasted into a review. */

import {
  type FindingsResult,
  SEVERITY_NAMES,
  type ToldFinding,
} from "../../../../server/src/protocol/findings.ts";
import type { Localizer } from "../tree/node.ts";

/** @param pathOf a path as the review shows it */
export function reviewMarkdown(
  { files, checked, cancelled }: FindingsResult,
  pathOf: (uri: string) => string,
  l10n: Localizer,
): string {
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const summary =
    count === 0
      ? l10n.t("No advice on changed lines; {0} files checked.", checked)
      : l10n.t("Findings on changed lines: {0}, in {1} files checked.", count, checked);
  const parts = [
    `# ${l10n.t("Review of changed lines")}`,
    cancelled ? l10n.t("{0} The check was cancelled before its end.", summary) : summary,
    ...files
      .filter(({ findings }) => findings.length > 0)
      .map(({ uri, findings }) => fileText(pathOf(uri), findings)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function fileText(path: string, findings: readonly ToldFinding[]): string {
  const sorted = [...findings].sort(
    (a, b) =>
      SEVERITY_NAMES.indexOf(a.severity) - SEVERITY_NAMES.indexOf(b.severity) || lineOf(a) - lineOf(b),
  );
  const lines = sorted.map(
    (finding) =>
      `- [ ] **${finding.severity}** \`${path}:${lineOf(finding)}\` ${finding.message} (\`${finding.ruleId}\`)`,
  );
  return [`## ${path}`, ...lines].join("\n\n").replace(/\n\n- /g, "\n- ");
}

const lineOf = ({ range }: ToldFinding): number => range.start.line + 1;
