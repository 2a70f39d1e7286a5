/** Data that flows through several files: handlers, helpers, methods, sources and sinks apart. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import { RULES } from "../../../server/src/registry.generated.ts";
import { projectOf, sourceOf } from "../../harness/check.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";

const parser = await createTestParser();
const FLOWS = RULES.filter(({ taint }) => taint !== undefined);

/** Findings as `line severity rule: step, step`, a step of another file with its path and line. */
function findingsIn(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const { engine, faults } = createTestEngine(parser, FLOWS);
  const list = Object.entries(files).map(([name, text]) => ({ path: name, text }));
  const project = projectOf(engine, list);
  const lineIn = (file: string, offset: number) => (files[file] ?? "").slice(0, offset).split("\n").length;
  const findings = engine.analyze(sourceOf({ path, text: files[path] ?? "" }), DEFAULT_CONFIG, project);
  assert.deepEqual(faults, []);
  return findings.map(({ ruleId, severity, span, related }) => {
    const steps = related.map((step) => {
      const file = step.path?.slice("/project/".length) ?? path;
      return `${file === path ? "" : `${file}:`}${lineIn(file, step.span.start)}`;
    });
    return `${lineIn(path, span.start)} ${severity} ${ruleId}: ${steps.join(" ")}`;
  });
}

const APP = "from flask import Flask, request\nimport sqlite3\napp = Flask(__name__)\n";

describe("a flow through several files", () => {
  it("into a sink of a helper, with its steps there", () => {
    const files = {
      "shop/__init__.py": "",
      "shop/db.py":
        'import sqlite3\n\ndef find(name):\n    con = sqlite3.connect("x")\n    con.execute("select " + name)\n',
      "shop/views.py": `${APP}from .db import find\n\n@app.route("/")\ndef index():\n    find(request.args["q"])\n    return ""\n`,
    };
    assert.deepEqual(findingsIn(files, "shop/views.py"), [
      "8 error sql-injection: 8 8 shop/db.py:3 shop/db.py:5 shop/db.py:5",
    ]);
    assert.deepEqual(findingsIn(files, "shop/db.py"), [], "once, where the data comes from");
  });

  it("from a helper that returns a source", () => {
    const files = {
      "shop/__init__.py": "",
      "shop/web.py": 'from flask import request\n\ndef query():\n    return request.args["q"]\n',
      "shop/views.py":
        'import sqlite3\nfrom shop.web import query\n\ndef search():\n    sqlite3.connect("x").execute("select " + query())\n',
    };
    assert.match(findingsIn(files, "shop/views.py").join(), /^5 error sql-injection: shop\/web\.py:4/);
  });

  it("through methods, inheritance and attributes of classes of other files", () => {
    const files = {
      "shop/__init__.py": "from .store import Store\n",
      "shop/base.py":
        "class Base:\n    def __init__(self, con):\n        self.con = con\n    def run(self, text):\n        self.con.execute(text)\n",
      "shop/store.py":
        'from .base import Base\n\nclass Store(Base):\n    def find(self, name):\n        self.run("select " + name)\n',
      "shop/views.py": `${APP}from shop import Store\n\n@app.route("/")\ndef index():\n    Store(sqlite3.connect("x")).find(request.args["q"])\n    return ""\n`,
      "shop/direct.py":
        'import sqlite3\n\nclass Direct:\n    def find(self, name):\n        sqlite3.connect("x").execute("select " + name)\n',
      "shop/typed.py": `${APP}from .direct import Direct\n\n@app.route("/")\ndef index(given: Direct):\n    given.find(request.args["q"])\n    return ""\n`,
    };
    assert.match(findingsIn(files, "shop/views.py").join(), /^8 error sql-injection: .*shop\/base\.py:5$/);
    assert.match(findingsIn(files, "shop/typed.py").join(), /^8 error sql-injection: .*shop\/direct\.py:5$/);
  });

  it("is none where the helper checks, converts or asks with parameters", () => {
    const files = {
      "shop/__init__.py": "",
      "shop/db.py": `import sqlite3
from .names import TABLES

def safe(name):
    sqlite3.connect("x").execute("select ?", (name,))

def number(value):
    return int(value)

def table(name):
    if name not in TABLES:
        raise ValueError(name)
    return name
`,
      "shop/names.py": 'TABLES = ("orders", "lines")\n',
      "shop/views.py": `${APP}from .db import safe, number, table

@app.route("/")
def index():
    safe(request.args["q"])
    con = sqlite3.connect("x")
    con.execute("select * from t limit " + str(number(request.args["n"])))
    con.execute("select * from " + table(request.args["t"]))
    return ""
`,
    };
    assert.deepEqual(findingsIn(files, "shop/views.py"), []);
  });

  it("knows constants and settings of other files", () => {
    const files = {
      "conf.py": 'TABLE = "orders"\nHOST = "https://example.org"\n',
      "views.py": `${APP}import conf\nfrom conf import TABLE\n\n@app.route("/")\ndef index():\n    sqlite3.connect("x").execute("select * from " + TABLE + conf.TABLE)\n    return ""\n`,
    };
    assert.deepEqual(findingsIn(files, "views.py"), []);
  });

  it("ends where files call each other in a circle", () => {
    const files = {
      "a.py": "from b import g\n\ndef f(x):\n    return g(x)\n",
      "b.py": "from a import f\n\ndef g(x):\n    return f(x)\n",
      "views.py": `${APP}from a import f\n\n@app.route("/")\ndef index():\n    sqlite3.connect("x").execute(f(request.args["q"]))\n    return ""\n`,
    };
    assert.equal(findingsIn(files, "views.py").length, 1);
  });
});

