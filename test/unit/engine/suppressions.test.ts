/** Suppression comments, one test or more for each row of the table in the rule catalogue. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import type { AnyRule } from "../../../server/src/engine/rule.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";
import { callsOf, rule } from "./rules.ts";

const parser = await createTestParser();

/** A security rule with equivalents everywhere. */
const SQL = callsOf("sql", {
  section: "security",
  cwe: [89],
  equivalents: { ruff: ["S608"], bandit: ["B608"] },
});
const EXCEPT = callsOf("quality", {
  cwe: [390],
  equivalents: { ruff: ["BLE001", "SIM115"], pylint: ["W0718"], flake8: ["B902"] },
});
const KEY = callsOf("key", { section: "secrets", cwe: [798], survivesBlanketNoqa: true });
const FLAGSHIP = callsOf("flagship", { flagship: true, equivalents: { ruff: ["S101"] } });
const RULES: readonly AnyRule[] = [SQL, EXCEPT, KEY, FLAGSHIP];

/** What shows of a file: `line rule` with the line counted from 1, and `(hint)` where it is lowered. */
function shown(text: string, rules: readonly AnyRule[] = RULES, today?: string): readonly string[] {
  const { engine, faults } = createTestEngine(parser, rules, today);
  const findings = engine.analyze({ path: "/app.py", text }, DEFAULT_CONFIG);
  assert.deepEqual(faults, []);
  return findings.map(({ ruleId, severity, span }) => {
    const line = text.slice(0, span.start).split("\n").length;
    const name = ruleId.replace("calls-", "");
    return `${line} ${name}${severity === "hint" ? " (hint)" : ""}`;
  });
}

it("nothing is muted without a comment", () => {
  assert.deepEqual(shown("sql()\nquality()\nkey()\nflagship()\n"), [
    "1 sql",
    "2 quality",
    "3 key",
    "4 flagship",
  ]);
});

describe("# noqa", () => {
  it("mutes every rule on its line, whatever its case", () => {
    assert.deepEqual(shown("sql(); quality(); flagship()  # noqa\nsql()\n"), ["2 sql"]);
    assert.deepEqual(shown("sql()  #NOQA\n"), []);
    assert.deepEqual(shown("sql()  # noqa because it is a constant\n"), []);
  });
  it("only lowers what is too grave to vanish", () => {
    assert.deepEqual(shown("key()  # noqa\n"), ["1 key (hint)"]);
  });
  it("counts on the line where the finding starts and where it ends", () => {
    assert.deepEqual(shown("sql(  # noqa\n  1,\n)\n"), []);
    assert.deepEqual(shown("sql(\n  1,\n)  # noqa\n"), []);
    assert.deepEqual(shown("sql(\n  1,  # noqa\n  2,\n)\n"), ["1 sql"]);
  });
  it("counts on the line that closes a string of several lines", () => {
    assert.deepEqual(shown('x = """\n%s\n""" % sql(), """\n"""  # noqa\n'), []);
    assert.deepEqual(shown('sql(); x = """\n"""  # noqa\n'), []);
    assert.deepEqual(shown('sql()\nx = """\n"""  # noqa\n'), ["1 sql"]);
  });
  it("counts at the end of lines joined by a backslash", () => {
    assert.deepEqual(shown("x = sql() + \\\n  1  # noqa\n"), []);
  });
  it("is no comment inside a string", () => {
    assert.deepEqual(shown('sql("# noqa")\n'), ["1 sql"]);
  });
});

describe("# noqa: codes", () => {
  it("mutes the rules that overlap with a listed code, in any list and case", () => {
    const text = (comment: string) => `sql(); quality()  # ${comment}\n`;
    assert.deepEqual(shown(text("noqa: S608")), ["1 quality"]);
    assert.deepEqual(shown(text("noqa:s608,ble001")), []);
    assert.deepEqual(shown(text("NoQA: S608 BLE001")), []);
    assert.deepEqual(shown(text("noqa: B902")), ["1 sql"]);
  });
  it("takes a shorter code as a prefix, within its own family", () => {
    assert.deepEqual(shown("sql(); quality()  # noqa: S6\n"), ["1 quality"]);
    assert.deepEqual(shown("sql()  # noqa: S1\n"), ["1 sql"]);
  });
  it("ignores unknown codes", () => {
    assert.deepEqual(shown("sql()  # noqa: XYZ123\n"), ["1 sql"]);
  });
});

