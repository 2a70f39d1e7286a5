/** Reads columns and relations of SQLAlchemy and SQLModel: `Column`, `mapped_column`, `Mapped[]`, `Field`. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isTrue, lastName, literalString } from "../../syntax/calls.ts";
import type { FieldPart, LazyMode, RelationPart } from "./types.ts";

const COLUMN_CALLS = new Set(["Column", "mapped_column"]);
const RELATION_CALLS = new Set(["relationship", "relation", "dynamic_loader", "Relationship"]);
const COLLECTIONS = new Set(["list", "List", "set", "Set", "Sequence", "Collection", "WriteOnlyMapped"]);
const MAPPED = new Set(["Mapped", "DynamicMapped", "WriteOnlyMapped"]);

const LAZY: Readonly<Record<string, LazyMode>> = {
  joined: "eager",
  selectin: "eager",
  subquery: "eager",
  immediate: "eager",
  dynamic: "always",
  write_only: "always",
  raise: "never",
  raise_on_sql: "never",
  noload: "never",
};

/** What stands in an annotation: the named class, in a collection or not, or None. */
export interface AnnotatedType {
  /** Qualified, or the text of a string annotation. */
  readonly name: string;
  readonly many: boolean;
  readonly optional: boolean;
}

/** True for a call that declares a column or relation of SQLAlchemy. */
export function isSqlalchemyDeclaration(call: Call): boolean {
  const name = lastName(call.func);
  return COLUMN_CALLS.has(name) || RELATION_CALLS.has(name);
}

/** The field of `name = Column(…)`, `name: Mapped[…] = mapped_column(…)`, `name = relationship(…)`. */
export function sqlalchemyField(
  name: string,
  call: Call | null,
  annotation: Expr | null,
  model: SemanticModel,
): FieldPart | null {
  const callName = call === null ? "" : lastName(call.func);
  const annotated = annotation === null ? null : mappedType(annotation, model);
  if (call !== null && RELATION_CALLS.has(callName)) {
    const relation = relationOf(call, annotated, model);
    return { ...COLUMN, name, type: callName, column: false, relation };
  }
  if (COLUMN_CALLS.has(callName)) return columnOf(name, call as Call, annotated, model);
  return annotated === null || call !== null
    ? null
    : { ...COLUMN, name, type: annotated.name, nullable: annotated.optional };
}

/** The field of a SQLModel table: every annotation is a column, unless it is a `Relationship`. */
export function sqlmodelField(
  name: string,
  call: Call | null,
  annotation: Expr,
  model: SemanticModel,
): FieldPart | null {
  const annotated = annotatedType(annotation, model);
  const callName = call === null ? "" : lastName(call.func);
  if (annotated === null) return null;
  if (call !== null && callName === "Relationship") {
    const relation = relationOf(call, annotated, model);
    return { ...COLUMN, name, type: callName, column: false, relation };
  }
  if (call === null || callName !== "Field") {
    return { ...COLUMN, name, type: annotated.name, nullable: annotated.optional };
  }
  const target = argumentOf(call, "foreign_key");
  const primaryKey = isTrue(argumentOf(call, "primary_key"));
  const column = argumentOf(call, "sa_column");
  return {
    ...(column?.kind === "Call" ? columnOf(name, column, annotated, model) : COLUMN),
    name,
    type: annotated.name,
    nullable: annotated.optional,
    unique: isTrue(argumentOf(call, "unique")) || primaryKey,
    indexed: isTrue(argumentOf(call, "index")),
    primaryKey,
    references: target === undefined ? null : (model.stringValue(target) ?? ""),
  };
}

const COLUMN: Omit<FieldPart, "name"> = {
  type: "",
  nullable: true,
  unique: false,
  indexed: false,
  primaryKey: false,
  column: true,
  references: null,
  relation: null,
};

/** A column from its call; used for classes and for `Table(…)` alike. */
export function columnOf(
  name: string,
  call: Call,
  annotated: AnnotatedType | null,
  model: SemanticModel,
): FieldPart {
  const foreignKey = call.args.find((arg) => arg.kind === "Call" && lastName(arg.func) === "ForeignKey");
  const type = call.args.find((arg) => arg !== foreignKey && typeName(arg) !== "");
  const primaryKey = isTrue(argumentOf(call, "primary_key"));
  const nullable = argumentOf(call, "nullable");
  return {
    name,
    type: type === undefined ? (annotated?.name ?? "") : typeName(type),
    nullable: nullable === undefined ? !primaryKey && (annotated?.optional ?? true) : !isFalse(nullable),
    unique: isTrue(argumentOf(call, "unique")) || primaryKey,
    indexed: isTrue(argumentOf(call, "index")),
    primaryKey,
    column: true,
    references: foreignKey?.kind === "Call" ? referenceOf(foreignKey, model) : null,
    relation: null,
  };
}

/** The last name of a column type: `Integer`, `db.Float(10)`; "" for what is no type. */
function typeName(node: Expr): string {
  const name = node.kind === "Call" ? lastName(node.func) : lastName(node);
  return /^[A-Z]/.test(name) && !/^(?:ForeignKey|Sequence|Identity|Computed|CheckConstraint)$/.test(name)
    ? name
    : "";
}

function referenceOf(call: Call, model: SemanticModel): string {
  const [target] = call.args;
  if (target === undefined) return "";
  return model.stringValue(target) ?? model.qualifiedName(target) ?? "";
}

