/** Finds the node whose scope another node stands in, by climbing the tree. */

import type { Node } from "../../syntax/ast.ts";

/** The node that opens a scope, and whether it is that node's extra scope for type parameters. */
export interface Opener {
  readonly node: Node;
  readonly typeParameters: boolean;
}

/**
 * Whether the child `from` of `node` stands in a scope that `node` opens. `before` is the child of `from` on the
 * way down to the node asked about, null where that node is `from` itself.
 */
export function openerAt(node: Node, from: Node, before: Node | null): Opener | null {
  switch (node.kind) {
    case "Module":
      return { node, typeParameters: false };
    case "FunctionDef":
    case "AsyncFunctionDef":
      if ("unit" in from) return { node, typeParameters: false };
      if (from.kind === "arguments") return parameterOpener(node, from, before);
      if (from === node.returns || isTypeParameter(from)) return typeParameterOpener(node);
      return null;
    case "Lambda":
      if (from === node.body) return { node, typeParameters: false };
      return from.kind === "arguments" ? parameterOpener(node, from, before) : null;
    case "ClassDef":
      if ("unit" in from) return { node, typeParameters: false };
      return node.decorator_list.includes(from as never) ? null : typeParameterOpener(node);
    case "TypeAlias":
      return from === node.name ? null : typeParameterOpener(node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp": {
      const [first] = node.generators;
      const isFirstIterable = first !== undefined && from === first && before === first.iter;
      return isFirstIterable ? null : { node, typeParameters: false };
    }
    default:
      return null;
  }
}

function isTypeParameter(node: Node): boolean {
  return node.kind === "TypeVar" || node.kind === "ParamSpec" || node.kind === "TypeVarTuple";
}

function typeParameterOpener(node: Node): Opener | null {
  const generic = "type_params" in node && node.type_params.length > 0;
  return generic ? { node, typeParameters: true } : null;
}

/** Parameters are the function's own; their annotations and defaults are read outside. */
function parameterOpener(node: Node, args: Node, before: Node | null): Opener | null {
  if (before === null || args.kind !== "arguments") return null;
  return before.kind === "arg" ? { node, typeParameters: false } : null;
}
