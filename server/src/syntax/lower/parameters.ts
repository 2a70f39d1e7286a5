/** Lowers the parameters of functions and lambdas, and type parameters. */

import type { Arg, Arguments, Expr, TypeParam } from "../ast.ts";
import { K, T } from "../kinds.ts";
import {
  adopt,
  adoptAll,
  after,
  endOf,
  exprAt,
  fail,
  findChild,
  firstPart,
  kindOf,
  type Lowering,
  nameOf,
  parts,
  startOf,
} from "./context.ts";

/** The parameters of `lambda: 0`. */
export function noParameters(at: number): Arguments {
  return {
    kind: "arguments",
    start: at,
    end: at,
    parent: null,
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
}

interface Collected {
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kw_defaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
  keywordOnly: boolean;
}

/** Lowers `parameters` or `lambda_parameters`. */
export function lowerParameters(l: Lowering, row: number): Arguments {
  const into: Collected = {
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
    keywordOnly: false,
  };
  for (const at of parts(l, row)) addParameter(l, at, into);
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = into;
  const node: Arguments = {
    kind: "arguments",
    start: startOf(l, row),
    end: endOf(l, row),
    parent: null,
    posonlyargs,
    args,
    vararg,
    kwonlyargs,
    kw_defaults,
    kwarg,
    defaults,
  };
  adoptAll(node, posonlyargs);
  adoptAll(node, args);
  adopt(node, vararg);
  adoptAll(node, kwonlyargs);
  adoptAll(node, kw_defaults);
  adopt(node, kwarg);
  adoptAll(node, defaults);
  return node;
}

function addParameter(l: Lowering, row: number, into: Collected): void {
  switch (kindOf(l, row)) {
    case K.positional_separator:
      into.posonlyargs = into.args;
      into.args = [];
      return;
    case K.keyword_separator:
      into.keywordOnly = true;
      return;
    case K.list_splat_pattern:
    case K.dictionary_splat_pattern:
      addSplat(l, row, -1, into);
      return;
    case K.typed_parameter: {
      const [first = -1, type = -1] = parts(l, row);
      const kind = kindOf(l, first);
      if (kind === K.identifier) add(l, row, first, type, -1, into);
      else addSplat(l, first, type, into);
      return;
    }
    case K.identifier:
      add(l, row, row, -1, -1, into);
      return;
    case K.default_parameter: {
      const [name = -1, value = -1] = parts(l, row);
      add(l, row, name, -1, value, into);
      return;
    }
    case K.typed_default_parameter: {
      const [name = -1, type = -1, value = -1] = parts(l, row);
      add(l, row, name, type, value, into);
      return;
    }
    default:
      // Python 2 unpacked tuples here.
      fail(l, row);
  }
}

function add(l: Lowering, row: number, name: number, type: number, value: number, into: Collected): void {
  if (name < 0 || kindOf(l, name) !== K.identifier) {
    fail(l, row);
    return;
  }
  const arg = lowerArg(l, name, type);
  const fallback = value < 0 ? null : l.expr(l, value, "Load");
  if (into.keywordOnly) {
    into.kwonlyargs.push(arg);
    into.kw_defaults.push(fallback);
  } else {
    into.args.push(arg);
    if (fallback !== null) into.defaults.push(fallback);
  }
}

function addSplat(l: Lowering, row: number, type: number, into: Collected): void {
  const name = firstPart(l, row);
  if (name < 0 || kindOf(l, name) !== K.identifier) {
    fail(l, row);
    return;
  }
  const arg = lowerArg(l, name, type);
  if (kindOf(l, row) === K.dictionary_splat_pattern) into.kwarg = arg;
  else {
    into.vararg = arg;
    into.keywordOnly = true;
  }
}

function lowerArg(l: Lowering, name: number, type: number): Arg {
  const annotation = type < 0 ? null : l.expr(l, type, "Load");
  const node: Arg = {
    kind: "arg",
    start: startOf(l, name),
    end: endOf(l, type < 0 ? name : type),
    parent: null,
    arg: nameOf(l, name),
    annotation,
  };
  adopt(node, annotation);
  return node;
}

/** Lowers the `[T: int, *Ts, **P]` of a function, a class or a type alias; -1 gives none. */
export function lowerTypeParams(l: Lowering, row: number): TypeParam[] {
  const found: TypeParam[] = [];
  if (row < 0) return found;
  const last = after(l, row);
  for (let at = row + 1; at < last; at = after(l, at)) {
    if (kindOf(l, at) !== K.type) continue;
    const param = lowerTypeParam(l, at, firstPart(l, at));
    if (param === null) fail(l, at);
    else found.push(param);
  }
  return found;
}

function lowerTypeParam(l: Lowering, row: number, inside: number): TypeParam | null {
  let named = inside;
  let bound: Expr | null = null;
  let default_value: Expr | null = null;
  if (inside >= 0 && kindOf(l, inside) === K.constrained_type) {
    const [nameRow = -1, restRow = -1] = parts(l, inside);
    named = nameRow < 0 ? -1 : firstPart(l, nameRow);
    if (isDefault(l, nameRow, restRow)) default_value = exprAt(l, restRow, inside);
    else ({ bound, default_value } = lowerBound(l, restRow, inside));
  }
  const node = named < 0 ? null : typeParam(l, row, named, bound, default_value);
  if (node !== null) {
    adopt(node, bound);
    adopt(node, default_value);
  }
  return node;
}

/** What follows the `:` of a type parameter: its bound, and its default if it has one. */
function lowerBound(l: Lowering, row: number, parent: number): { bound: Expr; default_value: Expr | null } {
  const inside = row < 0 ? -1 : firstPart(l, row);
  if (inside >= 0 && kindOf(l, inside) === K.constrained_type) {
    const [first = -1, second = -1] = parts(l, inside);
    if (isDefault(l, first, second)) {
      return { bound: exprAt(l, first, inside), default_value: exprAt(l, second, inside) };
    }
  }
  return { bound: exprAt(l, row, parent), default_value: null };
}

/** Whether `=` stands between two rows, which the grammar gets to see as `:`. */
function isDefault(l: Lowering, left: number, right: number): boolean {
  return left >= 0 && right >= 0 && l.source.slice(endOf(l, left), startOf(l, right)).includes("=");
}

function typeParam(
  l: Lowering,
  row: number,
  named: number,
  bound: Expr | null,
  default_value: Expr | null,
): TypeParam | null {
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const kind = kindOf(l, named);
  if (kind === K.identifier)
    return { kind: "TypeVar", ...place, name: nameOf(l, named), bound, default_value };
  const identifier = kind === K.splat_type || kind === K.list_splat ? findChild(l, named, K.identifier) : -1;
  if (identifier < 0 || bound !== null) return null;
  const name = nameOf(l, identifier);
  const isParamSpec = kind === K.splat_type && findChild(l, named, T["**"]) >= 0;
  return { kind: isParamSpec ? "ParamSpec" : "TypeVarTuple", ...place, name, default_value };
}
