/** Where the value of a definition comes from: the expression behind a target, and the way to it. */

import type {
  Alias,
  AnnAssign,
  Arg,
  AugAssign,
  ClassDef,
  ExceptHandler,
  Expr,
  FunctionNode,
  Node,
} from "../../syntax/ast.ts";

/** Positions to unpack, outermost first: `a, (b, c) = x` binds `c` to `[1, 1]` of `x`. */
export type Path = readonly number[];

export type Source =
  | { readonly from: "value"; readonly expr: Expr; readonly path: Path }
  /** An element of an iterable. */
  | { readonly from: "element"; readonly expr: Expr; readonly path: Path; readonly isAsync: boolean }
  /** What a context manager gives. */
  | { readonly from: "enter"; readonly expr: Expr; readonly path: Path; readonly isAsync: boolean }
  | { readonly from: "annotation"; readonly node: AnnAssign }
  | { readonly from: "augmented"; readonly node: AugAssign }
  | { readonly from: "import"; readonly alias: Alias }
  | { readonly from: "definition"; readonly node: FunctionNode | ClassDef }
  | { readonly from: "parameter"; readonly arg: Arg }
  | { readonly from: "handler"; readonly node: ExceptHandler }
  /** `case Class() as name`. */
  | { readonly from: "pattern"; readonly cls: Expr }
  | { readonly from: "unknown" };

const UNKNOWN: Source = { from: "unknown" };

/** Finds the source of a node out of `Binding.definitions`, or of an attribute that is assigned to. */
export function sourceOf(definition: Node): Source {
  switch (definition.kind) {
    case "alias":
      return { from: "import", alias: definition };
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      return { from: "definition", node: definition };
    case "arg":
      return { from: "parameter", arg: definition };
    case "ExceptHandler":
      return { from: "handler", node: definition };
    case "MatchAs":
      return definition.pattern?.kind === "MatchClass"
        ? { from: "pattern", cls: definition.pattern.cls }
        : UNKNOWN;
    case "Name":
    case "Attribute":
      return sourceOfTarget(definition);
    default:
      return UNKNOWN;
  }
}

function sourceOfTarget(target: Expr): Source {
  const path: number[] = [];
  let child: Node = target;
  let at: Node | null = target.parent;
  while (at !== null && (at.kind === "Tuple" || at.kind === "List")) {
    const index = at.elts.indexOf(child as Expr);
    if (index < 0 || at.elts.slice(0, index + 1).some((elt) => elt.kind === "Starred")) return UNKNOWN;
    path.unshift(index);
    child = at;
    at = at.parent;
  }
  switch (at?.kind) {
    case "Assign":
      return displayed(at.value, path);
    case "NamedExpr":
      return { from: "value", expr: at.value, path };
    case "AnnAssign":
      return { from: "annotation", node: at };
    case "AugAssign":
      return { from: "augmented", node: at };
    case "For":
      return { from: "element", expr: at.iter, path, isAsync: false };
    case "AsyncFor":
      return { from: "element", expr: at.iter, path, isAsync: true };
    case "comprehension":
      return { from: "element", expr: at.iter, path, isAsync: at.is_async === 1 };
    case "withitem":
      return { from: "enter", expr: at.context_expr, path, isAsync: at.parent?.kind === "AsyncWith" };
    default:
      return UNKNOWN;
  }
}

/** Follows a path into tuples and lists that are written out: in `a, b = f(), g()` b comes from `g()`. */
function displayed(value: Expr, path: readonly number[]): Source {
  let expr = value;
  let depth = 0;
  for (; depth < path.length && (expr.kind === "Tuple" || expr.kind === "List"); depth++) {
    const elements: readonly Expr[] = expr.elts;
    const index = path[depth] as number;
    const element = elements[index];
    if (element === undefined || elements.slice(0, index + 1).some((elt) => elt.kind === "Starred"))
      return UNKNOWN;
    expr = element;
  }
  return { from: "value", expr, path: path.slice(depth) };
}
