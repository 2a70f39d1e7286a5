/** Rule: a form that takes every column of its model, the ones to come included. */

import { defineModuleFact } from "../../engine/facts.ts";
import { callsOf } from "../../engine/module-search.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import type { Call } from "../../syntax/ast.ts";
import { keywordOf, lastParts, literalString, unpacksArguments } from "../../syntax/calls.ts";
import { isForAdmin, listFields, openFields } from "./_shared.ts";

type Context = RuleContext<"allFields" | "excludedFields" | "factoryAllFields">;

const MODEL_FORMS: ReadonlySet<string> = new Set([
  "django.forms.ModelForm",
  "django.forms.models.ModelForm",
  "django.forms.models.BaseModelForm",
]);
const FACTORIES: ReadonlySet<string> = new Set([
  "django.forms.modelform_factory",
  "django.forms.models.modelform_factory",
  "django.forms.modelformset_factory",
  "django.forms.models.modelformset_factory",
]);
const ADMINS = /^django\.contrib\.admin\./;

export default defineRule({
  id: "modelform-all-fields",
  title: "Form opens every field of its model",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [915],
  equivalents: { ruff: ["DJ006", "DJ007"], flake8: ["DJ06", "DJ07"] },
  contexts: { offIn: ["test"] },
  guide: "django#forms-and-validation",
  messages: {
    allFields:
      "Every column of the model can be set through this form, also the ones that are added later. List the fields that the user may set.",
    excludedFields:
      "Whatever is not named here can be set through this form, also columns that are added later. List the fields that the user may set.",
    factoryAllFields:
      "This form takes every column that is not named here, also the ones that are added later. Pass the list of `fields` that the user may set.",
  },
  docs: {
    why: "A form is the list of what a stranger may write. `__all__` and `exclude` turn that round: everything is writable but what somebody thought of. The column that a later migration adds (`is_approved`, `credit_limit`, `owner`) can be set from the browser on the day it is deployed, and nothing in the diff shows it.",
    bad: `from django import forms

from orders.models import Order


class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = "__all__"
`,
    good: `from django import forms

from orders.models import Order


class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = ["delivery_date", "address", "note"]
`,
    whenFine:
      "In the admin, where the users are staff and the whole row is the point. Forms in `admin.py`, forms of a `ModelAdmin` and classes named for the admin are not reported.",
    references: [
      "https://docs.djangoproject.com/en/stable/topics/forms/modelforms/#selecting-the-fields-to-use",
      "https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",
    ],
  },
  fix: "unsafe",
  calls: lastParts(FACTORIES),
  on: {
    ClassDef(node, ctx) {
      const open = openFields(node);
      if (open === undefined || !ctx.model.derivesFrom(node, MODEL_FORMS)) return;
      if (isForAdmin(ctx.file.path, node.name) || ctx.moduleFact(adminForms).includes(node.name)) return;
      ctx.report(open.option, open.excludes ? "excludedFields" : "allFields", {
        fix: (edits) => listFields(edits, node, open.option, ctx.model),
      });
    },
    Call(node, ctx) {
      if (FACTORIES.has(ctx.model.callee(node) ?? "")) checkFactory(node, ctx);
    },
  },
});

function checkFactory(call: Call, ctx: Context): void {
  const cls = ctx.model.enclosingClass(call);
  if (isForAdmin(ctx.file.path, cls?.name ?? "") || unpacksArguments(call)) return;
  const fields = keywordOf(call, "fields");
  const option = fields ?? keywordOf(call, "exclude");
  if (option === undefined || (fields !== undefined && literalString(fields.value) !== "__all__")) return;
  ctx.report(option, "factoryAllFields");
}

/** Forms that a `ModelAdmin` of the module uses: `form = OrderForm`. */
const adminForms = defineModuleFact({
  id: "modelform-all-fields/admin-forms",
  compute: (model) => {
    const names: string[] = [];
    for (const statement of model.module.body) {
      if (statement.kind !== "ClassDef" || !model.ancestors(statement).some((name) => ADMINS.test(name)))
        continue;
      for (const inner of statement.body) {
        if (inner.kind === "Assign" && inner.value.kind === "Name") names.push(inner.value.id);
      }
    }
    for (const call of callsOf(model, (one) => ADMINS.test(model.callee(one) ?? ""))) {
      for (const { value } of call.keywords) if (value.kind === "Name") names.push(value.id);
    }
    return names;
  },
});
