/** Turns a type of the models into a type here, by what the receiver and the arguments of a call are. */

import type { TypeTerm } from "../../models/type-text.ts";
import { plainType, type Type } from "./values.ts";

/** What the placeholders of a `TypeText` stand for. */
export interface Substitution {
  readonly self: Type | null;
  /** `$0`, `$1` … */
  readonly args: readonly (Type | null)[];
  /** `@0`, `@1*` … */
  argument?(index: number, part: "type" | "element" | "awaited" | "instance"): Type | null;
}

const NOTHING: Substitution = { self: null, args: [] };

/** The type that a term stands for; null where it is not known. */
export function instantiate(term: TypeTerm, substitution: Substitution | null): Type | null {
  const { self, args, argument } = substitution ?? NOTHING;
  switch (term.kind) {
    case "class":
      return plainType(
        term.name,
        term.args.map((arg) => instantiate(arg, substitution)),
      );
    case "self":
      return self;
    case "parameter":
      return args[term.index] ?? null;
    case "argument":
      return argument?.(term.index, term.part) ?? null;
    case "unknown":
      return null;
  }
}
