/** Rollback and restore written down. */

import { defineCheck, foundAt, missing, notApplicable, weigh } from "../engine/check.ts";
import { headingsOf, isLibrary, SERVICES, sqlPlace } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const RUNBOOK = `# Runbook

## Roll back a release

## Restore the database

## Who to call
`;

export default defineCheck({
  id: "rollback-documented",
  title: "Rollback and restore written down",
  why: "recover in minutes",
  section: "deployment",
  level: "differentiator",
  roles: SERVICES,
  guide: "deployment#rollbacks",
  actions: [
    { kind: "scaffold", title: "Create docs/runbook.md", build: createFile("docs/runbook.md", RUNBOOK) },
    { kind: "snippet", prefix: "md-runbook" },
  ],
  judge(stack) {
    if (isLibrary(stack)) return notApplicable("This is a library.");
    const place = stack.texts.flatMap(({ path, lines }) => {
      if (
        lines === null ||
        !/\.(?:md|rst|adoc|mdx)$/.test(path) ||
        /(?:^|\/)(?:CHANGELOG|HISTORY|release)/i.test(path)
      )
        return [];
      const heading = headingsOf(lines).find(({ text }) =>
        /roll(?:ing)?[\s-]?back|\brevert|\brestor(?:e|ing)\b|disaster recovery|downgrad/.test(text),
      );
      return heading === undefined ? [] : [{ path, line: heading.line }];
    })[0];
    const flag = stack.step(
      /helm rollback|--no-traffic|--revision\b|kubectl rollout undo|--atomic\b|heroku rollback/,
    );
    const written = place ?? flag;
    const downgrade = stack.code.flatMap(({ path, classes, functions }) =>
      classes.includes("migration")
        ? functions
            .filter(({ name, statements }) => name === "downgrade" && statements > 0)
            .map(({ line }) => ({ path, line }))
        : [],
    )[0];
    if (written === undefined && downgrade === undefined)
      return missing("Nothing says how to go back to the release before, or to restore data.");
    const needs = sqlPlace(stack) !== undefined && stack.runtime("alembic", "flask-migrate") !== undefined;
    return weigh([
      foundAt(written, "How to go back is written down", "Nothing says how to go back"),
      ...(needs ? [foundAt(downgrade, "Migrations can be undone", "No migration can be undone")] : []),
    ]);
  },
});
