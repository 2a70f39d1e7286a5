/** What we know of Python's builtins, and of the types behind its syntax (`types`, `typing`, `collections.abc`). */

import { BUILTIN_NAMES } from "../builtin-names.ts";
import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const EXCEPTION_BASES: Readonly<Record<string, string>> = {
  Exception: "BaseException",
  GeneratorExit: "BaseException",
  KeyboardInterrupt: "BaseException",
  SystemExit: "BaseException",
  BaseExceptionGroup: "BaseException",
  ArithmeticError: "Exception",
  AssertionError: "Exception",
  AttributeError: "Exception",
  BufferError: "Exception",
  EOFError: "Exception",
  ExceptionGroup: "Exception",
  ImportError: "Exception",
  LookupError: "Exception",
  MemoryError: "Exception",
  NameError: "Exception",
  OSError: "Exception",
  ReferenceError: "Exception",
  RuntimeError: "Exception",
  StopAsyncIteration: "Exception",
  StopIteration: "Exception",
  SyntaxError: "Exception",
  SystemError: "Exception",
  TypeError: "Exception",
  ValueError: "Exception",
  Warning: "Exception",
  FloatingPointError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  ZeroDivisionError: "ArithmeticError",
  ModuleNotFoundError: "ImportError",
  IndexError: "LookupError",
  KeyError: "LookupError",
  UnboundLocalError: "NameError",
  BlockingIOError: "OSError",
  ChildProcessError: "OSError",
  ConnectionError: "OSError",
  FileExistsError: "OSError",
  FileNotFoundError: "OSError",
  InterruptedError: "OSError",
  IsADirectoryError: "OSError",
  NotADirectoryError: "OSError",
  PermissionError: "OSError",
  ProcessLookupError: "OSError",
  TimeoutError: "OSError",
  BrokenPipeError: "ConnectionError",
  ConnectionAbortedError: "ConnectionError",
  ConnectionRefusedError: "ConnectionError",
  ConnectionResetError: "ConnectionError",
  NotImplementedError: "RuntimeError",
  PythonFinalizationError: "RuntimeError",
  RecursionError: "RuntimeError",
  IndentationError: "SyntaxError",
  TabError: "IndentationError",
  UnicodeError: "ValueError",
  UnicodeDecodeError: "UnicodeError",
  UnicodeEncodeError: "UnicodeError",
  UnicodeTranslateError: "UnicodeError",
  ...each(
    `BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning
    ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning`,
    "Warning",
  ),
};

const EXCEPTIONS: Readonly<Record<string, ClassModel>> = Object.fromEntries(
  Object.entries(EXCEPTION_BASES).map(([name, base]) => [`builtins.${name}`, { bases: [base] }]),
);

/** Methods that texts and bytes have in common; `Self` is the one or the other. */
const TEXT_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each(
    `capitalize center expandtabs join ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip
    swapcase title translate upper zfill`,
    "Self",
  ),
  ...each("count find index rfind rindex", "int"),
  ...each(
    "endswith startswith isalnum isalpha isascii isdigit islower isspace istitle isupper __contains__",
    "bool",
  ),
  ...each("split rsplit splitlines", "list[Self]"),
  ...each("partition rpartition", "tuple[Self, Self, Self]"),
};

const SET_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each("copy difference intersection symmetric_difference union", "Self"),
  ...each("isdisjoint issubset issuperset __contains__", "bool"),
};

