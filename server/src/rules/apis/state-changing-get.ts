/** Rule: a GET request changes something, so that a link, a crawler or a prefetch does it too. */

import { handlingOf } from "../../engine/handling.ts";
import { changesRows } from "../../engine/row-changes.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { find, visit } from "../../engine/search.ts";
import { type Endpoint, endpointLabel } from "../../frameworks/web/endpoint.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";

type Context = RuleContext<"getChanges">;

/** What is remembered about a visit, and links that are made to change something once. */
const EXPECTED =
  /callback|confirm|verif|activat|unsub|subscri|logout|log_out|sign_?out|login|sso|oauth|saml|magic|invit|accept|click|track|pixel|beacon|redirect|export|download|oembed|refresh|sync|cron|health|migrate|setup|seed|demo/i;
/** Receivers and models that count visits, or keep what was computed. */
const BOOKKEEPING =
  /view|visit|hit|count|log|audit|event|seen|read|access|activity|history|stat|metric|session|token|cache|state|attempt|track|usage|progress|last|open|notification|device|settings|profile|preference/i;

export default defineRule({
  id: "state-changing-get",
  title: "GET that changes something",
  section: "apis",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [650],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "apis#http-methods",
  messages: {
    getChanges:
      "`{{endpoint}}` changes something (`{{action}}`): a crawler, a prefetch or an image tag on any page does it too. Take POST, PUT, PATCH or DELETE.",
  },
  docs: {
    why: 'GET means "show me". Browsers prefetch it, crawlers follow it, proxies repeat it, chat programs open it for a preview, and CSRF protection lets it pass, because everybody relies on that it changes nothing. Rows vanish overnight when a search engine finds the delete links of an admin page.',
    bad: `from flask import Flask, redirect

from shop.models import Order, db

app = Flask(__name__)


@app.route("/orders/<int:order_id>/delete")
def delete_order(order_id):
    order = db.get_or_404(Order, order_id)
    db.session.delete(order)
    db.session.commit()
    return redirect("/orders")
`,
    good: `from flask import Flask, redirect

from shop.models import Order, db

app = Flask(__name__)


@app.route("/orders/<int:order_id>/delete", methods=["POST"])
def delete_order(order_id):
    order = db.get_or_404(Order, order_id)
    db.session.delete(order)
    db.session.commit()
    return redirect("/orders")
`,
    whenFine:
      "Counting a visit, writing an audit row, the callback of a login provider and a link in a mail that confirms something once are what GET is used for; names that say so are not reported.",
    references: ["https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods"],
  },
  fix: "none",
  on: { FunctionDef: check, AsyncFunctionDef: check },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  const [endpoint] = handling?.endpoints ?? [];
  if (handling === undefined || endpoint === undefined || !handling.endpoints.every(onlyReads)) return;
  if (EXPECTED.test(node.name) || EXPECTED.test(endpoint.path)) return;
  const change = find(
    node.body,
    (at): at is Call => at.kind === "Call" && (changes(at, ctx) || isDeed(at, node)),
  );
  if (change === undefined || isOfNew(change, ctx)) return;
  ctx.report(change, "getChanges", {
    data: { endpoint: endpointLabel(endpoint), action: `${ctx.text(change.func)}(…)` },
  });
}

/** A write to the database that is more than a note about the visit. */
function changes(call: Call, ctx: Context): boolean {
  if (!changesRows(call)) return false;
  const isSession = /^(?:add|add_all|delete)$/.test(lastName(call.func)) && call.args.length > 0;
  const subject = isSession ? call.args.map((arg) => ctx.text(arg)).join(" ") : ctx.text(call.func);
  return !BOOKKEEPING.test(subject) && !countsOnly(call, ctx);
}

/** `topic.views += 1` before `topic.save()`: the visit is counted. */
function countsOnly({ func }: Call, ctx: Context): boolean {
  const fn = ctx.model.enclosingFunction(func);
  if (fn === undefined || func.kind !== "Attribute" || func.value.kind !== "Name") return false;
  const row = func.value.id;
  const fields = new Set<string>();
  visit(fn.body, (at) => {
    if (at.kind !== "Attribute" || at.ctx !== "Store") return undefined;
    if (at.value.kind === "Name" && at.value.id === row) fields.add(at.attr);
    return undefined;
  });
  return fields.size > 0 && [...fields].every((field) => BOOKKEEPING.test(field));
}

/** `delete_order(…)` in a handler that is called so. */
function isDeed(call: Call, { name }: FunctionNode): boolean {
  if (call.func.kind !== "Name" || call.parent?.kind !== "Expr") return false;
  return DEEDS.test(call.func.id) && DEEDS.test(name);
}
const DEEDS = /^(?:delete|remove|cancel|destroy|purge|refund)_/;

function onlyReads({ methods }: Endpoint): boolean {
  return methods.length > 0 && methods.every((method) => method === "GET" || method === "HEAD");
}

/** Making a row that is missing, when it is first asked for, is a cache of a kind. */
function isOfNew(change: Call, ctx: Context): boolean {
  const name = lastName(change.func);
  if (!/^(?:create|acreate|add|save|get_or_create|update_or_create)$/.test(name)) return false;
  for (
    let at = change.parent;
    at !== null && at.kind !== "FunctionDef" && at.kind !== "AsyncFunctionDef";
    at = at.parent
  ) {
    if (at.kind === "ExceptHandler") return true;
    if (at.kind === "If" && /\bnot\b|is None|DoesNotExist|\.exists\(/.test(ctx.text(at.test))) return true;
  }
  return false;
}
