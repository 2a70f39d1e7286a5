/** Rule: a migration that breaks the release which still runs, or locks a table for long. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { MIGRATIONS, type MigrationStep, migrationName, stepsForward } from "../../frameworks/migrations.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isNone, isTrue, lastName, literalString } from "../../syntax/calls.ts";

type Context = RuleContext<"removed" | "renamed" | "required" | "retyped" | "locking">;

export default defineRule({
  id: "unsafe-migration-step",
  title: "Migration that breaks the running release",
  section: "databases",
  level: "senior",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "databases#schema-migrations",
  messages: {
    removed:
      "`{{what}}` disappears while the previous release still reads it. Release code that no longer uses it first, and remove it in the next release.",
    renamed:
      "Renaming `{{what}}` breaks the previous release at once. Add the new name, write both, copy, switch over, and remove the old one in a later release.",
    required:
      "`{{what}}` must have a value at once: rows that are there have none, and the previous release writes none. Add it nullable or with a default in the database, fill it, then require it.",
    retyped:
      "Changing the type of `{{what}}` rewrites the table under a lock, and the previous release writes the old type. Add a column, copy, switch over.",
    locking:
      "Building this index locks `{{what}}` against writes until it is done. Build it concurrently ({{how}}).",
  },
  docs: {
    why: "During a deployment two releases run against one schema. A column that a migration drops or renames is still in the SELECT of every process that has not restarted, and each of their requests fails until the last has. Expand and contract: first a release that can live with both shapes, then the change, then a release that forgets the old one. And mind the locks: an index on a large table blocks every write while it is built, unless it is built concurrently.",
    path: "shop/migrations/0008_name.py",
    bad: `from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [
        migrations.RenameField(model_name="customer", old_name="name", new_name="full_name"),
    ]
`,
    good: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_number")]

    operations = [
        migrations.AddField(model_name="customer", name="full_name", field=models.CharField(max_length=80, null=True)),
    ]
`,
    whenFine:
      "Where the service stops during the deployment, or the previous release no longer uses the column. A suppression that names that release says so to the reviewer.",
    references: [
      "https://docs.djangoproject.com/en/stable/howto/writing-migrations/",
      "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    ],
  },
  fix: "none",
  on: {
    Module(_, ctx) {
      if (!ctx.file.classes.has("migration")) return;
      const steps = stepsForward(ctx.model);
      if (steps.length === 0 || isReleased(ctx)) return;
      const made = new Set(
        steps.flatMap((step) =>
          /^(?:CreateModel|create_table)$/.test(step.name) ? (tableOf(step.call) ?? []) : [],
        ),
      );
      for (const step of steps) {
        if (!made.has(tableOf(step.call) ?? "")) judge(step, ctx);
      }
    },
  },
});

/** True where another migration is built on this one: it is past. */
function isReleased(ctx: Context): boolean {
  const name = migrationName(ctx.model, ctx.file.path);
  const index = ctx.projectFact(MIGRATIONS);
  return name === undefined || !index.complete || index.hasFollower(name);
}

/** The table or model that a step works on, in lower case. */
function tableOf(call: Call): string | undefined {
  const name =
    argumentOf(call, "model_name", 0) ?? argumentOf(call, "name", 0) ?? argumentOf(call, "table_name");
  const isIndex = lastName(call.func) === "create_index";
  const text = literalString(isIndex ? call.args[1] : name);
  return text?.toLowerCase();
}

function judge({ call, name }: MigrationStep, ctx: Context): void {
  const what = describe(call, name);
  switch (name) {
    case "RemoveField":
    case "DeleteModel":
    case "drop_column":
    case "drop_table":
      return ctx.report(call, "removed", { data: { what } });
    case "RenameField":
    case "RenameModel":
    case "rename_table":
      return ctx.report(call, "renamed", { data: { what } });
    case "AddField":
      return isRequiredField(argumentOf(call, "field", 2))
        ? ctx.report(call, "required", { data: { what } })
        : undefined;
    case "add_column":
      return isRequiredColumn(call.args.at(-1))
        ? ctx.report(call, "required", { data: { what } })
        : undefined;
    case "alter_column":
      return judgeAlter(call, what, ctx);
    case "create_index":
      if (isTrue(argumentOf(call, "postgresql_concurrently"))) return;
      return ctx.report(call, "locking", {
        data: { what, how: "`postgresql_concurrently=True` in an `autocommit_block()`" },
        severity: "information",
      });
    case "AddIndex":
      return ctx.report(call, "locking", {
        data: { what, how: "`AddIndexConcurrently`, with `atomic = False`" },
        severity: "information",
      });
  }
}

function judgeAlter(call: Call, what: string, ctx: Context): void {
  if (argumentOf(call, "new_column_name") !== undefined) ctx.report(call, "renamed", { data: { what } });
  else if (argumentOf(call, "type_") !== undefined)
    ctx.report(call, "retyped", { data: { what }, severity: "information" });
  else if (isFalse(argumentOf(call, "nullable")) && argumentOf(call, "server_default") === undefined) {
    ctx.report(call, "required", { data: { what } });
  }
}

/** A field of Django that is not null and has no default, which rows need at once. */
function isRequiredField(field: Expr | undefined): boolean {
  if (field?.kind !== "Call" || /ManyToMany|Generic|AutoField/.test(lastName(field.func))) return false;
  if (isTrue(argumentOf(field, "null"))) return false;
  return argumentOf(field, "default") === undefined && argumentOf(field, "db_default") === undefined;
}

function isRequiredColumn(column: Expr | undefined): boolean {
  if (column?.kind !== "Call") return false;
  const fallback = argumentOf(column, "server_default");
  return isFalse(argumentOf(column, "nullable")) && (fallback === undefined || isNone(fallback));
}

/** `customer.name` of a step. */
function describe(call: Call, name: string): string {
  const texts = call.args.flatMap((arg) => literalString(arg) ?? []);
  const table = literalString(argumentOf(call, "model_name", 0)) ?? texts[name === "create_index" ? 1 : 0];
  const field = literalString(argumentOf(call, "old_name")) ?? literalString(argumentOf(call, "name", 1));
  if (name === "add_column" || /index/i.test(name)) return table ?? "the table";
  return (
    [table, table === field ? undefined : field].filter((part) => part !== undefined).join(".") || "the table"
  );
}
