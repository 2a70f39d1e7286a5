/** The engine over versions of a file: what runs again, what moves, what stays while the text is broken. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { createEngine, type Engine, type OpenFile } from "../../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import type { AnyRule } from "../../../server/src/engine/rule.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";
import { callsOf, FUNCTION_COUNT, rule } from "./rules.ts";

const parser = await createTestParser();

/** Replaces the one occurrence of a text and tells the engine. */
function replace(engine: Engine, file: OpenFile, from: string, to: string): void {
  const start = file.text.indexOf(from);
  assert.ok(start >= 0 && file.text.indexOf(from, start + 1) === -1, `"${from}" stands there once`);
  const text = file.text.slice(0, start) + to + file.text.slice(start + from.length);
  engine.update(file, [{ start, end: start + from.length, text: to }], text);
}

/** The text under each finding. */
function found(engine: Engine, file: OpenFile): readonly string[] {
  return engine.findings(file, DEFAULT_CONFIG).map(({ span }) => file.text.slice(span.start, span.end));
}

function open(rules: readonly AnyRule[], text: string) {
  const { engine, faults } = createTestEngine(parser, rules);
  return { engine, faults, file: engine.open({ path: "/app.py", text }) };
}

const TWO_FUNCTIONS = `def first():
    bad(1)


def second():
    bad(2)
`;

describe("memo", () => {
  it("runs the rules again only over the unit that changed, and moves the findings of the others", () => {
    const seen: string[] = [];
    const { engine, file } = open([callsOf("bad", {}, (text) => seen.push(text))], TWO_FUNCTIONS);
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
    seen.length = 0;
    replace(engine, file, "bad(1)", "bad(100)\n    other()");
    assert.deepEqual(found(engine, file), ["bad(100)", "bad(2)"]);
    assert.deepEqual(seen, ["bad(100)", "other()"]);
    seen.length = 0;
    assert.deepEqual(found(engine, file), ["bad(100)", "bad(2)"]);
    assert.deepEqual(seen, []);
  });

  it("runs again over units whose outer names changed their meaning", () => {
    const resolves = rule("resolves", {
      on: {
        Call(node, ctx) {
          const callee = ctx.model.callee(node);
          if (callee === "requests.get") ctx.report(node, "found", { data: { what: callee } });
        },
      },
    });
    const { engine, file } = open([resolves], "import requests as r\n\n\ndef load():\n    r.get('/')\n");
    assert.deepEqual(found(engine, file), ["r.get('/')"]);
    replace(engine, file, "import requests as r", "import httpx as r");
    assert.deepEqual(found(engine, file), []);
  });

  it("runs again over units that read a module fact when its answer changes, and over no others", () => {
    const seen: string[] = [];
    const crowded = rule("crowded", {
      on: {
        FunctionDef(node, ctx) {
          seen.push(node.name);
          const count = node.name === "quiet" ? 0 : ctx.moduleFact(FUNCTION_COUNT);
          if (count > 2) ctx.report(node, "found", { data: { what: String(count) } });
        },
      },
    });
    const { engine, file } = open([crowded], "def quiet(): pass\n\n\ndef asks(): pass\n");
    assert.equal(engine.findings(file, DEFAULT_CONFIG).length, 0);
    seen.length = 0;
    replace(engine, file, "def asks(): pass\n", "def asks(): pass\n\n\ndef third(): pass\n");
    assert.equal(engine.findings(file, DEFAULT_CONFIG).length, 2);
    assert.deepEqual(seen, ["asks", "third"]);
  });

  it("tells units of different contexts apart", () => {
    const { engine, file } = open([callsOf("bad", { contexts: { offIn: ["script"] } })], "bad(0)\n");
    assert.deepEqual(found(engine, file), ["bad(0)"]);
    replace(engine, file, "bad(0)\n", "bad(0)\nif __name__ == '__main__':\n    pass\n");
    assert.deepEqual(found(engine, file), []);
  });

  it("runs Module handlers once for each version", () => {
    let runs = 0;
    const whole = rule("whole", {
      on: {
        Module(node, ctx) {
          runs += 1;
          const [first] = node.body;
          if (first !== undefined) ctx.report(first, "found", { data: { what: "it" } });
        },
      },
    });
    const { engine, file } = open([whole], "a = 1\nb = 2\n");
    assert.deepEqual(found(engine, file), ["a = 1"]);
    assert.equal(runs, 1);
    replace(engine, file, "b = 2", "b = 3");
    assert.deepEqual(found(engine, file), ["a = 1"]);
    assert.equal(runs, 2);
  });

  it("moves related places with the unit that holds them", () => {
    const pairs = rule("pairs", {
      on: {
        FunctionDef(node, ctx) {
          const [first] = ctx.model.module.body;
          if (node.name !== "second" || first === undefined) return;
          const span = { start: 0, end: 9 };
          ctx.report(node, "found", { data: { what: "it" }, related: [{ span, message: "here" }] });
        },
      },
    });
    const { engine, file } = open([pairs], TWO_FUNCTIONS);
    engine.findings(file, DEFAULT_CONFIG);
    engine.update(file, [{ start: 0, end: 0, text: "# top\n" }], `# top\n${file.text}`);
    const related = engine.findings(file, DEFAULT_CONFIG)[0]?.related[0];
    assert.equal(related && file.text.slice(related.span.start, related.span.end), "def first");
  });
});

