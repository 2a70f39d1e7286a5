/** The stack checklist as it travels between server and client: requests, notifications and plain payloads. */

import { type Level, SECTIONS } from "./sections.ts";
import type { Role } from "./settings.ts";

/** A role that a project can have; `auto` is the wish to have it inferred, and no role. */
export type ProjectRole = Exclude<Role, "auto">;

export const ITEM_STATES = [
  "proven",
  "partly",
  "missing",
  "cannot-tell",
  "not-applicable",
  "manual",
] as const;
/** `manual`: nothing in files can prove it, and nobody has ticked it. A manual item that is ticked is `proven`. */
export type ItemState = (typeof ITEM_STATES)[number];

export type ItemLevel = Level;

/** The groups of the tree, in its order; each is the section of the guide that its items link to. */
export const CHECKLIST_SECTIONS = [...SECTIONS, "stacks-by-role", "evaluating-skills", "trade-offs"] as const;
export type ChecklistSection = (typeof CHECKLIST_SECTIONS)[number];

/** As in LSP: lines and characters from 0, in UTF-16 units. */
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** One thing that was looked for. */
export interface Evidence {
  readonly text: string;
  /** Where it stands; null for something that is absent, or that no single place shows. */
  readonly uri: string | null;
  readonly range: PlainRange | null;
  /** True where it speaks for the item, false where it is what the item is short of. */
  readonly ok: boolean;
}

export type ItemAction =
  /** Creates files: ask `CHECKLIST_EDIT_REQUEST` for the edit, preview it, apply it once confirmed. */
  | { readonly kind: "scaffold"; readonly title: string }
  /** Inserts the snippet with this prefix. */
  | { readonly kind: "snippet"; readonly prefix: string }
  /** Types this into a terminal without running it. */
  | { readonly kind: "terminal"; readonly command: string }
  /** Changes files: as `scaffold`. */
  | { readonly kind: "edit"; readonly title: string };

/** What a person set by hand, and whether newer evidence disagrees. */
export interface ItemOverride {
  readonly state: ItemState;
  readonly note: string;
  /** `YYYY-MM-DD`, or "" where it was not recorded. */
  readonly date: string;
  /** `own`: sent by the client; `team`: `.vscode/stack-coach.json`. */
  readonly from: "own" | "team";
  /** The state that the files show by themselves. */
  readonly found: ItemState;
  readonly conflicts: boolean;
}

export interface ChecklistItem {
  readonly id: string;
  readonly title: string;
  /** What it is good for, in half a sentence. */
  readonly why: string;
  readonly section: ChecklistSection;
  readonly level: ItemLevel;
  readonly roles: readonly ProjectRole[];
  /** The state to show: an override's where there is one. */
  readonly state: ItemState;
  /** One sentence: what decided the state. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  /** `page#anchor`. */
  readonly guide: string;
  readonly actions: readonly ItemAction[];
  /** True where nothing in the project's files proves it, so that a check box makes sense. */
  readonly manual: boolean;
  readonly override: ItemOverride | null;
}

export interface RoleReason {
  readonly role: ProjectRole;
  readonly weight: number;
  readonly text: string;
  readonly uri: string | null;
  readonly range: PlainRange | null;
}

export interface RoleReport {
  /** As the files show it; null where they do not show enough. */
  readonly primary: ProjectRole | null;
  readonly secondary: ProjectRole | null;
  /** What the setting or the client chose; null for automatic. */
  readonly chosen: ProjectRole | null;
  /** The weightiest first. */
  readonly reasons: readonly RoleReason[];
}

/** One condition of a step: any one of the items in at least this state, or not applicable. */
export interface StepCondition {
  readonly itemIds: readonly string[];
  readonly needed: "proven" | "partly";
  readonly met: boolean;
}

export interface PathStep {
  /** 1 to 12. */
  readonly n: number;
  /** The step's anchor on the guide's page `learning-path`, and the walkthrough's id. */
  readonly id: string;
  readonly title: string;
  readonly state: "done" | "started" | "open";
  readonly conditions: readonly StepCondition[];
  readonly alsoShown: readonly string[];
}

export type Answer = "yes" | "partly" | "no" | "cannot-tell";