describe("file-wide noqa", () => {
  it("mutes quality, and lowers security, secrets and flagships to hints", () => {
    for (const comment of ["# ruff: noqa", "# flake8: noqa"]) {
      assert.deepEqual(shown(`${comment}\nsql()\nquality()\nkey()\nflagship()\n`), [
        "2 sql (hint)",
        "4 key (hint)",
        "5 flagship (hint)",
      ]);
    }
  });
  it("with codes mutes these in the whole file", () => {
    assert.deepEqual(shown("quality()\nsql()\n# ruff: noqa: S608\n"), ["1 quality"]);
    assert.deepEqual(shown("# ruff: file-ignore[S608]\nsql()\nquality()\n"), ["3 quality"]);
  });
});

describe("# ruff: ignore", () => {
  it("trailing or inside a statement means its line", () => {
    assert.deepEqual(shown("sql()  # ruff: ignore[S608]\nsql()\n"), ["2 sql"]);
    assert.deepEqual(shown("x = [\n  sql(),  # ruff: ignore[S608]\n  sql(),\n]\n"), ["3 sql"]);
  });
  it("on its own line means the next logical line", () => {
    assert.deepEqual(shown("# ruff: ignore[S608]\nx = [\n  1,\n  sql(),\n]\nsql()\n"), ["6 sql"]);
  });
  it("above a compound statement means its header", () => {
    assert.deepEqual(shown("# ruff: ignore[S608]\nif sql(\n  1\n):\n    sql()\n"), ["5 sql"]);
    assert.deepEqual(shown("# ruff: ignore[S608]\n@sql()\ndef f(a=sql()):\n    sql()\n"), ["4 sql"]);
  });
  it("stacks", () => {
    assert.deepEqual(shown("# ruff: ignore[S608]\n# ruff: ignore[BLE001]\nsql(); quality()\n"), []);
  });
  it("knows rules by name", () => {
    assert.deepEqual(shown("sql()  # ruff: ignore[hardcoded-sql-expression]\n"), []);
  });
});

describe("# ruff: disable", () => {
  it("holds until the code is enabled", () => {
    const text = "# ruff: disable[S608, BLE001]\nsql()\n# ruff: enable[S608]\nsql()\nquality()\n";
    assert.deepEqual(shown(text), ["4 sql"]);
  });
  it("may begin and end several times", () => {
    const part = "# ruff: disable[S608]\nsql()\n# ruff: enable[S608]\nsql()\n";
    assert.deepEqual(shown(part + part), ["4 sql", "8 sql"]);
  });
  it("holds to the end of its block where nothing enables it", () => {
    const text = "def f():\n    # ruff: disable[S608]\n    sql()\n    if x:\n        sql()\n\n\nsql()\n";
    assert.deepEqual(shown(text), ["8 sql"]);
  });
});

describe("# nosec", () => {
  it("mutes security rules that carry a weakness, and no quality rule", () => {
    assert.deepEqual(shown("sql(); quality()  # nosec\n"), ["1 quality"]);
    const without = callsOf("sql", { section: "security" });
    assert.deepEqual(shown("sql()  # nosec\n", [without]), ["1 sql"]);
  });
  it("with codes or test names mutes the rules that overlap with these", () => {
    assert.deepEqual(shown("sql()  # nosec B608, B602\n"), []);
    assert.deepEqual(shown("sql()  # nosec: B608\n"), []);
    assert.deepEqual(shown("sql()  # nosec hardcoded_sql_expressions\n"), []);
    assert.deepEqual(shown("sql()  # nosec B602\n"), ["1 sql"]);
  });
});

describe("# pylint: disable", () => {
  it("trailing means its line, by code or by name", () => {
    assert.deepEqual(shown("quality()  # pylint: disable=W0718\nquality()\n"), ["2 quality"]);
    assert.deepEqual(shown("quality()  # pylint: disable=broad-exception-caught, x\n"), []);
  });
  it("on the next line", () => {
    assert.deepEqual(shown("# pylint: disable-next=W0718\nquality()\nquality()\n"), ["3 quality"]);
  });
  it("behind a header means the whole block", () => {
    assert.deepEqual(shown("def f():  # pylint: disable=W0718\n    quality()\n\n\nquality()\n"), [
      "5 quality",
    ]);
  });
  it("on its own line means the rest of the block, until it is enabled", () => {
    const text = "def f():\n    quality()\n    # pylint: disable=W0718\n    quality()\n\n\nquality()\n";
    assert.deepEqual(shown(text), ["2 quality", "7 quality"]);
    const enabled = "# pylint: disable=W0718\nquality()\n# pylint: enable=W0718\nquality()\n";
    assert.deepEqual(shown(enabled), ["4 quality"]);
  });
});

