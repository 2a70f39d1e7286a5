/** The kind-to-handlers table of a set of rules, built once for each set. */

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
  readonly ofModule: readonly Handler[];
}

const FUNCTIONS: readonly NodeKind[] = ["FunctionDef", "AsyncFunctionDef"];

/** Builds the dispatch table of a set of rules. */
export function createPlan(rules: readonly AnyRule[]): Plan {
  const byKind = new Map<NodeKind, Handler[]>();
  const ofModule: Handler[] = [];
  for (const rule of rules) {
    for (const [kind, handler] of Object.entries(rule.on)) {
      // The registry forgets which kind a handler takes; the key it stands under says it.
      const entry: Handler = { rule, call: handler as Handler["call"] };
      if (kind === "Module") ofModule.push(entry);
      else byKind.set(kind as NodeKind, [...(byKind.get(kind as NodeKind) ?? []), entry]);
    }
  }
  for (const rule of rules) {
    if (rule.taint === undefined) continue;
    const entry: Handler = { rule, call: taintHandler(rule.taint) as Handler["call"] };
    ofModule.push(entry);
    for (const kind of FUNCTIONS) byKind.set(kind, [...(byKind.get(kind) ?? []), entry]);
  }
  return { rules, byKind, ofModule };
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
