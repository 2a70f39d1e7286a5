/** Related rows loaded in bulk. */

import { defineCheck, foundAt, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { WEB } from "./_common.ts";

export default defineCheck({
  id: "n-plus-one-guarded",
  title: "Related rows loaded in bulk",
  why: "one query, not 201",
  section: "databases",
  level: "differentiator",
  roles: WEB,
  guide: "databases#n-plus-one",
  actions: [
    { kind: "snippet", prefix: "dj-prefetch" },
    { kind: "snippet", prefix: "sa-selectinload" },
  ],
  judge(stack) {
    const related = stack
      .models()
      .some(({ fields }) => [...fields.values()].some(({ relation }) => relation !== null));
    if (!related) return notApplicable("No models are related.");
    const counted = stack.testCalls(
      /(?:^|\.)(?:assertNumQueries|django_assert_num_queries|django_assert_max_num_queries|assert_num_queries)$/,
    )[0];
    const fixture = stack
      .testFacts()
      .find(({ parameters }) => parameters.some((name) => /assert_(?:max_)?num_queries/.test(name)));
    const eager = stack.calls(
      /(?:^|\.)(?:select_related|prefetch_related|selectinload|joinedload|subqueryload|raiseload)$/,
    );
    const rules = noFindings(stack, ["n-plus-one-query"], "No loop asks for each row by itself");
    const parts = [
      foundAt(
        eager[0],
        `Related rows are loaded with the query in ${eager.length} places`,
        "No query loads related rows with it",
      ),
      foundAt(counted ?? fixture, "Tests count the queries", "No test counts the queries"),
      ...rules,
    ];
    return weigh(parts);
  },
});