it("type comments suppress nothing", () => {
  assert.deepEqual(shown("sql()  # type: ignore\nsql()  # pyright: ignore\n"), ["1 sql", "2 sql"]);
});

describe("# coach: ignore", () => {
  it("trailing means its logical line", () => {
    assert.deepEqual(shown("x = [\n  sql(),\n  1,  # coach: ignore[calls-sql] constant\n]\nsql()\n"), [
      "5 sql",
    ]);
  });
  it("on its own line means the next logical line", () => {
    assert.deepEqual(shown("# coach: ignore[calls-sql] constant\n\nx = [\n  sql(),\n]\nsql()\n"), ["6 sql"]);
  });
  it("before a definition means its header only", () => {
    const text = "# coach: ignore[calls-sql] constant\ndef f(a=sql()):\n    sql()\n";
    assert.deepEqual(shown(text), ["3 sql"]);
  });
  it("takes exact ids, sections with a wildcard, and lists of these", () => {
    assert.deepEqual(shown("sql()  # coach: ignore[security.*] why\n"), []);
    assert.deepEqual(shown("sql(); quality()  # coach: ignore[calls-quality, security.*] why\n"), []);
    assert.deepEqual(shown("sql()  # coach: ignore[calls] why\n"), ["1 sql"]);
    assert.deepEqual(shown("sql()  # coach: ignore[*] why\n"), ["1 sql"]);
    assert.deepEqual(shown("sql()  # coach: ignore why\n"), ["1 sql"]);
  });
  it("holds through the day that it names, and no longer", () => {
    const text = "sql()  # coach: ignore[calls-sql] until=2026-03-01 migration pending\n";
    assert.deepEqual(shown(text, RULES, "2026-03-01"), []);
    assert.deepEqual(shown(text, RULES, "2026-03-02"), ["1 sql"]);
    assert.deepEqual(shown(text), []);
  });
  it("for a file stands in its first comments", () => {
    assert.deepEqual(shown('"""Docs."""\n# coach: file-ignore[calls-sql] legacy\nsql()\n'), []);
    assert.deepEqual(shown("sql()\n# coach: file-ignore[calls-sql] legacy\n"), ["1 sql"]);
    assert.deepEqual(shown("# coach: file-ignore[*] legacy\nsql()\n"), ["2 sql"]);
  });
  it("stands beside other comments", () => {
    assert.deepEqual(shown("sql()  # see issue #12  # coach: ignore[calls-sql] see #12\n"), []);
  });
});

describe("a flow", () => {
  const flow = rule("flow", {
    section: "security",
    on: {
      Call(node, ctx) {
        if (ctx.text(node) !== "sink()") return;
        const [source, step] = ["source", "step"].map((name) => {
          const start = ctx.model.tree.text.indexOf(name);
          return { span: { start, end: start + name.length }, message: name };
        });
        if (source === undefined || step === undefined) return;
        ctx.report(node, "found", { data: { what: "it" }, related: [source, step], flow: true });
      },
    },
  });
  const text = (source: string, step: string, sink: string) =>
    `source = 1${source}\nstep = 2${step}\nsink()${sink}\n`;
  const comment = "  # coach: ignore[flow] why";

  it("is muted at its sink and at its source, and not at a step between", () => {
    assert.deepEqual(shown(text("", "", ""), [flow]), ["3 flow"]);
    assert.deepEqual(shown(text("", "", comment), [flow]), []);
    assert.deepEqual(shown(text(comment, "", ""), [flow]), []);
    assert.deepEqual(shown(text("", comment, ""), [flow]), ["3 flow"]);
  });
});

it("says which comment muted what", () => {
  const { engine } = createTestEngine(parser, RULES);
  const file = engine.open({
    path: "/app.py",
    text: "sql()  # coach: ignore[calls-sql] constant table name\n",
  });
  const { findings, muted } = engine.report(file, DEFAULT_CONFIG);
  engine.close(file);
  assert.equal(findings.length, 0);
  assert.deepEqual(
    muted.map(({ finding, by }) => [finding.ruleId, by.directive.form, by.directive.reason]),
    [["calls-sql", "coach", "constant table name"]],
  );
});
