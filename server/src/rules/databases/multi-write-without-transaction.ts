/** Rule: writes that belong together, and that a failure between them leaves half done. */

import { ormWrite } from "../../engine/orm-values.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders, statementOf } from "../../engine/search.ts";
import { answersRequests } from "../../frameworks/entry.ts";
import type { Write } from "../../frameworks/orm/writes.ts";
import { TASKS, taskOf } from "../../frameworks/tasks.ts";
import { transactionAround } from "../../frameworks/transactions.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";
import { walk } from "../../syntax/walk.ts";
import { mentions } from "./_shared.ts";

type Context = RuleContext<"halfDone" | "severalCommits">;

interface Step {
  readonly call: Call;
  readonly write: Write;
}

export default defineRule({
  id: "multi-write-without-transaction",
  title: "Dependent writes without a transaction",
  section: "databases",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [460],
  equivalents: {},
  contexts: { offIn: ["test", "migration", "script"] },
  guide: "databases#transactions",
  messages: {
    halfDone:
      "`{{second}}` is written after `{{first}}` with no transaction around both: when it fails, the first stays. Put both into `transaction.atomic()`.",
    severalCommits:
      "This commits before `{{second}}` is written, which belongs to `{{first}}`: when it fails, the first stays. Commit once, at the end.",
  },
  docs: {
    why: "Outside of a transaction every write is final at once. The process may be killed between the order and its lines, the second INSERT may break a constraint, the mail server may not answer: what was written stays, and the shop has an order without lines that no code expects. Rows that only make sense together belong in one transaction, which keeps all or nothing.",
    path: "shop/views.py",
    bad: `from django.db import models
from django.http import HttpRequest, HttpResponse


class Order(models.Model):
    number = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    product = models.CharField(max_length=80)


def place(request: HttpRequest, number: str, product: str) -> HttpResponse:
    order = Order.objects.create(number=number)
    Line.objects.create(order=order, product=product)
    return HttpResponse(order.number)
`,
    good: `from django.db import models, transaction
from django.http import HttpRequest, HttpResponse


class Order(models.Model):
    number = models.CharField(max_length=20)


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    product = models.CharField(max_length=80)


@transaction.atomic
def place(request: HttpRequest, number: str, product: str) -> HttpResponse:
    order = Order.objects.create(number=number)
    Line.objects.create(order=order, product=product)
    return HttpResponse(order.number)
`,
    whenFine:
      "Where the second write is a note about the first (a log entry), or the half-done state is one that the program handles.",
    references: [
      "https://docs.djangoproject.com/en/stable/topics/db/transactions/",
      "https://docs.sqlalchemy.org/en/20/orm/session_transaction.html",
    ],
  },
  fix: "none",
  on: {
    FunctionDef: judge,
    AsyncFunctionDef: judge,
  },
});

/** Records of what happened: missing one leaves nothing half done. */
const RECORDS =
  /(?:Log|Audit|Event|History|Activity|Notification|Message|Token|Session|Record|Entry|Visit|Webhook|Attempt)s?$/;

function judge(node: FunctionNode, ctx: Context): void {
  if (!isEntryPoint(node, ctx)) return;
  const steps = stepsOf(node, ctx);
  for (const [index, first] of steps.entries()) {
    const second = steps.slice(index + 1).find((step) => depends(step, first, ctx));
    if (second === undefined) continue;
    report(first, second, node, ctx);
    return;
  }
}

/** A function that no caller wraps in a transaction: one that answers requests, a task, a command. */
function isEntryPoint(fn: FunctionNode, ctx: Context): boolean {
  if (answersRequests(fn, ctx.model) || taskOf(fn, ctx.model) !== undefined) return true;
  const isMethod = fn.parent?.kind === "ClassDef";
  return isMethod &&
    /^(?:form_valid|perform_(?:create|update|destroy)|post|put|patch|delete|create|update|destroy|partial_update)$/.test(
      fn.name,
    )
    ? fn.args.args.some((parameter) => /^(?:form|serializer|request)$/.test(parameter.arg))
    : false;
}

function stepsOf(fn: FunctionNode, ctx: Context): readonly Step[] {
  const steps: Step[] = [];
  walk(fn, (node) => {
    if (node !== fn && /^(?:FunctionDef|AsyncFunctionDef|ClassDef|Lambda)$/.test(node.kind)) return false;
    if (node.kind !== "Call") return true;
    const write = ormWrite(node, ctx);
    if (write !== undefined) steps.push({ call: node, write });
    return true;
  });
  return steps;
}

/** True where the second write is of another table, follows the first on its path, and uses its row. */
function depends(second: Step, first: Step, ctx: Context): boolean {
  if (first.write.model === second.write.model || RECORDS.test(second.write.model.label)) return false;
  if (RECORDS.test(first.write.model.label) || !follows(second.call, first.call)) return false;
  const names = boundBy(first.call, ctx);
  return names.size > 0 && mentions(second.call, names);
}

/** The names that hold the first write's row: `order = Order.objects.create(…)`, `order.save()`. */
function boundBy(call: Call, ctx: Context): ReadonlySet<string> {
  const names = new Set<string>();
  const statement = statementOf(call);
  if (statement?.kind === "Assign") {
    for (const target of statement.targets) {
      const parts = target.kind === "Tuple" ? target.elts.slice(0, 1) : [target];
      for (const part of parts) if (part.kind === "Name") names.add(part.id);
    }
  }
  const owner = call.func.kind === "Attribute" ? call.func.value : call.func;
  if (owner.kind === "Name" && ctx.model.resolve(owner)?.scope.kind === "function") names.add(owner.id);
  for (const arg of call.args) if (arg.kind === "Name") names.add(arg.id);
  return names;
}

/** True where the block of the first holds the second, later: what runs the second has run the first. */
function follows(second: Call, first: Call): boolean {
  const block = statementOf(first)?.parent;
  return [...holders(second)].includes(block as Node) && spanOf(second).start > spanOf(first).end;
}

function report(first: Step, second: Step, fn: FunctionNode, ctx: Context): void {
  const data = { first: first.write.model.label, second: second.write.model.label };
  if (first.write.model.orm === "sqlalchemy") {
    const commit = commitBetween(fn, first.call, second.call);
    if (commit !== undefined) ctx.report(commit, "severalCommits", { data });
    return;
  }
  if (transactionAround(first.call, ctx.model) !== undefined || isCaught(second.call, fn)) return;
  if (ctx.projectFact(TASKS).hasSetting("atomic_requests") && taskOf(fn, ctx.model) === undefined) return;
  const inSecond = transactionAround(second.call, ctx.model) !== undefined;
  ctx.report(second.call, "halfDone", { data, ...(inSecond ? { severity: "information" } : {}) });
}

/** A session is one transaction: what is written stays only where it commits in between. */
function commitBetween(fn: FunctionNode, first: Call, second: Call): Call | undefined {
  let found: Call | undefined;
  walk(fn, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== "commit") return true;
    const { start } = spanOf(node);
    if (start > spanOf(first).end && start < spanOf(second).start && follows(second, node)) found = node;
    return true;
  });
  return found;
}

/** A failure that is caught may undo the first by hand. */
function isCaught(node: Node, fn: FunctionNode): boolean {
  for (const holder of holders(node)) {
    if (holder === fn) return false;
    if (holder.kind === "Try" && holder.handlers.length > 0) return true;
  }
  return false;
}