const COLLECTIONS: Readonly<Record<string, ClassModel>> = {
  "builtins.list": {
    methods: {
      __new__: "list[@0*]",
      ...each("append clear extend insert remove reverse sort", "None"),
      ...each("count index", "int"),
      copy: "Self",
      pop: "$0",
      __getitem__: "$0",
      __contains__: "bool",
    },
    iterates: "$0",
  },
  "builtins.tuple": { methods: { __new__: "?", ...each("count index", "int"), __contains__: "bool" } },
  "builtins.dict": {
    methods: {
      __new__: "dict[?, ?]",
      ...each("clear update", "None"),
      ...each("get pop setdefault __getitem__", "$1"),
      copy: "Self",
      fromkeys: "dict[@0*, ?]",
      items: "collections.abc.ItemsView[$0, $1]",
      keys: "collections.abc.KeysView[$0]",
      values: "collections.abc.ValuesView[$1]",
      popitem: "tuple[$0, $1]",
      __contains__: "bool",
    },
    iterates: "$0",
  },
  "builtins.set": {
    methods: {
      __new__: "set[@0*]",
      ...SET_METHODS,
      ...each(
        "add clear discard remove update difference_update intersection_update symmetric_difference_update",
        "None",
      ),
      pop: "$0",
    },
    iterates: "$0",
  },
  "builtins.frozenset": { methods: { __new__: "frozenset[@0*]", ...SET_METHODS }, iterates: "$0" },
  "builtins.range": {
    methods: { ...each("count index __getitem__", "int") },
    attributes: { start: "int", stop: "int", step: "int" },
    iterates: "int",
  },
  "builtins.enumerate": { methods: { __new__: "enumerate[@0*]" }, iterates: "tuple[int, $0]" },
  "builtins.reversed": { methods: { __new__: "reversed[@0*]" }, iterates: "$0" },
  "builtins.zip": { methods: { __new__: "zip[@0*, @1*]" }, iterates: "?" },
  "builtins.filter": { methods: { __new__: "filter[@1*]" }, iterates: "$0" },
  "builtins.map": {},
  "builtins.slice": {},
  "builtins.memoryview": {
    methods: { tobytes: "bytes", tolist: "list[int]", release: "None" },
    enter: "Self",
  },
};

const SCALARS: Readonly<Record<string, ClassModel>> = {
  "builtins.str": {
    methods: {
      ...TEXT_METHODS,
      ...each("casefold format format_map", "str"),
      ...each("isdecimal isidentifier isnumeric isprintable", "bool"),
      encode: "bytes",
      __getitem__: "str",
      maketrans: "dict[?, ?]",
    },
    iterates: "str",
  },
  "builtins.bytes": {
    methods: { ...TEXT_METHODS, decode: "str", hex: "str", fromhex: "Self", __getitem__: "int" },
    iterates: "int",
  },
  "builtins.bytearray": {
    methods: {
      ...TEXT_METHODS,
      decode: "str",
      hex: "str",
      fromhex: "Self",
      copy: "Self",
      ...each("append clear extend insert remove reverse", "None"),
      pop: "int",
      __getitem__: "int",
    },
    iterates: "int",
  },
  "builtins.int": {
    methods: {
      to_bytes: "bytes",
      from_bytes: "int",
      ...each("bit_count bit_length conjugate", "int"),
      is_integer: "bool",
    },
    attributes: { real: "int", imag: "int", numerator: "int", denominator: "int" },
  },
  "builtins.bool": { bases: ["int"] },
  "builtins.float": {
    methods: { is_integer: "bool", hex: "str", fromhex: "float", as_integer_ratio: "tuple[int, int]" },
  },
  "builtins.complex": { methods: { conjugate: "complex" }, attributes: { real: "float", imag: "float" } },
};

const LANGUAGE: Readonly<Record<string, ClassModel>> = {
  "builtins.object": {},
  "builtins.type": { methods: { mro: "list[type]" }, attributes: { __name__: "str", __qualname__: "str" } },
  "builtins.super": {},
  "builtins.BaseException": {
    attributes: { args: "tuple", __traceback__: "types.TracebackType", __notes__: "list[str]" },
    methods: { with_traceback: "Self", add_note: "None" },
  },
  ...EXCEPTIONS,
  "types.NoneType": {},
  "types.EllipsisType": {},
  "types.NotImplementedType": {},
  "types.ModuleType": {},
  "types.TracebackType": { attributes: { tb_lineno: "int" } },
  "types.SimpleNamespace": {},
  "types.MappingProxyType": {
    methods: { ...each("get __getitem__", "$1") },
    iterates: "$0",
  },
  "types.CoroutineType": { methods: { close: "None", send: "?" }, awaits: "$0" },
  "types.GeneratorType": {
    methods: { close: "None", send: "$0", throw: "$0", __next__: "$0" },
    iterates: "$0",
  },
  "types.AsyncGeneratorType": {
    methods: { aclose: "async None", asend: "async $0", __anext__: "async $0" },
    asyncIterates: "$0",
  },
};

