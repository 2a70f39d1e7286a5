/** Rule: an object is looked up by an id that the client chose, and nothing asks whether it is the client's. */

import { handlingOf } from "../../engine/handling.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { FunctionNode } from "../../syntax/ast.ts";
import { spanOf } from "../../syntax/tree.ts";
import { scopeLookup, scopeView, type Unasked, unaskedLookups, unaskedView } from "./_shared.ts";

type Context = RuleContext<"unchecked" | "wholeTable" | "askedTooLate" | "callerUnused">;

export default defineRule({
  id: "object-level-authorization-missing",
  title: "Object of anybody by its id",
  section: "apis",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [639],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "security#object-level-authorization",
  messages: {
    unchecked:
      "`{{endpoint}}` finds its `{{model}}` by `{{key}}` for whoever is logged in: nothing asks whether its `{{owner}}` is the caller, so other people's ids work as well{{sibling}}.",
    askedTooLate:
      "`{{endpoint}}` changes the `{{model}}` that `{{key}}` names, and asks only afterwards whether its `{{owner}}` is the caller. Ask first.",
    wholeTable:
      "`{{endpoint}}` finds any `{{model}}` for whoever is logged in: nothing narrows the rows of this view to the caller's (`{{owner}}`){{sibling}}.",
    callerUnused:
      "`{{endpoint}}` knows who calls and never uses it: `{{name}}` gets `{{key}}` alone. Hand it the caller as well, so that it finds only what is theirs.",
  },
  docs: {
    why: "Being logged in says who asks, not what is theirs. Whoever may open order 123 can ask for 124, and a script asks for all of them: broken object-level authorization leads the OWASP list of API risks because it needs no skill and no tool finds it from outside. Make the owner a part of the look-up, so that what is not theirs cannot be found, and answer 404.",
    bad: `from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import models
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path


class Order(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    address = models.TextField()


@login_required
def cancel_order(request, order_id):
    order = get_object_or_404(Order, pk=order_id)
    order.delete()
    return JsonResponse({"cancelled": order_id})


urlpatterns = [path("orders/<int:order_id>/cancel/", cancel_order)]
`,
    good: `from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import models
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path


class Order(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    address = models.TextField()


@login_required
def cancel_order(request, order_id):
    order = get_object_or_404(Order, pk=order_id, owner=request.user)
    order.delete()
    return JsonResponse({"cancelled": order_id})


urlpatterns = [path("orders/<int:order_id>/cancel/", cancel_order)]
`,
    whenFine:
      "What belongs to nobody, or is meant for all, needs no check: models without a way to an owner are not reported, nor are views for staff or with a permission of their own. A check in a helper counts where the helper gets the object and the user.",
    references: [
      "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Insecure_Direct_Object_Reference_Prevention_Cheat_Sheet.html",
    ],
    frameworks: {
      "Django REST framework":
        "Narrow `get_queryset` to the caller's rows: `get_object` then finds nothing else.",
      FastAPI: "Let a dependency find the object: `order: Annotated[Order, Depends(own_order)]`.",
      SQLAlchemy: "Filter by both: `select(Order).where(Order.id == order_id, Order.owner_id == user.id)`.",
    },
  },
  fix: "unsafe",
  on: {
    FunctionDef: check,
    AsyncFunctionDef: check,
    ClassDef(node, ctx) {
      const view = unaskedView(node, ctx);
      if (view === undefined) return;
      const start = spanOf(node).start - node.start + node.nameStart;
      ctx.report({ start, end: start + node.name.length }, "wholeTable", {
        ...(view.knowsOwner || view.sibling !== null ? {} : { severity: "information" as const }),
        data: {
          endpoint: view.endpoint,
          model: view.model.label,
          owner: view.owner.path,
          sibling: view.sibling === null ? "" : `, while \`${view.sibling}\` does ask`,
        },
        fix: scopeView(node, view),
      });
    },
  },
});

function check(node: FunctionNode, ctx: Context): void {
  const handling = handlingOf(node, ctx);
  if (handling === undefined) return;
  for (const unasked of unaskedLookups(node, handling, ctx)) report(unasked, ctx);
}

function report({ call, key, endpoint, name, found, late }: Unasked, ctx: Context): void {
  if (found === null) {
    ctx.report(call, "callerUnused", { severity: "hint", data: { endpoint, name, key } });
    return;
  }
  const { model, owner, writes, sibling } = found;
  // Sure where the row is one person's, and is changed, or asked about elsewhere in the project.
  const sure = owner.personal && (sibling !== null || (owner.hops === 0 && writes));
  ctx.report(call, late ? "askedTooLate" : "unchecked", {
    ...(sure ? {} : { severity: "information" as const }),
    data: {
      endpoint,
      model: model.label,
      key,
      owner: owner.path.replaceAll("__", "."),
      sibling: sibling === null ? "" : `, while \`${sibling}\` does ask`,
    },
    ...(late ? {} : { fix: scopeLookup(call, owner, ctx) }),
  });
}
