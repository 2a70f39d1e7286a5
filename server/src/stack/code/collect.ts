/** Collects the facts of one Python file in a single walk over its tree. */

import { settingRead } from "../../frameworks/configuration.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Call, ClassDef, Expr, If, Node, Stmt } from "../../syntax/ast.ts";
import { lastName, unpacksArguments } from "../../syntax/calls.ts";
import { lineStarts, pointAt } from "../../syntax/lines.ts";
import { spanOf } from "../../syntax/tree.ts";
import { walk } from "../../syntax/walk.ts";
import { readScriptHeader } from "../manifests/others.ts";
import type { CallFact, ClassFact, CodeFacts, ImportFact, Literal, SettingFact } from "./facts.ts";
import { functionFact } from "./functions.ts";
import { isTelling } from "./interest.ts";
import { literalOf } from "./literal.ts";
import { setupFacts } from "./setup.ts";
import { testFact } from "./tests.ts";

/** What is known of a file besides its tree. */
export interface CodePlace {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly isPackage: boolean;
  readonly classes: ReadonlySet<string>;
}

/** The facts while they are collected. */
type Growing = {
  -readonly [Key in keyof CodeFacts]: CodeFacts[Key] extends readonly (infer Item)[]
    ? Item[]
    : CodeFacts[Key];
};

export function collectCode(model: SemanticModel, place: CodePlace): CodeFacts {
  const { tree } = model;
  const starts = lineStarts(tree.text);
  const lineAt = (offset: number) => pointAt(starts, offset).row + 1;
  const lineOf = (node: Node) => lineAt(spanOf(node).start);
  const [error] = tree.errors;
  const facts: Growing = {
    path: place.path,
    moduleName: model.moduleName,
    isPackage: place.isPackage,
    classes: [...place.classes],
    lines: starts.length,
    broken: error === undefined ? null : lineAt(error.start),
    imports: [],
    mainGuard: null,
    functions: [],
    types: [],
    calls: [],
    settings: [],
    environment: [],
    tests: [],
    tries: [],
    raises: [],
    exits: [],
    setup: /(?:^|\/)setup\.py$/.test(place.path) ? setupFacts(model, lineOf) : null,
    header: readScriptHeader(place.path, tree.text),
  };
  const isTest = place.classes.has("test");
  walk(tree.module, (node) => visit(node, { model, facts, lineOf, isTest, isPackage: place.isPackage }));
  return facts;
}

interface Collecting {
  readonly model: SemanticModel;
  readonly facts: Growing;
  readonly lineOf: (node: Node) => number;
  readonly isTest: boolean;
  readonly isPackage: boolean;
}

function visit(node: Node, into: Collecting): void {
  const { facts, lineOf, model } = into;
  switch (node.kind) {
    case "Call":
      visitCall(node, into);
      break;
    case "Import":
    case "ImportFrom":
      facts.imports.push(...importFacts(node, into));
      break;
    case "FunctionDef":
    case "AsyncFunctionDef":
      facts.functions.push(functionFact(node, model, lineOf(node)));
      if (into.isTest) {
        const test = testFact(node, model, lineOf(node));
        if (test !== null) facts.tests.push(test);
      }
      break;
    case "ClassDef":
      facts.types.push(classFact(node, into));
      break;
    case "Assign":
    case "AnnAssign":
      facts.settings.push(...settingFacts(node, into));
      break;
    case "If":
      if (isMainGuard(node)) facts.mainGuard = lineOf(node);
      break;
    case "Try":
    case "TryStar":
      facts.tries.push(lineOf(node));
      break;
    case "Raise":
      if (node.exc !== null) facts.raises.push(lineOf(node));
      if (
        node.exc !== null &&
        lastName(node.exc.kind === "Call" ? node.exc.func : node.exc) === "SystemExit"
      ) {
        facts.exits.push(lineOf(node));
      }
      break;
    case "Subscript":
      visitSubscript(node, into);
      break;
    default:
  }
}

function visitSubscript(node: Expr & { kind: "Subscript" }, { model, facts, lineOf }: Collecting): void {
  if (lastName(node.value) !== "environ" || model.qualifiedName(node.value) !== "os.environ") return;
  facts.environment.push({ name: model.stringValue(node.slice) ?? null, line: lineOf(node) });
}

function visitCall(node: Call, into: Collecting): void {
  const { model, facts, lineOf } = into;
  const read = settingRead(node, model);
  if (read !== undefined) facts.environment.push({ name: read.name ?? null, line: lineOf(node) });
  const written = lastName(node.func);
  if (written === "") return;
  if (/^_?exit$/.test(written) && model.callee(node) === "sys.exit") facts.exits.push(lineOf(node));
  const qualified = model.callee(node);
  if (!isTelling(qualified, node.func.kind === "Attribute" ? written : null)) return;
  facts.calls.push({
    name: qualified ?? `.${written}`,
    line: lineOf(node),
    within: pathOf(node, model),
    args: node.args.slice(0, 6).map((arg) => literalOf(arg, model)),
    keywords: keywordsOf(node, model),
    unpacks: unpacksArguments(node),
  } satisfies CallFact);
  if (written === "update" || written === "from_mapping") {
    for (const { arg, value } of node.keywords) {
      if (arg !== null && /^[A-Z][A-Z0-9_]+$/.test(arg)) {
        facts.settings.push({ name: arg, line: lineOf(node), owner: null, value: literalOf(value, model) });
      }
    }
  }
}

