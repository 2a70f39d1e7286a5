/** Module facts: what a rule may ask about a whole module without breaking the memo of its unit. */

import type { SemanticModel } from "../semantic/model.ts";

/**
 * A question about a module. The answer must rest on the module alone and be plain data: it is compared by
 * its JSON text, so keep it small (a boolean, a count, a short list) and free of offsets.
 */
export interface ModuleFact<Value> {
  /** Unique among all facts; by convention the rule's or section's id and the question. */
  readonly id: string;
  /** Called at most once for each version of the file, and only when a rule asks. */
  compute(model: SemanticModel): Value;
}

/** Declares a module fact. Identity function: it exists for the types. */
export function defineModuleFact<Value>(fact: ModuleFact<Value>): ModuleFact<Value> {
  return fact;
}

/** The facts of one version of a file, computed when first asked for. */
export interface FactTable {
  value<Value>(fact: ModuleFact<Value>): Value;
  /** The JSON text of the fact's value: two versions agree where it is equal. */
  fingerprint(fact: ModuleFact<unknown>): string;
}

/** Creates the table for one version of a module. */
export function createFactTable(model: SemanticModel): FactTable {
  const entries = new Map<ModuleFact<unknown>, { readonly value: unknown; text: string | null }>();
  const entryOf = (fact: ModuleFact<unknown>) => {
    let entry = entries.get(fact);
    if (entry === undefined) {
      entry = { value: fact.compute(model), text: null };
      entries.set(fact, entry);
    }
    return entry;
  };
  return {
    value: <Value>(fact: ModuleFact<Value>) => entryOf(fact).value as Value,
    fingerprint(fact) {
      const entry = entryOf(fact);
      entry.text ??= JSON.stringify(entry.value) ?? "undefined";
      return entry.text;
    },
  };
}
