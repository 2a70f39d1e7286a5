/** Rule: a migration without a way back. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import {
  alembicSteps,
  functionNamed,
  MIGRATIONS,
  migrationName,
  stepsForward,
} from "../../frameworks/migrations.ts";
import { argumentOf, unpacksArguments } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

type Context = RuleContext<"noReverse" | "emptyDowngrade">;

export default defineRule({
  id: "irreversible-migration",
  title: "Migration without a way back",
  section: "databases",
  level: "differentiator",
  severity: "information",
  confidence: "high",
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#schema-migrations",
  messages: {
    noReverse:
      "`{{operation}}` cannot be undone: a release that has to be rolled back stays stuck here. Give it `{{argument}}`, `{{noop}}` where nothing is to be undone.",
    emptyDowngrade:
      "`upgrade()` changes the schema and `downgrade()` does nothing: a rollback leaves the database as the new release wants it. Undo it, or raise and say why it cannot be.",
  },
  docs: {
    why: "When a release goes wrong at night, the way back has to work without thinking: the old code, and the schema it knows. A migration that cannot be undone turns a rollback of minutes into a repair by hand. Often nothing has to be undone at all; then say that, so that going back goes through.",
    path: "shop/migrations/0008_fill.py",
    bad: `from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("shop", "Order").objects.filter(note=None).update(note="")


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [migrations.RunPython(fill)]
`,
    good: `from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("shop", "Order").objects.filter(note=None).update(note="")


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
`,
    whenFine:
      "Where going back would lose data that nobody could restore. Say so in a comment beside it: the rule is silent then.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/migration-operations/#runpython",
      "https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-second-migration",
    ],
  },
  fix: "unsafe",
  on: {
    Module(_, ctx) {
      if (!ctx.file.classes.has("migration") || isSettled(ctx)) return;
      judgeDjango(ctx);
      judgeAlembic(ctx);
    },
  },
});

/** True for a migration that others are built on, and for one that says that there is no way back. */
function isSettled(ctx: Context): boolean {
  const name = migrationName(ctx.model, ctx.file.path);
  if (name === undefined || ctx.projectFact(MIGRATIONS).hasFollower(name)) return true;
  return ctx.model.tree.comments.some(({ text }) => /irreversib|revers|roll.?back|undo|downgrad/i.test(text));
}

function judgeDjango(ctx: Context): void {
  for (const { call, name } of stepsForward(ctx.model)) {
    if (name !== "RunPython" && name !== "RunSQL") continue;
    const argument = name === "RunPython" ? "reverse_code" : "reverse_sql";
    if (argumentOf(call, argument, 1) !== undefined || unpacksArguments(call)) continue;
    const noop = `migrations.${name}.noop`;
    ctx.report(call.func, "noReverse", {
      data: { operation: name, argument, noop },
      fix: (edits) => {
        const last = [...call.args, ...call.keywords].at(-1);
        if (last === undefined || call.keywords.length > 0) return null;
        edits.insertAfter(last, `, ${noop}`);
        return "Say that nothing is to be undone";
      },
    });
  }
}

function judgeAlembic(ctx: Context): void {
  const downgrade = functionNamed(ctx.model, "downgrade");
  if (downgrade === undefined || functionNamed(ctx.model, "upgrade") === undefined) return;
  if (alembicSteps(downgrade).length > 0 || stepsForward(ctx.model).length === 0) return;
  const acts = downgrade.body.some(
    (statement) =>
      statement.kind !== "Pass" && !(statement.kind === "Expr" && statement.value.kind === "Constant"),
  );
  if (acts) return;
  const start = spanOf(downgrade).start;
  ctx.report({ start, end: start + "def downgrade".length }, "emptyDowngrade");
}
