/** What the tools for language models answer, and what they ask to be given: plain data, no editor. */

import type { ChecklistReport } from "../../../../server/src/protocol/checklist.ts";
import {
  type FindingsResult,
  SEVERITY_NAMES,
  type SeverityName,
  type ToldFinding,
} from "../../../../server/src/protocol/findings.ts";

export interface FindingsInput {
  /** Absolute path of a file or folder; left out: the whole workspace. */
  readonly path?: string;
  readonly minSeverity?: SeverityName;
}
export interface RuleInput {
  readonly ruleId: string;
}
export interface ChecklistInput {
  readonly onlyShort?: boolean;
}

/** More would fill a model's context with what it does not need. */
const MAX_FINDINGS = 200;

/** Says what was wrong with the input and what would be right, or null where it is right. */
export function inputProblem(input: FindingsInput, isAbsolute: (path: string) => boolean): string | null {
  const { path, minSeverity } = input;
  if (path !== undefined && (typeof path !== "string" || !isAbsolute(path)))
    return `"path" must be an absolute path, such as /home/me/shop/api.py; it was ${JSON.stringify(path)}.`;
  if (minSeverity !== undefined && !SEVERITY_NAMES.includes(minSeverity))
    return `"minSeverity" must be one of ${SEVERITY_NAMES.join(", ")}; it was ${JSON.stringify(minSeverity)}.`;
  return null;
}

/** @param pathOf the absolute path of a URI; the URI itself for what is no file */
export function findingsAnswer(
  { files, checked, skipped, cancelled }: FindingsResult,
  { minSeverity = "hint" }: FindingsInput,
  pathOf: (uri: string) => string,
) {
  const floor = SEVERITY_NAMES.indexOf(minSeverity);
  const wanted = files.flatMap(({ uri, findings }) =>
    findings
      .filter(({ severity }) => SEVERITY_NAMES.indexOf(severity) <= floor)
      .map((finding) => findingAnswer(uri, finding, pathOf)),
  );
  wanted.sort((a, b) => SEVERITY_NAMES.indexOf(a.severity) - SEVERITY_NAMES.indexOf(b.severity));
  return {
    filesChecked: checked,
    findings: wanted.slice(0, MAX_FINDINGS),
    ...(wanted.length > MAX_FINDINGS
      ? {
          omitted: wanted.length - MAX_FINDINGS,
          hint: "Ask for one file or folder by its absolute path to see the rest.",
        }
      : {}),
    ...(skipped.length > 0
      ? { skipped: skipped.map(({ uri, reason }) => ({ path: pathOf(uri), reason })) }
      : {}),
    ...(cancelled ? { cancelled } : {}),
  };
}

/** Lines and columns count from 1, as people and compilers count them. */
function findingAnswer(uri: string, finding: ToldFinding, pathOf: (uri: string) => string) {
  const { ruleId, title, severity, message, range, guide, steps } = finding;
  return {
    path: pathOf(uri),
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity,
    ruleId,
    title,
    message,
    guide,
    ...(steps.length > 0
      ? {
          flow: steps.map((step) => ({
            path: pathOf(step.uri),
            line: step.range.start.line + 1,
            message: step.message,
          })),
        }
      : {}),
  };
}

export function checklistAnswer(
  reports: readonly ChecklistReport[],
  { onlyShort = false }: ChecklistInput,
  pathOf: (uri: string) => string,
) {
  return reports.map(({ root, name, role, items, nextStep, questions, complete }) => ({
    root: pathOf(root),
    name,
    role: role.chosen ?? role.primary,
    complete,
    nextStep,
    questions: questions.map(({ question, answer, decidedBy }) => ({ question, answer, decidedBy })),
    items: items
      .filter(({ state }) => state !== "not-applicable")
      .filter(({ state }) => !onlyShort || state === "missing" || state === "partly")
      .map(({ id, title, level, state, reason, guide, evidence }) => ({
        id,
        title,
        level,
        state,
        reason,
        guide,
        evidence: evidence.map(({ text, uri, range, ok }) => ({
          text,
          ok,
          ...(uri === null ? {} : { path: pathOf(uri) }),
          ...(range === null ? {} : { line: range.start.line + 1 }),
        })),
      })),
  }));
}
