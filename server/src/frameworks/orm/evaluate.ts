/** Evaluates symbolic expressions with the knowledge of the project: which rows they are, and which queries they run. */

import type { Sym } from "../symbols.ts";
import type { FunctionPart, OrmCode } from "./code.ts";
import { callOnRows } from "./django-query.ts";
import { type Entry, type Evaluation, FEW, type Given, runs } from "./evaluation.ts";
import { accessRelation } from "./relations.ts";
import { callLoader, callOnSession, callOnSqlalchemyRows, isLoaderName } from "./sqlalchemy-query.ts";
import type { OrmModel, OrmSchema } from "./types.ts";
import {
  ANYTHING,
  join,
  NOTHING,
  type OrmValue,
  type QueryEvent,
  type Row,
  type Rows,
  rowOf,
  rowsOf,
} from "./values.ts";

/** Functions entered below each other, at most. */
const MAX_DEPTH = 4;
/** Starts an evaluation at a place of a module. */
export function createEvaluation(
  schema: OrmSchema,
  code: OrmCode,
  emit: (event: QueryEvent) => void = () => undefined,
): Evaluation {
  return { schema, code, emit, enter, self: null, parameters: null, via: [], depth: 0 };
}

/** What a symbolic expression is; null where that is not known. */
export function evaluate(sym: Sym | null, at: Evaluation): OrmValue | null {
  switch (sym?.k) {
    case "name":
      return named(sym.name, at);
    case "self":
      return at.self ?? instanceOf(sym.cls, at);
    case "param":
      return at.parameters === null ? annotated(sym, at) : (at.parameters[sym.at] ?? null);
    case "attr":
      return attribute(evaluate(sym.of, at), sym.name, at);
    case "call":
      return call(sym, at);
    case "item":
      return item(evaluate(sym.of, at), sym.loop, sym.at, at);
    case "slice": {
      const of = evaluate(sym.of, at);
      return of?.kind === "rows"
        ? { ...of, limit: sym.length ?? of.limit ?? Number.POSITIVE_INFINITY }
        : null;
    }
    case "held":
      return evaluate(sym.of, silent(at));
    case "any":
      return join(sym.of.map((part) => evaluate(part, at)));
    case "text":
      return { kind: "text", value: sym.value };
    case "list":
      return { kind: "list", values: sym.of.map((part) => evaluate(part, at)) };
    case "compare": {
      const left = evaluate(sym.left, at);
      return left?.kind === "column" && sym.equal ? { kind: "compare", column: left.field.name } : null;
    }
    default:
      return null;
  }
}

/** The same evaluation, of something that ran before: its queries are told of where they stand. */
function silent(at: Evaluation): Evaluation {
  return { ...at, emit: () => undefined };
}

function named(name: string, at: Evaluation): OrmValue {
  const model = at.schema.modelNamed(name);
  return model === undefined ? { kind: "name", name } : { kind: "model", model };
}

function instanceOf(cls: string, at: Evaluation): OrmValue {
  const model = at.schema.modelNamed(cls);
  return model === undefined ? { kind: "instance", cls } : unknownRow(model);
}

/** A row that others made: what is loaded of it they know. */
function unknownRow(model: OrmModel): Row {
  return { ...rowOf(rowsOf(model, "list"), false), loads: ANYTHING };
}

function annotated(sym: Sym & { readonly k: "param" }, at: Evaluation): OrmValue | null {
  if (sym.type === null) return { kind: "name", name: "?" };
  const model = at.schema.modelNamed(sym.type);
  if (model === undefined) return { kind: "instance", cls: sym.type };
  return sym.many ? { ...rowsOf(model, "list"), loads: ANYTHING } : unknownRow(model);
}

/** What iterating over a value, or taking one of its elements, gives. */
function item(value: OrmValue | null, loop: boolean, index: number | null, at: Evaluation): OrmValue | null {
  if (value?.kind === "list") return join(value.values);
  if (value?.kind !== "rows") return null;
  reads(value, at);
  const many = loop && (value.limit === null || value.limit > FEW);
  if (value.shape === "result") return index === 0 ? rowOf(value, many) : null;
  return index === null ? rowOf(value, many) : null;
}

/** Tells that rows are read which no query has fetched yet. */
function reads(rows: Rows, at: Evaluation): void {
  if (rows.related !== null) runs(rows, "", at);
  else if (rows.shape === "query" || rows.shape === "manager") {
    const { model, origin, perRow } = rows;
    at.emit({ kind: "query", model, field: null, method: "", origin, perRow, via: at.via });
  }
}

