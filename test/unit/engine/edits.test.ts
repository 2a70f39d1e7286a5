/** Edits of fixes: recording, imports, applying, and moving places along. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { applyEdits, overlapping, recordEdits, shiftSpan } from "../../../server/src/engine/edits.ts";
import { safeEdits } from "../../../server/src/engine/fixes.ts";
import { addImports } from "../../../server/src/engine/imports.ts";
import { createTestParser } from "../../harness/engine.ts";

const parser = await createTestParser();

/** The expression to write for an import, and the text with it added. */
function withImport(text: string, module: string, name?: string): readonly [string, string] {
  const parsed = parser.parse(text);
  const recorder = recordEdits(parsed.tree);
  const expression = recorder.edits.ensureImport(module, name);
  assert.equal(recorder.edits.ensureImport(module, name), expression, "the second call adds nothing");
  const after = applyEdits(text, recorder.recorded());
  parsed.dispose();
  return [expression, after];
}

describe("ensureImport", () => {
  it("reuses an import, under its own name", () => {
    assert.deepEqual(withImport("import os\n", "os"), ["os", "import os\n"]);
    assert.deepEqual(withImport("import secrets as s\n", "secrets", "token_hex")[0], "s.token_hex");
    assert.deepEqual(withImport("from datetime import UTC as utc\n", "datetime", "UTC")[0], "utc");
    assert.deepEqual(
      withImport("from django.utils import timezone\n", "django.utils.timezone", "now")[0],
      "timezone.now",
    );
  });
  it("is not content with an import that only looks like it", () => {
    assert.equal(
      withImport("from .secrets import token_hex\n", "secrets", "token_hex")[1].split("\n").length,
      3,
    );
    assert.equal(withImport("def f():\n    import os\n", "os")[1], "import os\ndef f():\n    import os\n");
  });
  it("adds a line below the imports, the docstring or the first comments", () => {
    assert.equal(
      withImport('"""Docs."""\n\nfrom __future__ import annotations\n\nimport os\n\nx = 1\n', "secrets")[1],
      '"""Docs."""\n\nfrom __future__ import annotations\n\nimport os\nimport secrets\n\nx = 1\n',
    );
    assert.equal(withImport('"""Docs."""\nx = 1\n', "os")[1], '"""Docs."""\n\nimport os\nx = 1\n');
    assert.equal(
      withImport("#!/usr/bin/env python\n# coding: utf-8\nx = 1\n", "os")[1],
      "#!/usr/bin/env python\n# coding: utf-8\nimport os\nx = 1\n",
    );
    assert.equal(withImport("\uFEFFx = 1\n", "os")[1], "\uFEFFimport os\nx = 1\n");
    assert.equal(withImport("import a", "os", "path")[1], "import a\nfrom os import path\n");
    assert.equal(withImport("import a\r\nx = 1\r\n", "os")[1], "import a\r\nimport os\r\nx = 1\r\n");
    assert.equal(withImport("", "os")[1], "import os\n");
  });
  it("puts it behind an import that ends in the middle of a line's comment", () => {
    assert.equal(withImport("import a  # why\nx = 1\n", "os")[1], "import a  # why\nimport os\nx = 1\n");
    assert.equal(
      withImport("from a import (\n    b,\n)\n\nx = 1\n", "os")[1],
      "from a import (\n    b,\n)\nimport os\n\nx = 1\n",
    );
  });
});

it("recorded edits stand in the order of the text, an insertion before what it stands before", () => {
  const parsed = parser.parse("abc\n");
  const { edits, recorded } = recordEdits(parsed.tree);
  edits.replace({ start: 0, end: 3 }, "x");
  edits.insertBefore({ start: 0, end: 3 }, "(");
  edits.insertAfter({ start: 0, end: 3 }, ")");
  edits.remove({ start: 3, end: 4 });
  assert.deepEqual(
    recorded().map((edit) => edit.text),
    ["(", "x", ")", ""],
  );
  assert.equal(applyEdits("abc\n", recorded()), "(x)");
  parsed.dispose();
});

