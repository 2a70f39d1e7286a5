/** Changed lines are those that a diff shows as added: never an unchanged one where little changed. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { changedLines, touches } from "../../../server/src/base/changed-lines.ts";

const told = (before: string, after: string): string =>
  changedLines(before, after)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(" ");

describe("changed lines", () => {
  const cases: readonly [string, string, string, string][] = [
    ["none", "a\nb\n", "a\nb\n", ""],
    ["a changed line", "a\nb\nc\n", "a\nB\nc\n", "1"],
    ["an added line", "a\nc\n", "a\nb\nc\n", "1"],
    ["a removed line leaves none", "a\nb\nc\n", "a\nc\n", ""],
    ["two places", "a\nb\nc\nd\ne\n", "A\nb\nc\nd\nE\n", "0 4"],
    ["a new file", "", "a\nb\n", "0-1"],
    ["an emptied file", "a\n", "", ""],
    ["other line ends", "a\r\nb\r\n", "a\nb\n", ""],
    ["no line end at the end", "a\nb", "a\nb\n", ""],
    ["a line that moved", "a\nb\nc\n", "b\nc\na\n", "2"],
    ["equal lines among changed ones", "x\n\ny\n\nz\n", "x1\n\ny1\n\nz\n", "0 2"],
  ];
  for (const [name, before, after, expected] of cases)
    it(name, () => assert.equal(told(before, after), expected));

  it("all lines that are not changed stand in the old text, in the same order", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = changedLines(before, after);
        const kept = after
          .split("\n")
          .filter((line, at) => (at > 0 || line !== "") && !touches(spans, at, at));
        let from = 0;
        const old = before.split("\n");
        for (const line of kept) {
          if (line === "") continue;
          const found = old.indexOf(line, from);
          assert.ok(found >= 0, `${JSON.stringify(kept)} in ${JSON.stringify(old)}`);
          from = found + 1;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("texts that are far apart count as changed as a whole", () => {
    const many = (mark: string): string => Array.from({ length: 900 }, (_, at) => `${mark}${at}`).join("\n");
    assert.equal(told(`same\n${many("a")}\nsame`, `same\n${many("b")}\nsame`), "1-900");
  });
});
