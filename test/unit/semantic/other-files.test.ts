/** Names, types and classes that come from other files of the project. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createModuleNames } from "../../../server/src/base/module-name.ts";
import { createProject, type Project } from "../../../server/src/engine/project/project.ts";
import type { SemanticModel } from "../../../server/src/semantic/model.ts";
import { checkModel, parser } from "./ask.ts";

/** A project that was read, its modules named as Python would. */
async function projectOf(files: Readonly<Record<string, string>>): Promise<Project> {
  const onFault = (_fact: unknown, _path: string, error: unknown) => assert.fail(String(error));
  const project = createProject({ root: "/project", parser, onFault });
  for (const [path, text] of Object.entries(files)) await put(project, files, path, text);
  project.files.setComplete(true);
  return project;
}

async function put(
  { files: known }: Project,
  files: Readonly<Record<string, string>>,
  relativePath: string,
  text: string,
): Promise<void> {
  const path = `/project/${relativePath}`;
  const names = createModuleNames(async (name) =>
    name.slice("/project/".length) in files ? new Uint8Array() : null,
  );
  known.put({ path, relativePath, notebook: false, ...(await names.of(path, "/project")) }, text);
}

/** Checks the marks in the file `path`. */
async function checkIn(
  files: Readonly<Record<string, string>>,
  path: string,
  text: string,
): Promise<Project> {
  const project = await projectOf({ ...files, [path]: text });
  checkModel(modelIn(project, path), text);
  return project;
}

function modelIn({ files }: Project, path: string): SemanticModel {
  return files.get(`/project/${path}`)?.model() ?? assert.fail(`${path} is no file of the project`);
}

/** The type of the last statement of a file. */
function lastType(project: Project, path: string): string | undefined {
  const model = modelIn(project, path);
  const last = model.module.body.at(-1);
  return last?.kind === "Expr" ? model.typeOf(last.value) : assert.fail("no expression");
}

const SHOP = {
  "shop/__init__.py": "from .models import Order, Order as Purchase\nfrom shop import services as services\n",
  "shop/models.py": `
import requests
from dataclasses import dataclass
from .base import Base

LIMIT = 10
session = requests.Session()

class Order(Base):
    name: str
    total: float = 0.0

    def __init__(self):
        self.lines = [1]
        self.client = requests.Session()

    @property
    def label(self) -> str: ...

    @classmethod
    def load(cls, key) -> "Order": ...

    def copy(self) -> "Order": ...

def fetch() -> requests.Response: ...
async def later() -> int: ...
`,
  "shop/base.py":
    "import requests\nclass Base(requests.Session):\n    pk: int\n    def touch(self) -> 'Base': ...\n",
  "shop/services.py": "from shop.models import Order\ndef newest() -> Order: ...\n",
};

describe("names of other files", () => {
  it("are those of the definitions, however they were imported", async () => {
    await checkIn(
      SHOP,
      "app.py",
      `
from shop import Order, Purchase, services
from shop.models import fetch as get
import shop
import shop.models as m
import requests
Order  #: name=shop.models.Order
Purchase  #: name=shop.models.Order
shop.Purchase  #: name=shop.models.Order
m.Order.load  #: name=shop.models.Order.load
get()  #: callee=shop.models.fetch
services.newest()  #: callee=shop.services.newest
shop.services.newest()  #: callee=shop.services.newest
m.LIMIT  #: name=shop.models.LIMIT
m.absent  #: name=shop.models.absent type=-
requests.get  #: name=requests.get
`,
    );
  });

  it("come from relative imports, also in packages", async () => {
    await checkIn(
      { ...SHOP, "shop/api/__init__.py": "" },
      "shop/api/views.py",
      `
from ..models import Order
from .. import models, Purchase
from . import missing
Order  #: name=shop.models.Order
models.fetch  #: name=shop.models.fetch
Purchase  #: name=shop.models.Order
missing  #: name=shop.api.missing
`,
    );
  });

  it("come through stars, from several modules, and not with an underscore", async () => {
    await checkIn(
      {
        "conf/__init__.py": "",
        "conf/base.py": "from .paths import *\nDEBUG = True\n_hidden = 1\ndef make() -> int: ...\n",
        "conf/paths.py": "from pathlib import Path\nROOT = Path('.')\n",
        "conf/other.py": "def other() -> str: ...\n",
      },
      "conf/dev.py",
      `
from .base import *
from .other import *
ROOT  #: name=conf.paths.ROOT type=pathlib.Path
make()  #: callee=conf.base.make type=builtins.int
other()  #: type=builtins.str
_hidden  #: name=-
`,
    );
  });

  it("are found in a src folder, beside a script, and in packages without __init__", async () => {
    await checkIn(
      {
        "src/shop/__init__.py": "",
        "src/shop/models.py": "class Order: ...\n",
        "tools/helper.py": "def aid() -> int: ...\n",
        "app/routers/users.py": "def route() -> str: ...\n",
      },
      "tools/run.py",
      `
from shop.models import Order
import helper
from app.routers.users import route
helper.aid()  #: type=builtins.int
route()  #: type=builtins.str
`,
    );
  });

  it("stay unknown where several files could be meant, or where a library is named like a file elsewhere", async () => {
    await checkIn(
      {
        "a/util.py": "def one() -> int: ...\n",
        "b/util.py": "def one() -> str: ...\n",
        "billing/stripe.py": "def charge() -> int: ...\n",
      },
      "main.py",
      `
import util
import stripe
util.one()  #: type=-
stripe.charge()  #: type=- callee=stripe.charge
`,
    );
  });
});

