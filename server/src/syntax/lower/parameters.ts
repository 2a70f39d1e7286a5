/** Lowers the parameters of functions and lambdas, and type parameters. */

import type { Arg, Arguments, Expr, TypeParam } from "../ast.ts";
import { FIRST_TOKEN, K, T } from "../kinds.ts";
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
  const place = { start: startOf(l, row), end: endOf(l, row), parent: null };
  const kind = inside < 0 ? 0 : kindOf(l, inside);
  if (kind === K.identifier) {
    return { kind: "TypeVar", ...place, name: nameOf(l, inside), bound: null, default_value: null };
  }
  if (kind === K.constrained_type) {
    const [nameRow = -1, boundRow = -1] = parts(l, inside);
    const identifier = nameRow < 0 ? -1 : findChild(l, nameRow, K.identifier);
    if (identifier < 0) return null;
    const bound = exprAt(l, boundRow, inside);
    const node: TypeParam = {
      kind: "TypeVar",
      ...place,
      name: nameOf(l, identifier),
      bound,
      default_value: null,
    };
    adopt(node, bound);
    return node;
  }
  if (kind !== K.splat_type && kind !== K.list_splat) return null;
  const identifier = findChild(l, inside, K.identifier);
  if (identifier < 0) return null;
  const name = nameOf(l, identifier);
  const double = kindOf(l, inside + 1) === T["**"] && inside + 1 >= 0 && FIRST_TOKEN > 0;
  return double
    ? { kind: "ParamSpec", ...place, name, default_value: null }
    : { kind: "TypeVarTuple", ...place, name, default_value: null };
}
