/** Rule: a default value that is built once and shared by all calls. */

import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { visit } from "../../engine/search.ts";
import { insertLinesBefore } from "../../engine/statement-edits.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Arg, Expr, FunctionNode, Name, Node, Stmt } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

const FACTORIES = new Set([
  "builtins.list",
  "builtins.dict",
  "builtins.set",
  "builtins.bytearray",
  "collections.defaultdict",
  "collections.OrderedDict",
  "collections.deque",
  "collections.Counter",
  "collections.ChainMap",
]);

/** Functions that look at their argument and keep nothing of it. */
const READERS =
  /^(?:len|sorted|list|dict|tuple|set|frozenset|isinstance|str|repr|any|all|sum|min|max|enumerate|zip|map|filter|iter|reversed|bool|print|join|issubset|issuperset|union|intersection|difference|update|extend|deepcopy|copy|format)$/;

const MUTATORS =
  /^(?:append|extend|insert|remove|pop|popitem|clear|sort|reverse|add|discard|update|setdefault|appendleft|extendleft|popleft|rotate|subtract|difference_update|intersection_update|symmetric_difference_update|__setitem__|__delitem__)$/;

/** What happens to the shared object, the worst first. */
type Fate = "changed" | "passedOn" | "read";

export default defineRule({
  id: "mutable-default-argument",
  title: "Mutable default argument",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [],
  equivalents: { ruff: ["B006"], pylint: ["W0102"], flake8: ["B006"] },
  guide: "core-python#mutable-defaults",
  messages: {
    changed:
      "The default of `{{name}}` is built once and shared by all calls, and this function lets it change: what one call adds, the next one sees. Use `None` and build it inside.",
    passedOn:
      "The default of `{{name}}` is built once and shared by all calls, and it is passed on from here. Use `None` and build it inside, or an immutable default.",
    read: "The default of `{{name}}` is shared by all calls. Nothing changes it today; an immutable default (`()`, `frozenset()`) keeps it so.",
  },
  docs: {
    why: "Default values are evaluated when `def` is, once. A list or dictionary there is one object for the life of the process: items that one request puts into it are still there for the next, and one customer sees another one's data. It never shows in a unit test that calls the function once.",
    bad: `def add_tag(tag, tags=[]):
    tags.append(tag)
    return tags
`,
    good: `def add_tag(tag, tags=None):
    if tags is None:
        tags = []
    tags.append(tag)
    return tags
`,
    whenFine:
      "A default that is only read is shared without harm; annotate it as `Sequence` or `Mapping` and it is not reported. A deliberate cache in a default is clearer as `functools.cache`.",
    references: [
      "https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects",
    ],
  },
  fix: "unsafe",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

type Context = RuleContext<Fate>;

function check(node: FunctionNode, ctx: Context): void {
  for (const [arg, value] of defaultsOf(node)) {
    if (!isMutable(value, ctx.model) || isReadOnlyType(arg.annotation) || isCache(arg.arg)) continue;
    const fate = fateOf(arg, node, ctx.model);
    // A function in a function gets a new default each time the outer one runs: often that is the idea.
    const nested = ctx.model.enclosingFunction(node) !== undefined;
    const severity = fate === "read" ? "hint" : fate === "passedOn" || nested ? "information" : undefined;
    ctx.report(value, fate, {
      data: { name: arg.arg },
      ...(severity === undefined ? {} : { severity }),
      fix: useSentinel(node, arg, value, ctx),
    });
  }
}

function defaultsOf({ args }: FunctionNode): readonly (readonly [Arg, Expr])[] {
  const positional = [...args.posonlyargs, ...args.args];
  const first = positional.length - args.defaults.length;
  const pairs: (readonly [Arg, Expr])[] = [];
  args.defaults.forEach((value, index) => {
    const arg = positional[first + index];
    if (arg !== undefined) pairs.push([arg, value]);
  });
  args.kw_defaults.forEach((value, index) => {
    const arg = args.kwonlyargs[index];
    if (arg !== undefined && value !== null) pairs.push([arg, value]);
  });
  return pairs;
}

function isMutable(value: Expr, model: SemanticModel): boolean {
  switch (value.kind) {
    case "List":
    case "Dict":
    case "Set":
    case "ListComp":
    case "DictComp":
    case "SetComp":
      return true;
    case "Call":
      return FACTORIES.has(model.callee(value) ?? "");
    default:
      return false;
  }
}

const READ_ONLY =
  /\b(?:Sequence|Mapping|Iterable|Collection|Container|AbstractSet|Set|Iterator|Reversible)\b/;

/** `Sequence[str]`, also in quotes: the body promises not to change it. `typing.Set` is mutable. */
function isReadOnlyType(annotation: Expr | null): boolean {
  const outer = annotation?.kind === "Subscript" ? annotation.value : annotation;
  if (outer?.kind === "Constant" && outer.type === "str") return READ_ONLY.test(String(outer.value));
  const name = outer?.kind === "Attribute" ? outer.attr : outer?.kind === "Name" ? outer.id : "";
  return name !== "Set" && READ_ONLY.test(name);
}

function isCache(name: string): boolean {
  return name.startsWith("_") || /cache|memo/i.test(name);
}

/** The worst thing that the body does with the default, up to where the name gets another value. */
function fateOf(arg: Arg, node: FunctionNode, model: SemanticModel): Fate {
  const until = rebinding(node.body, arg.arg);
  let fate: Fate = "read";
  visit(node.body, (at) => {
    if (fate === "changed" || at.start >= until) return false;
    if (at.kind !== "Name" || at.id !== arg.arg) return true;
    if (model.resolve(at)?.scope.node !== node) return false;
    fate = worse(fate, useOf(at));
    return false;
  });
  return fate;
}

/** Where the parameter is given another value whatever happens: `tags = list(tags)`. */
function rebinding(body: readonly Stmt[], name: string): number {
  for (const statement of body) {
    if (statement.kind !== "Assign") continue;
    if (statement.targets.some((target) => target.kind === "Name" && target.id === name)) {
      const makesCopy = statement.value.kind !== "Name" && statement.value.kind !== "IfExp";
      if (makesCopy) return statement.start;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function useOf(name: Name): Fate {
  const { parent } = name;
  if (parent?.kind === "AugAssign" && parent.target === name) return "changed";
  if (parent === null || name.ctx === "Store") return "read";
  switch (parent.kind) {
    case "Attribute":
      return useOfAttribute(parent);
    case "Subscript":
      return parent.value === name && parent.ctx !== "Load" ? "changed" : "read";
    case "Return":
    case "Yield":
      return "changed";
    case "Assign":
      return parent.targets.map(useOfTarget).reduce(worse, "read");
    case "AnnAssign":
      return parent.target.kind === "Name" ? "passedOn" : "changed";
    case "Call":
      return parent.func === name || READERS.test(lastName(parent.func)) ? "read" : "passedOn";
    case "keyword":
      return parent.arg === null ? "read" : "passedOn";
    case "Tuple":
    case "List":
    case "Dict":
      return "passedOn";
    default:
      return "read";
  }
}

/** What `target = parameter` does: keeps it on an object, gives it a second name, or takes it apart. */
function useOfTarget(target: Expr): Fate {
  if (target.kind === "Tuple" || target.kind === "List") return "read";
  return target.kind === "Name" ? "passedOn" : "changed";
}

const SEVERITY_OF_FATE: readonly Fate[] = ["read", "passedOn", "changed"];

function worse(a: Fate, b: Fate): Fate {
  return SEVERITY_OF_FATE.indexOf(a) > SEVERITY_OF_FATE.indexOf(b) ? a : b;
}

function useOfAttribute(attribute: Node & { readonly kind: "Attribute" }): Fate {
  const called = attribute.parent?.kind === "Call" && attribute.parent.func === attribute;
  if (called) return MUTATORS.test(attribute.attr) ? "changed" : "read";
  return attribute.ctx === "Load" ? "read" : "changed";
}

function lastName(func: Expr): string {
  return func.kind === "Attribute" ? func.attr : func.kind === "Name" ? func.id : "";
}

function useSentinel(node: FunctionNode, arg: Arg, value: Expr, ctx: Context): FixBuilder {
  return (edits) => {
    const first = node.body[isDocstring(node.body[0]) ? 1 : 0];
    if (first === undefined) return null;
    if (!insertLinesBefore(edits, first, [`if ${arg.arg} is None:`, `    ${arg.arg} = ${ctx.text(value)}`])) {
      return null;
    }
    edits.replace(value, "None");
    const { annotation } = arg;
    if (annotation !== null && !/\bNone\b|\bOptional\b|\bAny\b/.test(ctx.text(annotation))) {
      const quoted = annotation.kind === "Constant";
      const { end } = spanOf(annotation);
      edits.insertAfter(quoted ? { start: end - 1, end: end - 1 } : annotation, " | None");
    }
    return `Use None as the default of \`${arg.arg}\``;
  };
}

function isDocstring(statement: Stmt | undefined): boolean {
  return statement?.kind === "Expr" && statement.value.kind === "Constant" && statement.value.type === "str";
}