describe("types of other files", () => {
  it("are those of instances, attributes, properties, methods and calls", async () => {
    await checkIn(
      SHOP,
      "app.py",
      `
from shop import Order
from shop.models import fetch, later, session
from shop.services import newest
order = Order()
order  #: type=shop.models.Order
order.name  #: type=builtins.str
order.total  #: type=builtins.float
order.lines  #: type=builtins.list
order.client.get("u")  #: callee=requests.Session.get type=requests.Response
order.label  #: type=builtins.str
order.copy().copy()  #: type=shop.models.Order
Order.load(1).pk  #: type=builtins.int
newest().client  #: type=requests.Session
order.get("u")  #: callee=requests.Session.get
order.touch()  #: type=shop.base.Base
fetch().json()  #: callee=requests.Response.json
later()  #: type=types.CoroutineType
session.get("u")  #: callee=requests.Session.get
def f(given: Order, many: list[Order]):
    given.label  #: type=builtins.str
    for one in many:
        one.total  #: type=builtins.float
`,
    );
  });

  it("follow bases across files, and end where bases go in a circle", async () => {
    const project = await checkIn(
      {
        ...SHOP,
        "ring/__init__.py": "",
        "ring/a.py": "from ring.b import B\nclass A(B):\n    x: int\n",
        "ring/b.py": "from ring.a import A\nclass B(A):\n    y: int\n",
      },
      "app.py",
      `
from shop.models import Order
from ring.a import A
class Special(Order):
    def use(self):
        self.pk  #: type=builtins.int
        super().copy()  #: type=shop.models.Order
A().x  #: type=-
`,
    );
    const model = modelIn(project, "app.py");
    const special = model.module.body.find((statement) => statement.kind === "ClassDef");
    assert.ok(special?.kind === "ClassDef");
    const names = model.ancestors(special);
    assert.deepEqual(names.slice(0, 3), ["shop.models.Order", "shop.base.Base", "requests.Session"]);
    assert.ok(model.derivesFrom(special, new Set(["requests.Session"])));
  });

  it("come through aliases of annotations", async () => {
    await checkIn(
      {
        "deps.py":
          "from typing import Annotated\nfrom fastapi import Depends\nfrom sqlalchemy.orm import Session\n" +
          "def get_db(): ...\nDb = Annotated[Session, Depends(get_db)]\n",
      },
      "api.py",
      `
from deps import Db
def f(db: Db):
    db.execute("x")  #: callee=sqlalchemy.orm.Session.execute
`,
    );
  });

  it("are unknown while the project is being read", async () => {
    const project = await projectOf({ ...SHOP, "app.py": "from shop import Order\nOrder().name\n" });
    assert.equal(lastType(project, "app.py"), "builtins.str");
    project.files.setComplete(false);
    assert.equal(lastType(project, "app.py"), undefined);
  });

  it("definitions of other files are none of this one", async () => {
    await checkIn(SHOP, "app.py", "from shop import Order\nOrder  #: def=-\n");
  });
});

describe("a change of another file", () => {
  it("is seen by a model that is asked again, also through a third one", async () => {
    const files = {
      "a.py": "def f() -> int: ...\n",
      "b.py": "from a import f\n",
      "main.py": "from b import f\nf()\n",
    };
    const project = await projectOf(files);
    assert.equal(lastType(project, "main.py"), "builtins.int");
    const before = modelIn(project, "main.py");
    await put(project, files, "c.py", "x = 1\n");
    await put(project, files, "a.py", "def f() -> str: ...\n");
    assert.equal(lastType(project, "main.py"), "builtins.str");
    assert.notEqual(modelIn(project, "main.py"), before);
    project.files.remove("/project/a.py");
    assert.equal(lastType(project, "main.py"), undefined);
  });

  it("leaves models alone that did not ask it", async () => {
    const files = { "a.py": "def f() -> int: ...\n", "b.py": "x = 1\n", "main.py": "from a import f\nf()\n" };
    const project = await projectOf(files);
    lastType(project, "main.py");
    const before = modelIn(project, "main.py");
    await put(project, files, "b.py", "x = 2\n");
    assert.equal(modelIn(project, "main.py"), before);
  });
});

it("an object that its package binds under the name of its module keeps its own name", async () => {
  const project = await projectOf({
    "shop/__init__.py": "from shop.api import api\n",
    "shop/api.py": "from elsewhere import Api\n\napi = Api()\napi.add.more\n",
  });
  const model = modelIn(project, "shop/api.py");
  const last = model.module.body.at(-1);
  assert.equal(last?.kind === "Expr" ? model.qualifiedName(last.value) : undefined, "shop.api.api.add.more");
});
