/** Rule: a default value that is built once and shared by all calls. */

import { type Fate, fateOf } from "../../engine/object-fate.ts";
import { defineRule, type FixBuilder, type RuleContext } from "../../engine/rule.ts";
import { insertLinesBefore } from "../../engine/statement-edits.ts";
import { MUTABLE_FACTORIES } from "../../models/containers.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Arg, Expr, FunctionNode, Stmt } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";

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
      return MUTABLE_FACTORIES.has(model.callee(value) ?? "");
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
