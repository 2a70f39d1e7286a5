/** No debug code left behind. */

import { stringsOf, tableAt } from "../base/toml.ts";
import { defineCheck, foundAt, noFindings, weigh } from "../engine/check.ts";
import type { Stack } from "../stack/stack.ts";
import { EVERYONE } from "./_common.ts";
import { extendRuff } from "./_scaffolds.ts";

export default defineCheck({
  id: "no-leftover-debug-code",
  title: "No debug code left behind",
  why: "no surprise stops or leaks",
  section: "debugging",
  level: "must-have",
  roles: EVERYONE,
  guide: "debugging#leftover-debug-code",
  actions: [
    { kind: "edit", title: "Let Ruff guard against them (T10, T20)", build: extendRuff(["T10", "T20"]) },
  ],
  judge(stack) {
    const guard =
      stack.hook(/^debug-statements$/) ??
      (ruffSelects(stack, /^(?:ALL|T|T1|T10|T20|T100|T201)$/) ? stack.tool("ruff") : null);
    return weigh([
      ...noFindings(stack, ["debugger-left-in", "print-as-logging"], "No debugger and no print is left"),
      foundAt(
        guard,
        "A tool guards against new ones",
        "Nothing guards against new ones: Ruff's T10 and T20, or the hook debug-statements",
      ),
    ]);
  },
});

function ruffSelects(stack: Stack, code: RegExp): boolean {
  const table = stack.toolTable("ruff") ?? {};
  const lint = tableAt(table, "lint") ?? table;
  return [lint.select, lint["extend-select"]].some((list) =>
    (stringsOf(list) ?? []).some((one) => code.test(one)),
  );
}
