/** Rule: a file, socket or process that nobody closes for sure. */

import { defineModuleFact } from "../../engine/facts.ts";
import { localUses, runsLater } from "../../engine/local-names.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders, statementOf } from "../../engine/search.ts";
import { wrapBlock, wrapStatement } from "../../engine/with-edits.ts";
import { ACQUISITIONS, type Acquisition, BORROWERS } from "../../models/resources.ts";
import type { Assign, Attribute, Call, Name, Node } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";

type MessageId = "temporary" | "never" | "notOnError" | "kept";
type Context = RuleContext<MessageId>;

const NAMES = lastParts(Object.keys(ACQUISITIONS));

export default defineRule({
  id: "unclosed-resource",
  title: "Resource that may stay open",
  section: "core-python",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [772],
  equivalents: { ruff: ["SIM115"], pylint: ["R1732"] },
  guide: "core-python#file-handling",
  messages: {
    temporary: "Nobody holds this {{what}}, so nobody closes it. Open it in a `with` statement.",
    never: "`{{name}}` is never closed in this function, nor handed to anybody who could. Use `with`.",
    notOnError:
      "`{{name}}` is closed only if nothing between here and `{{name}}.{{release}}()` raises. Use `with`.",
    kept: "This {{what}} is kept on the object, and class `{{name}}` has no method that closes it.",
  },
  docs: {
    why: "An open file or socket holds a descriptor, often a lock, and sometimes data that was not written yet. CPython closes it when the last reference goes, which an exception, a reference cycle or a debugger puts off for as long as it likes; other interpreters wait for their collector. A service that leaks one descriptor per failed request stops at 1,024 of them, on the day when requests fail.",
    bad: `def count_lines(path):
    handle = open(path, encoding="utf-8")
    return sum(1 for _ in handle)
`,
    good: `def count_lines(path):
    with open(path, encoding="utf-8") as handle:
        return sum(1 for _ in handle)
`,
    whenFine:
      "What is returned, stored on an object that has a `close()`, or passed to `closing()` or an `ExitStack`, is somebody else's to close, and is not reported.",
    references: [
      "https://docs.python.org/3/reference/compound_stmts.html#the-with-statement",
      "https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack",
    ],
  },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const acquired = ACQUISITIONS[ctx.model.callee(call) ?? ""];
      if (acquired === undefined || wrapsAnother(call, acquired, ctx)) return;
      if (isUsedUp(call, acquired, ctx)) {
        ctx.report(call, "temporary", { data: { what: acquired.what }, fix: wrapStatement(call) });
        return;
      }
      const { parent } = call;
      if (parent?.kind !== "Assign" || parent.value !== call || parent.targets.length !== 1) return;
      const [target] = parent.targets;
      if (target?.kind === "Name") checkName(call, parent, target, acquired, ctx);
      if (target?.kind === "Attribute") checkAttribute(call, target, acquired, ctx);
    },
  },
});

/** True for an archive in an object that is open already, or in memory: that one is to be closed. */
function wrapsAnother(call: Call, acquired: Acquisition, ctx: Context): boolean {
  if (acquired.what !== "archive") return false;
  const [file] = call.args;
  if (file === undefined || call.keywords.some(({ arg }) => arg === "fileobj" || arg === "file")) return true;
  const type = ctx.model.typeOf(file);
  return type !== undefined && type !== "builtins.str" && !type.startsWith("pathlib.");
}

/** True where the value is used in the same expression and then lost: `open(p).read()`, `json.load(open(p))`. */
function isUsedUp(call: Call, acquired: Acquisition, ctx: Context): boolean {
  const { parent } = call;
  if (acquired.lenient === true) return false;
  if (parent?.kind === "Attribute") {
    const called = parent.parent?.kind === "Call" && parent.parent.func === parent;
    return called && !acquired.released.includes(parent.attr) && !parent.attr.startsWith("__");
  }
  if (parent?.kind === "Call" && parent.func !== call) return BORROWERS.has(ctx.model.callee(parent) ?? "");
  return (parent?.kind === "For" || parent?.kind === "comprehension") && parent.iter === call;
}

function checkName(call: Call, at: Assign, target: Name, acquired: Acquisition, ctx: Context): void {
  const uses = localUses(target, ctx.model);
  if (uses === undefined) return;
  const handedOn = uses.reads.some((read) => runsLater(read, uses.holder) || !isPlainUse(read, ctx));
  if (handedOn) return;
  const releases = uses.reads.flatMap(({ parent }) =>
    parent?.kind === "Attribute" && acquired.released.includes(parent.attr) ? [parent] : [],
  );
  const fix = wrapBlock(at, target, uses.reads, releases);
  const [first] = releases;
  if (first === undefined) {
    ctx.report(call, "never", { data: { name: target.id }, fix });
    return;
  }
  if (uses.definitions > 1 || acquired.lenient === true || releases.some(isOnErrorPath)) return;
  const block = blockOf(at);
  const end = statementOf(first);
  if (block === undefined || end === undefined || block.indexOf(end) <= block.indexOf(at) + 1) return;
  ctx.report(call, "notOnError", {
    severity: "information",
    data: { name: target.id, release: first.attr },
    fix,
  });
}

/** True where a use neither hands the object to somebody nor leaves it to a `with`. */
function isPlainUse(name: Name, ctx: Context): boolean {
  const { parent } = name;
  switch (parent?.kind) {
    case "Attribute":
      // A bound method that is not called here (`atexit.register(f.close)`) may be called by anybody.
      return parent.parent?.kind === "Call"
        ? parent.parent.func === parent
        : parent.parent?.kind !== "Assign";
    case "Call":
      return parent.func !== name && BORROWERS.has(ctx.model.callee(parent) ?? "");
    case "keyword":
      return parent.arg === "file" && parent.parent?.kind === "Call";
    case "For":
    case "comprehension":
      return parent.iter === name;
    case "Compare":
    case "If":
    case "While":
    case "UnaryOp":
      return true;
    default:
      return false;
  }
}

function isOnErrorPath(release: Attribute): boolean {
  let below: Node = release;
  for (const at of holders(release)) {
    if (at.kind === "ExceptHandler") return true;
    if (at.kind === "Try" && at.finalbody.some((statement) => statement === below)) return true;
    below = at;
  }
  return false;
}

/** Names of the classes that have nothing to close with, and inherit nothing. */
const classesWithoutRelease = defineModuleFact<readonly string[]>({
  id: "unclosed-resource:classes-without-release",
  compute(model) {
    return model.tree.units.flatMap(({ root, text }) => {
      if (root.kind !== "ClassDef" || root.bases.length > 0 || root.keywords.length > 0) return [];
      return RELEASE.test(text) ? [] : [root.name];
    });
  },
});

const RELEASE =
  /\.(?:close|aclose|shutdown|cleanup|terminate|kill|quit|join|wait|communicate|detach)\b|def (?:__a?exit__|__del__|__getattr__|\w*(?:close|stop|shutdown|release|cleanup|disconnect|dispose|quit)\w*)\(/;

function checkAttribute(call: Call, target: Attribute, acquired: Acquisition, ctx: Context): void {
  const holder = ctx.model.enclosingFunction(call);
  const owner = ctx.model.enclosingClass(call);
  if (holder === undefined || owner === undefined || acquired.lenient === true) return;
  const self = holder.args.args[0]?.arg;
  if (target.value.kind !== "Name" || target.value.id !== self) return;
  if (!ctx.moduleFact(classesWithoutRelease).includes(owner.name)) return;
  ctx.report(call, "kept", { data: { what: acquired.what, name: owner.name } });
}
