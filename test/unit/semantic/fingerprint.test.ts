/** Outer fingerprints: they change where, and as far as possible only where, a unit's meaning may change. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { buildModel } from "../../../server/src/semantic/build.ts";
import type { SemanticModel } from "../../../server/src/semantic/model.ts";
import type { Unit } from "../../../server/src/syntax/tree.ts";
import { walkUnit } from "../../../server/src/syntax/walk.ts";
import { parser, show } from "./ask.ts";

const PLACE = { moduleName: "shop.app", isPackage: false };

const PROGRAM = `import requests
import json as j
from shop.models import Order
from contextlib import contextmanager

LIMIT = 3
NAMES = ["a", "b"]
BASE_URL = "https://" + HOST
HOST = "example.org"

def helper(x: int) -> str:
    return str(x)

def use_limit():
    return LIMIT + 1

def use_names():
    return "a" in NAMES

def read_names(key):
    return key in NAMES

def call_helper():
    value = helper(1)
    return value.upper()

def fetch():
    return requests.get(BASE_URL)

def dump(order: "Order"):
    return j.dumps(order.total)

class Client:
    timeout: int = 5

    def __init__(self, token: str):
        self.session = requests.Session()
        self.token = token

    def get(self, path):
        return self.session.get(path, timeout=self.timeout)

    def name(self) -> str:
        return self.token.upper()

class Special(Client):
    def get(self, path):
        return super().get(path)

def make() -> Client:
    return Client("t")

def run():
    return make().session.get("x")

def alone():
    return 1
`;

/** A name by which a unit can be told apart: its definition's, or its text. */
function labelOf(unit: Unit): string {
  const { root } = unit;
  const cls = root.parent?.kind === "ClassDef" ? `${root.parent.name}.` : "";
  return cls + ("name" in root && typeof root.name === "string" ? root.name : unit.text);
}

interface Step {
  readonly before: ReadonlyMap<Unit, { readonly fingerprint: string; readonly answers: string }>;
  readonly after: ReadonlyMap<Unit, { readonly fingerprint: string; readonly answers: string }>;
}

/** Everything that the model says of a unit's nodes. */
function answersOf(model: SemanticModel, unit: Unit): string {
  const lines: string[] = [];
  walkUnit(unit, (node) => {
    if (node.kind === "ClassDef") lines.push(`ancestors ${model.ancestors(node).join()}`);
    if (node.kind === "Name") {
      const binding = model.resolve(node);
      lines.push(`${node.id} ${binding?.scope.kind} ${binding?.kind} ${binding?.single}`);
    }
    if (node.kind !== "Name" && node.kind !== "Attribute" && node.kind !== "Call" && node.kind !== "BinOp")
      return;
    const value = model.constant(node);
    const definition = model.definitionOf(node)?.name;
    lines.push(
      `${node.kind} ${model.qualifiedName(node)} ${model.typeOf(node)} ${definition} ${value && show(value)}`,
    );
  });
  return lines.join("\n");
}

function snapshot(model: SemanticModel): Step["before"] {
  return new Map(
    model.tree.units.map((unit) => [
      unit,
      { fingerprint: model.outerFingerprint(unit), answers: answersOf(model, unit) },
    ]),
  );
}

/** Edits a program: the first `search` becomes `replacement`. */
function edit(text: string, search: string, replacement: string): Step {
  const start = text.indexOf(search);
  assert.ok(start >= 0, `"${search}" is not in the program`);
  const place = { ...PLACE, memory: { last: null } };
  const first = parser.parse(text);
  const before = snapshot(buildModel(first.tree, place));
  const change = { start, end: start + search.length, text: replacement };
  const next = first.update([change], text.slice(0, start) + replacement + text.slice(change.end));
  const after = snapshot(buildModel(next.tree, place));
  next.dispose();
  return { before, after };
}

/** Units that an edit left alone, but whose fingerprint it changed. */
function touched({ before, after }: Step): string[] {
  const labels: string[] = [];
  for (const [unit, { fingerprint }] of before) {
    const now = after.get(unit);
    if (now !== undefined && now.fingerprint !== fingerprint) labels.push(labelOf(unit));
  }
  return labels;
}

/** A unit whose fingerprint stays must mean what it meant. */
function assertSound({ before, after }: Step, what: string): void {
  for (const [unit, then] of before) {
    const now = after.get(unit);
    if (now === undefined || now.fingerprint !== then.fingerprint) continue;
    assert.equal(now.answers, then.answers, `${what}: ${labelOf(unit)} means something else`);
  }
}

/** Everything that rests on the class `Client`. */
const CLIENT = [
  "Client.get",
  "Client.name",
  "Client.timeout: int = 5",
  "Special",
  "Special.get",
  "make",
  "run",
];

