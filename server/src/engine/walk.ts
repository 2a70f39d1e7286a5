/** The children of every node kind, and a walk over one unit that calls what is registered for each kind. */

import type { Node, NodeKind } from "../syntax/ast.ts";

/** Fields of a kind that hold nodes or lists of nodes, in source order as far as the grammar fixes it. */
const CHILD_FIELDS: Readonly<Record<NodeKind, readonly string[]>> = {
  Module: ["body"],
  FunctionDef: ["decorator_list", "type_params", "args", "returns", "body"],
  AsyncFunctionDef: ["decorator_list", "type_params", "args", "returns", "body"],
  ClassDef: ["decorator_list", "type_params", "bases", "keywords", "body"],
  Return: ["value"],
  Delete: ["targets"],
  Assign: ["targets", "value"],
  TypeAlias: ["name", "type_params", "value"],
  AugAssign: ["target", "value"],
  AnnAssign: ["target", "annotation", "value"],
  For: ["target", "iter", "body", "orelse"],
  AsyncFor: ["target", "iter", "body", "orelse"],
  While: ["test", "body", "orelse"],
  If: ["test", "body", "orelse"],
  With: ["items", "body"],
  AsyncWith: ["items", "body"],
  Match: ["subject", "cases"],
  Raise: ["exc", "cause"],
  Try: ["body", "handlers", "orelse", "finalbody"],
  TryStar: ["body", "handlers", "orelse", "finalbody"],
  Assert: ["test", "msg"],
  Import: ["names"],
  ImportFrom: ["names"],
  Global: [],
  Nonlocal: [],
  Expr: ["value"],
  Pass: [],
  Break: [],
  Continue: [],
  Broken: [],
  BoolOp: ["values"],
  NamedExpr: ["target", "value"],
  BinOp: ["left", "right"],
  UnaryOp: ["operand"],
  Lambda: ["args", "body"],
  IfExp: ["body", "test", "orelse"],
  Dict: ["keys", "values"],
  Set: ["elts"],
  ListComp: ["elt", "generators"],
  SetComp: ["elt", "generators"],
  DictComp: ["key", "value", "generators"],
  GeneratorExp: ["elt", "generators"],
  Await: ["value"],
  Yield: ["value"],
  YieldFrom: ["value"],
  Compare: ["left", "comparators"],
  Call: ["func", "args", "keywords"],
  FormattedValue: ["value", "format_spec"],
  Interpolation: ["value", "format_spec"],
  JoinedStr: ["values"],
  TemplateStr: ["values"],
  Constant: [],
  Attribute: ["value"],
  Subscript: ["value", "slice"],
  Starred: ["value"],
  Name: [],
  List: ["elts"],
  Tuple: ["elts"],
  Slice: ["lower", "upper", "step"],
  BrokenExpr: [],
  comprehension: ["target", "iter", "ifs"],
  ExceptHandler: ["type", "body"],
  arguments: ["posonlyargs", "args", "vararg", "kwonlyargs", "kw_defaults", "kwarg", "defaults"],
  arg: ["annotation"],
  keyword: ["value"],
  alias: [],
  withitem: ["context_expr", "optional_vars"],
  match_case: ["pattern", "guard", "body"],
  MatchValue: ["value"],
  MatchSingleton: [],
  MatchSequence: ["patterns"],
  MatchMapping: ["keys", "patterns"],
  MatchClass: ["cls", "patterns", "kwd_patterns"],
  MatchStar: [],
  MatchAs: ["pattern"],
  MatchOr: ["patterns"],
  TypeVar: ["bound", "default_value"],
  ParamSpec: ["default_value"],
  TypeVarTuple: ["default_value"],
};

/**
 * Visits the nodes that belong to a unit, the root first, each node before its children. Statements that are
 * units of their own (the body of a class) are left out. Iterative: a chain of a thousand calls is a tree a
 * thousand deep.
 */
export function walkUnit(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visit(node);
    pushChildren(node, stack);
  }
}

/** The nodes directly below a node, in source order; statements that are units of their own are left out. */
export function childrenOf(node: Node): Node[] {
  const reversed: Node[] = [];
  pushChildren(node, reversed);
  return reversed.reverse();
}

function pushChildren(node: Node, stack: Node[]): void {
  const fields = CHILD_FIELDS[node.kind];
  const values = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null>>;
  for (let index = fields.length - 1; index >= 0; index--) {
    const value = values[fields[index] as string];
    if (value === null || value === undefined) continue;
    if (!Array.isArray(value)) {
      stack.push(value as Node);
      continue;
    }
    for (let at = value.length - 1; at >= 0; at--) {
      const child = value[at] as Node | null;
      if (child !== null && !("unit" in child && child.unit !== null)) stack.push(child);
    }
  }
}
