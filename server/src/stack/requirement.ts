/** Reads requirements as PEP 508 defines them: `Django[argon2]>=5.2,<6; python_version >= "3.11"`. */

import { validRange } from "@renovatebot/pep440";

export interface Requirement {
  /** Normalised as in PEP 503: `zope.interface` and `Zope_Interface` are one project. */
  readonly name: string;
  readonly extras: readonly string[];
  /** A PEP 440 specifier, "" where every version will do. */
  readonly specifier: string;
  /** Where the package comes from, in `name @ url`. */
  readonly url: string | null;
  /** The environment marker as it is written, without the semicolon. */
  readonly marker: string | null;
}

/** One name for all spellings of a project's name (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const NAME = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*/;
const EXTRAS = /^\[\s*([A-Za-z0-9._-]+(?:\s*,\s*[A-Za-z0-9._-]+)*)?\s*\]\s*/;
/** A URL ends at white space; a marker behind it therefore needs some before its semicolon. */
const URL_PART = /^@\s*(\S+)\s*/;

/** Null where the text is no requirement. */
export function parseRequirement(text: string): Requirement | null {
  const name = NAME.exec(text);
  if (name === null) return null;
  let rest = text.slice(name[0].length);
  const extras = EXTRAS.exec(rest);
  rest = rest.slice(extras?.[0].length ?? 0);
  const url = URL_PART.exec(rest);
  const [specifier, marker] =
    url === null ? splitMarker(rest) : ["", markerBehind(rest.slice(url[0].length))];
  if (marker === undefined || !isSpecifier(specifier)) return null;
  return {
    name: normalizeName(name[1] as string),
    extras: (extras?.[1] ?? "")
      .split(",")
      .map((extra) => normalizeName(extra.trim()))
      .filter((extra) => extra !== ""),
    specifier,
    url: url?.[1] ?? null,
    marker,
  };
}

/** The specifier without its parentheses, and the marker; the marker undefined where it is no marker. */
function splitMarker(text: string): readonly [string, string | null | undefined] {
  const at = text.indexOf(";");
  const specifier = (at === -1 ? text : text.slice(0, at))
    .trim()
    .replace(/^\((.*)\)$/s, "$1")
    .trim();
  return [specifier, at === -1 ? null : validMarker(text.slice(at + 1))];
}

function markerBehind(text: string): string | null | undefined {
  const rest = text.trim();
  if (rest === "") return null;
  return rest.startsWith(";") ? validMarker(rest.slice(1)) : undefined;
}

/** Versions may be written with `===` and any text, which is no PEP 440 range of its own. */
function isSpecifier(text: string): boolean {
  return text === "" || /^===\s*\S+$/.test(text) || validRange(text);
}

const TOKEN =
  /\s*(?:(\()|(\))|("[^"]*"|'[^']*')|(not\s+in\b|in\b|<=|>=|==|!=|~=|===|<|>)|(and|or)\b|([A-Za-z_][\w.]*))/y;

/** The marker, trimmed, or undefined where it is none: alternating operands and operators in balance. */
function validMarker(text: string): string | undefined {
  const tokens = tokensOf(text.trim());
  if (tokens === null) return undefined;
  let at = 0;
  const next = () => tokens[at++];
  const either = (): boolean => {
    if (!comparison()) return false;
    while (tokens[at] === "join") {
      at++;
      if (!comparison()) return false;
    }
    return true;
  };
  const comparison = (): boolean => {
    if (tokens[at] === "(") {
      at++;
      return either() && next() === ")";
    }
    return next() === "operand" && next() === "operator" && next() === "operand";
  };
  return either() && at === tokens.length ? text.trim() : undefined;
}

type Token = "(" | ")" | "operand" | "operator" | "join";

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, open, close, , operator, join] = match;
    if (open !== undefined) tokens.push("(");
    else if (close !== undefined) tokens.push(")");
    else if (operator !== undefined) tokens.push("operator");
    else if (join !== undefined) tokens.push("join");
    else tokens.push("operand");
  }
  return tokens;
}
