/** The flow analysis decides: pairs of what must be found and the twin that looks like it and is safe. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { flowsOf } from "./harness.ts";

const HEAD = `import os, sqlite3, subprocess, re, html, base64, functools
from pathlib import Path
from urllib.parse import urlparse
from flask import Flask, request, redirect, abort, session, make_response
import flask
app = Flask(__name__)
ALLOWED = {"a", "b"}
NAMES = ["x", "y"]
`;

/** A view whose body ends in a shell command with `bar`, and whether that is dangerous. */
interface Case {
  readonly name: string;
  readonly body: string;
  readonly found: boolean;
  readonly above?: string;
}

const SHELL: readonly Case[] = [
  { name: "straight", body: "bar = request.args.get('q')", found: true },
  { name: "constant", body: "bar = 'ls'", found: false },
  { name: "subscript", body: "bar = request.args['q']", found: true },
  { name: "overwritten", body: "bar = request.args['q']\nbar = 'x'", found: false },
  {
    name: "one branch",
    body: "bar = 'x'\nif request.method == 'POST':\n  bar = request.args['q']",
    found: true,
  },
  {
    name: "dead branch",
    body: "num = 106\nbar = 'safe' if 7 * 18 + num > 200 else request.args['q']",
    found: false,
  },
  {
    name: "live branch",
    body: "num = 86\nbar = 'safe' if 7 * 42 - num > 300 else request.args['q']",
    found: true,
  },
  {
    name: "dict other key",
    body: "d = {}\nd['a'] = 'x'\nd['b'] = request.args['q']\nbar = d['a']",
    found: false,
  },
  {
    name: "dict same key",
    body: "d = {}\nd['a'] = 'x'\nd['b'] = request.args['q']\nbar = d['b']",
    found: true,
  },
  {
    name: "an item that is written again after its check",
    body: "d = {'a': request.args['q']}\nbar = ''\nif d['a'] == 'x':\n  d['a'] = request.args['r']\n  bar = d['a']",
    found: true,
  },
  {
    name: "an item that is written by another name after its check",
    body: "d = {'a': request.args['q']}\ne = d\nbar = ''\nif d.get('a') == 'x':\n  e['a'] = request.args['r']\n  bar = d.get('a')",
    found: true,
  },
  {
    name: "an item that was checked",
    body: "d = {'a': request.args['q']}\nbar = ''\nif d['a'] == 'x':\n  bar = d['a']",
    found: false,
  },
  {
    name: "list shifted",
    body: "l = []\nl.append('safe')\nl.append(request.args['q'])\nl.append('more')\nl.pop(0)\nbar = l[0]",
    found: true,
  },
  {
    name: "list shifted to safe",
    body: "l = []\nl.append('safe')\nl.append(request.args['q'])\nl.append('more')\nl.pop(0)\nbar = l[1]",
    found: false,
  },
  { name: "f-string", body: "q = request.args['q']\nbar = f'ls {q}'", found: true },
  { name: "percent", body: "bar = 'ls %s' % request.args['q']", found: true },
  { name: "percent tuple", body: "bar = 'ls %s %s' % ('a', request.args['q'])", found: true },
  { name: "format", body: "bar = 'ls {}'.format(request.args['q'])", found: true },
  { name: "join", body: "bar = ' '.join(['ls', request.args['q']])", found: true },
  { name: "join of constants", body: "q = request.args['q']\nbar = ' '.join(['ls', '-l'])", found: false },
  { name: "int", body: "bar = 'head -n %d' % int(request.args['q'])", found: false },
  { name: "quoted", body: "import shlex\nbar = 'ls ' + shlex.quote(request.args['q'])", found: false },
  { name: "html-escaped only", body: "bar = html.escape(request.args['q'])", found: true },
  {
    name: "b64",
    body: "t = base64.b64encode(request.args['q'].encode())\nbar = base64.b64decode(t).decode()",
    found: true,
  },
  { name: "allow list", body: "bar = request.args['q']\nif bar not in ALLOWED:\n  abort(400)", found: false },
  {
    name: "allow list without leaving",
    body: "bar = request.args['q']\nif bar not in ALLOWED:\n  print('no')",
    found: true,
  },
  {
    name: "allow list inline",
    body: "bar = request.args['q']\nif bar not in ('a', 'b'):\n  return 'no'",
    found: false,
  },
  { name: "equality", body: "bar = request.args['q']\nif bar != 'ls':\n  raise ValueError", found: false },
  {
    name: "fullmatch",
    body: "bar = request.args['q']\nif not re.fullmatch(r'[a-z0-9_]+', bar):\n  abort(400)",
    found: false,
  },
  {
    name: "search is no fullmatch",
    body: "bar = request.args['q']\nif not re.search(r'[a-z0-9_]+', bar):\n  abort(400)",
    found: true,
  },
  { name: "isdigit", body: "bar = request.args['q']\nif not bar.isdigit():\n  return ''", found: false },
  { name: "dict lookup", body: "bar = {'a': 'ls', 'b': 'ps'}[request.args['q']]", found: false },
  { name: "dict get with default", body: "bar = {'a': 'ls'}.get(request.args['q'], 'ps')", found: false },
  {
    name: "dict get falls back to itself",
    body: "q = request.args['q']\nbar = {'a': 'ls'}.get(q, q)",
    found: true,
  },
  {
    name: "helper",
    above: "def helper(x):\n  return 'ls ' + x\n",
    body: "bar = helper(request.args['q'])",
    found: true,
  },
  {
    name: "helper drops it",
    above: "def helper(x):\n  return 'ls'\n",
    body: "bar = helper(request.args['q'])",
    found: false,
  },
  {
    name: "helper of a class",
    above:
      "class Box:\n  def __init__(self, v):\n    self.v = v\n    self.w = 'w'\n  def get(self):\n    return self.v\n",
    body: "bar = Box(request.args['q']).get()",
    found: true,
  },
  {
    name: "other attribute",
    above:
      "class Box:\n  def __init__(self, v):\n    self.v = v\n    self.w = 'w'\n  def get(self):\n    return self.w\n",
    body: "bar = Box(request.args['q']).get()",
    found: false,
  },
  {
    name: "match constant",
    body: "g = 'ABC'[1]\nmatch g:\n  case 'A':\n    bar = request.args['q']\n  case 'B':\n    bar = 'bob'\n  case _:\n    bar = 'x'",
    found: false,
  },
  {
    name: "match to tainted",
    body: "g = 'ABC'[0]\nmatch g:\n  case 'A':\n    bar = request.args['q']\n  case _:\n    bar = 'x'",
    found: true,
  },
  { name: "loop", body: "bar = ''\nfor part in request.args.getlist('q'):\n  bar += part", found: true },
  { name: "comprehension", body: "bar = ' '.join(p for p in request.args.getlist('q'))", found: true },
  {
    name: "comprehension with guard",
    body: "bar = ' '.join(p for p in request.args.getlist('q') if p in ALLOWED)",
    found: false,
  },
  { name: "try", body: "try:\n  bar = request.args['q']\nexcept KeyError:\n  bar = 'x'", found: true },
  { name: "or default", body: "bar = request.args.get('q') or 'x'", found: true },
  { name: "walrus", body: "if (bar := request.args.get('q')):\n  pass", found: true },
  { name: "lambda", body: "f = lambda v: 'ls ' + v\nbar = f(request.args['q'])", found: true },
  { name: "closure", body: "q = request.args['q']\ndef inner():\n  return q\nbar = inner()", found: true },
  {
    name: "partial",
    body: "f = functools.partial('{} {}'.format, 'ls')\nbar = f(request.args['q'])",
    found: true,
  },
  {
    name: "decorator that wraps",
    above:
      "def deco(f):\n  def inner(*a, **k):\n    return f(*a, **k)\n  return inner\n@deco\ndef ident(x):\n  return x\n",
    body: "bar = ident(request.args['q'])",
    found: true,
  },
  {
    name: "own predicate",
    above: "def ok(x):\n  return x in ALLOWED\n",
    body: "bar = request.args['q']\nif not ok(bar):\n  abort(400)",
    found: false,
  },
  {
    name: "own check that raises",
    above: "def check(x):\n  if x not in ALLOWED:\n    raise ValueError(x)\n  return x\n",
    body: "bar = check(request.args['q'])",
    found: false,
  },
  { name: "alias of a list", body: "a = []\nb = a\nb.append(request.args['q'])\nbar = a[0]", found: true },
  { name: "unpacking", body: "x, bar = 'a', request.args['q']", found: true },
  { name: "unpacking the other", body: "bar, x = 'a', request.args['q']", found: false },
  {
    name: "generator",
    above: "def gen(x):\n  yield 'a'\n  yield x\n",
    body: "bar = list(gen(request.args['q']))[1]",
    found: true,
  },
  {
    name: "recursion ends",
    above: "def rec(x, n):\n  if n == 0:\n    return x\n  return rec(x, n - 1)\n",
    body: "bar = rec(request.args['q'], 3)",
    found: true,
  },
  { name: "header", body: "bar = request.headers.get('X-Name')", found: true },
  {
    name: "unknown function",
    body: "bar = transform(request.args['q'])",
    above: "from other import transform\n",
    found: true,
  },
  { name: "length only", body: "bar = 'head -n ' + str(len(request.args['q']))", found: false },
  { name: "finally", body: "bar = request.args['q']\ntry:\n  pass\nfinally:\n  bar = 'x'", found: false },
  { name: "while true", body: "while True:\n  bar = request.args['q']\n  break", found: true },
  {
    name: "del and rebuild",
    body: "d = {'a': request.args['q']}\ndel d['a']\nd['a'] = 'x'\nbar = d['a']",
    found: false,
  },
  {
    name: "star args",
    above: "def last(*a):\n  return a[-1]\n",
    body: "bar = last('x', request.args['q'])",
    found: true,
  },
  {
    name: "keyword args",
    above: "def pick(**k):\n  return k['b']\n",
    body: "bar = pick(a=request.args['q'], b='x')",
    found: false,
  },
];

