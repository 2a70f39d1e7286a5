/** Names for what a sketch mentions: qualified where the file tells, else as far as it is written. */

import { ownPath } from "../../semantic/infer/names.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ClassDef, Expr, FunctionNode } from "../../syntax/ast.ts";
import { literalString } from "../../syntax/calls.ts";
import type { Mention } from "./sketch.ts";

/** The qualified name of a function or class of this module, as other files and sketches call it. */
export function ownName(node: FunctionNode | ClassDef, model: SemanticModel): string {
  return ownPath(node, { moduleName: model.moduleName, isPackage: false });
}

/** The name of what an expression refers to; of the function for a call; "" where there is none. */
export function refName(node: Expr, model: SemanticModel): string {
  switch (node.kind) {
    case "Call":
      return refName(node.func, model);
    case "Subscript":
      return refName(node.value, model);
    case "Name": {
      const known = model.qualifiedName(node);
      if (known !== undefined) return known;
      const scope = model.resolve(node)?.scope.node;
      const inside = scope?.kind === "FunctionDef" || scope?.kind === "AsyncFunctionDef";
      return inside ? `${ownName(scope, model)}.<locals>.${node.id}` : node.id;
    }
    case "Attribute": {
      const known = model.qualifiedName(node);
      if (known !== undefined) return known;
      const owner = refName(node.value, model);
      return owner === "" ? node.attr : `${owner}.${node.attr}`;
    }
    default:
      return "";
  }
}

/** A name, or a call of it with the names and texts of its arguments. */
export function mention(node: Expr, model: SemanticModel): Mention {
  const name = refName(node, model);
  if (node.kind !== "Call") return { name };
  const args = [...node.args, ...node.keywords.map(({ value }) => value)].flatMap((arg) =>
    wordsOf(arg, model),
  );
  const keywords = Object.fromEntries(
    node.keywords.flatMap(({ arg, value }) =>
      arg === null ? [] : [[arg, wordsOf(value, model).slice(0, MAX_WORDS)] as const],
    ),
  );
  return {
    name,
    ...(args.length > 0 ? { args: args.slice(0, MAX_WORDS) } : {}),
    ...(Object.keys(keywords).length > 0 ? { keywords } : {}),
  };
}

/** More names than this one argument list does not need. */
const MAX_WORDS = 12;

/** The names and texts that stand in an expression: in a list, a tuple, `A & B`, `A | ~B`, a call's arguments. */
export function wordsOf(node: Expr, model: SemanticModel, depth = 0): readonly string[] {
  if (depth > 4) return [];
  const below = (nodes: readonly Expr[]) => nodes.flatMap((one) => wordsOf(one, model, depth + 1));
  switch (node.kind) {
    case "Constant": {
      const text = literalString(node);
      if (text !== undefined) return [text.slice(0, 80)];
      return node.type === "int" || node.type === "bool" ? [String(node.value)] : [];
    }
    case "List":
    case "Tuple":
    case "Set":
      return below(node.elts);
    case "Dict":
      return below(node.values);
    case "BinOp":
      return below([node.left, node.right]);
    case "UnaryOp":
      return below([node.operand]);
    case "BoolOp":
      return below(node.values);
    case "Starred":
      return below([node.value]);
    case "Lambda":
      return below([node.body]);
    case "Call":
      return [refName(node, model), ...below([...node.args, ...node.keywords.map((one) => one.value)])];
    case "Name":
    case "Attribute":
    case "Subscript": {
      const name = refName(node, model);
      return name === "" ? [] : [name];
    }
    default:
      return [];
  }
}

/** A list of mentions: `[Depends(a), Depends(b)]`, or one. */
export function mentions(node: Expr | undefined, model: SemanticModel): readonly Mention[] {
  if (node === undefined) return [];
  if (node.kind === "List" || node.kind === "Tuple") return node.elts.flatMap((one) => mentions(one, model));
  if (node.kind === "BinOp") return [...mentions(node.left, model), ...mentions(node.right, model)];
  const dependency = dependencyOf(node, model);
  if (dependency !== undefined) return [dependency];
  const found = mention(node, model);
  return found.name === "" ? [] : [found];
}

const DEPENDS = /(?:^|\.)(?:Depends|Security)$/;

/** What `Depends(x)` and `Security(x, scopes=[…])` call, or undefined for any other expression. */
export function dependencyOf(node: Expr | undefined, model: SemanticModel): Mention | undefined {
  if (node?.kind !== "Call" || !DEPENDS.test(refName(node.func, model))) return undefined;
  const target = dependencyTarget(node);
  if (target === undefined) return { name: "" };
  const found = mention(target, model);
  const scopes = node.keywords.find(({ arg }) => arg === "scopes");
  if (scopes === undefined) return found;
  return { ...found, args: [...(found.args ?? []), "scopes", ...wordsOf(scopes.value, model)] };
}

function dependencyTarget(node: Call): Expr | undefined {
  return node.args[0] ?? node.keywords.find(({ arg }) => arg === "dependency")?.value;
}
