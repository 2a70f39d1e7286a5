/** Reads values out of expressions as far as they stand there, reads of the environment included. */

import { settingRead } from "../../frameworks/configuration.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Expr } from "../../syntax/ast.ts";
import type { Literal } from "./facts.ts";

const UNKNOWN: Literal = { kind: "unknown" };
/** Deeper tables than this are unknown from there on. */
const MAX_DEPTH = 6;
/** Longer lists are cut off: nobody reads evidence that long. */
const MAX_ITEMS = 80;
const MAX_TEXT = 200;

export function literalOf(node: Expr, model: SemanticModel, depth = 0): Literal {
  if (depth > MAX_DEPTH) return UNKNOWN;
  switch (node.kind) {
    case "Constant":
      return node.type === "bytes" || typeof node.value === "bigint"
        ? UNKNOWN
        : { kind: "constant", value: shortened(node.value) };
    case "List":
    case "Tuple":
    case "Set":
      return {
        kind: "list",
        items: node.elts.slice(0, MAX_ITEMS).map((item) => literalOf(item, model, depth + 1)),
      };
    case "Dict":
      return {
        kind: "dict",
        entries: node.keys.slice(0, MAX_ITEMS).flatMap((key, index): [string, Literal][] => {
          const name = key === null ? undefined : model.stringValue(key);
          const value = node.values[index];
          return name === undefined || value === undefined
            ? []
            : [[name, literalOf(value, model, depth + 1)]];
        }),
      };
    case "BinOp":
      return sumOf(node, model, depth);
    case "Call":
      return callValue(node, model, depth);
    case "Subscript":
      return subscriptValue(node, model);
    default:
      return constantOrReference(node, model);
  }
}

/** `[...] + [...]`: both lists; anything else by its constant value. */
function sumOf(node: Expr & { kind: "BinOp" }, model: SemanticModel, depth: number): Literal {
  const left = node.op === "Add" ? literalOf(node.left, model, depth + 1) : UNKNOWN;
  if (left.kind !== "list") return constantOrReference(node, model);
  const right = literalOf(node.right, model, depth + 1);
  return { kind: "list", items: [...left.items, ...(right.kind === "list" ? right.items : [UNKNOWN])] };
}

function callValue(node: Expr & { kind: "Call" }, model: SemanticModel, depth: number): Literal {
  const read = settingRead(node, model);
  if (read !== undefined) {
    const fallback = read.fallback === undefined ? null : literalOf(read.fallback, model, depth + 1);
    return { kind: "environment", name: read.name ?? null, fallback };
  }
  const constant = constantOrReference(node, model);
  if (constant.kind === "constant") return constant;
  // `env.db()`, `int(os.environ["X"])`, `os.getenv("X").split(",")`: what matters is where it comes from.
  const inner = [...(node.func.kind === "Attribute" ? [node.func.value] : []), ...node.args];
  for (const part of inner) {
    if (part.kind !== "Call" && part.kind !== "Subscript") continue;
    const value = literalOf(part, model, depth + 1);
    if (value.kind === "environment") return value;
  }
  const name = model.callee(node);
  if (name !== undefined && READERS.test(name)) {
    const [first] = node.args;
    return { kind: "environment", name: (first && model.stringValue(first)) ?? null, fallback: null };
  }
  return name === undefined ? UNKNOWN : { kind: "reference", name: `${name}()` };
}

/** What reads the environment beside what `settingRead` knows. */
const READERS =
  /^(?:environ\.Env\.\w+|environs\.Env\.\w+|dj_database_url\.(?:config|parse)|decouple\.\w+|django_environ\.\w+)$/;

/** `os.environ["NAME"]` must be set. */
function subscriptValue(node: Expr & { kind: "Subscript" }, model: SemanticModel): Literal {
  if (model.qualifiedName(node.value) === "os.environ") {
    return { kind: "environment", name: model.stringValue(node.slice) ?? null, fallback: null };
  }
  return constantOrReference(node, model);
}

function constantOrReference(node: Expr, model: SemanticModel): Literal {
  const constant = model.constant(node);
  if (constant?.type === "None") return { kind: "constant", value: null };
  if (constant !== undefined && constant.type !== "bytes") {
    const { value } = constant;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      return { kind: "constant", value: shortened(value) };
    }
  }
  const name = node.kind === "Name" || node.kind === "Attribute" ? model.qualifiedName(node) : undefined;
  return name === undefined ? UNKNOWN : { kind: "reference", name };
}

function shortened<Value>(value: Value): Value | string {
  return typeof value === "string" && value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value;
}
