/** Rule: a migration that works with the model of today instead of the one of its time. */

import { ormValue } from "../../engine/orm-values.ts";
import { defineRule } from "../../engine/rule.ts";
import { ORM_SCHEMA } from "../../frameworks/orm/facts.ts";

export default defineRule({
  id: "migration-imports-live-model",
  title: "Migration uses the live model",
  section: "databases",
  level: "differentiator",
  severity: "warning",
  confidence: "high",
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "django#django-migrations",
  messages: {
    liveModel:
      "`{{model}}` is the model as it is today; when this migration runs on a new database, later columns are not there yet. {{how}}.",
  },
  docs: {
    why: "A migration runs for years: on each new laptop, on each CI run, from the first to the last. The class that it imports is always the newest, with columns that only later migrations add, so that one day its query fails on a column that does not exist yet, and no new database can be set up. `apps.get_model` gives the model as it was at this point. In Alembic, declare the few columns you need as a local table.",
    path: "shop/migrations/0008_fill.py",
    bad: `from django.db import migrations

from shop.models import Order


def fill(apps, schema_editor):
    Order.objects.filter(note=None).update(note="")


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
`,
    good: `from django.db import migrations


def fill(apps, schema_editor):
    Order = apps.get_model("shop", "Order")
    Order.objects.filter(note=None).update(note="")


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
`,
    whenFine: "Where the migration is going to be squashed away before the model changes again.",
    references: ["https://docs.djangoproject.com/en/stable/topics/migrations/#historical-models"],
  },
  fix: "unsafe",
  on: {
    Name(node, ctx) {
      if (node.ctx !== "Load" || !ctx.file.classes.has("migration") || !/^[A-Z]/.test(node.id)) return;
      const fn = ctx.model.enclosingFunction(node);
      const binding = ctx.model.resolve(node);
      if (fn === undefined || binding?.kind !== "import") return;
      const name = ctx.model.qualifiedName(node) ?? "";
      const isModels = /(?:^|\.)models\.\w+$/.test(name) && !/^(?:django|sqlalchemy|sqlmodel)\./.test(name);
      const value = ctx.projectFact(ORM_SCHEMA).models.length > 0 ? ormValue(node, ctx) : null;
      if (value?.kind !== "model" && !isModels) return;
      const isDjango = ctx.model.importsPackage("django");
      const apps = fn.args.args[0]?.arg;
      ctx.report(node, "liveModel", {
        data: {
          model: node.id,
          how: isDjango
            ? "Take it from `apps.get_model`"
            : "Declare the columns that it needs as a local `sa.table`",
        },
        fix: (edits) => {
          const app = value?.kind === "model" ? value.model.appLabel : /(\w+)\.models\b/.exec(name)?.[1];
          if (app === undefined || !isDjango || apps !== "apps") return null;
          edits.replace(node, `apps.get_model("${app}", "${node.id}")`);
          return "Take the model from `apps.get_model`";
        },
      });
    },
  },
});
