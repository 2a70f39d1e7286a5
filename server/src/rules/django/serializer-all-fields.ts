/** Rule: a serializer that publishes every column of its model, the ones to come included. */

import { defineRule } from "../../engine/rule.ts";
import { isForAdmin, listFields, openFields } from "./_shared.ts";

const SERIALIZERS: ReadonlySet<string> = new Set([
  "rest_framework.serializers.ModelSerializer",
  "rest_framework.serializers.HyperlinkedModelSerializer",
]);

export default defineRule({
  id: "serializer-all-fields",
  title: "Serializer publishes every field of its model",
  section: "django",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [213],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "django#rest-framework",
  messages: {
    allFields:
      "Every column of the model is part of this API, readable and mostly writable, also the ones that are added later. List the fields.",
    excludedFields:
      "Whatever is not named here is part of this API, also columns that are added later. List the fields instead.",
  },
  docs: {
    why: "A serializer is a contract in both directions. `__all__` publishes password hashes, internal notes and foreign keys along with the rest, and lets clients write most of it. It also makes every migration a change of the public API that nobody decided: a column that is added for a report on Monday is in the JSON on Tuesday.",
    bad: `from rest_framework import serializers

from accounts.models import Account


class AccountSerializer(serializers.ModelSerializer):
    class Meta:
        model = Account
        fields = "__all__"
`,
    good: `from rest_framework import serializers

from accounts.models import Account


class AccountSerializer(serializers.ModelSerializer):
    class Meta:
        model = Account
        fields = ["id", "display_name", "created_at"]
        read_only_fields = ["id", "created_at"]
`,
    whenFine:
      "For an internal, staff-only endpoint over a table that holds nothing personal. A serializer that is named for the admin is only a hint.",
    references: [
      "https://www.django-rest-framework.org/api-guide/serializers/#specifying-which-fields-to-include",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
    ],
  },
  fix: "unsafe",
  on: {
    ClassDef(node, ctx) {
      const open = openFields(node);
      if (open === undefined || !ctx.model.derivesFrom(node, SERIALIZERS)) return;
      ctx.report(open.option, open.excludes ? "excludedFields" : "allFields", {
        ...(isForAdmin(ctx.file.path, node.name) ? { severity: "hint" } : {}),
        fix: (edits) => listFields(edits, node, open.option, ctx.model),
      });
    },
  },
});
