/** Constants are what Python computes: random expressions against the interpreter, and names by hand. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { ConstantValue } from "../../../server/src/semantic/model.ts";
import { findInterpreter } from "../../cpython/corpus.ts";
import { check, modelOf, show } from "./ask.ts";
import { EXPRESSION } from "./expressions.ts";

interface PythonValue {
  readonly type: string;
  readonly value?: string | boolean | readonly PythonValue[];
}

const COUNT = 4000;

test("random expressions have the value that Python computes", (t) => {
  const python = findInterpreter();
  if (python === null) return t.skip("no python3 on this machine to compare with");
  const seed = 20_240_901;
  const texts = fc.sample(EXPRESSION, { numRuns: COUNT, seed });
  const script = fileURLToPath(new URL("evaluate.py", import.meta.url));
  const run = spawnSync(python.command, [script], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(run.status, 0, run.stderr);
  const expected = JSON.parse(run.stdout) as (PythonValue | null)[];
  let valid = 0;
  let known = 0;
  for (const [index, text] of texts.entries()) {
    const theirs = expected[index] ?? null;
    const ours = valueOfText(text);
    if (theirs !== null) valid++;
    if (ours === undefined) continue;
    known++;
    assert.ok(theirs !== null, `${text}: Python raises, we say ${show(ours)}`);
    assert.deepEqual(encode(ours), respell(theirs), text);
  }
  t.diagnostic(`${texts.length} expressions, ${valid} valid in Python, ${known} known to us`);
  assert.ok(valid > COUNT / 4, `only ${valid} of ${COUNT} expressions are valid`);
  assert.ok(known > valid * 0.6, `only ${known} of ${valid} values are known`);
});

function valueOfText(text: string): ConstantValue | undefined {
  const model = modelOf(`x = ${text}\n`);
  const [stmt] = model.module.body;
  assert.ok(stmt?.kind === "Assign", text);
  return model.constant(stmt.value);
}

/** Our value in the form of `evaluate.py`. */
function encode(value: ConstantValue): PythonValue {
  switch (value.type) {
    case "None":
      return { type: "None" };
    case "int":
      return { type: "int", value: String(value.value) };
    case "float":
      return { type: "float", value: floatText(value.value) };
    case "tuple":
    case "list":
      return { type: value.type, value: value.value.map(encode) };
    case "set": {
      const items = value.value.map(encode).map((item) => [pythonJson(item), item] as const);
      return { type: "set", value: items.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item) };
    }
    default:
      return { type: value.type, value: value.value };
  }
}

/** The text by which `evaluate.py` sorts the elements of a set. */
function pythonJson(item: PythonValue): string {
  const ascii = JSON.stringify(item.value).replace(/[\u007f-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return item.value === undefined
    ? `{"type": "${item.type}"}`
    : `{"type": "${item.type}", "value": ${ascii}}`;
}

/** Python's value with its floats spelled as JavaScript spells them. */
function respell(value: PythonValue): PythonValue {
  if (Array.isArray(value.value)) return { type: value.type, value: value.value.map(respell) };
  return value.type === "float" ? { type: "float", value: floatText(Number(value.value)) } : value;
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

test("names bound once", () => {
  check(`
TABLE = "orders"
QUERY = "SELECT * FROM " + TABLE + " WHERE id = %s"
SIZE: int = 2 ** 3
class Config:
    NAME = "shop"
    FULL = NAME + "!"
def f(parameter="x"):
    local = f"{TABLE}_{SIZE:03d}"
    local  #: const="orders_008"
    parameter  #: const=-
    for item in ["a"]:
        item  #: const=-
        inner = "b"
        inner  #: const="b"
    later += "x"
    later  #: const=-
    a, b = "c", "d"
    b  #: const="d"
    if (walrus := "w"):
        walrus  #: const="w"
QUERY  #: const="SELECT * FROM orders WHERE id = %s"
Config.NAME  #: const="shop"
Config.FULL  #: const="shop!"
twice = 1
twice = 2
twice  #: const=-
if QUERY:
    branch = "x"
branch  #: const="x"
if QUERY:
    str = "x"
str  #: const=-
loop = loop + 1
loop  #: const=-
ping = pong
pong = ping
ping  #: const=-
safe = True or safe
safe  #: const=True
`);
});

test("containers are constant only where nobody can change them", () => {
  check(`
ALLOWED = ["a", "b"]
GROWN = ["a"]
GROWN.append("b")
PASSED = ["a"]
consume(PASSED)
RETURNED = {"a"}
NESTED = [["a"]]
COLORS = {"red": 1, "blue": unknown()}
CHANGED = {"red": 1}
CHANGED["red"] = 2
ALIASED = ["a"]
alias = ALIASED
JOINED = ["a", "b"]
class C:
    ITEMS = ["a"]
    FIXED = ("a",)
def f(x):
    if x in ALLOWED and len(ALLOWED):
        for item in sorted(ALLOWED): ...
    return RETURNED
ALLOWED  #: const=list("a", "b")
ALLOWED[0]  #: const="a"
GROWN  #: const=-
PASSED  #: const=-
RETURNED  #: const=-
NESTED  #: const=-
COLORS["red"]  #: const=1
COLORS["blue"]  #: const=-
COLORS.get("green", 5)  #: const=5
COLORS.get("green")  #: const=None
CHANGED["red"]  #: const=-
ALIASED  #: const=-
", ".join(JOINED)  #: const="a, b"
C.ITEMS  #: const=-
C.FIXED  #: const=tuple("a")
{"x": ["a"]}["x"]  #: const=-
`);
  check(`
class Config:
    LIMIT = 5
    OTHER = 6
def tune():
    Config.LIMIT = 7
Config.LIMIT  #: const=-
Config.OTHER  #: const=6
`);
});

test("huge values are not computed", () => {
  check(`
"a" * 10**9  #: const=-
"a" * 10**5  #: const=-
2 ** 10**9  #: const=-
1 << 10**6  #: const=-
[0] * 10**7  #: const=-
2 ** 64  #: const=18446744073709551616
f"{1:99999}"  #: const=-
"%99999d" % 1  #: const=-
`);
  const chain = `x = ${Array.from({ length: 5000 }, (_, index) => `"${index % 10}"`).join(" + ")}\nx  #: type=builtins.str\n`;
  check(chain);
  assert.equal(valueOfText(Array(5000).fill('"a"').join(" + "))?.type, "str");
  const names = ["n0 = 1"];
  for (let index = 1; index < 3000; index++) names.push(`n${index} = n${index - 1} + 1`);
  check(`${names.join("\n")}\nn2999  #: const=3000 type=builtins.int\n`);
});

test("a shadowed builtin is not the builtin", () => {
  check(`
def len(x): return 0
len("abc")  #: const=-
def f(str):
    str(1)  #: const=-
int("5")  #: const=5
`);
});
