/** Reads settings off a module: Django's names, configuration classes, and what is put into Flask's `app.config`. */

import { fromModule } from "../../semantic/infer/names.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ClassDef, Expr, Stmt } from "../../syntax/ast.ts";
import { walk } from "../../syntax/walk.ts";
import { settingRead, valueByDefault } from "../configuration.ts";
import { ownName, refName } from "../web/names.ts";
import type { SettingsClass, SettingsPart, SettingValue } from "./types.ts";

const NAME = /^[A-Z][A-Z0-9_]+$/;

export function collectSettings(model: SemanticModel, isPackage: boolean): SettingsPart | null {
  const values: Record<string, SettingValue> = {};
  const classes: Record<string, SettingsClass> = {};
  const draft = {
    flask: {} as Record<string, SettingValue>,
    objects: [] as string[],
    django: [] as string[],
  };
  const stars: string[] = [];
  for (const statement of running(model.module.body)) {
    if (statement.kind === "ImportFrom" && statement.names.some(({ name }) => name === "*")) {
      const module = fromModule(statement, { moduleName: model.moduleName, isPackage });
      if (module !== null) stars.push(module);
    } else if (statement.kind === "ClassDef") {
      const cls = classOf(statement, model);
      if (cls !== null) classes[ownName(statement, model)] = cls;
    } else Object.assign(values, assigned(statement, values, model));
  }
  walk(model.module, (node) => {
    if (node.kind === "Call") addCall(node, draft, model);
    else if (node.kind === "Assign") {
      const [target] = node.targets;
      const key =
        target?.kind === "Subscript" && isConfig(target.value) ? model.stringValue(target.slice) : undefined;
      if (key !== undefined && NAME.test(key)) draft.flask[key] = readValue(node.value, model);
    }
  });
  const part: SettingsPart = { values, stars, classes, ...draft };
  const isEmpty =
    Object.keys(values).length + Object.keys(classes).length + Object.keys(draft.flask).length === 0 &&
    draft.objects.length + draft.django.length + stars.length === 0;
  return isEmpty ? null : part;
}

/** The statements that run in production: branches for debugging and tests are left out. */
function running(body: readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((statement): readonly Stmt[] => {
    switch (statement.kind) {
      case "If":
        if (isForDevelopment(statement.test)) return running(statement.orelse);
        return running([...statement.orelse, ...statement.body]);
      case "Try":
        return running([...statement.body, ...statement.orelse]);
      case "With":
        return running(statement.body);
      default:
        return [statement];
    }
  });
}

/** `if DEBUG:`, `if "test" in sys.argv:` */
function isForDevelopment(test: Expr): boolean {
  let positive = false;
  if (test.kind === "UnaryOp" && test.op === "Not") return false;
  walk(test, (node) => {
    if (node.kind === "Name" && /DEBUG|TESTING|^IS_DEV|DEVELOPMENT|LOCAL/.test(node.id)) positive = true;
    if (node.kind === "Constant" && /^(?:test|pytest|dev|development|local)$/.test(String(node.value)))
      positive = true;
  });
  return positive;
}

function assigned(
  statement: Stmt,
  before: Readonly<Record<string, SettingValue>>,
  model: SemanticModel,
): Readonly<Record<string, SettingValue>> {
  if (statement.kind === "AugAssign" && statement.target.kind === "Name" && NAME.test(statement.target.id)) {
    return { [statement.target.id]: joined(before[statement.target.id], readValue(statement.value, model)) };
  }
  const targets =
    statement.kind === "Assign"
      ? statement.targets
      : statement.kind === "AnnAssign"
        ? [statement.target]
        : [];
  const value = statement.kind === "Assign" || statement.kind === "AnnAssign" ? statement.value : null;
  if (value === null) return {};
  const read = readValue(value, model);
  return Object.fromEntries(
    targets.flatMap((target) =>
      target.kind === "Name" && NAME.test(target.id) ? [[target.id, read] as const] : [],
    ),
  );
}

/** `MIDDLEWARE += [...]`: what was there before may come from a star import. */
function joined(before: SettingValue | undefined, added: SettingValue): SettingValue {
  if (added.kind !== "list") return { kind: "unknown" };
  const known = before?.kind === "list" ? before : { items: [], open: true };
  return { kind: "list", items: [...known.items, ...added.items], open: known.open || added.open };
}

