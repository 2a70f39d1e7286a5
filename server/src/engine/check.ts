/** The API that checklist items are written against: `defineCheck`, and verdicts made of the parts of a proof. */

import type { ChecklistSection, ItemLevel, ItemState, ProjectRole } from "../protocol/checklist.ts";
import type { Stack } from "../stack/stack.ts";
import type { Place } from "../stack/types.ts";

/** One thing that a proof asks for. */
export interface Part {
  /** True where it is there, false where it is not, null where that cannot be told. */
  readonly ok: boolean | null;
  /** What was found, or what is lacking, as a person would say it. */
  readonly text: string;
  readonly place: Place | null;
}

export interface Verdict {
  readonly state: Exclude<ItemState, "manual">;
  /** One sentence. */
  readonly reason: string;
  readonly parts: readonly Part[];
}

/** A change of one file; `before` null where it does not exist yet. */
export interface PlannedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

export type Plan = { readonly files: readonly PlannedFile[] } | { readonly problem: string };

/** What the builder of an edit may ask. */
export interface EditContext {
  readonly stack: Stack;
  /** The text of a file of the folder, or null where there is none. */
  read(path: string): Promise<string | null>;
  /** The path of a file in the project's root, relative to the folder. */
  inRoot(name: string): string;
}

export type CheckAction =
  | { readonly kind: "snippet"; readonly prefix: string }
  /** Null where no command fits this project. */
  | { readonly kind: "terminal"; readonly command: string | ((stack: Stack) => string | null) }
  | {
      readonly kind: "scaffold" | "edit";
      readonly title: string;
      build(context: EditContext): Promise<Plan>;
    };

export interface CheckDefinition {
  /** Names what is there when it is proven, kebab-case; also the file's name. */
  readonly id: string;
  readonly title: string;
  /** What it is good for, in half a sentence. */
  readonly why: string;
  readonly section: ChecklistSection;
  readonly level: ItemLevel;
  readonly roles: readonly ProjectRole[];
  /** Anchor of the guide, `page#heading`. */
  readonly guide: string;
  readonly actions?: readonly CheckAction[];
  /** True where files can at most show a part, and a person ticks the rest. */
  readonly manual?: boolean;
  /** Judges a project. Whoever reads code through the stack need not care whether all of it is read yet. */
  judge(stack: Stack): Verdict;
}

/** Declares an item. Identity function: it exists for the types. */
export function defineCheck(check: CheckDefinition): CheckDefinition {
  return check;
}

export function found(text: string, place: Place | null = null): Part {
  return { ok: true, text, place: place === null ? null : { path: place.path, line: place.line } };
}

export function lacks(text: string, place: Place | null = null): Part {
  return { ok: false, text, place: place === null ? null : { path: place.path, line: place.line } };
}

export function unsure(text: string, place: Place | null = null): Part {
  return { ok: null, text, place: place === null ? null : { path: place.path, line: place.line } };
}

/** Found or lacking, as the place says. */
export function foundAt(place: Place | null | undefined, text: string, lacking: string): Part {
  return place ? found(text, place) : lacks(lacking);
}

/**
 * The verdict that follows from the parts: proven where all are there, missing where none is, partly between;
 * what cannot be told keeps an item from being proven, and never makes it missing.
 */
export function weigh(parts: readonly Part[]): Verdict {
  const there = parts.filter(({ ok }) => ok === true);
  const absent = parts.filter(({ ok }) => ok === false);
  const open = parts.filter(({ ok }) => ok === null);
  if (absent.length === 0 && open.length === 0) return verdict("proven", there, parts);
  if (there.length === 0 && open.length === 0) return verdict("missing", absent, parts);
  if (absent.length > 0 && there.length > 0) return verdict("partly", absent, parts);
  return verdict("cannot-tell", [...absent, ...open], parts);
}

/** The parts with a state that the item decides for itself; the reason is what speaks for that state. */
export function weighAs(state: Verdict["state"], parts: readonly Part[], reason?: string): Verdict {
  const telling = parts.filter(
    ({ ok }) => ok === (state === "proven" ? true : state === "cannot-tell" ? null : false),
  );
  const result = verdict(state, telling.length > 0 ? telling : parts, parts);
  return reason === undefined ? result : { ...result, reason };
}

function verdict(state: Verdict["state"], telling: readonly Part[], parts: readonly Part[]): Verdict {
  return { state, reason: sentence(telling.map(({ text }) => text)), parts };
}

/** Texts that the reason repeats; the evidence has them all. */
const SHOWN = 3;

function sentence(texts: readonly string[]): string {
  const shown = [...new Set(texts)];
  const more = shown.length > SHOWN ? [`and ${shown.length - SHOWN} more`] : [];
  const joined = [...shown.slice(0, SHOWN), ...more].join("; ");
  return /[.!?]$/.test(joined) ? joined : `${joined}.`;
}

export function notApplicable(reason: string): Verdict {
  return { state: "not-applicable", reason, parts: [] };
}

export function cannotTell(reason: string, parts: readonly Part[] = []): Verdict {
  return { state: "cannot-tell", reason, parts };
}

export function missing(reason: string, parts: readonly Part[] = []): Verdict {
  return { state: "missing", reason, parts };
}

/** Findings that are listed as evidence of one part. */
const LISTED = 5;

/** Parts that ask that none of the rules finds anything: unknown while one of them is not implemented or is off. */
export function noFindings(stack: Stack, ids: readonly string[], clean: string): readonly Part[] {
  const findings = stack.findings(ids);
  if (findings.length > 0) {
    const listed = findings
      .slice(0, LISTED)
      .map((finding) => lacks(`${finding.ruleId}: ${firstSentence(finding.message)}`, finding));
    const more = findings.length - listed.length;
    return more > 0 ? [...listed, lacks(`${more} more findings of ${namesOf(ids)}`)] : listed;
  }
  const silent = ids.filter((id) => stack.ruleStatus(id) !== "on");
  if (silent.length === 0) return [found(clean)];
  const off = silent.filter((id) => stack.ruleStatus(id) === "off");
  return [
    unsure(
      off.length > 0
        ? `The rule ${off[0]} is turned off, so nothing looks for it`
        : `No rule of the coach looks for this yet (${silent.join(", ")})`,
    ),
  ];
}

/** What is wrong; how to mend it stands in Problems. */
function firstSentence(message: string): string {
  return /^.*?[.!?:](?=\s|$)/s.exec(message)?.[0].replace(/[.:]$/, "") ?? message;
}

function namesOf(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? "") : `${ids.length} rules`;
}