function attribute(of: OrmValue | null, name: string, at: Evaluation): OrmValue | null {
  if (of === null) return { kind: "bound", of: { kind: "name", name: "?" }, name };
  switch (of.kind) {
    case "name": {
      const path = `${of.name}.${name}`;
      return of.name === "?" ? { kind: "bound", of, name } : named(path, at);
    }
    case "model":
      return classAttribute(of.model, name, at) ?? { kind: "bound", of, name };
    case "row":
      return rowAttribute(of, name, at);
    case "rows":
      return of.shape === "list" && name === "items" ? of : { kind: "bound", of, name };
    case "instance":
      return instanceAttribute(of.cls, name, at) ?? { kind: "bound", of, name };
    default:
      return { kind: "bound", of, name };
  }
}

function classAttribute(model: OrmModel, name: string, at: Evaluation): OrmValue | null {
  if (model.orm === "sqlalchemy" && name === "query") return rowsOf(model, "query");
  if (
    model.orm === "django" &&
    (/^(?:objects|_default_manager|_base_manager)$/.test(name) || model.managers.has(name))
  ) {
    return manager(model, name, at);
  }
  const field = model.fields.get(name);
  return field === undefined ? null : { kind: "column", model, field };
}

/** A manager's rows, with what its `get_queryset` loads; a manager that is not known may load anything. */
function manager(model: OrmModel, name: string, at: Evaluation): OrmValue {
  const rows = rowsOf(model, "manager");
  const cls = model.managers.get(name);
  if (cls === undefined || name === "_base_manager")
    return model.closed ? rows : { ...rows, loads: ANYTHING };
  if (cls === null) return { ...rows, loads: ANYTHING };
  if (/^django\.(?:\w+\.)+Manager$/.test(cls)) return rows;
  const own = at.code.member(cls, "get_queryset");
  if (own === undefined) return at.code.classNamed(cls) === undefined ? { ...rows, loads: ANYTHING } : rows;
  const made = enter(own, { self: rows, args: [] }, at);
  return made?.kind === "rows" ? { ...made, shape: "manager" } : { ...rows, loads: ANYTHING };
}

function rowAttribute(row: Row, name: string, at: Evaluation): OrmValue | null {
  const field = row.model.fields.get(name);
  if (field?.relation != null) return accessRelation(row, field, at);
  if (field !== undefined) return null;
  const member = at.code.member(row.model.name, name);
  if (member?.property !== true) return { kind: "bound", of: row, name };
  return enter(member, { self: row, args: [] }, at);
}

/** `self.queryset` of a view, a property of an own class. */
function instanceAttribute(cls: string, name: string, at: Evaluation): OrmValue | null {
  const member = at.code.member(cls, name);
  if (member?.property === true) return enter(member, { self: { kind: "instance", cls }, args: [] }, at);
  const value = at.code.attribute(cls, name);
  if (value !== undefined && at.depth < MAX_DEPTH) return evaluate(value, { ...at, depth: at.depth + 1 });
  return null;
}

/** Evaluates an own function: the queries that it runs on what it is given, and what it returns. */
function enter(fn: FunctionPart, { self, args }: Entry, at: Evaluation): OrmValue | null {
  if (at.depth >= MAX_DEPTH) return null;
  const inner: Evaluation = {
    ...at,
    self,
    parameters: fn.method ? [self, ...args] : args,
    via: [...at.via, fn.name.slice(fn.name.lastIndexOf(".") + 1)],
    depth: at.depth + 1,
  };
  for (const read of fn.reads) evaluate(read, inner);
  return evaluate(fn.returns, silent(inner));
}

/** Functions that give the elements of their first argument. */
const PASSES_ON =
  /^builtins\.(?:list|tuple|set|sorted|reversed|iter|filter|frozenset)$|(?:^|\.)(?:tqdm|islice|chain|cycle|from_iterable)$/;

function call(sym: Sym & { readonly k: "call" }, at: Evaluation): OrmValue | null {
  const callee = evaluate(sym.of, at);
  // Arguments are expressions of their own: what they run is told of where they stand.
  const quiet = silent(at);
  const args = sym.args.map((arg) => evaluate(arg, quiet));
  const keywords = Object.entries(sym.named).map(([name, arg]) => [name, evaluate(arg, quiet)] as const);
  const given: Given = { args, named: Object.fromEntries(keywords), spread: sym.spread };
  switch (callee?.kind) {
    case "bound":
      return callBound(callee.of, callee.name, given, at);
    case "model":
      return unknownRow(callee.model);
    case "name":
      return callName(callee.name, given, at);
    default:
      return null;
  }
}

