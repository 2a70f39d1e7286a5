/** Which transaction a node runs in: Django's `atomic`, SQLAlchemy's `begin`, a session's commit. */

import type { SemanticModel } from "../semantic/model.ts";
import type { Expr, FunctionNode, Node, With } from "../syntax/ast.ts";
import { lastName } from "../syntax/calls.ts";

/** A transaction that is open at a node. */
export interface Transaction {
  readonly kind: "atomic" | "begin";
  /** The `with` statement, or the decorated function. */
  readonly node: With | FunctionNode | Node;
}

/** The innermost transaction around a node that its function opens. */
export function transactionAround(node: Node, model: SemanticModel): Transaction | undefined {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.kind === "With" || at.kind === "AsyncWith") {
      for (const { context_expr: item } of at.items) {
        const kind = transactionKind(item, model);
        if (kind !== undefined) return { kind, node: at };
      }
    }
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") {
      const decorated = at.decorator_list.some((it) => transactionKind(it, model) === "atomic");
      if (decorated) return { kind: "atomic", node: at };
      const cls = at.parent?.kind === "ClassDef" ? at.parent : null;
      const onClass = cls?.decorator_list.some((it) => isMethodDecorator(it, at.name, model)) === true;
      return onClass ? { kind: "atomic", node: at } : undefined;
    }
    if (at.kind === "Lambda") return undefined;
  }
  return undefined;
}

function transactionKind(node: Expr, model: SemanticModel): Transaction["kind"] | undefined {
  const callee = node.kind === "Call" ? node.func : node;
  const name = model.qualifiedName(callee) ?? "";
  if (/(?:^|\.)transaction\.(?:atomic|Atomic)$|^django\.db\.transaction\.atomic$/.test(name)) return "atomic";
  if (lastName(callee) === "atomic") return "atomic";
  const last = lastName(callee);
  if (node.kind === "Call" && /^begin(?:_nested)?$|^(?:atomic_)?transaction$|^unit_of_work$/.test(last))
    return "begin";
  return undefined;
}

/** `@method_decorator(transaction.atomic, name="post")` on the class. */
function isMethodDecorator(node: Expr, method: string, model: SemanticModel): boolean {
  if (node.kind !== "Call" || lastName(node.func) !== "method_decorator") return false;
  const [decorator] = node.args;
  const name = node.keywords.find(({ arg }) => arg === "name")?.value;
  const applies = name === undefined ? false : [method, "dispatch"].includes(model.stringValue(name) ?? "");
  return applies && decorator !== undefined && transactionKind(decorator, model) === "atomic";
}
