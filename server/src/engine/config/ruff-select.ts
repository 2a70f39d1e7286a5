/** Which codes a Ruff configuration turns on for a file, by Ruff's own rules of precedence. */

import { compileGlob } from "./glob.ts";
import { isRuffDefault, RUFF_PREVIEW_CODES, RUFF_RULE_NAMES } from "./ruff-codes.ts";
import type { OtherTool, ValueSource } from "./types.ts";

/** The selection options of one configuration file, `lint` and top level merged. */
export interface RuffSelection {
  readonly select: readonly string[] | null;
  readonly extendSelect: readonly string[];
  readonly ignore: readonly string[];
  /** Where each option stands, for people. */
  readonly selectSource: ValueSource;
  readonly ignoreSource: ValueSource;
}

export interface RuffIgnoresByFile {
  readonly glob: string;
  readonly codes: readonly string[];
  /** The folder that the glob is relative to. */
  readonly root: string;
  readonly source: ValueSource;
}

/** A configuration with everything that it extends. */
export interface RuffOptions {
  /** The file that was extended first, the governing file last. */
  readonly selections: readonly RuffSelection[];
  readonly perFile: readonly RuffIgnoresByFile[];
  readonly preview: boolean;
  /** With it a preview code counts only where it is selected by its whole name. */
  readonly explicitPreview: boolean;
}

export const RUFF_DEFAULTS: RuffOptions = {
  selections: [],
  perFile: [],
  preview: false,
  explicitPreview: false,
};

interface Verdict {
  readonly enabled: boolean;
  readonly ignored: boolean;
  readonly source: ValueSource;
}

/** Answers for one file. Verdicts are computed once for each code. */
export function createRuff(options: RuffOptions, path: string): OtherTool {
  const verdicts = new Map<string, Verdict>();
  const perFile = options.perFile.filter((entry) => matchesPath(entry.glob, entry.root, path));
  const verdictOf = (code: string): Verdict => {
    let verdict = verdicts.get(code);
    if (verdict === undefined) {
      verdict = decide(code, options, perFile);
      verdicts.set(code, verdict);
    }
    return verdict;
  };
  return {
    enabled: (code) => verdictOf(code).enabled,
    ignored: (code) => verdictOf(code).ignored,
    sourceOf: (code) => verdictOf(code).source,
  };
}

function decide(code: string, options: RuffOptions, perFile: readonly RuffIgnoresByFile[]): Verdict {
  const verdict = decideBySelections(code, options);
  const waiver = perFile.find((entry) =>
    entry.codes.some((selector) => specificity(selector, code) !== null),
  );
  if (waiver !== undefined) return { enabled: false, ignored: true, source: waiver.source };
  const inPreview = RUFF_PREVIEW_CODES.has(code);
  return inPreview && !options.preview ? { ...verdict, enabled: false } : verdict;
}

/**
 * Each file of the chain changes what the ones before it decided, or starts anew where it has `select`. Within
 * one file the more specific selector wins, and `ignore` wins among equals.
 */
function decideBySelections(code: string, options: RuffOptions): Verdict {
  let verdict: Verdict = {
    enabled: isDefault(code, options),
    ignored: false,
    source: { label: "Ruff's defaults" },
  };
  for (const selection of options.selections) {
    const select = [...(selection.select ?? []), ...selection.extendSelect].filter(
      (selector) => !options.explicitPreview || !RUFF_PREVIEW_CODES.has(code) || isExact(selector, code),
    );
    const on = mostSpecific(select, code);
    const off = mostSpecific(selection.ignore, code);
    if (selection.select !== null)
      verdict = { enabled: false, ignored: false, source: selection.selectSource };
    if (off !== null && (on === null || off >= on)) {
      verdict = { enabled: false, ignored: true, source: selection.ignoreSource };
    } else if (on !== null) {
      verdict = { enabled: true, ignored: false, source: selection.selectSource };
    }
  }
  return verdict;
}

function isDefault(code: string, { preview, explicitPreview }: RuffOptions): boolean {
  if (explicitPreview && RUFF_PREVIEW_CODES.has(code)) return false;
  return isRuffDefault(code, preview);
}

function mostSpecific(selectors: readonly string[], code: string): number | null {
  let best: number | null = null;
  for (const selector of selectors) {
    const found = specificity(selector, code);
    if (found !== null && (best === null || found > best)) best = found;
  }
  return best;
}

/** Letters that begin the codes of several of Ruff's families. */
const FAMILIES_OF_FAMILIES: ReadonlySet<string> = new Set(["PL"]);

/** How closely a selector (`ALL`, `S`, `S6`, `S608`) names a code, or null where it does not. */
function specificity(selector: string, code: string): number | null {
  if (selector === "ALL") return 0;
  if (isExact(selector, code)) return 100;
  if (!code.startsWith(selector)) return null;
  if (/\d/.test(selector)) return 10 + selector.length;
  const letters = /^[A-Z]+/.exec(code)?.[0];
  return letters === selector || FAMILIES_OF_FAMILIES.has(selector) ? selector.length : null;
}

function isExact(selector: string, code: string): boolean {
  return selector === code || RUFF_RULE_NAMES.get(selector) === code;
}

/** True where a glob of `per-file-ignores` fits a file: its base name, or its path below `root`. `!` negates. */
export function matchesPath(glob: string, root: string, path: string): boolean {
  return glob.startsWith("!") ? !fits(glob.slice(1), root, path) : fits(glob, root, path);
}

/** True where an `exclude` glob fits a file, or with `folders` one of the folders that it stands in. */
export function excludesPath(glob: string, root: string, path: string, folders = true): boolean {
  if (!path.startsWith(`${root}/`)) return false;
  const pattern = glob.replace(/\/$/, "");
  if (!folders) return fits(pattern, root, path);
  for (let at = path; at.length > root.length; at = at.slice(0, at.lastIndexOf("/"))) {
    if (fits(pattern, root, at)) return true;
  }
  return false;
}

function fits(pattern: string, root: string, path: string): boolean {
  const relative = pattern.replace(/^(?:\.\/)+/, "");
  const absolute = pattern.startsWith("/") ? pattern : `${root}/${relative}`;
  return compileGlob(pattern)(path.slice(path.lastIndexOf("/") + 1)) || compileGlob(absolute)(path);
}
