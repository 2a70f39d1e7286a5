/** SQL always parameterised. */

import { defineCheck, found, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { EVERYONE } from "./_common.ts";

export default defineCheck({
  id: "sql-parameterized",
  title: "SQL always parameterised",
  why: "input is never code",
  section: "databases",
  level: "must-have",
  roles: EVERYONE,
  guide: "databases#parameterized-sql",
  actions: [{ kind: "snippet", prefix: "psycopg-query" }],
  judge(stack) {
    const rules = ["sql-injection", "sql-built-by-string-formatting"];
    const raw = stack.calls(
      /(?:^|\.)(?:execute|executemany|exec_driver_sql|raw)$|^sqlalchemy(?:\.\w+)*\.text$|^pandas\.read_sql\w*$/,
    );
    if (raw.length === 0 && stack.findings(rules).length === 0)
      return notApplicable("No SQL is written by hand.");
    return weigh([
      ...(raw[0] === undefined ? [] : [found(`SQL is run in ${raw.length} places`, raw[0])]),
      ...noFindings(stack, rules, "No value is pasted into a statement"),
    ]);
  },
});
