/** The ledger says of each suppression what it does, why, and since when; what is stale stands first. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blameDates,
  type LedgerLine,
  ledgerMarkdown,
  sortLedger,
} from "../../../client/src/common/ledger/ledger.ts";
import type { SuppressionEntry } from "../../../server/src/protocol/suppressions.ts";
import { plain } from "./localizers.ts";

const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function line(place: string, more: Partial<SuppressionEntry>, since: string | null = null): LedgerLine {
  const entry: SuppressionEntry = {
    uri: `file:///shop/${place}`,
    range: RANGE,
    text: "# noqa: S608",
    tool: "noqa",
    codes: ["S608"],
    reason: "",
    until: null,
    silences: [],
    state: "other",
    ...more,
  };
  return { entry, place, since };
}

test("what is stale stands first, then what has no reason, then the oldest", () => {
  const lines = [
    line("d", { reason: "fine", state: "used" }, "2026-01-01"),
    line("c", { reason: "fine", state: "used" }, "2024-01-01"),
    line("b", {}),
    line("a", { state: "stale", reason: "x" }),
  ];
  assert.deepEqual(
    sortLedger(lines).map(({ place }) => place),
    ["a", "b", "c", "d"],
  );
});

test("the report is a table that Markdown cannot break out of", () => {
  const used = line(
    "a.py:3",
    { state: "used", silences: ["sql-injection"], reason: "a | b", text: "# noqa: `S608`" },
    "2025-02-03",
  );
  const blanket = line("b.py:1", { codes: null, text: "# noqa", until: "2026-12-31" });
  const page = ledgerMarkdown([used, blanket], plain);
  assert.match(
    page,
    /^\| a\.py:3 \| `# noqa: 'S608'` \| silences sql-injection \| a \\\| b \| 2025-02-03 \|$/m,
  );
  assert.match(
    page,
    /^\| b\.py:1 \| `# noqa` \| for another tool, until 2026-12-31 \| blanket, no reason given \| {2}\|$/m,
  );
});

test("dates are read from git blame, for committed lines only", () => {
  const output = [
    "^8eb4288 (Ada L   2026-11-01 10:11:12 +0100  1) import os",
    "00000000 (Not Committed Yet 2026-11-27 09:00:00 +0000  2) x = 1",
    "1a2b3c4d shop/api.py (Bo (dev) 2025-02-03 23:59:59 -0500 13) y = 2  # noqa (2020-01-01 00:00:00 +0000 99)",
  ].join("\n");
  assert.deepEqual(
    [...blameDates(output)],
    [
      [1, "2026-11-01"],
      [13, "2025-02-03"],
    ],
  );
});