describe("faults", () => {
  const broken = rule("broken", {
    on: {
      Call(node, ctx) {
        ctx.report(node, "found", { data: { what: "before the fault" } });
        throw new Error("out of luck");
      },
    },
  });

  it("keep the other rules going, and are logged once for a rule and file", () => {
    const { engine, file, faults } = open([broken, callsOf("bad")], TWO_FUNCTIONS);
    assert.deepEqual(
      engine.findings(file, DEFAULT_CONFIG).map((finding) => finding.ruleId),
      ["calls-bad", "calls-bad"],
    );
    assert.deepEqual(faults, ["rule broken failed on /app.py: out of luck"]);
  });

  it("of a fix builder leave the finding without a fix", () => {
    const { engine, file, faults } = open(
      [
        rule("fixes-badly", {
          fix: "safe",
          on: {
            Call(node, ctx) {
              ctx.report(node, "found", {
                data: { what: "it" },
                fix() {
                  throw new Error("cannot");
                },
              });
            },
          },
        }),
      ],
      "bad()\n",
    );
    const [finding] = engine.findings(file, DEFAULT_CONFIG);
    assert.deepEqual(finding && engine.fixes(file, finding), []);
    assert.deepEqual(faults, ["rule fixes-badly failed on /app.py: cannot"]);
  });

  it("report an unknown message id and missing data", () => {
    const { engine, file, faults } = open(
      [
        rule("no-such-message", { on: { Call: (node, ctx) => ctx.report(node, "nothing") } }),
        rule("no-data", { on: { Call: (node, ctx) => ctx.report(node, "found") } }),
      ],
      "bad()\n",
    );
    const messages = engine.findings(file, DEFAULT_CONFIG).map((finding) => finding.message);
    assert.deepEqual(messages, ["Found what."]);
    assert.deepEqual(faults, [
      'rule no-such-message failed on /app.py: unknown message id "nothing"',
      'rule no-data failed on /app.py: message "found" lacks data for what',
    ]);
  });
});

describe("broken code", () => {
  const rules = [callsOf("bad")];

  it("keeps what a unit said before it broke, in its place", () => {
    const { engine, file } = open(rules, TWO_FUNCTIONS);
    found(engine, file);
    replace(engine, file, "    bad(1)", "    x = (\n    bad(1)");
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
    replace(engine, file, "x = (\n", "x = 5\n");
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
  });

  it("keeps a broken function's findings beside good ones, and tells functions of one name apart", () => {
    const text = "def f():\n    bad(1)\n\n\ndef f():\n    bad(2)\n\n\ndef g():\n    bad(3)\n";
    const { engine, file } = open(rules, text);
    found(engine, file);
    replace(engine, file, "bad(2)", "bad(2)\n    x = = 1");
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)", "bad(3)"]);
    replace(engine, file, "bad(2)\n    x = = 1", "good(2)");
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(3)"]);
  });

  it("keeps the findings that an unclosed string hides", () => {
    const { engine, file } = open(rules, `x = 1\n\n\n${TWO_FUNCTIONS}`);
    found(engine, file);
    replace(engine, file, "x = 1", 'x = """1');
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
    replace(engine, file, 'x = """1', 'x = """1"""');
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
  });

  it("drops the findings of what is deleted while something else is broken", () => {
    const { engine, file } = open(rules, TWO_FUNCTIONS);
    found(engine, file);
    replace(engine, file, "    bad(1)", "    x = (");
    replace(engine, file, "def second():\n    bad(2)\n", "");
    assert.deepEqual(found(engine, file), []);
  });

  it("drops kept findings once the unit parses without them", () => {
    const { engine, file } = open(rules, TWO_FUNCTIONS);
    found(engine, file);
    replace(engine, file, "bad(1)", "bad(1");
    found(engine, file);
    replace(engine, file, "bad(1", "good(1)");
    assert.deepEqual(found(engine, file), ["bad(2)"]);
  });

  it("shows nothing new inside a unit that was fine before it broke", () => {
    const { engine, file } = open(rules, "def first():\n    good(1)\n\n\ndef second():\n    bad(2)\n");
    found(engine, file);
    replace(engine, file, "good(1)", "bad(7)\n    x = (");
    assert.deepEqual(found(engine, file), ["bad(2)"]);
  });

  it("shows what stands clear of the error in a unit that never parsed", () => {
    const { engine, file } = open(rules, "def first():\n    bad(1)\n    x = = 3\n\n\nbad(2)\n");
    assert.ok(file.tree.errors.length > 0);
    assert.deepEqual(found(engine, file), ["bad(1)", "bad(2)"]);
  });
});

