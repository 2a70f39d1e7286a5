/** Questions about the arguments of calls, the defaults of parameters and plain literals, for rules. */

import type { Arguments, Call, Expr, Keyword, Node } from "./ast.ts";

/** The keyword argument of that name as it is written, or undefined. */
export function keywordOf(call: Call, name: string): Keyword | undefined {
  return call.keywords.find((keyword) => keyword.arg === name);
}

/**
 * The value of an argument given by keyword or, where `position` is set, by position. Undefined where it is not
 * written; ask `unpacksArguments` before concluding that it is not passed.
 */
export function argumentOf(call: Call, name: string, position?: number): Expr | undefined {
  const keyword = keywordOf(call, name);
  if (keyword !== undefined || position === undefined) return keyword?.value;
  const before = call.args.slice(0, position + 1);
  return before.some((arg) => arg.kind === "Starred") ? undefined : before[position];
}

/** True where `*args` or `**kwargs` may pass arguments that the call does not show. */
export function unpacksArguments(call: Call): boolean {
  return (
    call.args.some((arg) => arg.kind === "Starred") || call.keywords.some((keyword) => keyword.arg === null)
  );
}

/** True for the literal `True`. */
export function isTrue(node: Expr | null | undefined): boolean {
  return node?.kind === "Constant" && node.type === "bool" && node.value === true;
}

/** True for the literal `False`. */
export function isFalse(node: Expr | null | undefined): boolean {
  return node?.kind === "Constant" && node.type === "bool" && node.value === false;
}

/** True for the literal `None`. */
export function isNone(node: Expr | null | undefined): boolean {
  return node?.kind === "Constant" && node.type === "None";
}

/** The text of a string literal, or undefined; names are not followed (see `SemanticModel.stringValue`). */
export function literalString(node: Expr | null | undefined): string | undefined {
  return node?.kind === "Constant" && node.type === "str" ? (node.value as string) : undefined;
}

/** A Python string literal in double quotes, as fixes write it. */
export function pythonString(value: string): string {
  return JSON.stringify(value);
}

/** The last name of an expression: `get` of `requests.get` and of `get`, "" of anything else. */
export function lastName(node: Node): string {
  if (node.kind === "Attribute") return node.attr;
  return node.kind === "Name" ? node.id : "";
}

/** The last parts of qualified names, to ask `mayCall` with. */
export function lastParts(names: Iterable<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => name.slice(name.lastIndexOf(".") + 1)));
}

/**
 * False where a call cannot be one of the functions of these last names: a cheap question before the one for
 * the qualified name. A plain name may be an alias of anything.
 */
export function mayCall({ func }: Call, names: ReadonlySet<string>): boolean {
  return func.kind === "Attribute" ? names.has(func.attr) : func.kind === "Name";
}

/** The parameters of a function that have a default, with it. */
export function* parameterDefaults(node: Arguments): Generator<readonly [string, Expr]> {
  const positional = [...node.posonlyargs, ...node.args];
  for (const [index, value] of node.defaults.entries()) {
    const parameter = positional[positional.length - node.defaults.length + index];
    if (parameter !== undefined) yield [parameter.arg, value];
  }
  for (const [index, value] of node.kw_defaults.entries()) {
    const parameter = node.kwonlyargs[index];
    if (parameter !== undefined && value !== null) yield [parameter.arg, value];
  }
}