describe("the findings of an open file", () => {
  const HELPER =
    'import sqlite3\n\ndef find(name):\n    con = sqlite3.connect("x")\n    con.execute("select ?", (name,))\n';
  const UNSAFE = HELPER.replace('"select ?", (name,)', '"select " + name');
  const VIEWS = `${APP}from db import find\n\n@app.route("/")\ndef index():\n    find(request.args["q"])\n    return ""\n`;

  it("follow the body of a helper that is typed, and its places move with it", () => {
    const { engine } = createTestEngine(parser, FLOWS);
    const project = projectOf(engine, [
      { path: "db.py", text: HELPER },
      { path: "views.py", text: VIEWS },
    ]);
    const views = engine.open(sourceOf({ path: "views.py", text: VIEWS }), project);
    const count = () => engine.findings(views, DEFAULT_CONFIG).length;
    assert.equal(count(), 0);
    const db = engine.open(sourceOf({ path: "db.py", text: HELPER }), project);
    const start = HELPER.indexOf('"select ?"');
    const end = HELPER.indexOf(")", start) + 1;
    engine.update(db, [{ start, end, text: '"select " + name' }], UNSAFE);
    assert.equal(count(), 1);
    engine.update(db, [{ start: 0, end: 0, text: "# one\n# two\n" }], `# one\n# two\n${UNSAFE}`);
    const [finding] = engine.findings(views, DEFAULT_CONFIG);
    const last = finding?.related.at(-1);
    assert.ok(last !== undefined);
    assert.equal(db.text.slice(last.span.start, last.span.end), 'con.execute("select " + name)');
    engine.close(db);
    assert.equal(count(), 0, "what is on disk is safe");
  });

  it("follow a helper that begins to return a source", () => {
    const { engine } = createTestEngine(parser, FLOWS);
    const view =
      'import sqlite3\nfrom web import query\n\ndef search():\n    sqlite3.connect("x").execute("select " + query())\n';
    const files = [
      { path: "web.py", text: 'def query():\n    return "x"\n' },
      { path: "views.py", text: view },
    ];
    const project = projectOf(engine, files);
    const views = engine.open(sourceOf({ path: "views.py", text: view }), project);
    assert.equal(engine.findings(views, DEFAULT_CONFIG).length, 0);
    const { text, ...identity } = sourceOf({
      path: "web.py",
      text: 'from flask import request\n\ndef query():\n    return request.args["q"]\n',
    });
    project.files.put({ ...identity, notebook: false }, text);
    assert.equal(engine.findings(views, DEFAULT_CONFIG).length, 1);
  });
});