const EDITS: readonly (readonly [what: string, search: string, text: string, touched: readonly string[]])[] =
  [
    ["a function body", "return str(x)", "return str(x + 1)", []],
    ["a method body", "return self.token.upper()", "return 'x'", []],
    ["a body that only reads a list", "return key in NAMES", "return key not in NAMES", []],
    ["a comment", "def alone():", "# note\ndef alone():", []],
    ["a statement in a constructor", "self.token = token", "self.token = token\n        print()", []],
    ["a signature", "def helper(x: int) -> str", "def helper(x: int) -> bytes", ["call_helper"]],
    ["a decorator", "def helper(x", "@contextmanager\ndef helper(x", ["call_helper"]],
    ["an import", "import json as j", "import simplejson as j", ["dump"]],
    ["an import of an annotation", "import Order", "import Order2 as Order", ["dump"]],
    [
      "an import that a class rests on",
      "import requests",
      "import httpx as requests",
      [...CLIENT, "Client", "Client.__init__", "fetch"],
    ],
    ["a variable", "LIMIT = 3", "LIMIT = 4", ["use_limit"]],
    [
      "a variable behind another",
      'HOST = "example.org"',
      'HOST = "other.org"',
      ['BASE_URL = "https://" + HOST', "fetch"],
    ],
    [
      "a list that begins to be changed",
      "return key in NAMES",
      "return NAMES.append(key)",
      ['NAMES = ["a", "b"]', "use_names"],
    ],
    [
      "an attribute's value",
      "self.session = requests.Session()",
      "self.session = requests.session()",
      CLIENT,
    ],
    ["a class header", "class Special(Client):", "class Special(Client, metaclass=M):", ["Special.get"]],
    [
      "a global name from inside a function",
      "    return 1\n",
      "    global LIMIT\n    LIMIT = 5\n    return 1\n",
      ["LIMIT = 3", "use_limit"],
    ],
    [
      "a builtin that is hidden",
      "def alone():",
      "def str(x): ...\ndef alone():",
      [...CLIENT, "Client", "Client.__init__", "call_helper", "helper"],
    ],
  ];

test("an edit changes the fingerprints of what rests on it, and of nothing else", () => {
  for (const [what, search, replacement, expected] of EDITS) {
    const step = edit(PROGRAM, search, replacement);
    assertSound(step, what);
    assert.deepEqual(touched(step).sort(), [...expected].sort(), what);
  }
});

/** Stretches of the program and what may come in their place. */
const CHANGES: readonly (readonly [search: RegExp, replacements: readonly string[]])[] = [
  [/import requests\n/, ["import httpx as requests\n", "requests = None\n", ""]],
  [/import json as j\n/, ["import json as j, os\n", "try:\n    import json as j\nexcept E:\n    j = None\n"]],
  [/LIMIT = 3\n/, ["LIMIT = 'x'\n", "if HOST:\n    LIMIT = 3\n", "LIMIT = 3\nLIMIT = 4\n", "LIMIT: int\n"]],
  [/HOST = "example.org"\n/, ["HOST = BASE_URL\n", "from x import *\n", "HOST = ['a']\n"]],
  [/return LIMIT \+ 1/, ["return LIMIT", "global LIMIT\n    LIMIT += 1", "del LIMIT"]],
  [/return key in NAMES/, ["NAMES.append(key)", "NAMES[0] = key", "return len(NAMES)"]],
  [
    /def helper\(x: int\) -> str:/,
    ["async def helper(x) -> str:", "@property\ndef helper(x) -> int:", "class helper:"],
  ],
  [/return str\(x\)/, ["yield x", "Client.timeout = 'x'", "return x", "helper.x = 1"]],
  [/timeout: int = 5/, ["timeout = 'a'", "timeout: 'Client' = None", "session: Client"]],
  [
    /self\.session = requests\.Session\(\)/,
    ["self.session = token", "s = helper(1)\n        self.session = s", "pass"],
  ],
  [/class Client:/, ["class Client(dict):", "@dataclass\nclass Client(Special):"]],
  [/class Special\(Client\):/, ["class Special(Client, list):", "class Special:"]],
  [
    /def make\(\) -> Client:/,
    ["def make() -> 'Special':", "@contextmanager\ndef make() -> Client:", "def make():"],
  ],
  [
    /return make\(\)\.session/,
    ["with make() as m:\n        return m.session", "return Client('t').timeout.session"],
  ],
  [
    /def name\(self\) -> str:/,
    ["@property\n    def name(self) -> int:", "def __enter__(self) -> 'Special':"],
  ],
];

const CHANGE = fc
  .integer({ min: 0, max: CHANGES.length - 1 })
  .chain((index) => fc.tuple(fc.constant(index), fc.nat({ max: CHANGES[index]?.[1].length ?? 0 })));

test("whatever is edited: an equal fingerprint means equal answers, and units that are kept answer as new ones", () => {
  fc.assert(
    fc.property(fc.array(CHANGE, { minLength: 1, maxLength: 8 }), (changes) => {
      let text = PROGRAM;
      let file = parser.parse(text);
      const place = { ...PLACE, memory: { last: null } };
      let before = snapshot(buildModel(file.tree, place));
      for (const [index, choice] of changes) {
        const [search, replacements] = CHANGES[index] as (typeof CHANGES)[number];
        const match = search.exec(text);
        const replacement = replacements[choice];
        if (match === null || replacement === undefined) continue;
        const end = match.index + match[0].length;
        const next = text.slice(0, match.index) + replacement + text.slice(end);
        file = file.update([{ start: match.index, end, text: replacement }], next);
        text = next;
        const after = snapshot(buildModel(file.tree, place));
        assertSound({ before, after }, `${match[0]} -> ${replacement}`);
        const fresh = parser.parse(text);
        const expected = [...snapshot(buildModel(fresh.tree, PLACE)).values()];
        fresh.dispose();
        assert.deepEqual([...after.values()], expected);
        before = after;
      }
      file.dispose();
    }),
    { numRuns: 80, seed: 7 },
  );
});
