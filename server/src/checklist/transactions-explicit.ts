/** Writes grouped in transactions. */

import { cannotTell, defineCheck, found, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { constantOf, entryOf, SERVICES, sqlPlace } from "./_common.ts";

export default defineCheck({
  id: "transactions-explicit",
  title: "Writes grouped in transactions",
  why: "no half-saved work",
  section: "databases",
  level: "differentiator",
  roles: SERVICES,
  guide: "databases#transactions",
  actions: [
    { kind: "snippet", prefix: "sa-transaction" },
    { kind: "snippet", prefix: "dj-atomic" },
  ],
  judge(stack) {
    if (sqlPlace(stack) === undefined) return notApplicable("Nothing is kept in a relational database.");
    const block = stack.calls(/(?:^|\.)(?:atomic|begin|begin_nested|transaction)$/)[0];
    const decorated = stack
      .functions()
      .find(({ decorators }) => decorators.some((name) => /(?:^|\.)atomic$/.test(name)));
    const requests = [
      ...stack.setting("ATOMIC_REQUESTS"),
      ...stack.setting("DATABASES.default.ATOMIC_REQUESTS"),
    ].find(({ value }) => constantOf(value) === true);
    const perRequest = stack
      .setting("DATABASES")
      .find(({ value }) => constantOf(entryOf(entryOf(value, "default"), "ATOMIC_REQUESTS")) === true);
    const commit = stack.calls(/(?:^|\.)commit$/)[0];
    const place = block ?? decorated ?? requests ?? perRequest;
    const rules = noFindings(
      stack,
      ["multi-write-without-transaction", "lost-update"],
      "No group of writes stands without one",
    );
    if (place === undefined && commit === undefined)
      return cannotTell("No transaction is opened by name: single statements need none.", rules);
    return weigh([
      found(
        place === undefined ? "Sessions are committed by hand" : "Writes are grouped in transactions",
        place ?? commit ?? null,
      ),
      ...rules,
    ]);
  },
});
