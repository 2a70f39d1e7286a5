/** The tables of who wants to see which nodes, for a set of rules, built once for each set. */

import { formerLastNames } from "../models/libraries.ts";
import type { Node, NodeKind } from "../syntax/ast.ts";
import type { AnyRule, RuleContext } from "./rule.ts";
import { taintHandler } from "./taint.ts";

export interface Handler {
  readonly rule: AnyRule;
  readonly call: (node: Node, ctx: RuleContext) => void;
}

/** The rules that are active together, and what they want to see. */
export interface Plan {
  readonly rules: readonly AnyRule[];
  /** Handlers by node kind, `Module` left out. */
  readonly byKind: ReadonlyMap<NodeKind, readonly Handler[]>;
  /** Handlers of `Call` that want calls of certain functions only, by the last names of these. */
  readonly byCallee: ReadonlyMap<string, readonly Handler[]>;
  readonly ofModule: readonly Handler[];
  /** The rules that follow data, for each function that is a unit and for the module. */
  readonly taint: readonly Handler[];
}

/** Builds the dispatch tables of a set of rules. */
export function createPlan(rules: readonly AnyRule[]): Plan {
  const byKind = new Map<NodeKind, Handler[]>();
  const byCallee = new Map<string, Handler[]>();
  const ofModule: Handler[] = [];
  for (const rule of rules) {
    for (const [kind, handler] of Object.entries(rule.on)) {
      // The registry forgets which kind a handler takes; the key it stands under says it.
      const entry: Handler = { rule, call: handler as Handler["call"] };
      if (kind === "Module") ofModule.push(entry);
      else if (kind === "Call" && rule.calls !== undefined) addToEach(byCallee, spellings(rule.calls), entry);
      else addToEach(byKind, [kind as NodeKind], entry);
    }
  }
  const taint = rules.flatMap((rule): Handler[] =>
    rule.taint === undefined ? [] : [{ rule, call: taintHandler(rule.taint) as Handler["call"] }],
  );
  return { rules, byKind, byCallee, ofModule, taint };
}

function addToEach<Key>(table: Map<Key, Handler[]>, keys: Iterable<Key>, entry: Handler): void {
  for (const key of keys) {
    const known = table.get(key);
    if (known === undefined) table.set(key, [entry]);
    else known.push(entry);
  }
}

/** Last names, and those under which libraries had the same functions once. */
function spellings(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].flatMap((name) => [name, ...(formerLastNames.get(name) ?? [])]));
}

/** Hands out one plan per set of rules, whatever the configuration that led to it. */
export function createPlanner(rules: readonly AnyRule[]): (active: (rule: AnyRule) => boolean) => Plan {
  const plans = new Map<string, Plan>();
  return (active) => {
    const chosen = rules.filter(active);
    const key = chosen.map((rule) => rule.id).join(" ");
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = createPlan(chosen);
      plans.set(key, plan);
    }
    return plan;
  };
}
