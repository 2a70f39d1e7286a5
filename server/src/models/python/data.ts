/** What we know of texts, numbers, dates, formats and databases in the standard library. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const LOGGER: ClassModel = {
  methods: {
    ...each(
      "debug info warning warn error exception critical fatal log setLevel addHandler removeHandler addFilter removeFilter handle",
      "None",
    ),
    ...each("isEnabledFor hasHandlers", "bool"),
    getEffectiveLevel: "int",
    getChild: "Self",
    makeRecord: "logging.LogRecord",
  },
  attributes: {
    name: "str",
    level: "int",
    ...each("propagate disabled", "bool"),
    handlers: "list[logging.Handler]",
    parent: "logging.Logger",
  },
};

const HANDLER: ClassModel = {
  methods: {
    ...each("setLevel setFormatter addFilter emit handle flush close acquire release", "None"),
    format: "str",
  },
};

const CURSOR: ClassModel = {
  methods: {
    ...each("execute executemany executescript", "sqlite3.Cursor"),
    ...each("fetchone", "?"),
    ...each("fetchall fetchmany", "list"),
    ...each("close setinputsizes setoutputsize", "None"),
  },
  attributes: {
    ...each("rowcount lastrowid arraysize", "int"),
    connection: "sqlite3.Connection",
    description: "?",
  },
  iterates: "?",
};

const DATE_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each("ctime isoformat strftime", "str"),
  ...each("toordinal weekday isoweekday", "int"),
  timetuple: "time.struct_time",
};

const DATE: ClassModel = {
  methods: {
    ...each(
      "today fromtimestamp fromordinal fromisoformat fromisocalendar strptime replace __radd__",
      "Self",
    ),
    __add__: "Self",
    ...DATE_METHODS,
  },
  attributes: { ...each("year month day", "int"), ...each("min max", "Self") },
};

const DATETIME: ClassModel = {
  bases: ["datetime.date"],
  methods: {
    ...each(
      "now utcnow today fromtimestamp utcfromtimestamp fromordinal fromisoformat fromisocalendar combine strptime replace astimezone __add__ __radd__",
      "Self",
    ),
    ...DATE_METHODS,
    tzname: "str",
    date: "datetime.date",
    ...each("time timetz", "datetime.time"),
    timestamp: "float",
    ...each("utcoffset dst", "datetime.timedelta"),
    utctimetuple: "time.struct_time",
  },
  attributes: {
    ...each("year month day hour minute second microsecond fold", "int"),
    ...each("min max", "Self"),
    tzinfo: "datetime.tzinfo",
  },
};

const TIMEDELTA: ClassModel = {
  methods: {
    total_seconds: "float",
    ...each("__add__ __radd__ __sub__ __mul__ __rmul__ __neg__ __pos__ __abs__", "Self"),
  },
  attributes: each("days seconds microseconds", "int"),
};

const PATTERN: ClassModel = {
  methods: {
    ...each("match search fullmatch", "re.Match"),
    finditer: "collections.abc.Iterator[re.Match]",
    ...each("findall split", "list"),
    ...each("sub", "?"),
    subn: "tuple[?, int]",
  },
  attributes: { flags: "int", groups: "int", pattern: "?", groupindex: "collections.abc.Mapping[str, int]" },
};

const MATCH: ClassModel = {
  methods: {
    ...each("group groups groupdict expand __getitem__", "?"),
    ...each("start end", "int"),
    span: "tuple[int, int]",
  },
  attributes: {
    re: "re.Pattern",
    string: "?",
    pos: "int",
    endpos: "int",
    lastindex: "int",
    lastgroup: "str",
  },
};

const HASH: ClassModel = {
  methods: { update: "None", digest: "bytes", hexdigest: "str", copy: "Self" },
  attributes: { name: "str", ...each("digest_size block_size", "int") },
};

const RANDOM_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each("randint randrange getrandbits", "int"),
  ...each(
    "random uniform triangular betavariate expovariate gammavariate gauss lognormvariate normalvariate paretovariate vonmisesvariate weibullvariate",
    "float",
  ),
  choice: "@0*",
  ...each("choices sample", "list[@0*]"),
  ...each("shuffle seed setstate", "None"),
  randbytes: "bytes",
  getstate: "?",
};

const PARSER: ClassModel = {
  methods: {
    parse_args: "argparse.Namespace",
    parse_known_args: "tuple[argparse.Namespace, list[str]]",
    add_argument: "argparse.Action",
    add_argument_group: "argparse._ArgumentGroup",
    add_mutually_exclusive_group: "argparse._MutuallyExclusiveGroup",
    add_subparsers: "argparse._SubParsersAction",
    ...each("format_help format_usage", "str"),
    ...each("print_help print_usage set_defaults error exit", "None"),
  },
  attributes: { prog: "str", description: "str", epilog: "str" },
};

const CONFIG: ClassModel = {
  methods: {
    get: "str",
    getint: "int",
    getfloat: "float",
    getboolean: "bool",
    ...each("sections options", "list[str]"),
    read: "list[str]",
    ...each("read_file read_string read_dict set write add_section", "None"),
    ...each("has_section has_option remove_section remove_option __contains__", "bool"),
    __getitem__: "configparser.SectionProxy",
  },
};

const ELEMENT: ClassModel = {
  methods: {
    ...each("find makeelement __getitem__", "Self"),
    findall: "list[Self]",
    ...each("findtext get", "str"),
    ...each("iter iterfind", "collections.abc.Iterator[Self]"),
    itertext: "collections.abc.Iterator[str]",
    ...each("append extend insert remove set clear", "None"),
    keys: "list[str]",
    items: "list[tuple[str, str]]",
  },
  attributes: { ...each("tag text tail", "str"), attrib: "dict[str, str]" },
  iterates: "Self",
};

const DECIMAL: ClassModel = {
  methods: {
    ...each(
      "quantize normalize copy_abs copy_negate copy_sign sqrt exp ln log10 max min to_integral_value remainder_near fma scaleb __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __mod__ __floordiv__ __pow__ __neg__ __pos__ __abs__",
      "Self",
    ),
    ...each("is_nan is_finite is_infinite is_signed is_zero", "bool"),
    to_eng_string: "str",
  },
};

/** Functions of `re` that compile the pattern they are given. */
const RE: Readonly<Record<string, FunctionEntry>> = {
  "re.compile": "re.Pattern",
  ...each("re.match re.search re.fullmatch", "re.Match"),
  "re.finditer": "collections.abc.Iterator[re.Match]",
  ...each("re.findall re.split", "list"),
  "re.sub": "@2",
  "re.subn": "tuple[@2, int]",
  "re.escape": "@0",
  "re.purge": "None",
};

