/** What a function does with an object that one of its parameters holds. */

import { MUTATORS } from "../models/containers.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Arg, Expr, FunctionNode, Name, Node, Stmt } from "../syntax/ast.ts";
import { lastName } from "../syntax/calls.ts";
import { visit } from "./search.ts";

/** Functions that look at their argument and keep nothing of it. */
const READERS =
  /^(?:len|sorted|list|dict|tuple|set|frozenset|isinstance|str|repr|any|all|sum|min|max|enumerate|zip|map|filter|iter|reversed|bool|print|join|issubset|issuperset|union|intersection|difference|update|extend|deepcopy|copy|format)$/;

/** What happens to the shared object, the worst first. */
export type Fate = "changed" | "passedOn" | "read";

/** The worst thing that the body does with the default, up to where the name gets another value. */
export function fateOf(arg: Arg, node: FunctionNode, model: SemanticModel): Fate {
  const until = rebinding(node.body, arg.arg);
  let fate: Fate = "read";
  visit(node.body, (at) => {
    if (fate === "changed" || at.start >= until) return false;
    if (at.kind !== "Name" || at.id !== arg.arg) return true;
    if (model.resolve(at)?.scope.node !== node) return false;
    fate = worse(fate, useOf(at));
    return false;
  });
  return fate;
}

/** Where the parameter is given another value whatever happens: `tags = list(tags)`. */
function rebinding(body: readonly Stmt[], name: string): number {
  for (const statement of body) {
    if (statement.kind !== "Assign") continue;
    if (statement.targets.some((target) => target.kind === "Name" && target.id === name)) {
      const makesCopy = statement.value.kind !== "Name" && statement.value.kind !== "IfExp";
      if (makesCopy) return statement.start;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function useOf(name: Name): Fate {
  const { parent } = name;
  if (parent?.kind === "AugAssign" && parent.target === name) return "changed";
  if (parent === null || name.ctx === "Store") return "read";
  switch (parent.kind) {
    case "Attribute":
      return useOfAttribute(parent);
    case "Subscript":
      return parent.value === name && parent.ctx !== "Load" ? "changed" : "read";
    case "Return":
    case "Yield":
      return "changed";
    case "Assign":
      return parent.targets.map(useOfTarget).reduce(worse, "read");
    case "AnnAssign":
      return parent.target.kind === "Name" ? "passedOn" : "changed";
    case "Call":
      return parent.func === name || READERS.test(lastName(parent.func)) ? "read" : "passedOn";
    case "keyword":
      return parent.arg === null ? "read" : "passedOn";
    case "Tuple":
    case "List":
    case "Dict":
      return "passedOn";
    default:
      return "read";
  }
}

/** What `target = parameter` does: keeps it on an object, gives it a second name, or takes it apart. */
function useOfTarget(target: Expr): Fate {
  if (target.kind === "Tuple" || target.kind === "List") return "read";
  return target.kind === "Name" ? "passedOn" : "changed";
}

const SEVERITY_OF_FATE: readonly Fate[] = ["read", "passedOn", "changed"];

function worse(a: Fate, b: Fate): Fate {
  return SEVERITY_OF_FATE.indexOf(a) > SEVERITY_OF_FATE.indexOf(b) ? a : b;
}

function useOfAttribute(attribute: Node & { readonly kind: "Attribute" }): Fate {
  const called = attribute.parent?.kind === "Call" && attribute.parent.func === attribute;
  if (called) return MUTATORS.test(attribute.attr) ? "changed" : "read";
  return attribute.ctx === "Load" ? "read" : "changed";
}
