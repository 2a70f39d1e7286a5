/** Reruns give the same result. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { constantOf, textsIn } from "./_common.ts";

export default defineCheck({
  id: "loads-idempotent",
  title: "Reruns give the same result",
  why: "backfill without doubles",
  section: "data",
  level: "differentiator",
  roles: ["data"],
  guide: "data#data-pipelines",
  actions: [{ kind: "snippet", prefix: "data-upsert" }],
  judge(stack) {
    const loads = stack.calls(
      /(?:^|\.)(?:to_sql|copy_expert|copy_from|write_database|to_gbq|load_table_from_\w+)$/,
    );
    const upserts = [
      ...stack.calls(
        /(?:^|\.)(?:on_conflict_do_update|on_conflict_do_nothing|on_duplicate_key_update|update_or_create)$/,
      ),
      ...stack
        .calls(/(?:^|\.)(?:execute|text)$/)
        .filter(({ args }) =>
          textsIn(args[0]).some((text) => /\bON CONFLICT\b|\bMERGE INTO\b|ON DUPLICATE KEY/i.test(text)),
        ),
    ];
    if (loads.length === 0) return notApplicable("No table is loaded in bulk.");
    const appends = loads.filter(
      ({ name, keywords }) => name.endsWith("to_sql") && constantOf(keywords.if_exists) === "append",
    );
    const safe = loads.length - appends.length;
    return weigh([
      ...(upserts[0] === undefined ? [] : [found("Rows that are there are updated", upserts[0])]),
      ...(safe > 0 && upserts.length === 0
        ? [found(`${safe} loads replace what was there`, loads[0] ?? null)]
        : []),
      ...appends.slice(0, 4).map((one) => lacks("Rows are appended: a second run doubles them", one)),
    ]);
  },
});