const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  ...RE,
  ...each(
    "hashlib.md5 hashlib.sha1 hashlib.sha224 hashlib.sha256 hashlib.sha384 hashlib.sha512 hashlib.sha3_224 hashlib.sha3_256 hashlib.sha3_384 hashlib.sha3_512 hashlib.blake2b hashlib.blake2s hashlib.new hashlib.file_digest",
    "hashlib._Hash",
  ),
  ...each("hashlib.shake_128 hashlib.shake_256", "hashlib._VarLenHash"),
  ...each("hashlib.pbkdf2_hmac hashlib.scrypt", "bytes"),
  "hmac.new": "hmac.HMAC",
  "hmac.digest": "bytes",
  ...each("hmac.compare_digest secrets.compare_digest", "bool"),
  ...each("secrets.token_hex secrets.token_urlsafe", "str"),
  "secrets.token_bytes": "bytes",
  ...each("secrets.randbelow secrets.randbits", "int"),
  "secrets.choice": "@0*",
  ...Object.fromEntries(Object.entries(RANDOM_METHODS).map(([name, entry]) => [`random.${name}`, entry])),
  "logging.getLogger": "logging.Logger",
  "logging.getLoggerClass": "type[logging.Logger]",
  ...each(
    `logging.debug logging.info logging.warning logging.warn logging.error logging.exception logging.critical
    logging.fatal logging.log logging.basicConfig logging.disable logging.captureWarnings logging.addLevelName
    logging.setLoggerClass logging.shutdown logging.config.dictConfig logging.config.fileConfig`,
    "None",
  ),
  "logging.getLevelName": "?",
  "json.dumps": "str",
  "json.dump": "None",
  ...each("json.load json.loads", "?"),
  ...each("pickle.load pickle.loads marshal.load marshal.loads", "?"),
  ...each("pickle.dumps marshal.dumps", "bytes"),
  "pickle.dump": "None",
  "csv.reader": "csv._reader",
  "csv.writer": "csv._writer",
  ...each(
    "base64.b64encode base64.b64decode base64.urlsafe_b64encode base64.urlsafe_b64decode base64.standard_b64encode base64.standard_b64decode base64.b32encode base64.b32decode base64.b16encode base64.b16decode base64.b85encode base64.b85decode base64.encodebytes base64.decodebytes",
    "bytes",
  ),
  ...each("binascii.hexlify binascii.unhexlify binascii.a2b_base64 binascii.b2a_base64", "bytes"),
  ...each("html.escape html.unescape", "str"),
  ...each("textwrap.dedent textwrap.indent textwrap.fill textwrap.shorten", "str"),
  "textwrap.wrap": "list[str]",
  ...each("shlex.quote shlex.join", "str"),
  "shlex.split": "list[str]",
  "string.capwords": "str",
  ...each("uuid.uuid1 uuid.uuid3 uuid.uuid4 uuid.uuid5 uuid.uuid6 uuid.uuid7 uuid.uuid8", "uuid.UUID"),
  "uuid.getnode": "int",
  ...each(
    "time.time time.monotonic time.perf_counter time.process_time time.thread_time time.mktime",
    "float",
  ),
  ...each("time.time_ns time.monotonic_ns time.perf_counter_ns", "int"),
  "time.sleep": "None",
  ...each("time.ctime time.asctime time.strftime", "str"),
  ...each("time.localtime time.gmtime time.strptime", "time.struct_time"),
  ...each("sqlite3.connect", "sqlite3.Connection"),
  "sqlite3.complete_statement": "bool",
  "platform.system": "str",
  ...each(
    "platform.node platform.platform platform.release platform.version platform.machine platform.python_version",
    "str",
  ),
  ...each("getpass.getpass getpass.getuser", "str"),
  ...each("traceback.format_exc", "str"),
  ...each(
    "traceback.format_exception traceback.format_tb traceback.format_stack traceback.format_list",
    "list[str]",
  ),
  ...each("traceback.print_exc traceback.print_exception traceback.print_stack traceback.print_tb", "None"),
  ...each("warnings.warn warnings.filterwarnings warnings.simplefilter", "None"),
  ...each(
    "inspect.iscoroutinefunction inspect.isclass inspect.isfunction inspect.ismethod inspect.isawaitable inspect.iscoroutine",
    "bool",
  ),
  "inspect.signature": "inspect.Signature",
  "inspect.getsource": "str",
  "importlib.import_module": "types.ModuleType",
  "importlib.reload": "types.ModuleType",
  "importlib.metadata.version": "str",
  ...each("copy.copy copy.deepcopy", "@0"),
  "dataclasses.replace": "@0",
  "dataclasses.asdict": "dict[str, ?]",
  "dataclasses.astuple": "tuple",
  "dataclasses.is_dataclass": "bool",
  "dataclasses.field": "?",
  "dataclasses.dataclass": { decorator: "same" },
  ...each(
    "functools.cache functools.lru_cache functools.wraps functools.total_ordering functools.update_wrapper",
    {
      decorator: "same",
    },
  ),
  "functools.singledispatch": { decorator: "same" },
  "functools.singledispatchmethod": { decorator: "same" },
  "functools.cached_property": { decorator: "property" },
  "functools.reduce": "?",
  ...each("abc.abstractmethod", { decorator: "same" }),
  "abc.abstractproperty": { decorator: "property" },
  "abc.abstractclassmethod": { decorator: "class-method" },
  "abc.abstractstaticmethod": { decorator: "static-method" },
  "enum.property": { decorator: "property" },
  "enum.unique": { decorator: "same" },
  "atexit.register": { decorator: "same" },
  "operator.itemgetter": "?",
  ...each(
    "math.floor math.ceil math.trunc math.gcd math.lcm math.factorial math.comb math.perm math.isqrt",
    "int",
  ),
  ...each(
    "math.sqrt math.exp math.log math.log2 math.log10 math.sin math.cos math.tan math.atan math.atan2 math.fabs math.fmod math.fsum math.hypot math.radians math.degrees math.copysign math.dist",
    "float",
  ),
  ...each("math.isnan math.isinf math.isfinite math.isclose", "bool"),
  ...each("statistics.fmean statistics.stdev statistics.variance", "float"),
  ...each(
    "xml.etree.ElementTree.fromstring xml.etree.ElementTree.XML xml.etree.ElementTree.SubElement",
    "xml.etree.ElementTree.Element",
  ),
  "xml.etree.ElementTree.parse": "xml.etree.ElementTree.ElementTree",
  "xml.etree.ElementTree.tostring": {
    returnsBy: { position: 1, keyword: "encoding", types: { "": "bytes", unicode: "str", "utf-8": "bytes" } },
  },
  ...each("difflib.get_close_matches", "list[str]"),
  ...each("bisect.bisect bisect.bisect_left bisect.bisect_right", "int"),
  ...each("heapq.heappush heapq.heapify", "None"),
  "heapq.heappop": "@0*",
  ...each("heapq.nlargest heapq.nsmallest", "list[@1*]"),
  ...each("gettext.gettext gettext.ngettext", "str"),
  ...each("locale.setlocale locale.getpreferredencoding", "str"),
  ...each("sys.exit", "None"),
  ...each("sys.getsizeof sys.getrecursionlimit sys.getrefcount", "int"),
  ...each("sys.setrecursionlimit sys.settrace", "None"),
  "sys.exc_info": "tuple[?, ?, ?]",
  "sys.intern": "str",
  ...each("itertools.chain.from_iterable", "collections.abc.Iterator"),
  ...each("collections.namedtuple", "type[tuple]"),
};