for (const { name, body, found, above } of SHELL) {
  test(`command: ${name}`, () => {
    const indented = body
      .split("\n")
      .map((line) => `  ${line}`)
      .join("\n");
    const { lines } = flowsOf(
      `${HEAD}${above ?? ""}@app.route('/')\ndef view():\n${indented}\n  os.system(bar)\n`,
    );
    assert.deepEqual(
      lines.some((line) => line.includes(" command ")),
      found,
      lines.join("\n"),
    );
  });
}

const WHOLE: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a query with a placeholder is safe, one with the value in it is not",
    "@app.route('/')\ndef view():\n  c = sqlite3.connect('x').cursor()\n  c.execute('select ?', (request.args['q'],))\n  c.execute('select ' + request.args['q'])\n",
    ["sql"],
  ],
  [
    "a list of arguments starts no shell",
    "@app.route('/')\ndef v():\n  subprocess.run(['ls', request.args['q']])\n",
    [],
  ],
  [
    "a list that starts a shell",
    "@app.route('/')\ndef v():\n  subprocess.run(['sh', '-c', request.args['q']])\n",
    ["command"],
  ],
  [
    "a path inside its root",
    "ROOT = Path('/srv')\n@app.route('/<path:name>')\ndef v(name):\n  p = (ROOT / name).resolve()\n  if not p.is_relative_to(ROOT):\n    abort(404)\n  return p.read_text()\n",
    [],
  ],
  [
    "a path that is not checked",
    "ROOT = Path('/srv')\n@app.route('/<path:name>')\ndef v(name):\n  p = ROOT / name\n  return {'a': p.read_text()}\n",
    ["path"],
  ],
  ["a route converter", "@app.route('/<int:n>')\ndef v(n):\n  return {'a': open(f'/srv/{n}').read()}\n", []],
  [
    "what a view returns is HTML",
    "@app.route('/')\ndef v():\n  return 'Hello ' + request.args['q']\n",
    ["xss"],
  ],
  [
    "what a view returns is escaped",
    "from markupsafe import escape\n@app.route('/')\ndef v():\n  return 'Hello ' + escape(request.args['q'])\n",
    [],
  ],
  ["a dict is JSON", "@app.route('/')\ndef v():\n  return {'q': request.args['q']}\n", []],
  ["a redirect", "@app.route('/')\ndef v():\n  return redirect(request.args['next'])\n", ["redirect"]],
  [
    "a redirect to an own path",
    "@app.route('/')\ndef v():\n  return redirect('/items/' + request.args['next'])\n",
    [],
  ],
  [
    "a redirect whose host is checked",
    "@app.route('/')\ndef v():\n  url = request.args['next']\n  parts = urlparse(url)\n  if parts.netloc not in ('', 'example.com'):\n    abort(400)\n  return redirect(url)\n",
    [],
  ],
  [
    "a session key",
    "@app.route('/')\ndef v():\n  session['role'] = request.form['role']\n  return {}\n",
    ["session"],
  ],
  ["module code of a script", "import sys\nos.system('ls ' + sys.argv[1])\n", ["command"]],
];

for (const [name, body, risks] of WHOLE) {
  test(name, () => {
    const { lines } = flowsOf(HEAD + body);
    assert.deepEqual(
      [...new Set(lines.map((line) => line.split(" ")[1]))].sort(),
      [...risks].sort(),
      lines.join("\n"),
    );
  });
}