function callBound(of: OrmValue, name: string, given: Given, at: Evaluation): OrmValue | null {
  if (of.kind === "rows") {
    return of.model.orm === "django"
      ? callOnRows(of, name, given, at)
      : callOnSqlalchemyRows(of, name, given, at);
  }
  if (of.kind === "loader") return callLoader(of, name, given);
  if (of.kind === "row" || of.kind === "model") {
    const member = at.code.member(of.model.name, name);
    if (member !== undefined) return enter(member, { self: of, args: given.args }, at);
  }
  if (of.kind === "instance") {
    const member = at.code.member(of.cls, name);
    if (member !== undefined) return enter(member, { self: of, args: given.args }, at);
    // Filters and pages narrow what they are given.
    if (name === "filter_queryset" || name === "paginate_queryset") return given.args[0] ?? null;
    const inherited = inheritedCall(of.cls, name, at);
    if (inherited !== null) return inherited;
  }
  return callOnSession(name, given, at);
}

/** What Django's and DRF's own views answer: `get_queryset()` is the `queryset`, or all of the `model`. */
function inheritedCall(cls: string, name: string, at: Evaluation): OrmValue | null {
  if (name !== "get_queryset") return null;
  const queryset = at.code.attribute(cls, "queryset") ?? at.code.attribute(cls, "model");
  const value = queryset === undefined ? null : evaluate(queryset, { ...at, depth: at.depth + 1 });
  return value?.kind === "model" ? rowsOf(value.model, "query") : value;
}

function callName(name: string, given: Given, at: Evaluation): OrmValue | null {
  const [first = null, second = null] = given.args;
  if (PASSES_ON.test(name)) return listOf(first, at);
  if (isLoaderName(name))
    return callLoader(
      { kind: "loader", paths: [], at: "", open: false },
      name.slice(name.lastIndexOf(".") + 1),
      given,
    );
  if (/(?:^|\.)(?:sqlalchemy|sqlmodel)\.(?:\w+\.)*select$/.test(name)) return selected(given);
  if (/(?:^|\.)get_object_or_404$/.test(name)) return one(first, at);
  if (/(?:^|\.)get_list_or_404$/.test(name)) return asRows(first);
  if (/(?:^|\.)Prefetch$/.test(name)) return prefetch(given);
  if (/(?:^|\.)get_model$/.test(name)) return labelled(first, second, at);
  const own = at.code.functionNamed(name);
  if (own !== undefined) return enter(own, { self: null, args: given.args }, at);
  return null;
}

function listOf(value: OrmValue | null, at: Evaluation): OrmValue | null {
  if (value?.kind !== "rows") return value?.kind === "list" ? value : null;
  reads(value, at);
  return { ...value, shape: value.shape === "result" ? "result" : "list", related: null };
}

function selected(given: Given): OrmValue | null {
  const [entity, ...others] = given.args;
  return entity?.kind === "model" && others.length === 0 ? rowsOf(entity.model, "query") : null;
}

function asRows(value: OrmValue | null): Rows | null {
  if (value?.kind === "model") return rowsOf(value.model, "query");
  return value?.kind === "rows" ? value : null;
}

function one(value: OrmValue | null, at: Evaluation): OrmValue | null {
  const rows = asRows(value);
  if (rows === null) return null;
  at.emit({
    kind: "query",
    model: rows.model,
    field: null,
    method: "get_object_or_404",
    origin: rows.origin,
    perRow: rows.perRow,
    via: at.via,
  });
  return rowOf(rows, false);
}

function prefetch(given: Given): OrmValue | null {
  const [lookup] = given.args;
  const path = lookup ?? given.named.lookup;
  if (path?.kind !== "text") return null;
  const queryset = given.args[1] ?? given.named.queryset ?? null;
  const loads = queryset?.kind === "rows" ? queryset.loads : queryset === null ? NOTHING : ANYTHING;
  return { kind: "prefetch", path: path.value, loads };
}

function labelled(app: OrmValue | null, name: OrmValue | null, at: Evaluation): OrmValue | null {
  if (app?.kind !== "text") return null;
  const label = name?.kind === "text" ? `${app.value}.${name.value}` : app.value;
  const model = at.schema.modelLabelled(label);
  return model === undefined ? null : { kind: "model", model };
}
