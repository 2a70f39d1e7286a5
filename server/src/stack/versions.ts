/** Questions about version specifiers, answered by PEP 440. */

import { compare, satisfies, valid, validRange } from "@renovatebot/pep440";
import type { Release } from "../models/releases.ts";

/** Minor versions of Python that are looked at. */
const LAST_MINOR = 30;

/** The minor versions of Python 3 that a specifier admits, lowest first; null where it cannot be read. */
export function pythonMinors(specifier: string): readonly number[] | null {
  if (!isRange(specifier)) return null;
  const minors: number[] = [];
  for (let minor = 0; minor <= LAST_MINOR; minor++) {
    // A specifier may begin or end in the middle of a minor version: `>=3.11.4`.
    const admits = safely(
      () => satisfies(`3.${minor}.0`, specifier) || satisfies(`3.${minor}.99`, specifier),
    );
    if (admits === true) minors.push(minor);
  }
  return minors;
}

/** `3.12` of `3.12.4`; null for anything that names no minor version. */
export function minorOf(version: string): string | null {
  return /^(\d+\.\d+)(?:\.|$|[a-z-])/.exec(version)?.[1] ?? null;
}

/** Negative where `a` is older than `b`; null where one of them is no version. */
export function compareVersions(a: string, b: string): number | null {
  if (valid(a) === null || valid(b) === null) return null;
  return safely(() => compare(a, b));
}

/** True where the specifier admits the version; null where it cannot be read. */
export function admits(specifier: string, version: string): boolean | null {
  return isRange(specifier) ? safely(() => satisfies(version, specifier)) : null;
}

/** The oldest of the releases that a specifier admits; null where it admits none. */
export function oldestAdmitted(specifier: string, releases: readonly Release[]): Release | null {
  return (
    releases.find(({ version }) => admits(specifier, `${version}.99`) || admits(specifier, `${version}.0`)) ??
    null
  );
}

function isRange(specifier: string): boolean {
  return specifier === "" || safely(() => validRange(specifier)) === true;
}

function safely<Value>(ask: () => Value): Value | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
