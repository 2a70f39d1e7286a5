/** Light types: constructors, annotations, models, attributes, hierarchies. What is not certain stays unknown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { check, modelOf } from "./ask.ts";

test("literals, operators and methods of builtins", () => {
  check(`
"a"  #: type=builtins.str
b"a".decode()  #: callee=builtins.bytes.decode type=builtins.str
f"{x}".format()  #: callee=builtins.str.format type=builtins.str
[1, 2]  #: type=builtins.list
{"a": 1}.get("a")  #: callee=builtins.dict.get type=builtins.int
{1: [2.5]}[1][0]  #: type=builtins.float
(1, "a")[1]  #: type=builtins.str
(1, "a")[-2]  #: type=builtins.int
None  #: type=types.NoneType
1 + 2  #: type=builtins.int
1 / 2  #: type=builtins.float
1 + 2.0  #: type=builtins.float
"%s" % anything  #: type=builtins.str
"a" + anything  #: type=-
"a" * 3  #: type=builtins.str
not anything  #: type=builtins.bool
anything in other  #: type=builtins.bool
anything == other  #: type=-
1 == 2  #: type=builtins.bool
"a" if anything else "b"  #: type=builtins.str
"a" if anything else 1  #: type=-
"a" or None  #: type=builtins.str
[x.upper() for x in "a b".split()]  #: type=builtins.list
sorted(["a"])[0].upper()  #: callee=builtins.str.upper
next(iter({"a"})).upper()  #: callee=builtins.str.upper
lambda: 1  #: type=-
`);
});

test("constructors and return types of the models", () => {
  check(`
import sqlite3, requests, pathlib, subprocess, logging, re, threading
from concurrent.futures import ThreadPoolExecutor
connection = sqlite3.connect("x")
cursor = connection.cursor()
cursor.execute("q")  #: callee=sqlite3.Cursor.execute type=sqlite3.Cursor
connection.execute("q").fetchall()  #: callee=sqlite3.Cursor.fetchall type=builtins.list
requests.Session().get("u").json  #: name=requests.Response.json
requests.get("u").status_code  #: type=builtins.int
(pathlib.Path("a") / "b").read_text()  #: callee=pathlib.Path.read_text type=builtins.str
("a" / pathlib.Path("b")).parent  #: type=pathlib.Path
subprocess.run(["x"]).returncode  #: name=subprocess.CompletedProcess.returncode type=builtins.int
logging.getLogger("a").info  #: name=logging.Logger.info
re.compile("a").match("b").start()  #: type=builtins.int
open("f").read()  #: type=builtins.str
open("f", "rb").read()  #: type=builtins.bytes
open("f", mode="wb")  #: type=io.BufferedWriter
open("f", mode)  #: type=-
open("f", **options)  #: type=-
subprocess.check_output(["x"])  #: type=builtins.bytes
subprocess.check_output(["x"], text=True)  #: type=-
ThreadPoolExecutor().submit(f)  #: type=concurrent.futures.Future
threading.Thread(target=f).start()  #: callee=threading.Thread.start
sqlite3.connect("x").unheard_of()  #: callee=sqlite3.Connection.unheard_of type=-
`);
});

test("annotations", () => {
  check(`
from __future__ import annotations
import typing as t
from typing import Annotated, Optional, Union, Literal, Any
from collections.abc import Iterable, Mapping
import requests
from shop.models import Order
Session = Annotated[requests.Session, "x"]
UserId = t.NewType("UserId", int)
class Node:
    next: "Node | None" = None
def f(
    a: requests.Session, b: Optional[requests.Session], c: "requests.Session | None", d: Session,
    e: Union[str, None], g: Union[str, int], h: list[requests.Response], i: Mapping[str, requests.Response],
    j: Literal["a", "b"], k: Any, l: Order, m: tuple[int, str], n: tuple[str, ...], o: type[Node],
    p: t.Final[str], q: UserId, r: "Broken[", s: None, u: t.List["Node"], node: Node, *args: str, **kwargs: int,
):
    a.get  #: name=requests.Session.get
    b.get  #: name=requests.Session.get
    c.get  #: name=requests.Session.get
    d.get  #: name=requests.Session.get
    e  #: type=builtins.str
    g  #: type=-
    h[0].text  #: type=builtins.str
    i["x"].json()  #: callee=requests.Response.json
    j  #: type=builtins.str
    k  #: type=-
    l.pay()  #: callee=shop.models.Order.pay type=-
    m[1]  #: type=builtins.str
    n[7]  #: type=builtins.str
    o().next  #: type=shop.app.Node
    p  #: type=builtins.str
    q  #: type=builtins.int
    r  #: type=-
    s  #: type=types.NoneType
    u[0].next  #: type=shop.app.Node
    node.next.next  #: type=shop.app.Node
    args[0]  #: type=builtins.str
    kwargs["x"]  #: type=builtins.int
type Alias[T] = list[T]
type Text = str
def g(x: Text, y: Alias):
    x  #: type=builtins.str
    y  #: type=builtins.list
`);
});

test("recursive aliases and annotations end", () => {
  check(`
from typing import Union, Dict, List
Json = Union[None, str, Dict[str, "Json"], List["Json"]]
Tree = Dict[str, "Tree"]
A = "B"
B = "A"
def f(a: Json, b: Tree, c: A):
    a  #: type=-
    b  #: type=builtins.dict
    c  #: type=-
`);
});

test("with, for, await, comprehensions and unpacking", () => {
  check(`
import httpx, sqlite3, tempfile, asyncio, contextlib
from contextlib import contextmanager, asynccontextmanager
from typing import Iterator
@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    yield
@asynccontextmanager
async def aopened() -> Iterator[httpx.AsyncClient]:
    yield
class Door:
    def __enter__(self):
        return self
    def __exit__(self, *a): ...
    async def __aenter__(self) -> "Door": ...
    def open(self): ...
async def fetch() -> httpx.Response: ...
async def stream():
    yield 1
async def f(rows: list[tuple[int, str]], names: dict[str, httpx.Client]):
    with open("f") as file, tempfile.TemporaryDirectory() as folder:
        file.read()  #: callee=io.TextIOWrapper.read
        folder.upper()  #: callee=builtins.str.upper
    with opened() as connection, Door() as door:
        connection.execute  #: name=sqlite3.Connection.execute
        door.open  #: name=shop.app.Door.open
    async with httpx.AsyncClient() as client, aopened() as other, Door() as d2:
        client.get("u")  #: callee=httpx.AsyncClient.get type=types.CoroutineType
        (await client.get("u")).json  #: name=httpx.Response.json
        other.get  #: name=httpx.AsyncClient.get
        d2.open  #: name=shop.app.Door.open
    for number, name in rows:
        number  #: type=builtins.int
        name  #: type=builtins.str
    for key, session in names.items():
        session.get  #: name=httpx.Client.get
    for index, row in enumerate(rows):
        row[1]  #: type=builtins.str
    fetch()  #: type=types.CoroutineType
    stream()  #: type=-
    await fetch()  #: type=httpx.Response
    await asyncio.wait_for(fetch(), 1)  #: type=httpx.Response
    [c.get for c in names.values()][0]  #: type=-
    [c for c in names.values()][0].get  #: name=httpx.Client.get
    a, (b, *c) = 1, ("x", 2, 3)
    a  #: type=builtins.int
    b  #: type=builtins.str
    c  #: type=-
    if (match := fetch()):
        match  #: type=types.CoroutineType
    with contextlib.closing(sqlite3.connect("x")) as closing:
        closing.cursor().execute  #: name=sqlite3.Cursor.execute
    for unknown in mystery():
        unknown.get  #: name=-
`);
});

test("self, attributes, properties and class hierarchies", () => {
  check(`
import requests
from functools import cached_property
from lib import Base, Mixin
class Client(requests.Session):
    retries = 3
    def __init__(self, token: str, other=None):
        self.session = requests.Session()
        self.token = token
        self.maybe = None
        self.mixed = 1
        self.other = other
    def connect(self):
        self.maybe = requests.Session()
        self.mixed = "a"
    @property
    def url(self) -> str: ...
    @cached_property
    def best(self) -> "Client": ...
    @classmethod
    def make(cls) -> "Client":
        cls.make  #: name=shop.app.Client.make
        return cls("x")
    @staticmethod
    def check(value):
        value.x  #: name=-
    def use(self):
        self.session.get  #: name=requests.Session.get
        self.token  #: type=builtins.str name=shop.app.Client.token
        self.maybe.post  #: name=requests.Session.post
        self.mixed  #: type=-
        self.other  #: type=-
        self.retries  #: type=builtins.int
        self.url  #: type=builtins.str
        self.best.session.put  #: name=requests.Session.put
        self.use  #: name=shop.app.Client.use def=use
        self.get  #: name=requests.Session.get
        self.mount  #: name=requests.Session.mount
        self.unlisted  #: name=requests.Session.unlisted
        super().get  #: name=requests.Session.get
        self.__class__.make  #: name=shop.app.Client.make
        type(self).make().session.get  #: name=requests.Session.get
        getattr(self, "session").get  #: name=requests.Session.get
        getattr(self, "session", None)  #: type=-
        def nested():
            self.session.get  #: name=requests.Session.get
class Sub(Client):
    def use(self):
        super().use  #: name=shop.app.Client.use
        self.session.get  #: name=requests.Session.get
        self.use  #: name=shop.app.Sub.use
class Foreign(Base):
    def f(self):
        self.save  #: name=lib.Base.save
class Mixed(Mixin, Base):
    def f(self):
        self.save  #: name=-
class Unknown(make_base()):
    def f(self):
        self.save  #: name=-
        self.f  #: name=shop.app.Unknown.f
Client("t").session.get  #: name=requests.Session.get
Client.make().use  #: name=shop.app.Client.use
`);
});

test("dataclasses, models and enumerations", () => {
  check(`
from dataclasses import dataclass
import enum, datetime
from pydantic import BaseModel, Field
from django.db import models
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, declarative_base
from sqlalchemy import Column, Integer
@dataclass
class Point:
    x: int
    label: str = "a"
class Item(BaseModel):
    name: str = Field("a")
    when: datetime.datetime | None = None
class Color(enum.Enum):
    RED = 1
class Author(models.Model):
    name = models.CharField(max_length=3)
    born = models.DateField()
class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    editor = models.ForeignKey("Author", on_delete=models.CASCADE)
    def f(self):
        self.author.name  #: type=builtins.str
        self.editor.born  #: type=datetime.date
        self.pk  #: type=-
class Base(DeclarativeBase): ...
Old = declarative_base()
class User(Base):
    id: Mapped[int] = mapped_column()
    legacy = Column(Integer)
class OldUser(Old): ...
def f(p: Point, item: Item, user: User, book: Book):
    p.x  #: type=builtins.int
    p.label  #: type=builtins.str
    item.name.upper()  #: callee=builtins.str.upper
    item.when.tzinfo  #: type=datetime.tzinfo
    item.model_dump()  #: callee=pydantic.BaseModel.model_dump
    user.id  #: type=builtins.int
    user.legacy  #: type=-
    User.id  #: type=sqlalchemy.orm.Mapped
    book.save()  #: callee=django.db.models.Model.save
Color.RED  #: type=shop.app.Color name=shop.app.Color.RED
Color.RED.name  #: type=builtins.str
Item.model_validate({}).name  #: type=builtins.str
Book.objects.filter(x=1).order_by("y").first().author.name  #: type=builtins.str
Book.objects.filter  #: name=django.db.models.QuerySet.filter
for book in Book.objects.all():
    book.author  #: type=shop.app.Author
`);
});

test("frameworks: requests, sessions, tasks", () => {
  check(`
import flask, fastapi, celery
from flask import request, Flask
from django.http import HttpRequest
from fastapi import Depends, Request
from starlette.responses import JSONResponse
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel import select
from flask_sqlalchemy import SQLAlchemy
from pymongo import MongoClient
from typing import Annotated
app = Flask(__name__)
queue = celery.Celery()
db = SQLAlchemy()
mongo = MongoClient()
Maker = sessionmaker()
DB = Annotated[Session, Depends(lambda: None)]
class Row(db.Model):
    id = db.Column(db.Integer)
@queue.task
def send(x): ...
@celery.shared_task(bind=True)
def other(self): ...
@app.route("/")
def index() -> str: ...
request.args.get("a")  #: callee=werkzeug.datastructures.MultiDict.get type=builtins.str
request.args  #: name=flask.Request.args
flask.request.args["a"]  #: type=builtins.str
app.run  #: name=flask.Flask.run
app.config  #: type=flask.Config
db.session.execute  #: name=sqlalchemy.orm.scoped_session.execute
db.Column  #: name=sqlalchemy.Column
Row.query.filter_by(a=1).first()  #: type=shop.app.Row
send.delay(1)  #: callee=celery.Task.delay type=celery.result.AsyncResult
other.apply_async()  #: callee=celery.Task.apply_async
index()  #: callee=shop.app.index type=builtins.str
JSONResponse  #: name=fastapi.responses.JSONResponse
Maker().query(Row).all()[0]  #: type=shop.app.Row
mongo.shop.orders.find({})  #: callee=pymongo.collection.Collection.find
mongo["shop"]["orders"].find({})  #: callee=pymongo.collection.Collection.find
def view(r: HttpRequest, fast: Request, session: DB):
    r.GET.get("x")  #: callee=django.http.QueryDict.get type=builtins.str
    fast.query_params["x"]  #: type=builtins.str
    session.get(Row, 1)  #: callee=sqlalchemy.orm.Session.get type=shop.app.Row
    session.execute(select(Row)).scalars().all()  #: callee=sqlalchemy.ScalarResult.all type=builtins.list
`);
});

test("names that are bound again keep their type only where all agree", () => {
  check(`
import requests, pathlib
from django.db.models import QuerySet
def f(path: pathlib.Path, qs: QuerySet, text: str, data: str):
    path = path.resolve() / "a"
    path  #: type=pathlib.Path
    qs = qs.filter(a=1)
    if path:
        qs = qs.exclude(b=2).order_by("c")
    qs.first  #: name=django.db.models.QuerySet.first
    text = text.strip()
    text += "x"
    text  #: type=builtins.str
    data = parse(data)
    data  #: type=-
    r = requests.get("u")
    r = r.json()
    r  #: type=-
    n = 0
    n += 1
    n  #: type=builtins.int
    n2 = 0
    n2 /= 2
    n2  #: type=-
    s = None
    if n:
        s = requests.Session()
    s.get  #: name=requests.Session.get
    a = b
    b = a
    a  #: type=-
    c = c
    c  #: type=-
    for d in d: ...
    d  #: type=-
try:
    pass
except requests.HTTPError as error:
    error.response  #: type=requests.Response
except (ValueError, KeyError) as other:
    other  #: type=-
match path:
    case pathlib.Path() as captured:
        captured.name  #: type=builtins.str
`);
});

test("decorators: what they leave of a function's type", () => {
  check(`
from typing import overload, Self
import functools, contextlib, unknown_lib
@overload
def load(x: int) -> int: ...
@overload
def load(x: str) -> str: ...
def load(x) -> bytes: ...
load(1)  #: type=builtins.bytes def=-
load  #: def=load
@unknown_lib.wrap
def wrapped() -> str: ...
wrapped()  #: callee=shop.app.wrapped type=-
@functools.lru_cache(maxsize=3)
def cached() -> str: ...
cached()  #: type=builtins.str
class A:
    @property
    def size(self) -> int: ...
    @size.setter
    def size(self, value): ...
    @staticmethod
    def static() -> str: ...
    def chain(self) -> Self: ...
    @unknown_lib.thing
    def odd(self) -> str:
        self.static()  #: type=builtins.str
class B(A): ...
B().size  #: type=builtins.int
A.size  #: name=-
A.static()  #: type=builtins.str
B().chain().chain()  #: type=shop.app.B
B().odd()  #: callee=shop.app.A.odd type=-
from airflow.decorators import task
@task
def extract() -> dict: ...
extract()  #: callee=shop.app.extract type=airflow.models.xcom_arg.XComArg
extract.expand  #: name=airflow.sdk.bases.decorator.TaskDecorator.expand
def twice(): ...
if cached:
    def twice(): ...
twice  #: name=shop.app.twice def=-
`);
});

test("ancestors, as far as the module and the models know", () => {
  const model = modelOf(`
from django.views.generic import ListView
from django.contrib.auth.mixins import LoginRequiredMixin
from lib import Base
class A(Base): ...
class B(LoginRequiredMixin, ListView): ...
class C(B, A): ...
class D(make()): ...
class E(D, A): ...
class F(F): ...
`);
  const classes = model.module.body.flatMap((stmt) => (stmt.kind === "ClassDef" ? [stmt] : []));
  const ancestors = Object.fromEntries(classes.map((cls) => [cls.name, model.ancestors(cls)]));
  const view = ["django.views.generic.ListView", "django.views.View"];
  const mixin = ["django.contrib.auth.mixins.LoginRequiredMixin", "django.contrib.auth.mixins.AccessMixin"];
  assert.deepEqual(ancestors, {
    A: ["lib.Base"],
    B: [...mixin, ...view],
    C: ["shop.app.B", ...mixin, ...view, "shop.app.A", "lib.Base"],
    D: [],
    E: ["shop.app.D", "shop.app.A", "lib.Base"],
    F: [],
  });
  const [, b, , d] = classes;
  assert.ok(b !== undefined && d !== undefined);
  assert.ok(model.derivesFrom(b, new Set(["django.views.View"])));
  assert.ok(model.derivesFrom(b, new Set(["django.views.generic.base.View"])), "an alias of the base");
  assert.ok(model.derivesFrom(b, new Set(["shop.app.B"])), "the class itself");
  assert.ok(!model.derivesFrom(d, new Set(["django.views.View"])));
});
