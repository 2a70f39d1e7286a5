/** Questions about a type: what iterating, entering or awaiting an instance gives. */

import type { TypeTerm } from "../../models/type-text.ts";
import type { ClassModel } from "../../models/types.ts";
import type { FunctionNode, Stmt } from "../../syntax/ast.ts";
import { memberOf } from "./classes.ts";
import type { Inference } from "./context.ts";
import { functionResult } from "./functions.ts";
import { instantiate } from "./instantiate.ts";
import { lineageOf } from "./lineage.ts";
import type { Path } from "./sources.ts";
import { sameType, type Type } from "./values.ts";

type Protocol = "enter" | "asyncEnter" | "iterates" | "asyncIterates" | "awaits";

/** The methods by which classes of this module take part in each protocol. */
const METHODS: Readonly<Record<Protocol, string>> = {
  enter: "__enter__",
  asyncEnter: "__aenter__",
  iterates: "__iter__",
  asyncIterates: "__aiter__",
  awaits: "__await__",
};

/** What `with`, `for` or `await` gets from an instance of a type. */
export function protocolType(inf: Inference, type: Type, protocol: Protocol): Type | null {
  if (type.name === "builtins.tuple" && protocol === "iterates") return commonElement(type);
  for (const ancestor of lineageOf(inf, type)) {
    if (ancestor.type.cls !== null) {
      const method = memberOf(inf, ancestor.type.cls, METHODS[protocol]);
      if (method !== null) return ownProtocolType(inf, type, method, protocol);
      continue;
    }
    const term = protocolTerm(inf, ancestor.model, protocol);
    if (term !== null) return instantiate(term, { self: type, args: ancestor.type.args });
    if (ancestor.model === null) return null;
  }
  return null;
}

function protocolTerm(inf: Inference, model: ClassModel | null, protocol: Protocol): TypeTerm | null {
  const text = model?.[protocol];
  return text === undefined ? null : inf.knowledge.term(text);
}

function ownProtocolType(inf: Inference, self: Type, method: FunctionNode, protocol: Protocol): Type | null {
  const result = functionResult(inf, method, self);
  switch (protocol) {
    case "enter":
      return result ?? (returnsSelf(method) ? self : null);
    case "asyncEnter":
      if (returnsSelf(method)) return self;
      return result === null ? null : protocolType(inf, result, "awaits");
    case "iterates":
    case "asyncIterates":
      return result === null || sameType(result, self) ? null : protocolType(inf, result, protocol);
    case "awaits":
      return null;
  }
}

/** True where the only `return` of a method is `return self` at its end, as in most `__enter__` methods. */
function returnsSelf(method: FunctionNode): boolean {
  const [self] = [...method.args.posonlyargs, ...method.args.args];
  const last = method.body.at(-1);
  if (self === undefined || last?.kind !== "Return" || last.value?.kind !== "Name") return false;
  const leavesEarlier = method.body.slice(0, -1).some(mayReturn);
  return last.value.id === self.arg && !leavesEarlier;
}

/** Simple statements, and definitions, never return from the function around them. */
function mayReturn(stmt: Stmt): boolean {
  switch (stmt.kind) {
    case "If":
    case "For":
    case "AsyncFor":
    case "While":
    case "Try":
    case "TryStar":
    case "With":
    case "AsyncWith":
    case "Match":
    case "Return":
      return true;
    default:
      return false;
  }
}

/** What all elements of a tuple have in common. */
function commonElement(tuple: Type): Type | null {
  const [first = null, ...rest] = tuple.args;
  return rest.every((arg) => sameType(arg, first)) ? first : null;
}

/** The type at a path of unpacking. */
export function unpacked(inf: Inference, type: Type | null, path: Path): Type | null {
  let at = type;
  for (const index of path) {
    if (at === null) return null;
    at = at.name === "builtins.tuple" ? elementAt(at, index) : protocolType(inf, at, "iterates");
  }
  return at;
}

/** The type of a tuple's element; a tuple with one argument may be of any length. */
export function elementAt(tuple: Type, index: number): Type | null {
  const { args } = tuple;
  const at = index < 0 ? args.length + index : index;
  return args[at] ?? (args.length === 1 ? (args[0] ?? null) : null);
}
