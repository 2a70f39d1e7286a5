/** Poetry's own way to write versions (`^5.2`, `~1.4`, `1.*`), as PEP 440 specifiers. */

import { validRange } from "@renovatebot/pep440";

/** Null where the text is no version constraint that PEP 440 can say. */
export function poetrySpecifier(text: string): string | null {
  if (text.includes("||")) return null;
  const parts = text.split(/\s*,\s*|\s+(?=[<>=!~^])/).filter((part) => part !== "");
  const specifiers = parts.map(onePart);
  const joined = specifiers.filter((part) => part !== "").join(",");
  return specifiers.includes(null) || (joined !== "" && !validRange(joined)) ? null : joined;
}

function onePart(part: string): string | null {
  if (part === "*") return "";
  const caret = /^(\^|~)\s*(\d+(?:\.\d+)*\S*)$/.exec(part);
  if (caret !== null) {
    const [, sign, version = ""] = caret;
    const upper = sign === "^" ? caretUpper(version) : tildeUpper(version);
    return upper === null ? null : `>=${version},<${upper}`;
  }
  // A bare version means exactly that one, `1.*` any below it.
  return /^\d/.test(part) ? `==${part}` : part;
}

/** `^1.2.3` allows what keeps the first number that is not zero. */
function caretUpper(version: string): string | null {
  const numbers = releaseOf(version);
  if (numbers === null) return null;
  const index = numbers.findIndex((number) => number !== 0);
  return bumped(numbers, index === -1 ? numbers.length - 1 : index);
}

/** `~1.2.3` allows patches, `~1` minor versions. */
function tildeUpper(version: string): string | null {
  const numbers = releaseOf(version);
  return numbers === null ? null : bumped(numbers, numbers.length === 1 ? 0 : 1);
}

function bumped(numbers: readonly number[], index: number): string {
  return [...numbers.slice(0, index), (numbers[index] ?? 0) + 1].join(".");
}

function releaseOf(version: string): readonly number[] | null {
  const match = /^\d+(?:\.\d+)*/.exec(version);
  return match === null ? null : match[0].split(".").map(Number);
}