const UNITTEST_ASSERTS = each(
  `assertEqual assertNotEqual assertTrue assertFalse assertIs assertIsNot assertIsNone assertIsNotNone assertIn
  assertNotIn assertIsInstance assertNotIsInstance assertAlmostEqual assertNotAlmostEqual assertGreater
  assertGreaterEqual assertLess assertLessEqual assertRegex assertNotRegex assertCountEqual assertListEqual
  assertTupleEqual assertSetEqual assertDictEqual assertSequenceEqual assertMultiLineEqual fail skipTest setUp
  tearDown setUpClass tearDownClass addCleanup`,
  "None",
);

export const DATA: LibraryModel = {
  packages: `abc argparse atexit base64 binascii bisect cProfile collections configparser contextvars copy csv
    dataclasses datetime decimal difflib enum fractions functools getpass gettext hashlib heapq hmac html importlib
    inspect itertools json locale logging marshal math operator optparse pickle platform random re secrets shlex
    sqlite3 statistics string struct sys textwrap time traceback unittest uuid warnings xml zoneinfo`.split(
    /\s+/,
  ),
  functions: {
    ...FUNCTIONS,
    ...each("struct.pack", "bytes"),
    "struct.calcsize": "int",
    ...each("struct.unpack struct.unpack_from", "tuple"),
    ...each("unittest.skip unittest.skipIf unittest.skipUnless unittest.expectedFailure", {
      decorator: "same",
    }),
    "unittest.main": "?",
    "unittest.mock.patch": "?",
  },
  classes: {
    "logging.Logger": LOGGER,
    "logging.LoggerAdapter": { ...LOGGER },
    "logging.Handler": HANDLER,
    ...each("logging.StreamHandler logging.NullHandler", { bases: ["logging.Handler"] }),
    "logging.FileHandler": { bases: ["logging.StreamHandler"] },
    ...each(
      "logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler logging.handlers.WatchedFileHandler",
      {
        bases: ["logging.FileHandler"],
      },
    ),
    ...each(
      "logging.handlers.SysLogHandler logging.handlers.SMTPHandler logging.handlers.HTTPHandler logging.handlers.QueueHandler logging.handlers.MemoryHandler",
      {
        bases: ["logging.Handler"],
      },
    ),
    "logging.Formatter": { methods: each("format formatTime formatException", "str") },
    "logging.Filter": { methods: { filter: "?" } },
    "logging.LogRecord": {
      attributes: {
        ...each("name levelname pathname filename module funcName threadName processName", "str"),
        ...each("levelno lineno thread process", "int"),
        created: "float",
      },
      methods: { getMessage: "str" },
    },
    "datetime.date": DATE,
    "datetime.datetime": DATETIME,
    "datetime.time": {
      methods: { ...each("isoformat strftime tzname", "str"), ...each("replace fromisoformat", "Self") },
      attributes: each("hour minute second microsecond", "int"),
    },
    "datetime.timedelta": TIMEDELTA,
    "datetime.tzinfo": {},
    "datetime.timezone": { bases: ["datetime.tzinfo"], attributes: { utc: "Self" } },
    "zoneinfo.ZoneInfo": { bases: ["datetime.tzinfo"], attributes: { key: "str" } },
    "time.struct_time": {
      bases: ["tuple[int]"],
      attributes: each("tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst", "int"),
    },
    "re.Pattern": PATTERN,
    "re.Match": MATCH,
    "re.error": { bases: ["Exception"] },
    "hashlib._Hash": HASH,
    "hashlib._VarLenHash": { ...HASH, methods: { ...HASH.methods, digest: "bytes", hexdigest: "str" } },
    "hmac.HMAC": HASH,
    ...each("random.Random", { methods: RANDOM_METHODS }),
    "random.SystemRandom": { bases: ["random.Random"], methods: RANDOM_METHODS },
    "sqlite3.Connection": {
      methods: {
        ...each("execute executemany executescript", "sqlite3.Cursor"),
        cursor: { returns: "sqlite3.Cursor", unknownWith: ["factory"] },
        ...each(
          "close commit rollback create_function create_aggregate create_collation enable_load_extension load_extension set_trace_callback backup interrupt",
          "None",
        ),
        iterdump: "collections.abc.Iterator[str]",
      },
      attributes: {
        ...each("total_changes", "int"),
        in_transaction: "bool",
        row_factory: "?",
        isolation_level: "str",
      },
      enter: "Self",
    },
    "sqlite3.Cursor": CURSOR,
    "sqlite3.Row": { methods: { keys: "list[str]", __getitem__: "?" } },
    "sqlite3.Warning": { bases: ["Exception"] },
    "sqlite3.Error": { bases: ["Exception"] },
    "sqlite3.DatabaseError": { bases: ["sqlite3.Error"] },
    "sqlite3.InterfaceError": { bases: ["sqlite3.Error"] },
    ...each(
      "sqlite3.DataError sqlite3.IntegrityError sqlite3.InternalError sqlite3.NotSupportedError sqlite3.OperationalError sqlite3.ProgrammingError",
      { bases: ["sqlite3.DatabaseError"] },
    ),
    "csv._reader": {
      iterates: "list[str]",
      attributes: { line_num: "int" },
      methods: { __next__: "list[str]" },
    },
    "csv._writer": { methods: { writerow: "?", writerows: "None" } },
    "csv.DictReader": {
      iterates: "dict[str, str]",
      attributes: { fieldnames: "collections.abc.Sequence[str]", line_num: "int" },
      methods: { __next__: "dict[str, str]" },
    },
    "csv.DictWriter": { methods: { ...each("writeheader writerow", "?"), writerows: "None" } },
    "csv.Error": { bases: ["Exception"] },
    "json.JSONDecodeError": {
      bases: ["ValueError"],
      attributes: { ...each("msg doc", "str"), ...each("pos lineno colno", "int") },
    },
    "json.JSONEncoder": { methods: { encode: "str" } },
    "json.JSONDecoder": { methods: { decode: "?" } },
    "pickle.Unpickler": { methods: { load: "?" } },
    "pickle.Pickler": { methods: { dump: "None" } },
    ...each("pickle.PickleError", { bases: ["Exception"] }),
    ...each("pickle.UnpicklingError pickle.PicklingError", { bases: ["pickle.PickleError"] }),
    "uuid.UUID": {
      attributes: { hex: "str", urn: "str", bytes: "bytes", int: "int", version: "int", variant: "str" },
    },
    "decimal.Decimal": DECIMAL,
    "decimal.DecimalException": { bases: ["ArithmeticError"] },
    "decimal.InvalidOperation": { bases: ["decimal.DecimalException"] },
    "fractions.Fraction": {
      attributes: each("numerator denominator", "int"),
      methods: { limit_denominator: "Self" },
    },
    "argparse.ArgumentParser": PARSER,
    ...each("argparse._ArgumentGroup argparse._MutuallyExclusiveGroup", {
      methods: { add_argument: "argparse.Action" },
    }),
    "argparse._SubParsersAction": { methods: { add_parser: "argparse.ArgumentParser" } },
    "argparse.Namespace": {},
    "argparse.Action": {},
    "argparse.ArgumentTypeError": { bases: ["Exception"] },
    "configparser.RawConfigParser": CONFIG,
    "configparser.ConfigParser": { ...CONFIG, bases: ["configparser.RawConfigParser"] },
    "configparser.SectionProxy": {
      methods: {
        ...each("get __getitem__", "str"),
        getint: "int",
        getfloat: "float",
        getboolean: "bool",
        __contains__: "bool",
      },
      iterates: "str",
    },
    "configparser.Error": { bases: ["Exception"] },
    "collections.OrderedDict": { bases: ["dict[$0, $1]"], methods: { move_to_end: "None" }, iterates: "$0" },
    "collections.defaultdict": {
      bases: ["dict[$0, $1]"],
      methods: { __new__: "collections.defaultdict[?, @0()]" },
      iterates: "$0",
    },
    "collections.Counter": {
      bases: ["dict[$0, int]"],
      methods: {
        __new__: "collections.Counter[@0*]",
        most_common: "list[tuple[$0, int]]",
        elements: "collections.abc.Iterator[$0]",
        ...each("update subtract", "None"),
        total: "int",
        ...each("get pop __getitem__", "int"),
      },
      iterates: "$0",
    },
    "collections.ChainMap": {
      bases: ["collections.abc.MutableMapping[$0, $1]"],
      methods: { new_child: "Self" },
    },
    "collections.deque": {
      methods: {
        __new__: "collections.deque[@0*]",
        ...each("append appendleft clear extend extendleft insert remove reverse rotate", "None"),
        ...each("pop popleft __getitem__", "$0"),
        copy: "Self",
        ...each("count index", "int"),
      },
      attributes: { maxlen: "int" },
      iterates: "$0",
    },
    ...each("collections.UserDict collections.UserList collections.UserString", {}),
    "contextvars.ContextVar": {
      methods: { get: "$0", set: "contextvars.Token", reset: "None" },
      attributes: { name: "str" },
    },
    "contextvars.Token": {},
    "functools.partial": {},
    "functools.partialmethod": {},
    "string.Template": {
      methods: each("substitute safe_substitute", "str"),
      attributes: { template: "str" },
    },
    "string.Formatter": { methods: each("format vformat", "str") },
    "struct.Struct": {
      methods: { pack: "bytes", ...each("unpack unpack_from", "tuple") },
      attributes: { size: "int" },
    },
    "enum.Enum": { attributes: { name: "str", value: "?" } },
    "enum.IntEnum": { bases: ["enum.Enum", "int"], attributes: { value: "int" } },
    "enum.StrEnum": { bases: ["enum.Enum", "str"], attributes: { value: "str" } },
    "enum.Flag": { bases: ["enum.Enum"], attributes: { value: "int" } },
    "enum.IntFlag": { bases: ["enum.Flag", "int"], attributes: { value: "int" } },
    "enum.auto": {},
    "abc.ABC": {},
    "abc.ABCMeta": { bases: ["type"] },
    ...each(
      "itertools.chain itertools.islice itertools.cycle itertools.takewhile itertools.dropwhile itertools.filterfalse",
      {
        iterates: "?",
      },
    ),
    "itertools.count": { iterates: "int" },
    "xml.etree.ElementTree.Element": ELEMENT,
    "xml.etree.ElementTree.ElementTree": {
      methods: {
        getroot: "xml.etree.ElementTree.Element",
        ...each("find", "xml.etree.ElementTree.Element"),
        findall: "list[xml.etree.ElementTree.Element]",
        findtext: "str",
        ...each("iter iterfind", "collections.abc.Iterator[xml.etree.ElementTree.Element]"),
        write: "None",
        parse: "xml.etree.ElementTree.Element",
      },
    },
    "xml.etree.ElementTree.ParseError": { bases: ["SyntaxError"] },
    "inspect.Signature": { attributes: { parameters: "collections.abc.Mapping[str, inspect.Parameter]" } },
    "inspect.Parameter": { attributes: { name: "str" } },
    "unittest.TestCase": {
      methods: {
        ...UNITTEST_ASSERTS,
        ...each(
          "assertRaises assertRaisesRegex assertWarns assertWarnsRegex assertLogs assertNoLogs subTest",
          "?",
        ),
        id: "str",
      },
    },
    "unittest.IsolatedAsyncioTestCase": { bases: ["unittest.TestCase"] },
    "unittest.SkipTest": { bases: ["Exception"] },
    "unittest.mock.NonCallableMock": {},
    "unittest.mock.Mock": {
      bases: ["unittest.mock.NonCallableMock"],
      methods: {
        ...each(
          "assert_called assert_called_once assert_called_with assert_called_once_with assert_any_call assert_has_calls assert_not_called reset_mock configure_mock attach_mock",
          "None",
        ),
      },
      attributes: { called: "bool", call_count: "int" },
    },
    "unittest.mock.MagicMock": { bases: ["unittest.mock.Mock"] },
    "unittest.mock.AsyncMock": {
      bases: ["unittest.mock.Mock"],
      methods: each(
        "assert_awaited assert_awaited_once assert_awaited_with assert_awaited_once_with assert_not_awaited",
        "None",
      ),
    },
  },
  values: {
    "sys.argv": "list[str]",
    "sys.path": "list[str]",
    "sys.modules": "dict[str, types.ModuleType]",
    ...each("sys.executable sys.platform sys.version sys.prefix sys.base_prefix sys.byteorder", "str"),
    ...each(
      "sys.stdin sys.stdout sys.stderr sys.__stdout__ sys.__stderr__ sys.__stdin__",
      "io.TextIOWrapper",
    ),
    ...each("sys.maxsize sys.maxunicode", "int"),
    "datetime.UTC": "datetime.timezone",
    ...each("math.pi math.e math.inf math.nan math.tau", "float"),
    ...each(
      "string.ascii_letters string.ascii_lowercase string.ascii_uppercase string.digits string.hexdigits string.octdigits string.punctuation string.printable string.whitespace",
      "str",
    ),
    "logging.root": "logging.Logger",
    "logging.lastResort": "logging.Handler",
    ...each("logging.DEBUG logging.INFO logging.WARNING logging.ERROR logging.CRITICAL", "int"),
  },
  aliases: {
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "json.encoder.JSONEncoder": "json.JSONEncoder",
    "json.decoder.JSONDecoder": "json.JSONDecoder",
    "sqlite3.dbapi2": "sqlite3",
    "re.PatternError": "re.error",
    "xml.etree.cElementTree": "xml.etree.ElementTree",
    "unittest.case.TestCase": "unittest.TestCase",
    "mock.Mock": "unittest.mock.Mock",
    "mock.MagicMock": "unittest.mock.MagicMock",
    "mock.patch": "unittest.mock.patch",
    _pickle: "pickle",
    cPickle: "pickle",
    "logging.WARN": "logging.WARNING",
  },
  keepsBuiltins:
    `argparse collections csv dataclasses datetime decimal enum functools hashlib itertools json logging
    random re secrets sys time unittest uuid`.split(/\s+/),
};
