/** Light types where names are bound anew, of dataclasses and frameworks, and of what decorators leave. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { check, modelOf } from "./ask.ts";

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