const MAPPING_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each("get __getitem__", "$1"),
  items: "collections.abc.ItemsView[$0, $1]",
  keys: "collections.abc.KeysView[$0]",
  values: "collections.abc.ValuesView[$1]",
  __contains__: "bool",
};

const ABSTRACT: Readonly<Record<string, ClassModel>> = {
  "collections.abc.Iterable": { iterates: "$0" },
  "collections.abc.Iterator": { methods: { __next__: "$0" }, iterates: "$0" },
  "collections.abc.Collection": { iterates: "$0" },
  "collections.abc.Reversible": { iterates: "$0" },
  "collections.abc.Container": {},
  "collections.abc.Sized": {},
  "collections.abc.Hashable": {},
  "collections.abc.Callable": {},
  "collections.abc.Generator": { methods: { close: "None", send: "$0", __next__: "$0" }, iterates: "$0" },
  "collections.abc.Sequence": {
    methods: { ...each("count index", "int"), __getitem__: "$0", __contains__: "bool" },
    iterates: "$0",
  },
  "collections.abc.MutableSequence": {
    bases: ["collections.abc.Sequence[$0]"],
    methods: { ...each("append clear extend insert remove reverse", "None"), pop: "$0" },
    iterates: "$0",
  },
  "collections.abc.Set": { methods: { isdisjoint: "bool", __contains__: "bool" }, iterates: "$0" },
  "collections.abc.MutableSet": {
    bases: ["collections.abc.Set[$0]"],
    methods: { ...each("add clear discard remove", "None"), pop: "$0" },
    iterates: "$0",
  },
  "collections.abc.Mapping": { methods: MAPPING_METHODS, iterates: "$0" },
  "collections.abc.MutableMapping": {
    bases: ["collections.abc.Mapping[$0, $1]"],
    methods: { ...each("clear update", "None"), ...each("pop setdefault", "$1"), popitem: "tuple[$0, $1]" },
    iterates: "$0",
  },
  "collections.abc.ItemsView": { iterates: "tuple[$0, $1]" },
  "collections.abc.KeysView": { iterates: "$0" },
  "collections.abc.ValuesView": { iterates: "$0" },
  "collections.abc.Awaitable": { awaits: "$0" },
  "collections.abc.Coroutine": { awaits: "$2" },
  "collections.abc.AsyncIterable": { asyncIterates: "$0" },
  "collections.abc.AsyncIterator": { methods: { __anext__: "async $0" }, asyncIterates: "$0" },
  "collections.abc.AsyncGenerator": {
    methods: { aclose: "async None", asend: "async $0", __anext__: "async $0" },
    asyncIterates: "$0",
  },
  "typing.Generic": {},
  "typing.Protocol": {},
  "typing.NamedTuple": { bases: ["tuple"], methods: { _asdict: "dict[str, ?]", _replace: "Self" } },
  "typing.TypedDict": { bases: ["dict[str, ?]"] },
  "typing.TypeVar": {},
  "typing.ParamSpec": {},
  "typing.TypeVarTuple": {},
  "typing.TextIO": { bases: ["io.TextIOBase"] },
  "typing.BinaryIO": { bases: ["io.BufferedIOBase"] },
};