describe("applyEdits", () => {
  it("applies edits in any order, insertions at one place in theirs", () => {
    const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text });
    assert.equal(
      applyEdits("abcdef", [edit(4, 5, "E"), edit(0, 1, ""), edit(2, 2, "1"), edit(2, 2, "2")]),
      "b12cdEf",
    );
    assert.throws(() => applyEdits("abc", [edit(0, 2, ""), edit(1, 3, "")]), RangeError);
    assert.equal(overlapping([edit(0, 2, ""), edit(2, 3, "")]), false);
  });
});

describe("safeEdits", () => {
  const fix = (safety: "safe" | "unsafe", start: number, end: number, text: string) => ({
    title: "",
    safety,
    edits: [{ span: { start, end }, text }],
  });
  it("leaves out unsafe fixes, and fixes that touch what an earlier one changes", () => {
    const edits = safeEdits([
      fix("safe", 5, 9, "a"),
      fix("unsafe", 0, 2, "b"),
      fix("safe", 7, 8, "c"),
      fix("safe", 1, 2, "d"),
    ]);
    assert.deepEqual(
      edits.map((edit) => edit.text),
      ["d", "a"],
    );
  });
  it("adds an import once, but keeps other insertions at one place", () => {
    const twice = safeEdits([fix("safe", 0, 0, "import os\n"), fix("safe", 0, 0, "import os\n")]);
    assert.equal(twice.length, 0 + 1);
    assert.equal(safeEdits([fix("safe", 3, 3, ")"), fix("safe", 3, 3, ")")]).length, 2);
  });
});

describe("shiftSpan", () => {
  it("keeps the text of a span that edits do not touch", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 5 })), { maxLength: 6 }),
        (before, drafts) => {
          let span = { start: 3, end: 6 };
          let text = before;
          const marked = before.slice(3, 6);
          for (const [at, length, inserted] of drafts) {
            // Only edits wholly before or wholly behind the span.
            const left = at % 2 === 0;
            const start = left ? at % (span.start + 1) : span.end + (at % (text.length - span.end + 1));
            const end = Math.min(left ? span.start : text.length, start + (length % 4));
            text = text.slice(0, start) + inserted + text.slice(end);
            span = shiftSpan(span, [{ start, end, text: inserted }]);
          }
          assert.equal(text.slice(span.start, span.end), marked);
        },
      ),
    );
  });
  it("grows with what is typed inside, shrinks with what is deleted, vanishes with all of it", () => {
    const span = { start: 10, end: 20 };
    assert.deepEqual(shiftSpan(span, [{ start: 15, end: 15, text: "xx" }]), { start: 10, end: 22 });
    assert.deepEqual(shiftSpan(span, [{ start: 15, end: 18, text: "" }]), { start: 10, end: 17 });
    assert.deepEqual(shiftSpan(span, [{ start: 5, end: 15, text: "ab" }]), { start: 7, end: 12 });
    assert.deepEqual(shiftSpan(span, [{ start: 15, end: 25, text: "ab" }]), { start: 10, end: 15 });
    const gone = shiftSpan(span, [{ start: 5, end: 25, text: "x" }]);
    assert.equal(gone.end - gone.start, 0);
  });
});

describe("addImports", () => {
  const added = (text: string, ...statements: readonly string[]): string => {
    const parsed = parser.parse(text);
    const edit = addImports(parsed.tree, statements);
    parsed.dispose();
    return edit === null ? text : applyEdits(text, [edit]);
  };
  it("adds what is missing, statement by statement", () => {
    assert.equal(
      added("import os\n\nx = 1\n", "import os", "import numpy as np", "from a import b, c as d"),
      "import os\nimport numpy as np\nfrom a import b, c as d\n\nx = 1\n",
    );
  });
  it("leaves out names that are there under the same name, and only those", () => {
    assert.equal(added("from a import b\n", "from a import b, c"), "from a import b\nfrom a import c\n");
    assert.equal(added("import numpy as np\n", "import numpy as np"), "import numpy as np\n");
    assert.equal(added("import numpy\n", "import numpy as np"), "import numpy\nimport numpy as np\n");
    assert.equal(added("from .a import b\n", "from a import b"), "from .a import b\nfrom a import b\n");
  });
});
