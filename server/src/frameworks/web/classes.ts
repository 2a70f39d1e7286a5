/** Sketches classes: bases, the attributes that configure views, and their methods. */

import type { SemanticModel } from "../../semantic/model.ts";
import type { ClassDef, Expr, FunctionNode, Stmt } from "../../syntax/ast.ts";
import { keywordOf } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import { sketchFunction } from "./functions.ts";
import { dependencyOf, mention, mentions, refName, wordsOf } from "./names.ts";
import type { AttributeSketch, ClassSketch, FunctionSketch, Mention } from "./sketch.ts";

/** Attributes by which views, routers and middleware are configured. */
const CONFIGURES = new Set([
  "permission_classes",
  "authentication_classes",
  "throttle_classes",
  "throttle_scope",
  "pagination_class",
  "serializer_class",
  "queryset",
  "model",
  "form_class",
  "fields",
  "http_method_names",
  "lookup_field",
  "lookup_url_kwarg",
  "pk_url_kwarg",
  "slug_url_kwarg",
  "permission_required",
  "raise_exception",
  "decorators",
  "method_decorators",
  "paginate_by",
  "paginator_class",
  "methods",
  "init_every_request",
  "filter_backends",
]);

export function sketchClass(cls: ClassDef, model: SemanticModel): ClassSketch {
  const dependencies = constructorDependencies(cls, model);
  const attributes: Record<string, AttributeSketch> = {};
  const methods: Record<string, FunctionSketch> = {};
  for (const statement of cls.body) {
    if (isFunction(statement)) {
      // A property's setter is no method of its own.
      methods[statement.name] ??= sketchFunction(statement, model);
    } else {
      Object.assign(attributes, attributeOf(statement, model));
    }
  }
  return {
    bases: cls.bases.map((base) => refName(base, model)).filter((name) => name !== ""),
    ...(cls.decorator_list.length > 0
      ? { decorators: cls.decorator_list.map((one) => mention(one, model)) }
      : {}),
    attributes,
    methods,
    ...(dependencies.length > 0 ? { dependencies } : {}),
  };
}

function isFunction(statement: Stmt): statement is FunctionNode {
  return statement.kind === "FunctionDef" || statement.kind === "AsyncFunctionDef";
}

function attributeOf(statement: Stmt, model: SemanticModel): Readonly<Record<string, AttributeSketch>> {
  const target =
    statement.kind === "Assign"
      ? statement.targets[0]
      : statement.kind === "AnnAssign"
        ? statement.target
        : undefined;
  if (target?.kind !== "Name") return {};
  const value = statement.kind === "Assign" || statement.kind === "AnnAssign" ? statement.value : null;
  if (value === null) return {};
  const depends = dependencyOf(value, model);
  if (depends === undefined && !CONFIGURES.has(target.id)) return {};
  return { [target.id]: sketchAttribute(value, depends, model) };
}

function sketchAttribute(value: Expr, depends: Mention | undefined, model: SemanticModel): AttributeSketch {
  const names: string[] = [];
  const texts: string[] = [];
  // A query is named by the model that it starts from, whatever is done to it.
  for (const word of wordsOf(value, model))
    (/^[\w.]+$/.test(word) && isReference(value, word) ? names : texts).push(word);
  const first = rootName(value, model);
  if (names.length === 0 && first !== "") names.push(first);
  const isList = value.kind === "List" || value.kind === "Tuple" || value.kind === "Set";
  return {
    names,
    texts,
    ...(isList ? { list: true as const } : {}),
    ...(depends === undefined ? {} : { depends }),
  };
}

/** A word that stands as a name, not as a text, in a value. */
function isReference(value: Expr, word: string): boolean {
  let quoted = false;
  walk(value, (node) => {
    if (node.kind === "Constant" && String(node.value) === word) quoted = true;
  });
  return !quoted;
}

/** `Order` of `Order.objects.filter(…).order_by(…)`. */
function rootName(value: Expr, model: SemanticModel): string {
  let at: Expr = value;
  for (let steps = 0; steps < 20; steps++) {
    if (at.kind === "Call") at = at.func;
    else if (at.kind === "Attribute" && at.value.kind !== "Name") at = at.value;
    else break;
  }
  return refName(at, model);
}

/** `super().__init__(…, dependencies=[Depends(x)])` of a router's own subclass. */
function constructorDependencies(cls: ClassDef, model: SemanticModel): readonly Mention[] {
  const init = cls.body.find((one) => isFunction(one) && one.name === "__init__");
  if (init === undefined || cls.bases.length === 0) return [];
  const found: Mention[] = [];
  walk(init, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== "__init__") return;
    found.push(...mentions(keywordOf(node, "dependencies")?.value, model));
  });
  return found;
}
