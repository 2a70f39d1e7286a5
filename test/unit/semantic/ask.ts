/** Asks the model about expressions that are marked in the source: `x.get()  #: callee=a.b type=c const='d'`. */

import assert from "node:assert/strict";
import { buildModel, type ModelOptions } from "../../../server/src/semantic/build.ts";
import type { ConstantValue, SemanticModel } from "../../../server/src/semantic/model.ts";
import type { Expr } from "../../../server/src/syntax/ast.ts";
import { type SyntaxTree, spanOf } from "../../../server/src/syntax/tree.ts";
import { walk } from "../../../server/src/syntax/walk.ts";
import { createTestParser } from "../syntax/python.ts";

export const parser = await createTestParser();

const PLACE: ModelOptions = { moduleName: "shop.app", isPackage: false };

export function parse(text: string): SyntaxTree {
  const file = parser.parse(text);
  file.dispose();
  return file.tree;
}

export function modelOf(text: string, place: ModelOptions = PLACE): SemanticModel {
  return buildModel(parse(text), place);
}

/** The value of the expression statement on each line that carries a mark. */
function marked(
  model: SemanticModel,
): { readonly expr: Expr; readonly mark: string; readonly line: string }[] {
  const { text, module } = model.tree;
  const found: { expr: Expr; mark: string; line: string }[] = [];
  walk(module, (node) => {
    if (node.kind !== "Expr") return;
    const { start, end } = spanOf(node);
    const lineEnd = text.indexOf("\n", end);
    const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
    const [, mark] = /#:\s*(.*)$/.exec(rest) ?? [];
    if (mark !== undefined) found.push({ expr: node.value, mark, line: text.slice(start, end) });
  });
  return found;
}

/** Checks every mark. `-` stands for an unknown answer; what a mark does not mention is not asked. */
export function check(text: string, place: ModelOptions = PLACE): void {
  checkModel(modelOf(text, place), text);
}

/** The same of a model that somebody else built. */
export function checkModel(model: SemanticModel, text: string): void {
  const marks = marked(model);
  assert.equal(marks.length, text.split("#:").length - 1, "a mark stands at no expression statement");
  for (const { expr, mark, line } of marks) {
    for (const part of mark.trim().split(/\s+(?=\w+=)/)) {
      const [, question = "", expected = ""] = /^(\w+)=(.*)$/.exec(part) ?? [];
      assert.equal(answer(model, question, expr) ?? "-", expected, `${question} of ${line}`);
    }
  }
}

function answer(model: SemanticModel, question: string, expr: Expr): string | undefined {
  switch (question) {
    case "name":
      return model.qualifiedName(expr);
    case "callee":
      return expr.kind === "Call" ? model.callee(expr) : `not a call: ${expr.kind}`;
    case "type":
      return model.typeOf(expr);
    case "const": {
      const value = model.constant(expr);
      return value === undefined ? undefined : show(value);
    }
    case "def":
      return model.definitionOf(expr)?.name;
    default:
      throw new Error(`no question "${question}"`);
  }
}

/** A constant much as Python would print it. */
export function show(value: ConstantValue): string {
  switch (value.type) {
    case "str":
      return JSON.stringify(value.value);
    case "bytes":
      return `b${JSON.stringify(value.value)}`;
    case "None":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
    case "float":
      return String(value.value);
    default:
      return `${value.type}(${value.value.map(show).join(", ")})`;
  }
}
