/** Judges a project: every item, its role, the learning path, the seven questions. */

import {
  CHECKLIST_SECTIONS,
  type ChecklistItem,
  type ChecklistMarks,
  type ChecklistReport,
  type Evidence,
  type FindingCounts,
  type ItemAction,
  type PlainRange,
  type ProjectRole,
} from "../../protocol/checklist.ts";
import type { FindingFact, Stack } from "../../stack/stack.ts";
import type { Place } from "../../stack/types.ts";
import { type CheckAction, type CheckDefinition, cannotTell, type Part, type Verdict } from "../check.ts";
import { overrideOf } from "./marks.ts";
import { followPath, nextBestStep } from "./path.ts";
import { answerQuestions } from "./questions.ts";
import { inferRole } from "./roles.ts";

export interface ReportRequest {
  readonly checks: readonly CheckDefinition[];
  readonly stack: Stack;
  readonly findings: readonly FindingFact[];
  readonly sectionOf: (ruleId: string) => string;
  /** Null: the role that the files show. */
  readonly role: ProjectRole | null;
  readonly own: ChecklistMarks;
  readonly team: ChecklistMarks;
  readonly uriOf: (path: string) => string;
  readonly onFault: (check: CheckDefinition, fault: unknown) => void;
}

export function makeReport(request: ReportRequest): ChecklistReport {
  const { checks, uriOf, role: chosen } = request;
  const { stack } = request;
  const { primary, secondary, signals } = inferRole(stack);
  const role = chosen ?? primary;
  const items = [...checks].sort(bySection).map((check) => toItem(check, request));
  const byId = new Map(items.map((item) => [item.id, item]));
  const path = followPath(byId, role);
  return {
    root: uriOf(stack.root),
    name: stack.name,
    role: {
      ...{ primary, secondary, chosen },
      reasons: signals.map(({ role, weight, text, place }) => ({
        role,
        weight,
        text,
        ...located(place, uriOf),
      })),
    },
    items,
    path,
    nextStep: nextBestStep(path, byId),
    questions: answerQuestions(byId),
    findings: countFindings(request.findings, request.sectionOf),
    complete: stack.complete,
    unread: stack.unread.map(({ path, reason }) => ({ uri: uriOf(path), reason })),
  };
}

function bySection(a: CheckDefinition, b: CheckDefinition): number {
  return CHECKLIST_SECTIONS.indexOf(a.section) - CHECKLIST_SECTIONS.indexOf(b.section);
}

function toItem(check: CheckDefinition, request: ReportRequest): ChecklistItem {
  const { uriOf, own, team, stack } = request;
  const verdict = judge(check, stack, request.onFault);
  const manual = check.manual === true;
  const override = overrideOf(check.id, verdict, manual, own, team);
  const found =
    manual && verdict.state !== "partly" && verdict.state !== "not-applicable" ? "manual" : verdict.state;
  return {
    id: check.id,
    title: check.title,
    why: check.why,
    section: check.section,
    level: check.level,
    roles: check.roles,
    state: override?.state ?? found,
    reason: override === null || override.note === "" ? verdict.reason : override.note,
    evidence: verdict.parts.map((part) => evidenceOf(part, uriOf)),
    guide: check.guide,
    actions: offeredActions(check, stack).map(({ shown }) => shown),
    manual,
    override: override === null ? null : { ...override, found },
  };
}

/** One item that fails takes no other with it, and one that needs code waits until all of it is read. */
function judge(check: CheckDefinition, stack: Stack, onFault: ReportRequest["onFault"]): Verdict {
  try {
    const askedForCode = stack.watch();
    const verdict = check.judge(stack);
    if (stack.complete || !askedForCode()) return verdict;
    return cannotTell("The code is still being read.", verdict.parts);
  } catch (fault) {
    onFault(check, fault);
    return cannotTell("This check failed, which is a fault of the coach; the log says more.");
  }
}

function evidenceOf({ ok, text, place }: Part, uriOf: ReportRequest["uriOf"]): Evidence {
  return { text, ok: ok === true, ...located(place, uriOf) };
}

function located(
  place: Place | null,
  uriOf: ReportRequest["uriOf"],
): { uri: string | null; range: PlainRange | null } {
  if (place === null) return { uri: null, range: null };
  const start = { line: place.line - 1, character: 0 };
  return { uri: uriOf(place.path), range: { start, end: start } };
}

/** An action as it travels, and what is behind it. */
export interface OfferedAction {
  readonly shown: ItemAction;
  readonly action: CheckAction;
}

/** The actions that fit the project, in the order in which clients number them. */
export function offeredActions({ actions = [] }: CheckDefinition, stack: Stack): readonly OfferedAction[] {
  return actions.flatMap((action): readonly OfferedAction[] => {
    if (action.kind === "snippet") return [{ action, shown: { kind: "snippet", prefix: action.prefix } }];
    if (action.kind !== "terminal") return [{ action, shown: { kind: action.kind, title: action.title } }];
    const command = typeof action.command === "string" ? action.command : action.command(stack);
    return command === null ? [] : [{ action, shown: { kind: "terminal", command } }];
  });
}

const NO_COUNTS: FindingCounts = { error: 0, warning: 0, information: 0, hint: 0 };

function countFindings(
  findings: readonly FindingFact[],
  sectionOf: (ruleId: string) => string,
): Readonly<Record<string, FindingCounts>> {
  const counts: Record<string, FindingCounts> = {};
  for (const { ruleId, severity } of findings) {
    const section = sectionOf(ruleId);
    const before = counts[section] ?? NO_COUNTS;
    counts[section] = { ...before, [severity]: before[severity] + 1 };
  }
  return counts;
}
