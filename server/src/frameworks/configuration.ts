/** Where a program reads its configuration: the variable's name, its default, and what follows from the default. */

import { assignedValue } from "../semantic/assigned.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { Call, Compare, Expr } from "../syntax/ast.ts";
import { argumentOf, keywordOf } from "../syntax/calls.ts";

/** One look at a setting: `os.getenv("NAME", "default")`, `config("NAME", default=…)`, `env.bool("NAME")`. */
export interface SettingRead {
  /** Name of the setting, where it is a constant. */
  readonly name: string | undefined;
  readonly fallback: Expr | undefined;
  /** True for the process environment itself, whose values are plain text. */
  readonly fromEnvironment: boolean;
  /** True where the reader makes a bool of the text by itself. */
  readonly readsBool: boolean;
}

/** Functions and classes that read a setting, with the index of the default where it may be passed by position. */
const READERS: Readonly<Record<string, number | undefined>> = {
  "os.getenv": 1,
  "os._Environ.get": 1,
  "decouple.config": 1,
  "environ.Env": undefined,
  "environs.Env": 1,
  "starlette.config.Config": undefined,
};
/** Methods of the classes above that read a setting as a certain type. */
const TYPED = /\.(?:str|bool|int|get_value)$/;

/** The setting that a call reads, or undefined for any other call. */
export function settingRead(call: Call, model: SemanticModel): SettingRead | undefined {
  const reader = readerName(call, model);
  const family = Object.hasOwn(READERS, reader) ? reader : reader.replace(TYPED, "");
  if (!Object.hasOwn(READERS, family)) return undefined;
  const [name] = call.args;
  return {
    name: name && model.stringValue(name),
    // `env("X", cast, default)`, but `env.bool("X", default)`
    fallback: argumentOf(call, "default", READERS[family] ?? (reader === family ? undefined : 1)),
    fromEnvironment: family.startsWith("os."),
    readsBool: reader.endsWith(".bool") || keywordOf(call, "cast") !== undefined,
  };
}

/** The function that is called, or the class of the object: `env = environ.Env()` is called like a function. */
function readerName(call: Call, model: SemanticModel): string {
  const { func } = call;
  const owner = func.kind === "Attribute" ? func.value : func;
  const made = owner.kind === "Name" ? assignedValue(owner, model) : undefined;
  const maker = made?.kind === "Call" ? model.callee(made) : undefined;
  if (maker === undefined) return model.callee(call) ?? "";
  return func.kind === "Attribute" ? `${maker}.${func.attr}` : maker;
}

export type SettingValue = string | number | boolean;

/** The value of an expression where no setting is made, as far as it can be worked out. */
export function valueByDefault(node: Expr, model: SemanticModel): SettingValue | undefined {
  const constant = model.constant(node);
  if (constant !== undefined) return "value" in constant ? (constant.value as SettingValue) : undefined;
  if (node.kind === "Call") return callByDefault(node, model);
  if (node.kind === "Compare") return comparisonByDefault(node, model);
  if (node.kind !== "UnaryOp" || node.op !== "Not") return undefined;
  const value = valueByDefault(node.operand, model);
  return value === undefined ? undefined : !isTruthy(value);
}

/** As Python sees it, for the values that settings have. */
export function isTruthy(value: SettingValue): boolean {
  return value !== "" && value !== 0 && value !== false;
}

function comparisonByDefault(node: Compare, model: SemanticModel): boolean | undefined {
  const [right] = node.comparators;
  const left = valueByDefault(node.left, model);
  if (left === undefined || right === undefined || node.ops.length !== 1) return undefined;
  const several = right.kind === "List" || right.kind === "Tuple" || right.kind === "Set";
  const values = (several ? right.elts : [right]).map((choice) => valueByDefault(choice, model));
  if (values.includes(undefined)) return undefined;
  const operator = node.ops[0] ?? "";
  if (!/^(?:Not)?(?:Eq|In)$/.test(operator)) return undefined;
  return values.includes(left) !== operator.startsWith("Not");
}

function callByDefault(call: Call, model: SemanticModel): SettingValue | undefined {
  const setting = settingRead(call, model);
  if (setting !== undefined) {
    const value = setting.fallback && valueByDefault(setting.fallback, model);
    return setting.readsBool ? parsedBool(value) : value;
  }
  const [first] = call.args;
  if (call.func.kind === "Attribute" && first === undefined) {
    const value = valueByDefault(call.func.value, model);
    return typeof value === "string" ? CASES[call.func.attr]?.(value) : undefined;
  }
  const callee = model.callee(call) ?? "";
  const value = first && valueByDefault(first, model);
  if (value === undefined) return undefined;
  if (/(?:^|\.)(?:strtobool|str2bool|str_to_bool)$/.test(callee)) return parsedBool(value);
  if (callee === "builtins.bool") return isTruthy(value);
  if (callee === "builtins.int") return Number(value);
  return callee === "builtins.str" ? String(value) : undefined;
}

/** Methods of text by which programs compare settings without regard to case. */
const CASES: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  casefold: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
  title: capitalized,
  capitalize: capitalized,
};

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

/** `"False"` and `"0"` as a reader of settings takes them. */
function parsedBool(value: SettingValue | undefined): SettingValue | undefined {
  return typeof value === "string" ? !/^(?:false|0|no|off|n|f|)$/i.test(value) : value;
}