function relationOf(call: Call, annotated: AnnotatedType | null, model: SemanticModel): RelationPart {
  const options = sqlmodelOptions(call);
  const argument = (name: string, position?: number) => argumentOf(call, name, position) ?? options.get(name);
  const target = argument("argument", 0);
  const uselist = argument("uselist");
  const declared = argument("backref");
  const backref = declared?.kind === "Call" ? declared.args[0] : declared;
  const populates = argument("back_populates") ?? backref;
  const collected = annotated !== null && (annotated.many || annotated.name !== "");
  const secondary = argument("secondary") ?? argument("link_model");
  return {
    target: (target && targetName(target, model)) ?? annotated?.name ?? "",
    form: secondary === undefined ? "unknown" : "many-to-many",
    many: isFalse(uselist)
      ? false
      : isTrue(uselist) || secondary !== undefined
        ? true
        : collected
          ? annotated.many
          : manyByKey(call, argument, model),
    lazy: lastName(call.func) === "dynamic_loader" ? "always" : lazyMode(argument("lazy")),
    back: populates === undefined ? null : (model.stringValue(populates) ?? null),
    makesBack: declared !== undefined,
    backLazy: declared?.kind === "Call" ? lazyMode(argumentOf(declared, "lazy")) : "lazy",
  };
}

/**
 * What `foreign_keys` and `remote_side` tell: a key of this class leads to one row, one of the other class back from
 * several. Null where neither is given.
 */
function manyByKey(
  call: Call,
  argument: (name: string) => Expr | undefined,
  model: SemanticModel,
): boolean | null {
  if (argument("remote_side") !== undefined) return false;
  const keys = argument("foreign_keys");
  if (keys === undefined) return null;
  const [first = keys] = keys.kind === "List" || keys.kind === "Tuple" ? keys.elts : [];
  // A column by its bare name is one of this class.
  if (first.kind === "Name") return false;
  const text = model.stringValue(first)?.replace(/^\[\s*/, "");
  const owner = first.kind === "Attribute" ? lastName(first.value) : (text?.split(".")[0] ?? "");
  return owner === "" ? null : owner !== classAround(call);
}

function classAround(call: Call): string {
  for (let at: Node | null = call.parent; at !== null; at = at.parent)
    if (at.kind === "ClassDef") return at.name;
  return "";
}

/** `sa_relationship_kwargs={"lazy": "selectin"}` of SQLModel. */
function sqlmodelOptions(call: Call): ReadonlyMap<string, Expr> {
  const dict = argumentOf(call, "sa_relationship_kwargs");
  if (dict === undefined) return new Map();
  if (dict.kind === "Call")
    return new Map(dict.keywords.flatMap(({ arg, value }) => (arg === null ? [] : [[arg, value]])));
  if (dict.kind !== "Dict") return new Map();
  return new Map(
    dict.keys.flatMap((key, at) => {
      const value = dict.values[at];
      const text = literalString(key);
      return text === undefined || value === undefined ? [] : [[text, value] as const];
    }),
  );
}

function lazyMode(node: Expr | undefined): LazyMode {
  if (node === undefined || isTrue(node)) return "lazy";
  if (isFalse(node)) return "eager";
  const text = literalString(node);
  return text === undefined ? "lazy" : (LAZY[text] ?? "lazy");
}

/** A class as `relationship` names it: a string, the class itself, or a lambda that gives it. */
function targetName(node: Expr, model: SemanticModel): string | undefined {
  if (node.kind === "Lambda") return targetName(node.body, model);
  return model.stringValue(node) ?? model.qualifiedName(node);
}

/** What `Mapped[…]` holds; null for other annotations. */
function mappedType(annotation: Expr, model: SemanticModel): AnnotatedType | null {
  if (annotation.kind !== "Subscript" || !MAPPED.has(lastName(annotation.value))) return null;
  const inner = annotatedType(annotation.slice, model);
  const always = lastName(annotation.value) !== "Mapped";
  return inner === null
    ? { name: "", many: always, optional: false }
    : { ...inner, many: inner.many || always };
}

/** Reads `X`, `"X"`, `X | None`, `Optional[X]`, `list[X]`, `Annotated[X, …]`. */
export function annotatedType(node: Expr, model: SemanticModel): AnnotatedType | null {
  const text = literalString(node);
  if (text !== undefined) return fromText(text);
  if (node.kind === "BinOp" && node.op === "BitOr") {
    const sides = [node.left, node.right].filter(
      (side) => !(side.kind === "Constant" && side.type === "None"),
    );
    const [only] = sides;
    const inner = only === undefined || sides.length > 1 ? null : annotatedType(only, model);
    return inner && { ...inner, optional: true };
  }
  if (node.kind === "Subscript") {
    const outer = lastName(node.value);
    const [first] = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    const inner = first === undefined ? null : annotatedType(first, model);
    if (outer === "Optional") return inner && { ...inner, optional: true };
    if (outer === "Annotated") return inner;
    if (COLLECTIONS.has(outer)) return inner && { ...inner, many: true };
    return { name: outer, many: false, optional: false };
  }
  const name = model.qualifiedName(node);
  return name === undefined ? null : { name, many: false, optional: false };
}

function fromText(text: string): AnnotatedType {
  const optional = /\bNone\b|\bOptional\[/.test(text);
  const many = /\b(?:list|List|set|Set|Sequence)\[/.test(text);
  const [name = ""] = /[A-Z]\w*(?=[^\w[]*$)/.exec(text.replace(/\|\s*None|None\s*\|/g, "")) ?? [];
  return { name, many, optional };
}