export interface QuestionAnswer {
  readonly id: string;
  readonly question: string;
  readonly answer: Answer;
  /** The item that decides it; null where nothing is short. */
  readonly decidedBy: string | null;
  readonly core: readonly string[];
  readonly supporting: readonly string[];
}

export interface NextStep {
  /** The step of the path. */
  readonly step: number;
  readonly itemId: string;
  readonly reason: string;
}

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
}

/** The checklist of one project root. */
export interface ChecklistReport {
  /** URI of the folder. */
  readonly root: string;
  readonly name: string;
  readonly role: RoleReport;
  readonly items: readonly ChecklistItem[];
  readonly path: readonly PathStep[];
  readonly nextStep: NextStep | null;
  readonly questions: readonly QuestionAnswer[];
  /** Findings of the project's files, by the rule's section. */
  readonly findings: Readonly<Record<string, FindingCounts>>;
  /** False while code is still being read: items that rest on it say `cannot-tell` until then. */
  readonly complete: boolean;
  /** Files that could not be read, with the reason. */
  readonly unread: readonly { readonly uri: string; readonly reason: string }[];
}

/** A tick or an override of one person or team. `checked` is for manual items, `state` for all others. */
export interface ManualTick {
  readonly checked: boolean;
  readonly note: string;
  readonly date: string;
}
export interface StateOverride {
  readonly state: "proven" | "partly" | "missing" | "n/a";
  readonly note: string;
  readonly date?: string;
}
/** Also the shape of `manual` and `overrides` in `.vscode/stack-coach.json`. */
export interface ChecklistMarks {
  readonly manual: Readonly<Record<string, ManualTick>>;
  readonly overrides: Readonly<Record<string, StateOverride>>;
}

/** Client to server: the checklists of all project roots, or of those in one folder. */
export const CHECKLIST_REQUEST = "stackCoach/checklist";
export interface ChecklistParams {
  readonly folderUri?: string;
  /** Instead of the setting `stackCoach.role`. */
  readonly role?: Role;
  /** The user's own marks, by URI of the root. */
  readonly marks?: Readonly<Record<string, ChecklistMarks>>;
}
export interface ChecklistResult {
  readonly reports: readonly ChecklistReport[];
}

/** Server to client: a checklist that was asked for may say something else now. */
export const CHECKLIST_CHANGED_NOTIFICATION = "stackCoach/checklistChanged";
export interface ChecklistChangedParams {
  /** URI of the root. */
  readonly root: string;
  /** True where all of its code has been read. */
  readonly complete: boolean;
}

/** Client to server: the edit behind an action of kind `scaffold` or `edit`. Nothing is written by the server. */
export const CHECKLIST_EDIT_REQUEST = "stackCoach/checklistEdit";
export interface ChecklistEditParams {
  readonly root: string;
  readonly itemId: string;
  /** Index in the item's `actions`. */
  readonly action: number;
}

/** Client to server: the edit that stores marks in `.vscode/stack-coach.json`; unknown ids there are kept. */
export const CHECKLIST_SHARE_REQUEST = "stackCoach/checklistShare";
export interface ChecklistShareParams {
  readonly root: string;
  readonly marks: ChecklistMarks;
}

/** A plain workspace edit. A file that exists is changed, one that does not is created. */
export interface ChecklistEdit {
  readonly title: string;
  readonly files: readonly FileChange[];
  /** A sentence where there is nothing to edit (the file does not parse, the table exists already). */
  readonly problem: string | null;
}
export interface FileChange {
  readonly uri: string;
  readonly create: boolean;
  /** In document order, not overlapping; for a file that is created, one insertion at its start. */
  readonly edits: readonly { readonly range: PlainRange; readonly text: string }[];
}

/** Client to server: the checklist as text to copy or to save. */
export const CHECKLIST_TEXT_REQUEST = "stackCoach/checklistText";
export const CHECKLIST_FORMATS = ["text", "json", "markdown"] as const;
export type ChecklistFormat = (typeof CHECKLIST_FORMATS)[number];
export interface ChecklistTextParams extends ChecklistParams {
  readonly format: ChecklistFormat;
}
export interface ChecklistTextResult {
  readonly text: string;
}
