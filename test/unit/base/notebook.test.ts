/** The notebook module: magics blanked at equal length, cells joined, places mapped back. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  blankMagics,
  notebookModule,
  placeInCells,
  readNotebook,
} from "../../../server/src/base/notebook.ts";
import { difference } from "../../../server/src/base/text.ts";

test("magics and shell lines are blanked at equal length, Python stays", () => {
  const source = "%matplotlib inline\nimport os\n!pip install x \\\n  y\nfiles = !ls\ndf.head?\nx = 5 % 2\n";
  const { text } = blankMagics(source);
  assert.equal(text.length, source.length);
  assert.deepEqual(
    text.split("\n").map((line) => line.trimEnd()),
    ["", "import os", "", "", "", "", "x = 5 % 2", ""],
  );
});

test("a percent sign inside a string or bracket is no magic", () => {
  const source = 'sql = """\n%s and\n!x\n"""\ny = (10\n% 3)\nz = 1 + \\\n%z\n';
  assert.equal(blankMagics(source).text, source);
});

test("a magic in a block leaves a statement, so that the block stays valid", () => {
  assert.equal(blankMagics("for d in a:\n    !ls {d}\n").text, "for d in a:\n    _()    \n");
});

test("a cell of another language is blank, one that is timed is not", () => {
  assert.equal(blankMagics("%%bash\nrm -rf /\n").text, "      \n        \n");
  assert.equal(blankMagics("%%time\nx = 1\n").text, "      \nx = 1\n");
});

test("an unclosed bracket or string does not swallow the next cell", () => {
  const { text } = notebookModule(["f([1,", 's = """abc', "x = 1"]);
  assert.equal(text, 'f([1,])\ns = """abc"""\nx = 1\n');
});

test("every offset of every cell maps back to itself", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (sources) => {
      const { text, cells } = notebookModule(sources);
      assert.equal(cells.length, sources.length);
      sources.forEach((source, cell) => {
        const range = cells[cell];
        assert.ok(
          range !== undefined && range.length === source.length && range.start + range.length <= text.length,
        );
        for (let offset = 0; offset <= source.length; offset++) {
          assert.deepEqual(placeInCells(cells, range.start + offset), { cell, offset });
        }
      });
    }),
  );
});

test("ipynb files of nbformat 3 and 4 are read, others explained", () => {
  const four = {
    cells: [
      { cell_type: "markdown", source: "# x" },
      { cell_type: "code", source: ["a\n", "b"] },
    ],
  };
  assert.deepEqual(readNotebook(JSON.stringify(four)), { sources: ["a\nb"], indices: [1] });
  const three = { worksheets: [{ cells: [{ cell_type: "code", input: "a" }] }] };
  assert.deepEqual(readNotebook(JSON.stringify(three)), { sources: ["a"], indices: [0] });
  const julia = { ...four, metadata: { kernelspec: { language: "julia" } } };
  assert.deepEqual(readNotebook(JSON.stringify(julia)), { sources: [], indices: [] });
  assert.deepEqual(readNotebook("{"), { problem: "The notebook is not valid JSON." });
  assert.ok("problem" in readNotebook("[1]"));
});

test("the difference of two texts, applied, gives the second", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (head, a, b, tail) => {
      const before = head + a + tail;
      const after = head + b + tail;
      const edit = difference(before, after);
      if (edit === null) return assert.equal(before, after);
      assert.equal(before.slice(0, edit.start) + edit.text + before.slice(edit.end), after);
      assert.ok(edit.text.length <= b.length && edit.end - edit.start <= a.length);
    }),
  );
});