function keywordsOf(node: Call, model: SemanticModel): Readonly<Record<string, Literal>> {
  const pairs = node.keywords.flatMap(({ arg, value }) =>
    arg === null ? [] : [[arg, literalOf(value, model)] as const],
  );
  return Object.fromEntries(pairs);
}

/** `Class.method` of the function that holds a node, or "". */
function pathOf(node: Node, model: SemanticModel): string {
  const fn = model.enclosingFunction(node);
  if (fn === undefined) return "";
  const cls = model.enclosingClass(fn);
  return cls === undefined ? fn.name : `${cls.name}.${fn.name}`;
}

function importFacts(
  node: Stmt & { kind: "Import" | "ImportFrom" },
  into: Collecting,
): readonly ImportFact[] {
  const line = into.lineOf(node);
  const atLoad = isAtLoad(node);
  if (node.kind === "Import") return node.names.map(({ name }) => ({ name, line, atLoad }));
  const base = absoluteModule(node, into);
  if (base === null) return [];
  return node.names.map(({ name }) => ({ name: name === "*" ? base : `${base}.${name}`, line, atLoad }));
}

/** The module that a `from` names, dots in front of it resolved; null where they lead out of the project. */
function absoluteModule(
  node: Stmt & { kind: "ImportFrom" },
  { model, isPackage }: Collecting,
): string | null {
  if (node.level === 0) return node.module ?? "";
  const parts = model.moduleName.split(".");
  const up = isPackage ? node.level - 1 : node.level;
  if (model.moduleName === "" || up > parts.length) return null;
  const base = parts.slice(0, parts.length - up);
  return [...base, ...(node.module === null ? [] : [node.module])].join(".");
}

function isAtLoad(node: Node): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return false;
    if (at.kind === "If" && /TYPE_CHECKING/.test(lastName(at.test))) return false;
  }
  return true;
}

function isMainGuard({ test }: If): boolean {
  if (test.kind !== "Compare") return false;
  return [test.left, ...test.comparators].some((side) => side.kind === "Name" && side.id === "__name__");
}

function classFact(node: ClassDef, { model, lineOf }: Collecting): ClassFact {
  const known = model.ancestors(node);
  const written = node.bases.map((base) => model.qualifiedName(base) ?? `.${lastName(base)}`);
  return {
    name: node.name,
    line: lineOf(node),
    bases: [...new Set([...written, ...known])],
    members: node.body.flatMap((statement) => {
      if (statement.kind !== "Assign" && statement.kind !== "AnnAssign") return [];
      const target = statement.kind === "Assign" ? statement.targets[0] : statement.target;
      if (target?.kind !== "Name") return [];
      const value: Literal =
        statement.value === null ? { kind: "unknown" } : literalOf(statement.value, model);
      const type = statement.kind === "AnnAssign" ? annotationText(statement.annotation, model) : null;
      return [{ name: target.id, line: lineOf(statement), value, type }];
    }),
  };
}

/** The annotation's qualified name; for `X | None`, `Optional[X]` and `Annotated[X, …]` that of X. */
function annotationText(node: Expr, model: SemanticModel): string | null {
  return model.typeOf(node) ?? model.qualifiedName(node) ?? (lastName(node) || null);
}

const SETTING = /^[A-Z][A-Z0-9_]*$/;

/** Names in capitals that a module, a class, or `app.config[...]` gives a value. */
function settingFacts(
  node: Stmt & { kind: "Assign" | "AnnAssign" },
  into: Collecting,
): readonly SettingFact[] {
  const { model, lineOf } = into;
  const { value } = node;
  if (value === null) return [];
  const targets = node.kind === "Assign" ? node.targets : [node.target];
  return targets.flatMap((target) => {
    const name = target.kind === "Name" ? target.id : configKey(target, model);
    const fn = model.enclosingFunction(node);
    if (name === undefined || (target.kind === "Name" && (!SETTING.test(name) || fn !== undefined)))
      return [];
    const owner = target.kind === "Name" ? (model.enclosingClass(node)?.name ?? null) : null;
    return [{ name, line: lineOf(node), owner, value: literalOf(value, model) }];
  });
}

/** The key of `app.config["KEY"]`, and of a table of settings: `DATABASES["default"]["CONN_MAX_AGE"]`. */
function configKey(target: Expr, model: SemanticModel): string | undefined {
  if (target.kind !== "Subscript") return undefined;
  const key = model.stringValue(target.slice);
  if (lastName(target.value) === "config") return key !== undefined && SETTING.test(key) ? key : undefined;
  const outer = target.value.kind === "Name" ? target.value.id : configKey(target.value, model);
  return key !== undefined && outer !== undefined && SETTING.test(outer.split(".")[0] ?? "")
    ? `${outer}.${key}`
    : undefined;
}
