/** Light types: constructors, annotations, models, attributes, hierarchies. What is not certain stays unknown. */

import { test } from "node:test";
import { check } from "./ask.ts";

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
