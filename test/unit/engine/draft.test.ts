/** Drafts: a unit that typing breaks costs no reading of the file, and nothing that was said of it blinks or lies. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Engine, OpenFile } from "../../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import type { TextEdit } from "../../../server/src/syntax/tree.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";
import { callsOf } from "./rules.ts";

const parser = await createTestParser();

/** Long enough that reading one unit twice is worth it. */
const TEXT = Array.from(
  { length: 12 },
  (_, index) => `class C${index}:
    """Says nothing."""

    @property
    def m${index}(self):
        if self.a:
            return bad(self, "x${index}")
        else:
            return [bad(1), {"k": 2}]  # note

    table = [
        bad(3),
    ]


def f${index}(a, b=1):
    text = """
    more
    """
    bad(a)  # coach: ignore[callsOf]
    return text


value${index} = bad(${index})
`,
).join("\n\n");

function open(): { engine: Engine; file: OpenFile } {
  const { engine } = createTestEngine(parser, [callsOf("bad")]);
  const file = engine.open({ path: "/app.py", text: TEXT });
  engine.findings(file, DEFAULT_CONFIG);
  return { engine, file };
}

function edit(engine: Engine, file: OpenFile, at: number, length: number, text: string): TextEdit {
  const change = { start: at, end: at + length, text };
  engine.update(file, [change], file.text.slice(0, at) + text + file.text.slice(at + length));
  return change;
}

/** What is said, with the text that it is said of. */
function said(engine: Engine, file: OpenFile): readonly string[] {
  return engine
    .findings(file, DEFAULT_CONFIG)
    .map(({ ruleId, span }) => `${ruleId} ${span.start} ${file.text.slice(span.start, span.end)}`);
}

function saidFresh(text: string): readonly string[] {
  const { engine } = createTestEngine(parser, [callsOf("bad")]);
  const file = engine.open({ path: "/app.py", text });
  const found = said(engine, file);
  engine.close(file);
  return found;
}

describe("draft", () => {
  it("is made where an edit breaks one unit, and ends where it is mended", () => {
    const { engine, file } = open();
    const before = said(engine, file);
    const at = file.text.indexOf("return bad(self");
    edit(engine, file, at, 0, "(");
    assert.ok(engine.isDraft(file));
    assert.equal(said(engine, file).length, before.length);
    edit(engine, file, at, 1, "");
    assert.ok(!engine.isDraft(file));
    assert.deepEqual(said(engine, file), before);
    engine.close(file);
  });

  it("keeps a statement in the middle of a class whose branches stand further left", () => {
    const { engine, file } = open();
    edit(engine, file, file.text.indexOf("        else:") + 8, 0, "(");
    assert.ok(engine.isDraft(file), "the unit is broken by the edit, not by being read alone");
    engine.close(file);
  });

  it("is no draft where the edit leaves the unit sound, or stands in no unit, or in a header", () => {
    const { engine, file } = open();
    for (const [at, text] of [
      [file.text.indexOf("return [bad(1)"), "x = 1; "],
      [file.text.indexOf("\n\n\ndef f1") + 1, "("],
      [file.text.indexOf("class C2") + 6, "("],
    ] as const) {
      edit(engine, file, at, 0, text);
      assert.ok(!engine.isDraft(file), text);
      edit(engine, file, at, text.length, "");
    }
    engine.close(file);
  });

  it("gives way to the tree for fixes and whatever else wants it", () => {
    const { engine, file } = open();
    edit(engine, file, file.text.indexOf("return bad(self"), 0, "(");
    assert.equal(file.tree.text, file.text);
    assert.ok(!engine.isDraft(file));
    engine.close(file);
  });

  it("says after any typing what reading the file anew says, once that is sound", () => {
    const seen = { drafts: 0, sound: 0 };
    const step = fc.record({
      at: fc.nat({ max: TEXT.length - 1 }),
      near: fc.boolean(),
      length: fc.integer({ min: 0, max: 4 }),
      text: fc.constantFrom(
        "",
        "x",
        "(",
        ")",
        '"',
        '"""',
        "'",
        "\n",
        "\n    ",
        " ",
        "#",
        "[",
        "]",
        ":",
        "bad(9)",
        "else:",
        "\\",
      ),
      undo: fc.boolean(),
    });
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const { engine, file } = open();
      let last = 0;
      for (const { at, near, length, text, undo } of steps) {
        const place = near ? Math.min(last, file.text.length) : Math.min(at, file.text.length);
        const end = Math.min(file.text.length, place + length);
        const removed = file.text.slice(place, end);
        last = place;
        edit(engine, file, place, end - place, text);
        check(engine, file, seen);
        if (!undo) continue;
        edit(engine, file, place, text.length, removed);
        check(engine, file, seen);
      }
      engine.close(file);
    });
    fc.assert(property, { numRuns: 120, seed: 7 });
    assert.ok(seen.drafts > 100 && seen.sound > 100, JSON.stringify(seen));
  });
});

function check(engine: Engine, file: OpenFile, seen: { drafts: number; sound: number }): void {
  const wasDraft = engine.isDraft(file);
  const found = said(engine, file);
  if (wasDraft) seen.drafts++;
  const fresh = parser.parse(file.text);
  fresh.dispose();
  const isSound = fresh.tree.errors.length === 0;
  // Only what stands outside of the unit may make a text sound that is broken alone; then it has to be read.
  if (isSound) {
    if (wasDraft) engine.settle(file);
    seen.sound++;
    assert.deepEqual(said(engine, file), saidFresh(file.text));
  } else
    assert.ok(
      found.every((entry) => !entry.endsWith(" ")),
      "nothing is said of nothing",
    );
}
