/** Reads the literal parts of a `setup.py`: what it requires, its extras, its Python. */

import { assignedValue } from "../../semantic/assigned.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, Expr, Node } from "../../syntax/ast.ts";
import { keywordOf } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";
import type { SetupFacts } from "./facts.ts";

/** Null where the file calls no `setup`. */
export function setupFacts(model: SemanticModel, lineOf: (node: Node) => number): SetupFacts | null {
  let call: Call | null = null;
  walk(model.module, (node) => {
    if (node.kind === "Call" && /^(?:setuptools|distutils\.core)\.setup$/.test(model.callee(node) ?? ""))
      call ??= node;
  });
  if (call === null) return null;
  const strings = (node: Expr | undefined) => listedStrings(node, model, lineOf);
  const given = (name: string) => keywordOf(call as Call, name)?.value;
  const requires = given("install_requires");
  const extras = followed(given("extras_require"), model);
  const python = given("python_requires");
  const specifier = python === undefined ? undefined : model.stringValue(python);
  const listed = strings(requires);
  return {
    line: lineOf(call),
    requires: listed ?? [],
    extras:
      extras?.kind !== "Dict"
        ? []
        : extras.keys.flatMap((key, index) => {
            const extra = key === null ? undefined : model.stringValue(key);
            if (extra === undefined) return [];
            return (strings(extras.values[index]) ?? []).map((one) => ({ ...one, extra }));
          }),
    python: python === undefined || specifier === undefined ? null : { specifier, line: lineOf(python) },
    dynamic: requires !== undefined && listed === null,
    scripts: given("entry_points") !== undefined || given("scripts") !== undefined,
  };
}

/** The strings of a literal list, also through a name; null where it is none. */
function listedStrings(
  node: Expr | undefined,
  model: SemanticModel,
  lineOf: (node: Node) => number,
): readonly { readonly text: string; readonly line: number }[] | null {
  const list = followed(node, model);
  if (list?.kind !== "List" && list?.kind !== "Tuple") return null;
  return list.elts.flatMap((item) => {
    const text = model.stringValue(item);
    return text === undefined ? [] : [{ text, line: lineOf(item) }];
  });
}

function followed(node: Expr | undefined, model: SemanticModel): Expr | undefined {
  return node?.kind === "Name" ? assignedValue(node, model) : node;
}
