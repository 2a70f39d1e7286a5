/** Which nodes a node has as fields, in document order, for each kind. */

import type { Arguments, Call, ClassDef, Dict, MatchMapping, Node, NodeKind, NodeOfKind } from "./ast.ts";

/** Appends the children of a node, first to last. */
type Collect<K extends NodeKind> = (node: NodeOfKind<K>, into: Node[]) => void;

function all(nodes: readonly (Node | null)[], into: Node[]): void {
  for (const node of nodes) if (node !== null) into.push(node);
}

function one(node: Node | null, into: Node[]): void {
  if (node !== null) into.push(node);
}

function none(): void {}

/** Sorts what was appended since `from` by place: for fields that alternate in the text. */
function inOrder(into: Node[], from: number): void {
  let sorted = true;
  for (let at = from + 1; at < into.length && sorted; at++)
    sorted = startAt(into, at - 1) <= startAt(into, at);
  if (sorted) return;
  const tail = into.splice(from).sort((a, b) => a.start - b.start);
  into.push(...tail);
}

function startAt(nodes: readonly Node[], at: number): number {
  return nodes[at]?.start ?? 0;
}

function callChildren(node: Call, into: Node[]): void {
  into.push(node.func);
  const from = into.length;
  all(node.args, into);
  all(node.keywords, into);
  inOrder(into, from);
}

function dictChildren(node: Dict, into: Node[]): void {
  for (let at = 0; at < node.values.length; at++) {
    one(node.keys[at] ?? null, into);
    one(node.values[at] ?? null, into);
  }
}

function mappingChildren(node: MatchMapping, into: Node[]): void {
  for (let at = 0; at < node.patterns.length; at++) {
    one(node.keys[at] ?? null, into);
    one(node.patterns[at] ?? null, into);
  }
}

/** Decorators, type parameters, bases and keywords: a class without its body. */
export function classHeader(node: ClassDef, into: Node[]): void {
  all(node.decorator_list, into);
  all(node.type_params, into);
  const from = into.length;
  all(node.bases, into);
  all(node.keywords, into);
  inOrder(into, from);
}

function classChildren(node: ClassDef, into: Node[]): void {
  classHeader(node, into);
  all(node.body, into);
}

function argumentsChildren(node: Arguments, into: Node[]): void {
  const from = into.length;
  all(node.posonlyargs, into);
  all(node.args, into);
  one(node.vararg, into);
  all(node.kwonlyargs, into);
  one(node.kwarg, into);
  all(node.defaults, into);
  all(node.kw_defaults, into);
  inOrder(into, from);
}

function functionChildren(node: NodeOfKind<"FunctionDef" | "AsyncFunctionDef">, into: Node[]): void {
  all(node.decorator_list, into);
  all(node.type_params, into);
  into.push(node.args);
  one(node.returns, into);
  all(node.body, into);
}

function loopChildren(node: NodeOfKind<"For" | "AsyncFor">, into: Node[]): void {
  into.push(node.target, node.iter);
  all(node.body, into);
  all(node.orelse, into);
}

function branchChildren(node: NodeOfKind<"If" | "While">, into: Node[]): void {
  into.push(node.test);
  all(node.body, into);
  all(node.orelse, into);
}

function withChildren(node: NodeOfKind<"With" | "AsyncWith">, into: Node[]): void {
  all(node.items, into);
  all(node.body, into);
}

function tryChildren(node: NodeOfKind<"Try" | "TryStar">, into: Node[]): void {
  all(node.body, into);
  all(node.handlers, into);
  all(node.orelse, into);
  all(node.finalbody, into);
}

function comprehensionChildren(
  node: NodeOfKind<"ListComp" | "SetComp" | "GeneratorExp">,
  into: Node[],
): void {
  into.push(node.elt);
  all(node.generators, into);
}

function fieldChildren(node: NodeOfKind<"FormattedValue" | "Interpolation">, into: Node[]): void {
  into.push(node.value);
  one(node.format_spec, into);
}

function elementChildren(node: NodeOfKind<"Set" | "List" | "Tuple">, into: Node[]): void {
  all(node.elts, into);
}

function partChildren(node: NodeOfKind<"JoinedStr" | "TemplateStr" | "BoolOp">, into: Node[]): void {
  all(node.values, into);
}

function valueChild(
  node: NodeOfKind<
    "Return" | "Expr" | "Await" | "Yield" | "YieldFrom" | "Attribute" | "Starred" | "keyword" | "MatchValue"
  >,
  into: Node[],
): void {
  one(node.value, into);
}

