/** Rule: a call that stops the program for somebody who is not there. */

import type { SourceEdits } from "../../engine/edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders, statementOf, visit } from "../../engine/search.ts";
import { removeStatements } from "../../engine/statement-edits.ts";
import {
  DEBUG_PRINTS,
  DEBUG_SERVERS,
  DEBUGGER_MODULES,
  DEBUGGERS,
  DEBUGGING_ON_PURPOSE,
} from "../../models/debuggers.ts";
import type { Call, Expr, Import, Stmt } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type MessageId = "stops" | "listens" | "prints" | "imported";
type Context = RuleContext<MessageId>;

const NAMES = lastParts([...DEBUGGERS, ...DEBUG_SERVERS, ...DEBUG_PRINTS]);

export default defineRule({
  id: "debugger-left-in",
  title: "Debugger call left in the code",
  section: "debugging",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [489],
  equivalents: { ruff: ["T100"] },
  guide: "debugging#leftover-debug-code",
  messages: {
    stops:
      "`{{name}}` stops the program and waits for somebody at a terminal. In a service, nobody is there: the worker hangs.",
    listens: "`{{name}}` opens a debug server: whoever reaches the port can run code in this process.",
    prints: "`{{name}}` is a debugging print. Remove it, or log what is worth keeping.",
    imported: "`{{name}}` is imported and not used: a debugging session left it behind.",
  },
  docs: {
    why: "A breakpoint that is reached in production stops the request and the worker with it; after as many requests as there are workers, the service is down. Where standard input is closed, it raises `BdbQuit` instead. A debug server is worse: it executes what it is sent.",
    bad: `def charge(order):
    breakpoint()
    return order.total_cents
`,
    good: `def charge(order):
    return order.total_cents
`,
    whenFine:
      "A debug server behind a setting that production does not have (`if settings.DEBUG:`) is a tool, and so is a function that is there to start a debugger. Those are not reported.",
    references: ["https://docs.python.org/3/library/functions.html#breakpoint"],
  },
  contexts: { offIn: ["notebook"] },
  fix: "unsafe",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      const name = ctx.model.callee(call);
      const messageId = name === undefined ? undefined : messageFor(name);
      if (messageId === undefined || isOnPurpose(call, ctx)) return;
      ctx.report(call, messageId, {
        data: { name: ctx.text(call.func) },
        fix(edits) {
          const statement = statementOf(call);
          if (statement?.kind === "Expr" && statement.value === call) {
            return removeCall(edits, call, statement, ctx) ? "Remove the debugging call" : null;
          }
          const [only] = call.args;
          if (messageId !== "prints" || only === undefined || call.args.length !== 1) return null;
          edits.replace(
            call,
            only.kind === "Name" || only.kind === "Call" ? ctx.text(only) : `(${ctx.text(only)})`,
          );
          return "Keep the value only";
        },
      });
    },
    Import: checkImport,
  },
});

function messageFor(name: string): MessageId | undefined {
  if (DEBUGGERS.has(name)) return "stops";
  if (DEBUG_SERVERS.has(name)) return "listens";
  return DEBUG_PRINTS.has(name) ? "prints" : undefined;
}

function isOnPurpose(call: Call, ctx: Context): boolean {
  for (const at of holders(call)) {
    if ((at.kind === "If" || at.kind === "IfExp") && DEBUGGING_ON_PURPOSE.test(ctx.text(at.test)))
      return true;
    if ((at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") && DEBUGGING_ON_PURPOSE.test(at.name))
      return true;
    if (at.kind === "ClassDef" && DEBUGGING_ON_PURPOSE.test(at.name)) return true;
  }
  return false;
}

/** Removes the call, and its import where nothing else uses that. */
function removeCall(edits: SourceEdits, call: Call, statement: Stmt, ctx: Context): boolean {
  const imported = call.func.kind === "Attribute" ? importOf(call.func.value, ctx) : undefined;
  if (imported === undefined) return removeStatements(edits, statement);
  const block = blockOf(statement);
  const follows = block !== undefined && block[block.indexOf(statement) - 1] === imported;
  if (follows && !edits.source.slice(spanOf(imported).end, spanOf(statement).start).includes("\n")) {
    return removeStatements(edits, imported, statement);
  }
  return removeStatements(edits, statement) && removeStatements(edits, imported);
}

/** The `import pdb` that exists for one use only. */
function importOf(module: Expr, ctx: Context): Import | undefined {
  if (module.kind !== "Name") return undefined;
  const definitions = ctx.model.resolve(module)?.definitions ?? [];
  const [statement] = definitions.map((definition) => statementOf(definition));
  if (definitions.length !== 1 || statement?.kind !== "Import" || statement.names.length !== 1)
    return undefined;
  let uses = 0;
  visit(ctx.model.module, (node) => {
    if (node.kind === "Name" && node.id === module.id) uses += 1;
    return true;
  });
  return uses === 1 ? statement : undefined;
}

/** Names that are read anywhere in the module, of those that debugger imports bind. */
const usedDebuggers = defineModuleFact<readonly string[]>({
  id: "debugger-left-in:used",
  compute(model) {
    const used = new Set<string>();
    visit(model.module, (node) => {
      if (node.kind === "Name" && node.ctx === "Load" && DEBUGGER_MODULES.has(node.id)) used.add(node.id);
      return true;
    });
    return [...used].sort();
  },
});

function checkImport(node: Import, ctx: Context): void {
  if (DEBUGGING_ON_PURPOSE.test(ctx.model.enclosingFunction(node)?.name ?? "")) return;
  for (const alias of node.names) {
    if (!DEBUGGER_MODULES.has(alias.name) || alias.asname !== null) continue;
    if (ctx.moduleFact(usedDebuggers).includes(alias.name)) continue;
    ctx.report(alias, "imported", {
      data: { name: alias.name },
      fix: (edits) => (node.names.length === 1 && removeStatements(edits, node) ? "Remove the import" : null),
    });
  }
}
