/** Rule: a signal of a model that acts on other systems. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { enqueueOf, TASKS } from "../../frameworks/tasks.ts";
import { BLOCKING_CALLS } from "../../models/blocking.ts";
import type { Call, FunctionNode } from "../../syntax/ast.ts";
import { lastName } from "../../syntax/calls.ts";
import { walk } from "../../syntax/walk.ts";

type Context = RuleContext<"effect">;

const SIGNALS = /^(?:pre|post)_(?:save|delete|init)$|^m2m_changed$/;

export default defineRule({
  id: "signal-with-external-effect",
  title: "Model signal acts on other systems",
  section: "django",
  level: "senior",
  severity: "information",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "django#transactions-and-on-commit",
  messages: {
    effect:
      "`{{call}}` runs whenever somebody saves, fixtures and the admin included, before the transaction commits. Hand it to `transaction.on_commit`, or call it where the business step is.",
  },
  docs: {
    why: "A signal fires on every save: in the admin, in a data migration, while a test loads fixtures, and not at all on bulk writes. It runs inside the transaction, which may still roll back, after the mail is out. And nobody who reads the view can see it. Call what has an effect where the business step is, or at least after the commit.",
    path: "shop/signals.py",
    bad: `from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models import Order


@receiver(post_save, sender=Order)
def confirm(sender, instance, created, **kwargs):
    if created:
        send_mail("Thanks", "We have your order.", "shop@example.com", [instance.email])
`,
    good: `from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models import Order


@receiver(post_save, sender=Order)
def confirm(sender, instance, created, raw, **kwargs):
    if created and not raw:
        transaction.on_commit(
            partial(send_mail, "Thanks", "We have your order.", "shop@example.com", [instance.email])
        )
`,
    whenFine:
      "Where the effect follows each change by its nature, such as a search index, and can be repeated.",
    references: ["https://docs.djangoproject.com/en/stable/topics/signals/"],
  },
  fix: "none",
  on: {
    FunctionDef(node, ctx) {
      if (!isReceiver(node)) return;
      walk(node, (at) => {
        if (at.kind === "Lambda" || (at !== node && at.kind === "FunctionDef")) return false;
        if (at.kind === "Call" && isEffect(at, ctx) && !isAfterCommit(at)) {
          ctx.report(at.func, "effect", { data: { call: ctx.text(at.func) } });
        }
        return true;
      });
    },
  },
});

function isReceiver(fn: FunctionNode): boolean {
  return fn.decorator_list.some((decorator) => {
    if (decorator.kind !== "Call" || lastName(decorator.func) !== "receiver") return false;
    const [first] = decorator.args;
    const signals =
      first?.kind === "List" || first?.kind === "Tuple" ? first.elts : first === undefined ? [] : [first];
    return signals.some((signal) => SIGNALS.test(lastName(signal)));
  });
}

function isEffect(call: Call, ctx: Context): boolean {
  const callee = ctx.model.callee(call) ?? "";
  if (/^django\.core\.mail\.(?:send_(?:mass_)?mail|mail_admins|mail_managers)$/.test(callee)) return true;
  if (BLOCKING_CALLS.get(callee)?.waitsFor === "network") return true;
  return enqueueOf(call, ctx.model, ctx.projectFact(TASKS).isTask) !== undefined;
}

/** `transaction.on_commit(partial(send_mail, …))`, or a call inside of its arguments. */
function isAfterCommit(call: Call): boolean {
  return [...holders(call)].some((holder) => holder.kind === "Call" && lastName(holder.func) === "on_commit");
}