function patternChildren(node: NodeOfKind<"MatchSequence" | "MatchOr">, into: Node[]): void {
  all(node.patterns, into);
}

function typeParamChild(node: NodeOfKind<"ParamSpec" | "TypeVarTuple">, into: Node[]): void {
  one(node.default_value, into);
}

export const CHILDREN: { readonly [K in NodeKind]: Collect<K> } = {
  Module: (node, into) => all(node.body, into),
  FunctionDef: functionChildren,
  AsyncFunctionDef: functionChildren,
  ClassDef: classChildren,
  Return: valueChild,
  Delete: (node, into) => all(node.targets, into),
  Assign: (node, into) => {
    all(node.targets, into);
    into.push(node.value);
  },
  TypeAlias: (node, into) => {
    into.push(node.name);
    all(node.type_params, into);
    into.push(node.value);
  },
  AugAssign: (node, into) => into.push(node.target, node.value),
  AnnAssign: (node, into) => {
    into.push(node.target, node.annotation);
    one(node.value, into);
  },
  For: loopChildren,
  AsyncFor: loopChildren,
  While: branchChildren,
  If: branchChildren,
  With: withChildren,
  AsyncWith: withChildren,
  Match: (node, into) => {
    into.push(node.subject);
    all(node.cases, into);
  },
  Raise: (node, into) => {
    one(node.exc, into);
    one(node.cause, into);
  },
  Try: tryChildren,
  TryStar: tryChildren,
  Assert: (node, into) => {
    into.push(node.test);
    one(node.msg, into);
  },
  Import: (node, into) => all(node.names, into),
  ImportFrom: (node, into) => all(node.names, into),
  Global: none,
  Nonlocal: none,
  Expr: valueChild,
  Pass: none,
  Break: none,
  Continue: none,
  Broken: none,
  BoolOp: partChildren,
  NamedExpr: (node, into) => into.push(node.target, node.value),
  BinOp: (node, into) => into.push(node.left, node.right),
  UnaryOp: (node, into) => into.push(node.operand),
  Lambda: (node, into) => into.push(node.args, node.body),
  IfExp: (node, into) => into.push(node.body, node.test, node.orelse),
  Dict: dictChildren,
  Set: elementChildren,
  ListComp: comprehensionChildren,
  SetComp: comprehensionChildren,
  DictComp: (node, into) => {
    into.push(node.key, node.value);
    all(node.generators, into);
  },
  GeneratorExp: comprehensionChildren,
  Await: valueChild,
  Yield: valueChild,
  YieldFrom: valueChild,
  Compare: (node, into) => {
    into.push(node.left);
    all(node.comparators, into);
  },
  Call: callChildren,
  FormattedValue: fieldChildren,
  Interpolation: fieldChildren,
  JoinedStr: partChildren,
  TemplateStr: partChildren,
  Constant: none,
  Attribute: valueChild,
  Subscript: (node, into) => into.push(node.value, node.slice),
  Starred: valueChild,
  Name: none,
  List: elementChildren,
  Tuple: elementChildren,
  Slice: (node, into) => {
    one(node.lower, into);
    one(node.upper, into);
    one(node.step, into);
  },
  BrokenExpr: none,
  comprehension: (node, into) => {
    into.push(node.target, node.iter);
    all(node.ifs, into);
  },
  ExceptHandler: (node, into) => {
    one(node.type, into);
    all(node.body, into);
  },
  arguments: argumentsChildren,
  arg: (node, into) => one(node.annotation, into),
  keyword: valueChild,
  alias: none,
  withitem: (node, into) => {
    into.push(node.context_expr);
    one(node.optional_vars, into);
  },
  match_case: (node, into) => {
    into.push(node.pattern);
    one(node.guard, into);
    all(node.body, into);
  },
  MatchValue: valueChild,
  MatchSingleton: none,
  MatchSequence: patternChildren,
  MatchMapping: mappingChildren,
  MatchClass: (node, into) => {
    into.push(node.cls);
    all(node.patterns, into);
    all(node.kwd_patterns, into);
  },
  MatchStar: none,
  MatchAs: (node, into) => one(node.pattern, into),
  MatchOr: patternChildren,
  TypeVar: (node, into) => {
    one(node.bound, into);
    one(node.default_value, into);
  },
  ParamSpec: typeParamChild,
  TypeVarTuple: typeParamChild,
};
