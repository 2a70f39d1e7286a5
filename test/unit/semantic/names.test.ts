/** Qualified names: imports, aliases, definitions, builtins, star imports. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../../../server/src/syntax/walk.ts";
import { check, modelOf } from "./ask.ts";

test("imports, in every spelling", () => {
  check(`
import requests
import requests as r
import os.path
import xml.etree.ElementTree as ET
from requests import get, Session as S
from os import path
requests.get  #: name=requests.get
r.Session().get  #: name=requests.Session.get
os.path.join  #: name=os.path.join
os.environ  #: name=os.environ type=os._Environ
ET.parse  #: name=xml.etree.ElementTree.parse
get  #: name=requests.get
S  #: name=requests.Session
path.join  #: name=os.path.join
unknown_name  #: name=-
unknown_name.attr()  #: callee=-
`);
});

test("relative imports start from the module or the package", () => {
  const code = (name: string) => `
from . import models
from .models import Order
from ..core import db as database
from .. import settings
models  #: name=${name}.models
Order  #: name=${name}.models.Order
`;
  check(`${code("shop.web")}database  #: name=shop.core.db\nsettings  #: name=shop.settings\n`, {
    moduleName: "shop.web.views",
    isPackage: false,
  });
  check(`${code("shop.web.api")}database  #: name=shop.web.core.db\n`, {
    moduleName: "shop.web.api",
    isPackage: true,
  });
  check("from .models import Order\nOrder  #: name=-\n", { moduleName: "", isPackage: false });
  check("from ...far import x\nx  #: name=-\n", { moduleName: "shop.app", isPackage: false });
});

test("the module's own definitions", () => {
  check(`
def helper(): ...
class Shop:
    limit = 3
    class Item: ...
    def sell(self): ...
def outer():
    def inner(): ...
    inner  #: name=shop.app.outer.<locals>.inner def=inner
    local = 5
    local  #: name=-
total = 5
helper  #: name=shop.app.helper def=helper
Shop  #: name=shop.app.Shop def=Shop
Shop.sell  #: name=shop.app.Shop.sell def=sell
Shop.Item  #: name=shop.app.Shop.Item def=Item
Shop.limit  #: name=shop.app.Shop.limit type=builtins.int
total  #: name=shop.app.total def=-
`);
  check("def helper(): ...\nhelper  #: name=.helper\n", { moduleName: "", isPackage: false });
});

test("builtins, and names that hide them", () => {
  check(`
open  #: name=builtins.open
print()  #: callee=builtins.print
ValueError  #: name=builtins.ValueError
def f(open):
    open  #: name=-
    len  #: name=builtins.len
def g():
    id = 3
    id  #: name=-
`);
  check(`
try:
    input = raw_input
except NameError:
    pass
input  #: name=-
`);
});

test("aliases by assignment", () => {
  check(`
import requests, json
get = requests.get
fetch = get
get()  #: callee=requests.get
fetch()  #: callee=requests.get
lib = requests
lib.post()  #: callee=requests.post
either = requests.get
either = requests.post
either()  #: callee=shop.app.either type=-
same = requests.get
same = requests.get
same()  #: callee=requests.get
def f(session=requests):
    session.get()  #: callee=-
`);
});

test("a name bound by several imports is known only where they agree", () => {
  check(`
import sys
try:
    import yaml
except ImportError:
    yaml = None
yaml.load()  #: callee=yaml.load
try:
    import simplejson as json
except ImportError:
    import json
json.loads()  #: callee=-
if sys.version_info > (3, 11):
    import tomllib
else:
    import tomllib
tomllib.loads()  #: callee=tomllib.loads
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from decimal import Decimal
else:
    Decimal = object
Decimal  #: name=decimal.Decimal
def late():
    import pickle
    pickle.loads()  #: callee=pickle.loads
pickle  #: name=-
`);
});

test("a star import may bring what the module does not bind", () => {
  check(`
from flask import *
request.args  #: name=flask.Request.args
_private  #: name=-
open  #: name=builtins.open
here = 1
here  #: name=shop.app.here
`);
  check(`
from mystery import *
thing  #: name=mystery.thing
open  #: name=-
`);
  check(`
from one import *
from two import *
thing  #: name=-
`);
});

test("scopes: class bodies are skipped, comprehensions and lambdas are not", () => {
  check(`
import requests as lib
class A:
    import json as lib
    lib.loads  #: name=json.loads
    def f(self):
        lib.get  #: name=requests.get
    values = [lib.x for _ in lib.y]
def f():
    import pickle as lib
    (lambda: lib.loads)()  #: callee=-
    [lib.loads() for lib in []]
    def g():
        lib.loads()  #: callee=pickle.loads
    def h():
        global lib
        lib.get()  #: callee=requests.get
    def i():
        nonlocal lib
        lib.loads()  #: callee=pickle.loads
`);
});

test("imports of the whole module, at any level", () => {
  const model = modelOf(`
import os.path, requests
from . import models
def f():
    from django.db import models as m, connection
    from flask import *
`);
  assert.deepEqual([...model.imports].sort(), [
    "django.db",
    "django.db.connection",
    "django.db.models",
    "flask",
    "os.path",
    "requests",
    "shop",
    "shop.models",
  ]);
  for (const name of ["os", "os.path", "requests", "django", "django.db", "flask"]) {
    assert.ok(model.importsPackage(name), name);
  }
  for (const name of ["request", "django.d", "path", "models"]) assert.ok(!model.importsPackage(name), name);
});

test("bindings say what binds them, and whether their value is known", () => {
  const model = modelOf(`
import a
X = 1
Y = 1
Y += 1
if a:
    Z = 1
def f(p, *q):
    for i in p:
        pass
    with p as w, q as (u, v):
        k = 2
    try:
        pass
    except E as e:
        pass
    if (n := p):
        pass
    match p:
        case [m, *rest]:
            pass
    global G
    G = 1
`);
  const module = model.scopeOf(model.module);
  const single = (scope: typeof module) =>
    [...scope.bindings.values()].map(({ name, kind, single }) => `${name} ${kind}${single ? " single" : ""}`);
  assert.deepEqual(single(module), [
    "a import single",
    "X assignment single",
    "Y assignment",
    "Z assignment",
    "f function single",
    "G assignment",
  ]);
  const fn = model.module.body.find((stmt) => stmt.kind === "FunctionDef");
  assert.ok(fn?.kind === "FunctionDef" && fn.body[0] !== undefined);
  assert.deepEqual(single(model.scopeOf(fn.body[0])), [
    "p parameter single",
    "q parameter single",
    "i for",
    "w with single",
    "u with single",
    "v with single",
    "k assignment single",
    "e except",
    "n walrus",
    "m match",
    "rest match",
  ]);
});

test("which function and class hold a node", () => {
  const model = modelOf(`
class A(base()):
    x = call1()
    @decorate()
    def f(self, a=default()):
        call2()
        def g():
            call3()
`);
  const holders: Record<string, string> = {};
  walk(model.module, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Name") return;
    const { enclosingClass, enclosingFunction } = model;
    holders[node.func.id] = `${enclosingClass(node)?.name ?? "-"} ${enclosingFunction(node)?.name ?? "-"}`;
  });
  assert.deepEqual(holders, {
    base: "- -",
    call1: "A -",
    decorate: "A -",
    default: "A -",
    call2: "A f",
    call3: "A g",
  });
});
