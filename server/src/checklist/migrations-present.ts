/** Schema changes are migrations. */

import { defineCheck, found, foundAt, lacks, notApplicable, type Part, weigh } from "../engine/check.ts";
import { atFile, SERVICES, sqlPlace } from "./_common.ts";

export default defineCheck({
  id: "migrations-present",
  title: "Schema changes are migrations",
  why: "the schema is versioned",
  section: "databases",
  level: "must-have",
  roles: SERVICES,
  guide: "databases#schema-migrations",
  actions: [
    {
      kind: "terminal",
      command: (stack) =>
        stack.runtime("django") !== undefined
          ? "python manage.py makemigrations"
          : stack.runtime("sqlalchemy", "sqlmodel") !== undefined
            ? "alembic init -t pyproject migrations"
            : null,
    },
    { kind: "snippet", prefix: "alembic-migration" },
  ],
  judge(stack) {
    const sql = sqlPlace(stack);
    if (sql === undefined && stack.models().length === 0)
      return notApplicable("Nothing is kept in a relational database.");
    const django = stack.files.find(/(?:^|\/)migrations\/0\d+_\w+\.py$/);
    const alembic = stack.files.find(/(?:^|\/)versions\/[\w.-]+\.py$/);
    const sqlFiles = stack.files.find(/(?:^|\/)migrations\/.*\.sql$/);
    const aerich = stack.runtime("aerich", "yoyo-migrations");
    const [first] = [...django, ...alembic, ...sqlFiles];
    const place = atFile(first) ?? aerich;
    const parts: Part[] = [
      foundAt(
        place,
        `${django.length + alembic.length + sqlFiles.length} migrations`,
        "There are no migrations",
      ),
    ];
    const create = stack
      .calls(/(?:^|\.)create_all$/)
      .filter(({ path }) => !/(?:^|\/)(?:scripts?|tests?|cli|seeds?|init)\b/.test(path));
    if (place === undefined)
      return weigh([
        ...parts,
        ...create.slice(0, 1).map((one) => lacks("Tables are created when the program starts", one)),
      ]);
    const drift = stack.step(
      /makemigrations\s.*--check|--check\s.*makemigrations|alembic\s+check|flask\s+db\s+check/,
    );
    const without = appsWithout(
      stack.models(),
      stack.files.all.map(({ path }) => path),
    );
    return weigh([
      ...parts,
      foundAt(
        drift,
        "CI checks that no migration is missing",
        "CI does not check that no migration is missing",
      ),
      ...(without.length === 0
        ? [found("Every Django app with models has migrations")]
        : without
            .slice(0, 3)
            .map((app) => lacks(`${app} has models and no migrations`, { path: app, line: 1 }))),
      ...create.slice(0, 2).map((one) => lacks("Tables are created beside the migrations", one)),
    ]);
  },
});

/** Files of Django models in whose app no migration lies. */
function appsWithout(
  models: readonly { readonly orm: string; readonly path: string }[],
  paths: readonly string[],
): readonly string[] {
  const migrated = paths.flatMap((path) =>
    /(?:^|\/)migrations\/0\d+_\w+\.py$/.test(path) ? [path.slice(0, path.lastIndexOf("migrations/"))] : [],
  );
  const files = new Set(models.filter(({ orm }) => orm === "django").map(({ path }) => path));
  return [...files].filter((path) => !migrated.some((folder) => path.startsWith(folder)));
}
