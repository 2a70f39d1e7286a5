/** Which snippets suit a project, and how they are shown. */

import { satisfies } from "@renovatebot/pep440";
import type { Requirement, SnippetModel } from "../models/snippets.ts";
import type { Stack } from "../stack/stack.ts";

/** What a project says of a distribution: a version that a lock file settled on, or null, and a PEP 440 specifier. */
export interface Declared {
  readonly locked: string | null;
  readonly specifier: string;
}

/** Null for a distribution that the project does not ask for. */
export type Declarations = (distribution: string) => Declared | null;

/** Null where no manifest says what the project needs. */
export function declarationsOf(stack: Stack): Declarations | null {
  if (!stack.manifests.some(({ declares }) => declares)) return null;
  return (distribution) => {
    if (distribution === "python") {
      const python = stack.manifests.find((manifest) => manifest.python !== null)?.python;
      return python ? { locked: null, specifier: python.specifier } : null;
    }
    const asked = stack.dep(distribution);
    if (asked === undefined) return null;
    return { locked: stack.locked.get(distribution)?.version ?? null, specifier: asked.specifier ?? "" };
  };
}

/** True where the project's declared versions allow the code of a snippet. */
export function suits({ needs }: SnippetModel, declared: Declarations | null): boolean {
  return declared === null || needs.every((need) => allows(need, declared));
}

function allows({ distribution, minimum, replaces }: Requirement, declared: Declarations): boolean {
  const found = declared(distribution);
  if (found === null) {
    // A project that does not say which Python it runs on may run on any.
    if (distribution === "python") return true;
    return replaces.length > 0 && replaces.every((name) => declared(name) === null);
  }
  if (minimum === "") return true;
  if (found.locked !== null) return satisfies(found.locked, `>=${minimum}`);
  return candidates(minimum, found.specifier).some(
    (version) => satisfies(version, found.specifier || ">=0") && satisfies(version, `>=${minimum}`),
  );
}

/** Versions at the edges of two ranges: where both hold anywhere, both hold at one of these. */
function candidates(minimum: string, specifier: string): readonly string[] {
  const named = [...specifier.matchAll(/\d+(?:\.\d+)*/g)].map(([version]) => version);
  return [minimum, ...named, ...named.map((version) => `${version}.1`), "99999"];
}

const NAMES: Readonly<Record<string, string>> = {
  python: "Python",
  django: "Django",
  djangorestframework: "Django REST framework",
  fastapi: "FastAPI",
  flask: "Flask",
  pydantic: "Pydantic",
  sqlalchemy: "SQLAlchemy",
  celery: "Celery",
};

/** `FastAPI 0.115+, SQLAlchemy 2.0+`; "" where nothing is needed. */
export function needsText({ needs }: SnippetModel): string {
  return needs
    .map(({ distribution, minimum }) => `${NAMES[distribution] ?? distribution}${minimum && ` ${minimum}+`}`)
    .join(", ");
}
