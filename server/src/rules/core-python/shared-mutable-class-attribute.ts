/** Rule: a list or dict of the class that methods change as if it were the instance's. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { MUTABLE_FACTORIES, MUTATORS } from "../../models/containers.ts";
import type { Attribute, ClassDef, Expr, FunctionNode, Stmt } from "../../syntax/ast.ts";

type Context = RuleContext<"changed" | "dataclass">;

/** Names of what is meant to be one for all instances. */
const MEANT_TO_BE_SHARED =
  /cache|regist|instances|singleton|pool|shared|global|lock|memo|known|seen|^_*[A-Z][A-Z0-9_]+$|^__\w+__$/;

/** Bases that make fields of what stands in the class body, or copy it for each instance. */
const DECLARATIVE =
  /^(?:pydantic|pydantic_settings|sqlmodel|sqlalchemy|flask_sqlalchemy|django|rest_framework|django_filters|marshmallow|wtforms|flask_wtf|enum|typing|typing_extensions|ctypes|attr|attrs|factory|luigi|traitlets|mongoengine|peewee|msgspec|strawberry|graphene|locust|scrapy)\./;

export default defineRule({
  id: "shared-mutable-class-attribute",
  title: "Mutable class attribute changed through instances",
  section: "core-python",
  level: "must-have",
  severity: "information",
  confidence: "medium",
  cwe: [],
  equivalents: { ruff: ["RUF012", "RUF008"] },
  guide: "core-python#mutable-defaults",
  messages: {
    changed:
      "`{{name}}` belongs to the class: all instances share this one object, and `{{method}}` changes it. Build it in `__init__`, or annotate it as `ClassVar` if it is meant to be shared.",
    dataclass:
      "A dataclass refuses this default with a ValueError when the module is imported. Use `field(default_factory={{factory}})`.",
  },
  docs: {
    why: "What stands in a class body is made once, when the class is. An instance that appends to it appends for all instances, those of other requests included: the second customer's basket begins with what the first one put in. A test with one instance never shows it.",
    bad: `class Basket:
    items = []

    def add(self, item):
        self.items.append(item)
`,
    good: `class Basket:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)
`,
    whenFine:
      "A registry or cache for the whole class. Say so with `ClassVar[…]`, or by its name; changing it through the class (`cls.`, `Basket.`) is not reported either.",
    references: ["https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables"],
  },
  contexts: { offIn: ["test", "migration"] },
  fix: "none",
  on: {
    ClassDef(cls, ctx) {
      for (const statement of cls.body) {
        if (statement.kind === "Assign" || statement.kind === "AnnAssign") check(statement, cls, ctx);
      }
    },
  },
});

function check(statement: Stmt & { kind: "Assign" | "AnnAssign" }, cls: ClassDef, ctx: Context): void {
  const target = statement.kind === "Assign" ? statement.targets[0] : statement.target;
  const { value } = statement;
  if (value === null || target?.kind !== "Name") return;
  const factory = containerOf(value, ctx);
  if (factory === undefined) return;
  if (statement.kind === "AnnAssign" && /ClassVar/.test(ctx.text(statement.annotation))) return;
  if (statement.kind === "AnnAssign" && isDataclass(cls, ctx)) {
    if (/^(?:list|dict|set)$/.test(factory)) ctx.report(value, "dataclass", { data: { factory } });
    return;
  }
  if (MEANT_TO_BE_SHARED.test(target.id) || isDeclarative(cls, statement.kind === "AnnAssign", ctx)) return;
  const method = changedBy(target.id, cls);
  if (method !== undefined) ctx.report(value, "changed", { data: { name: target.id, method } });
}

/** The function that makes such a container; undefined for what is none, or may not be changed. */
function containerOf(value: Expr, ctx: Context): string | undefined {
  switch (value.kind) {
    case "List":
    case "ListComp":
      return "list";
    case "Dict":
    case "DictComp":
      return "dict";
    case "Set":
    case "SetComp":
      return "set";
    case "Call": {
      const callee = ctx.model.callee(value) ?? "";
      return MUTABLE_FACTORIES.has(callee) ? callee.slice(callee.lastIndexOf(".") + 1) : undefined;
    }
    default:
      return undefined;
  }
}

function isDataclass(cls: ClassDef, ctx: Context): boolean {
  return cls.decorator_list.some((decorator) => {
    const plain = decorator.kind === "Call" ? decorator.func : decorator;
    return ctx.model.qualifiedName(plain) === "dataclasses.dataclass";
  });
}

/** A class whose base is not seen may be a model; its annotated attributes are fields then. */
function isDeclarative(cls: ClassDef, annotated: boolean, ctx: Context): boolean {
  if (cls.keywords.length > 0 || cls.decorator_list.length > 0) return true;
  if (ctx.model.ancestors(cls).some((name) => DECLARATIVE.test(name))) return true;
  return annotated && cls.bases.length > 0;
}

/** The first method that changes the attribute through `self`; undefined where an instance gets its own. */
function changedBy(name: string, cls: ClassDef): string | undefined {
  let method: string | undefined;
  let ownCopy = false;
  for (const fn of cls.body) {
    if (fn.kind !== "FunctionDef" && fn.kind !== "AsyncFunctionDef") continue;
    const self = instanceOf(fn);
    if (self === undefined) continue;
    visit(fn.body, (node) => {
      if (node.kind !== "Attribute" || node.attr !== name) return !ownCopy;
      if (node.value.kind !== "Name" || node.value.id !== self) return true;
      if (node.ctx === "Store" && node.parent?.kind !== "AugAssign") ownCopy = true;
      if (isChanged(node)) method ??= fn.name;
      return true;
    });
    if (ownCopy) return undefined;
  }
  return method;
}

/** The name of the instance in a method; undefined for class and static methods. */
function instanceOf(fn: FunctionNode): string | undefined {
  const plain = fn.decorator_list.every(
    (it) => it.kind !== "Name" || !/^(?:class|static)method$/.test(it.id),
  );
  const first = [...fn.args.posonlyargs, ...fn.args.args][0]?.arg;
  return plain && first === "self" ? first : undefined;
}

/** An object that enters itself into the list of all of them means the class's list. */
function isChanged(attribute: Attribute): boolean {
  const { parent } = attribute;
  if (parent?.kind === "Subscript") {
    if (parent.value !== attribute || parent.ctx === "Load") return false;
    return parent.parent?.kind !== "Assign" || !holdsInstance([parent.slice, parent.parent.value]);
  }
  if (parent?.kind !== "Attribute" || !MUTATORS.test(parent.attr)) return false;
  const call = parent.parent;
  return call?.kind === "Call" && call.func === parent && !holdsInstance(call.args);
}

function holdsInstance(values: readonly Expr[]): boolean {
  return values.some((value) => {
    if (value.kind === "List" || value.kind === "Tuple") return holdsInstance(value.elts);
    return value.kind === "Name" && value.id === "self";
  });
}