describe("fixes", () => {
  let built = 0;
  const renames = callsOf("bad", { fix: "safe" });
  const mends = rule("mends", {
    fix: "safe",
    on: {
      Call(node, ctx) {
        if (node.func.kind !== "Name" || node.func.id !== "bad") return;
        const { func } = node;
        ctx.report(node, "found", {
          data: { what: "bad" },
          fix(edits) {
            built += 1;
            edits.replace(func, edits.ensureImport("better", "good"));
            return `Call good instead of ${ctx.text(node)}`;
          },
        });
      },
    },
  });

  it("are built only when asked for, with the text of the current version", () => {
    const { engine, file } = open([mends], TWO_FUNCTIONS);
    engine.findings(file, DEFAULT_CONFIG);
    engine.update(file, [{ start: 0, end: 0, text: "# top\n" }], `# top\n${file.text}`);
    const findings = engine.findings(file, DEFAULT_CONFIG);
    assert.equal(built, 0);
    const fixes = findings.flatMap((finding) => engine.fixes(file, finding));
    assert.deepEqual(
      fixes.map((fix) => fix.title),
      ["Call good instead of bad(1)", "Call good instead of bad(2)"],
    );
  });

  it("apply together, an import that several need added once, and then have nothing left to do", () => {
    const { engine, file } = open([mends], TWO_FUNCTIONS);
    const text = engine.fixAll(file, DEFAULT_CONFIG);
    assert.equal(
      text,
      "from better import good\ndef first():\n    good(1)\n\n\ndef second():\n    good(2)\n",
    );
    const again = engine.open({ path: "/app.py", text: text ?? "" });
    assert.equal(engine.fixAll(again, DEFAULT_CONFIG), null);
  });

  it("that a rule did not build are none", () => {
    const { engine, file } = open([renames], TWO_FUNCTIONS);
    assert.deepEqual(
      engine.findings(file, DEFAULT_CONFIG).map((finding) => finding.fixSafety),
      [null, null],
    );
    assert.equal(engine.fixAll(file, DEFAULT_CONFIG), null);
  });
});

describe("one node, one finding", () => {
  it("lets the more specific rule silence the one that it supersedes, where one span holds the other", () => {
    const inner = rule("inner", {
      supersedes: ["outer"],
      severity: "information",
      on: {
        Call(node, ctx) {
          ctx.report(node.func, "found", { data: { what: "inner" } });
        },
      },
    });
    const outer = rule("outer", {
      on: {
        Call(node, ctx) {
          ctx.report(node, "found", { data: { what: "outer" } });
        },
      },
    });
    const { engine, file } = open([outer, inner], "bad()\n");
    assert.deepEqual(
      engine.findings(file, DEFAULT_CONFIG).map((finding) => finding.ruleId),
      ["inner"],
    );
  });

  it("keeps the most severe of several on the same stretch", () => {
    const mild = callsOf("bad", { severity: "information" });
    const severe = rule("severe", {
      severity: "error",
      on: {
        Call(node, ctx) {
          ctx.report(node, "found", { data: { what: "it" } });
        },
      },
    });
    const { engine, file } = open([mild, severe], "bad()\n");
    assert.deepEqual(
      engine.findings(file, DEFAULT_CONFIG).map((finding) => finding.ruleId),
      ["severe"],
    );
  });
});

it("logs once which unit the rules took long over", () => {
  let time = 0;
  const lines: string[] = [];
  const engine = createEngine({
    parser,
    rules: [callsOf("bad", {}, () => (time += 80))],
    log: (_, line) => lines.push(line),
    now: () => time,
  });
  const file = engine.open({ path: "/app.py", text: "def slow():\n    bad()\n\n\nx = 1\n" });
  engine.findings(file, DEFAULT_CONFIG);
  replace(engine, file, "bad()", "bad(1)");
  engine.findings(file, DEFAULT_CONFIG);
  assert.deepEqual(lines, ["rules took 80 ms over slow in /app.py"]);
});

it("says which file is not open", () => {
  const engine = createEngine({ parser, rules: [], log: () => {}, now: () => 0 });
  const file = engine.open({ path: "/app.py", text: "" });
  engine.close(file);
  assert.throws(() => engine.findings(file, DEFAULT_CONFIG), /\/app\.py is not open/);
});

it("has nothing to say about files that a program wrote", () => {
  const { engine, file } = open([callsOf("bad")], "# Code generated by a tool. Do not edit.\nbad()\n");
  assert.deepEqual(found(engine, file), []);
});
