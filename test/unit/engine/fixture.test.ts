/** The fixture format itself: a harness that accepts anything proves nothing. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import { checkCase } from "../../harness/check.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";
import { parseFixture, parseMarks } from "../../harness/fixture.ts";
import { headingAnchors } from "../../harness/headings.ts";
import { callsOf, rule } from "./rules.ts";

const parser = await createTestParser();

const FIXES = rule("fixes", {
  fix: "safe",
  on: {
    Call(node, ctx) {
      if (node.func.kind !== "Name" || node.func.id !== "bad") return;
      const { func } = node;
      ctx.report(node, "found", {
        data: { what: "bad" },
        fix(edits) {
          edits.replace(func, "good");
          return "Call good";
        },
      });
    },
  },
});

/** What the harness has to say about a fixture of one case. */
function problemsOf(code: string, { rules = [FIXES], rest = "" } = {}): readonly string[] {
  const { engine } = createTestEngine(parser, rules);
  const cases = parseFixture(`# r\n\n## Case\n\n\`\`\`py\n${code}\`\`\`\n${rest}`);
  return cases.flatMap((one) => checkCase(engine, one, new Map([["example.py", DEFAULT_CONFIG]])));
}

describe("marks", () => {
  it("are taken out of the code", () => {
    const file = parseMarks("a.py", "x = bad()  # error: found\n#   ^^^^^\ny = 1  # noqa\n");
    assert.equal(file.text, "x = bad()\ny = 1  # noqa\n");
    assert.deepEqual(file.expected, [{ line: 0, messageId: "found", severity: null }]);
    assert.deepEqual(file.spans, [{ line: 0, start: 4, end: 9, messageId: null, step: false }]);
  });
  it("may name several messages, severities and what is known to be missed", () => {
    const file = parseMarks("a.py", "x  # error: one, two (hint)  # todo: three\n");
    assert.deepEqual(
      file.expected.map(({ messageId, severity }) => [messageId, severity]),
      [
        ["one", null],
        ["two", "hint"],
      ],
    );
    assert.deepEqual(file.todos[0]?.messageId, "three");
  });
  it("alone on their line speak of the line above", () => {
    const file = parseMarks("a.py", 'x = """\na\n"""\n# error: found\ny\n');
    assert.equal(file.text, 'x = """\na\n"""\ny\n');
    assert.equal(file.expected[0]?.line, 2);
  });
});

describe("a case", () => {
  it("holds where every finding is marked", () => {
    assert.deepEqual(problemsOf("x = bad()  # error: found (warning)\n#   ^^^^^\ngood()\n"), []);
  });
  it("fails for a finding without a mark", () => {
    assert.match(
      problemsOf("bad()\n")[0] ?? "",
      /not marked: found \(Found bad\.\)\n {4}1 \| bad\(\)\n {8}\^{5}/,
    );
  });
  it("fails for a mark without a finding, and for another message", () => {
    assert.match(problemsOf("good()  # error: found\n")[0] ?? "", /missing: found/);
    assert.equal(problemsOf("bad()  # error: other\n").length, 2);
  });
  it("fails where several findings have one mark", () => {
    assert.equal(problemsOf("bad(); bad()  # error: found\n").length, 1);
    assert.deepEqual(problemsOf("bad(); bad()  # error: found, found\n"), []);
  });
  it("fails for another span or severity", () => {
    assert.match(problemsOf("bad()  # error: found\n^^^\n")[0] ?? "", /no finding has this span/);
    assert.deepEqual(problemsOf("bad()  # error: found\n^^^^^\n"), []);
    assert.match(problemsOf("bad()  # error: found (error)\n")[0] ?? "", /found is warning, not error/);
  });
  it("fails for a todo that works", () => {
    assert.match(problemsOf("bad()  # todo: found\n")[0] ?? "", /make it `# error: found`/);
    assert.deepEqual(problemsOf("good()  # todo: found\n"), []);
  });
  it("compares the text after all fixes", () => {
    const fixed = (text: string) => `\n\`\`\`py fixed\n${text}\`\`\`\n`;
    const code = "bad(bad())  # error: found, found\n";
    assert.deepEqual(problemsOf(code, { rest: fixed("good(good())\n") }), []);
    assert.match(problemsOf(code, { rest: fixed("good(bad())\n") })[0] ?? "", /the fixes give/);
  });
  it("checks the steps of a flow", () => {
    const flow = rule("flow", {
      on: {
        Call: (node, ctx) =>
          ctx.report(node, "found", {
            data: { what: "it" },
            related: [{ span: { start: 0, end: 1 }, message: "" }],
          }),
      },
    });
    assert.deepEqual(problemsOf("x = 1\n^< source\nbad()  # error: found\n", { rules: [flow] }), []);
    assert.match(
      problemsOf("x = 1\nbad()  # error: found\n^^^< source\n", { rules: [flow] })[0] ?? "",
      /no flow step has this span/,
    );
  });
});

describe("a fixture", () => {
  it("joins files with paths under one heading, and configuration with all cases of it", () => {
    const cases = parseFixture(
      "## A\n```toml config\nx = 1\n```\n```py path=a.py\n```\n```py path=b.py\n```\n```py\n```\n## B\n```py\n```\n",
    );
    assert.deepEqual(
      cases.map(({ title, files, config }) => [title, files.map((file) => file.path).join(), config]),
      [
        ["A", "a.py,b.py", "x = 1\n"],
        ["A", "example.py", "x = 1\n"],
        ["B", "example.py", null],
      ],
    );
  });
  it("says what it does not understand", () => {
    assert.throws(() => parseFixture("```python\n```\n"), /line 1: a block is `py`/);
    assert.throws(() => parseFixture("```py fixed\n```\n"), /line 1: `py fixed` stands below no case/);
    assert.throws(() => parseFixture("text\n```py\n"), /line 2: the block is never closed/);
  });
  it("is not confused by a rule that is silent", () => {
    assert.equal(problemsOf("bad()  # error: found\n", { rules: [callsOf("other")] }).length, 1);
  });
});

it("anchors are those of VS Code's Markdown preview", () => {
  const page =
    "# Debug and `run()`\n## N+1 queries, in Django\n```py\n# no heading\n```\n## Again\n### Again\n";
  assert.deepEqual(headingAnchors(page), ["debug-and-run", "n1-queries-in-django", "again", "again-1"]);
});
