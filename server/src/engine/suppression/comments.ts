/** Reads suppression comments: ours, and those of the tools that our rules overlap with. */

import type { Comment } from "../../syntax/tree.ts";
import type { Equivalents } from "../rule.ts";

/** Which tool a comment is written for. */
export type Form = "coach" | "noqa" | "ruff" | "nosec" | "pylint";

/** Where a comment takes effect. */
export type Reach =
  /** The physical line that it stands on. */
  | "line"
  /** The line below it. */
  | "next-line"
  /** Its own logical line where it is trailing or inside one, else the next. */
  | "logical"
  /** Its own physical line where it is trailing or inside a statement, else the next logical line. */
  | "line-or-next"
  /** From here to the matching end, or to the end of the block. */
  | "range-start"
  | "range-end"
  /** The line where it is trailing, the block that it opens, or the rest of the block where it stands alone. */
  | "pylint"
  | "file"
  /** The file, where it stands in the first block of comments. */
  | "file-head";

/** One suppression comment. */
export interface Directive {
  readonly form: Form;
  readonly reach: Reach;
  /** Codes, names or rule ids; null for a blanket one. */
  readonly codes: readonly string[] | null;
  /** Whose codes they are. */
  readonly tools: readonly (keyof Equivalents)[];
  /** The author's words, ours only. */
  readonly reason: string;
  /** `YYYY-MM-DD` after which it has no effect, ours only. */
  readonly until: string | null;
  readonly comment: Comment;
}

/** A quick test that a comment may hold a directive at all. */
const MAY_SUPPRESS = /noqa|nosec|coach\s*:|ruff\s*:|pylint\s*:|flake8\s*:/i;

/** The directives of a comment; one comment may hold several, each behind its own `#`. */
export function readDirectives(comment: Comment): readonly Directive[] {
  if (!MAY_SUPPRESS.test(comment.text)) return [];
  return comment.text
    .split(/(?=#\s*(?:coach|ruff|flake8|pylint|noqa|nosec)\b)/i)
    .flatMap((part) => readPart(part.trim()))
    .map((directive) => ({ ...directive, comment }));
}

type Draft = Omit<Directive, "comment">;

function readPart(part: string): readonly Draft[] {
  for (const read of READERS) {
    const found = read(part);
    if (found !== null) return [found];
  }
  return [];
}

const READERS: readonly ((part: string) => Draft | null)[] = [
  readCoach,
  readRuff,
  readFileNoqa,
  readNoqa,
  readNosec,
  readPylint,
];

const NO_WORDS = { reason: "", until: null } as const;
const UNTIL = /\buntil=(\d{4}-\d{2}-\d{2})\b/;

function readCoach(part: string): Draft | null {
  const match = /^#\s*coach\s*:\s*(file-ignore|ignore)\s*\[([^\]]*)\]\s*(.*)$/i.exec(part);
  if (match === null) return null;
  const words = match[3] ?? "";
  return {
    form: "coach",
    reach: match[1]?.toLowerCase() === "ignore" ? "logical" : "file-head",
    codes: listOf(match[2] ?? ""),
    tools: [],
    reason: words
      .replace(UNTIL, "")
      .replace(/^[\s:–—-]+/, "")
      .trim(),
    until: UNTIL.exec(words)?.[1] ?? null,
  };
}

const RUFF_REACH: Readonly<Record<string, Reach>> = {
  ignore: "line-or-next",
  disable: "range-start",
  enable: "range-end",
  "file-ignore": "file",
};

function readRuff(part: string): Draft | null {
  const match = /^#\s*ruff\s*:\s*(file-ignore|ignore|disable|enable)\s*\[([^\]]*)\]/i.exec(part);
  const reach = RUFF_REACH[match?.[1]?.toLowerCase() ?? ""];
  if (match === null || reach === undefined) return null;
  return { form: "ruff", reach, codes: listOf(match[2] ?? ""), tools: ["ruff", "flake8"], ...NO_WORDS };
}

const CODES = /^[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*/i;

function readFileNoqa(part: string): Draft | null {
  const match = /^#\s*(?:ruff|flake8)\s*[:=]\s*noqa(?:\s*:\s*(.*))?$/i.exec(part);
  if (match === null) return null;
  const codes = CODES.exec(match[1] ?? "")?.[0];
  return {
    form: "noqa",
    reach: "file",
    codes: codes === undefined ? null : listOf(codes),
    tools: ["ruff", "flake8"],
    ...NO_WORDS,
  };
}

function readNoqa(part: string): Draft | null {
  const match = /^#\s*noqa\b(?:\s*:\s*(.*))?/i.exec(part);
  if (match === null) return null;
  // Words instead of codes are meant as a reason: the comment is a blanket one.
  const codes = CODES.exec(match[1] ?? "")?.[0];
  return {
    form: "noqa",
    reach: "line",
    codes: codes === undefined ? null : listOf(codes),
    tools: ["ruff", "flake8"],
    ...NO_WORDS,
  };
}

function readNosec(part: string): Draft | null {
  const match = /^#\s*nosec\b\s*:?\s*(.*)$/i.exec(part);
  if (match === null) return null;
  const codes = (match[1] ?? "").match(/\bB\d{3}\b|\b[a-z]+(?:_[A-Za-z0-9]+)+\b/g);
  return { form: "nosec", reach: "line", codes, tools: ["bandit"], ...NO_WORDS };
}

const PYLINT_REACH: Readonly<Record<string, Reach>> = {
  disable: "pylint",
  "disable-next": "next-line",
  enable: "range-end",
};

function readPylint(part: string): Draft | null {
  const match = /^#\s*pylint\s*:\s*(disable-next|disable|enable)\s*=\s*([\w\s,-]+)/.exec(part);
  const reach = PYLINT_REACH[match?.[1] ?? ""];
  if (match === null || reach === undefined) return null;
  const codes = listOf(match[2] ?? "");
  return { form: "pylint", reach, codes, tools: ["pylint"], ...NO_WORDS };
}

function listOf(text: string): readonly string[] {
  return text
    .split(/[,\s]+/)
    .map((code) => code.trim())
    .filter((code) => code !== "");
}