/** A value without running anything: constants, lists of texts, reads of the environment with their default. */
export function readValue(node: Expr, model: SemanticModel): SettingValue {
  if (node.kind === "List" || node.kind === "Tuple" || node.kind === "Set") {
    const items = node.elts.map((one) => model.stringValue(one));
    return {
      kind: "list",
      items: items.filter((one): one is string => one !== undefined),
      open: items.includes(undefined),
    };
  }
  const read = node.kind === "Call" ? settingRead(node, model) : undefined;
  if (read !== undefined) {
    const fallback = read.fallback === undefined ? undefined : valueByDefault(node, model);
    return {
      kind: "environment",
      name: read.name ?? null,
      fallback: fallback ?? null,
      hasFallback: read.fallback !== undefined,
    };
  }
  if (node.kind === "Constant" && node.type === "None") return { kind: "value", value: null };
  const constant = model.constant(node);
  if (constant !== undefined && "value" in constant && !Array.isArray(constant.value)) {
    const { value } = constant;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return { kind: "value", value };
  }
  return mentionsEnvironment(node, model)
    ? { kind: "environment", name: null, fallback: valueByDefault(node, model) ?? null, hasFallback: false }
    : { kind: "unknown" };
}

function mentionsEnvironment(root: Expr, model: SemanticModel): boolean {
  let found = false;
  walk(root, (node) => {
    if (found) return false;
    if (node.kind === "Call" && settingRead(node, model) !== undefined) found = true;
    if (node.kind === "Attribute" && model.qualifiedName(node) === "os.environ") found = true;
    return undefined;
  });
  return found;
}

const SETTINGS_BASES = /(?:^|\.)(?:BaseSettings|\w*Config|\w*Settings)$/;

/** A class that holds settings: it is called so, or derives from one that is. */
function classOf(cls: ClassDef, model: SemanticModel): SettingsClass | null {
  const bases = cls.bases.map((base) => refName(base, model));
  if (!/(?:Config|Settings)(?:uration)?$/.test(cls.name) && !bases.some((base) => SETTINGS_BASES.test(base)))
    return null;
  const isPydantic = model.ancestors(cls).some((name) => /BaseSettings$/.test(name));
  const values: Record<string, SettingValue> = {};
  for (const statement of cls.body) {
    const target =
      statement.kind === "Assign"
        ? statement.targets[0]
        : statement.kind === "AnnAssign"
          ? statement.target
          : undefined;
    if (target?.kind !== "Name" || (statement.kind !== "Assign" && statement.kind !== "AnnAssign")) continue;
    if (!isPydantic && !NAME.test(target.id)) continue;
    const read = statement.value === null ? null : readValue(statement.value, model);
    // A field of pydantic-settings is read from the environment, its value being the default.
    values[target.id] = isPydantic ? fromEnvironment(target.id, read) : (read ?? { kind: "unknown" });
  }
  return { bases, values };
}

function fromEnvironment(name: string, fallback: SettingValue | null): SettingValue {
  const value = fallback?.kind === "value" ? fallback.value : null;
  return { kind: "environment", name: name.toUpperCase(), fallback: value, hasFallback: fallback !== null };
}

function isConfig(node: Expr): boolean {
  return node.kind === "Attribute" && node.attr === "config";
}

interface Calls {
  readonly flask: Record<string, SettingValue>;
  readonly objects: string[];
  readonly django: string[];
}

function addCall(call: Call, into: Calls, model: SemanticModel): void {
  if (call.func.kind !== "Attribute") return;
  const { attr, value } = call.func;
  const [first, second] = call.args;
  if (attr === "from_object" && isConfig(value) && first !== undefined) {
    into.objects.push(model.stringValue(first) ?? refName(first, model));
  } else if ((attr === "update" || attr === "from_mapping") && isConfig(value)) {
    for (const { arg, value: given } of call.keywords)
      if (arg !== null && NAME.test(arg)) into.flask[arg] = readValue(given, model);
  } else if (attr === "setdefault" && first !== undefined && second !== undefined) {
    const module = model.stringValue(second);
    if (model.stringValue(first) === "DJANGO_SETTINGS_MODULE" && module !== undefined)
      into.django.push(module);
  }
}
