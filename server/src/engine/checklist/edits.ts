/** Plain workspace edits for what an item offers to do, and for marks that a team shares. */

import { difference } from "../../base/text.ts";
import { readToml } from "../../base/toml.ts";
import type { ChecklistEdit, ChecklistMarks, FileChange, PlainRange } from "../../protocol/checklist.ts";
import { lineStarts, pointAt } from "../../syntax/lines.ts";
import type { EditContext, Plan, PlannedFile } from "../check.ts";
import type { OfferedAction } from "./report.ts";

/** The edit behind an action; a problem where the action is none that edits, or there is nothing to do. */
export async function editOf(
  offered: OfferedAction | undefined,
  context: EditContext,
  uriOf: (path: string) => string,
): Promise<ChecklistEdit> {
  const action = offered?.action;
  if (action === undefined || !("build" in action)) return problem("This action changes no files.");
  const plan = await action.build(context);
  return toEdit(action.title, plan, uriOf);
}

/** Marks as `.vscode/stack-coach.json` keeps them; what else stands there stays. */
export function shareMarks(before: string | null, marks: ChecklistMarks, path: string): Plan {
  const known = before === null || before.trim() === "" ? {} : parsed(before);
  if (known === null)
    return { problem: "stack-coach.json is not plain JSON, so nothing is written into it." };
  const merged = {
    version: 1,
    ...known,
    manual: { ...asTable(known.manual), ...marks.manual },
    overrides: { ...asTable(known.overrides), ...marks.overrides },
  };
  const after = `${JSON.stringify(merged, null, 2)}\n`;
  if (after === before) return { problem: "Everything is shared already." };
  return { files: [{ path, before, after }] };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asTable(JSON.parse(text));
  } catch {
    return null;
  }
}

function asTable(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function toEdit(title: string, plan: Plan, uriOf: (path: string) => string): ChecklistEdit {
  if ("problem" in plan) return { title, files: [], problem: plan.problem };
  const broken = plan.files.find(
    ({ path, after }) => path.endsWith(".toml") && readToml(path, after).problems.length > 0,
  );
  if (broken !== undefined) return { title, files: [], problem: `The edit would break ${broken.path}.` };
  return { title, files: plan.files.map((file) => toChange(file, uriOf)), problem: null };
}

function toChange({ path, before, after }: PlannedFile, uriOf: (path: string) => string): FileChange {
  const uri = uriOf(path);
  if (before === null) return { uri, create: true, edits: [{ range: rangeOf("", 0, 0), text: after }] };
  const edit = difference(before, after);
  if (edit === null) return { uri, create: false, edits: [] };
  return { uri, create: false, edits: [{ range: rangeOf(before, edit.start, edit.end), text: edit.text }] };
}

function rangeOf(text: string, start: number, end: number): PlainRange {
  const starts = lineStarts(text);
  const at = (offset: number) => {
    const { row, column } = pointAt(starts, offset);
    return { line: row, character: column };
  };
  return { start: at(start), end: at(end) };
}

function problem(text: string): ChecklistEdit {
  return { title: "", files: [], problem: text };
}