const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  "builtins.__import__": "types.ModuleType",
  ...each(
    `builtins.all builtins.any builtins.callable builtins.hasattr builtins.isinstance builtins.issubclass`,
    "bool",
  ),
  ...each(
    "builtins.ascii builtins.bin builtins.chr builtins.format builtins.hex builtins.input builtins.oct builtins.repr",
    "str",
  ),
  ...each("builtins.hash builtins.id builtins.len builtins.ord", "int"),
  ...each(
    "builtins.breakpoint builtins.copyright builtins.credits builtins.delattr builtins.exec builtins.exit builtins.help builtins.license builtins.print builtins.quit builtins.setattr",
    "None",
  ),
  ...each(
    "builtins.abs builtins.compile builtins.divmod builtins.eval builtins.getattr builtins.pow builtins.round builtins.sum",
    "?",
  ),
  ...each("builtins.max builtins.min", "?"),
  "builtins.dir": "list[str]",
  "builtins.globals": "dict[str, ?]",
  "builtins.locals": "dict[str, ?]",
  "builtins.vars": "dict[str, ?]",
  "builtins.iter": "collections.abc.Iterator[@0*]",
  "builtins.aiter": "?",
  "builtins.next": "@0*",
  "builtins.anext": "?",
  "builtins.sorted": "list[@0*]",
  "builtins.property": { decorator: "property" },
  "builtins.staticmethod": { decorator: "static-method" },
  "builtins.classmethod": { decorator: "class-method" },
  "builtins.open": {
    returnsBy: {
      position: 1,
      keyword: "mode",
      types: {
        ...each("r w a x rt wt at xt r+ w+ a+ x+ r+t w+t", "io.TextIOWrapper"),
        "": "io.TextIOWrapper",
        rb: "io.BufferedReader",
        ...each("wb ab xb", "io.BufferedWriter"),
        ...each("rb+ r+b wb+ w+b ab+ a+b xb+ x+b", "io.BufferedRandom"),
      },
    },
    // An unbuffered file is a raw one; an opener does not change the type.
    unknownWith: ["buffering"],
  },
  "typing.cast": "?",
  "typing.overload": { decorator: "same" },
  "typing.final": { decorator: "same" },
  "typing.override": { decorator: "same" },
  "typing.no_type_check": { decorator: "same" },
  "typing.deprecated": { decorator: "same" },
  "typing.runtime_checkable": { decorator: "same" },
  "typing.assert_never": "?",
  "typing.get_type_hints": "dict[str, ?]",
};

/** Generic names of `typing` for classes that live elsewhere. */
const TYPING_ALIASES: Readonly<Record<string, string>> = {
  "typing.List": "builtins.list",
  "typing.Dict": "builtins.dict",
  "typing.Set": "builtins.set",
  "typing.FrozenSet": "builtins.frozenset",
  "typing.Tuple": "builtins.tuple",
  "typing.Type": "builtins.type",
  "typing.Text": "builtins.str",
  "typing.AbstractSet": "collections.abc.Set",
  "typing.Deque": "collections.deque",
  "typing.DefaultDict": "collections.defaultdict",
  "typing.OrderedDict": "collections.OrderedDict",
  "typing.Counter": "collections.Counter",
  "typing.ChainMap": "collections.ChainMap",
  "typing.ContextManager": "contextlib.AbstractContextManager",
  "typing.AsyncContextManager": "contextlib.AbstractAsyncContextManager",
  "typing.Pattern": "re.Pattern",
  "typing.Match": "re.Match",
  ...Object.fromEntries(
    `AsyncGenerator AsyncIterable AsyncIterator Awaitable Callable Collection Container Coroutine Generator Hashable
    ItemsView Iterable Iterator KeysView Mapping MutableMapping MutableSequence MutableSet Reversible Sequence Sized
    ValuesView`
      .split(/\s+/)
      .map((name) => [`typing.${name}`, `collections.abc.${name}`]),
  ),
};

/** Builtins that no table above describes are classes, functions or values of which we know only the name. */
const DESCRIBED = new Set([
  ...Object.keys({ ...SCALARS, ...COLLECTIONS, ...LANGUAGE }),
  ...Object.keys(FUNCTIONS),
]);

export const BUILTINS: LibraryModel = {
  packages: ["builtins", "types", "typing", "typing_extensions", "collections.abc"],
  classes: { ...SCALARS, ...COLLECTIONS, ...LANGUAGE, ...ABSTRACT },
  functions: FUNCTIONS,
  values: {
    "builtins.NotImplemented": "types.NotImplementedType",
    "builtins.Ellipsis": "types.EllipsisType",
  },
  aliases: {
    typing_extensions: "typing",
    "warnings.deprecated": "typing.deprecated",
    "builtins.IOError": "builtins.OSError",
    "builtins.EnvironmentError": "builtins.OSError",
    ...TYPING_ALIASES,
  },
};

/** Builtins that the tables leave out; a test wants none. */
export const UNDESCRIBED_BUILTINS: readonly string[] = [...BUILTIN_NAMES].filter(
  (name) => !DESCRIBED.has(`builtins.${name}`),
);
