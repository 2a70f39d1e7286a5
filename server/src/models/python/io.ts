/** What we know of files, paths, archives and other data at rest in the standard library. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

/** What reading and writing have in common for texts and bytes; `data` is the one or the other. */
function stream(data: string): ClassModel {
  return {
    methods: {
      ...each("read readline", data),
      readlines: `list[${data}]`,
      ...each("write seek tell truncate fileno", "int"),
      ...each("close flush writelines", "None"),
      ...each("readable writable seekable isatty", "bool"),
    },
    attributes: { closed: "bool", name: "?", mode: "str" },
    enter: "Self",
    iterates: data,
  };
}

const TEXT = stream("str");
const BINARY = stream("bytes");

/** Modes of `open`, with the class that each gives. */
const OPEN_MODES = {
  ...each("r w a x rt wt at xt r+ w+ a+ x+ r+t w+t", "io.TextIOWrapper"),
  "": "io.TextIOWrapper",
  rb: "io.BufferedReader",
  ...each("wb ab xb", "io.BufferedWriter"),
  ...each("rb+ r+b wb+ w+b ab+ a+b xb+ x+b", "io.BufferedRandom"),
};

/** `gzip.open` and its like: compressed bytes unless a text mode is asked for. */
function compressedOpen(file: string): FunctionEntry {
  const types = {
    ...each("r rb w wb a ab x xb", file),
    "": file,
    ...each("rt wt at xt", "io.TextIOWrapper"),
  };
  return { returnsBy: { position: 1, keyword: "mode", types } };
}

const PURE_PATH: ClassModel = {
  methods: {
    ...each(
      "joinpath relative_to with_name with_stem with_suffix with_segments __truediv__ __rtruediv__",
      "Self",
    ),
    ...each("as_posix as_uri __fspath__ __str__", "str"),
    ...each("is_absolute is_relative_to is_reserved match full_match", "bool"),
  },
  attributes: {
    parent: "Self",
    parents: "collections.abc.Sequence[Self]",
    parts: "tuple[str]",
    ...each("name stem suffix anchor drive root", "str"),
    suffixes: "list[str]",
  },
};

const PATH: ClassModel = {
  bases: ["pathlib.PurePath"],
  // Named after the class that people write, although they are inherited.
  attributes: PURE_PATH.attributes ?? {},
  methods: {
    ...PURE_PATH.methods,
    ...each("cwd home absolute expanduser resolve readlink rename replace", "Self"),
    ...each(
      "exists is_dir is_file is_symlink is_mount is_socket is_fifo is_block_device is_char_device samefile is_junction",
      "bool",
    ),
    ...each("chmod hardlink_to lchmod mkdir rmdir symlink_to touch unlink", "None"),
    ...each("group owner read_text", "str"),
    read_bytes: "bytes",
    ...each("write_bytes write_text", "int"),
    ...each("glob rglob iterdir", "collections.abc.Iterator[Self]"),
    walk: "collections.abc.Iterator[tuple[Self, list[str], list[str]]]",
    ...each("stat lstat", "os.stat_result"),
    open: { returnsBy: { position: 0, keyword: "mode", types: OPEN_MODES }, unknownWith: ["buffering"] },
  },
};

const ENVIRON: ClassModel = {
  methods: {
    ...each("get pop setdefault __getitem__", "str"),
    copy: "dict[str, str]",
    ...each("clear update", "None"),
    items: "collections.abc.ItemsView[str, str]",
    keys: "collections.abc.KeysView[str]",
    values: "collections.abc.ValuesView[str]",
    __contains__: "bool",
  },
  iterates: "str",
};

const OS: Readonly<Record<string, FunctionEntry>> = {
  ...each("os.getcwd os.getlogin os.strerror os.ctermid os.uname_result", "str"),
  ...each("os.getenv os.fsdecode", "str"),
  ...each("os.fsencode os.getcwdb os.read os.urandom os.getrandom", "bytes"),
  ...each("os.listdir", "list[str]"),
  ...each(
    `os.system os.getpid os.getppid os.getuid os.geteuid os.getgid os.getegid os.open os.write os.dup os.umask
    os.cpu_count os.fork os.spawnl os.spawnv os.nice`,
    "int",
  ),
  ...each(
    `os.chdir os.chmod os.chown os.close os.fsync os.kill os.link os.makedirs os.mkdir os.putenv os.remove
    os.removedirs os.rename os.renames os.replace os.rmdir os.setgid os.setuid os.symlink os.truncate os.unlink
    os.unsetenv os.utime os.abort os._exit os.execl os.execle os.execlp os.execv os.execve os.execvp os.mkfifo`,
    "None",
  ),
  ...each("os.access", "bool"),
  ...each("os.stat os.lstat os.fstat", "os.stat_result"),
  "os.pipe": "tuple[int, int]",
  "os.popen": "os._wrap_close",
  "os.scandir": "os.ScandirIterator",
  "os.walk": "collections.abc.Iterator[tuple[str, list[str], list[str]]]",
  "os.fdopen": { returnsBy: { position: 1, keyword: "mode", types: OPEN_MODES } },
  "os.fspath": "?",
  ...each(
    `os.path.abspath os.path.basename os.path.commonprefix os.path.dirname os.path.expanduser os.path.expandvars
    os.path.join os.path.normcase os.path.normpath os.path.realpath os.path.relpath os.path.commonpath`,
    "str",
  ),
  ...each(
    `os.path.exists os.path.lexists os.path.isabs os.path.isdir os.path.isfile os.path.islink os.path.ismount
    os.path.samefile os.path.isjunction`,
    "bool",
  ),
  ...each("os.path.getatime os.path.getctime os.path.getmtime", "float"),
  "os.path.getsize": "int",
  ...each("os.path.split os.path.splitext os.path.splitdrive", "tuple[str, str]"),
};

const SHUTIL: Readonly<Record<string, FunctionEntry>> = {
  ...each("shutil.which shutil.make_archive", "str"),
  ...each(
    "shutil.copyfileobj shutil.copymode shutil.copystat shutil.rmtree shutil.unpack_archive shutil.chown",
    "None",
  ),
  ...each("shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.move", "?"),
};

const TEMPORARY: Readonly<Record<string, FunctionEntry>> = {
  ...each("tempfile.mkdtemp tempfile.mktemp tempfile.gettempdir tempfile.gettempprefix", "str"),
  "tempfile.mkstemp": "tuple[int, str]",
  "tempfile.NamedTemporaryFile": "tempfile._TemporaryFileWrapper",
  // A wrapper on Windows, the file itself elsewhere.
  "tempfile.TemporaryFile": "?",
};

const ZIP: ClassModel = {
  methods: {
    namelist: "list[str]",
    infolist: "list[zipfile.ZipInfo]",
    getinfo: "zipfile.ZipInfo",
    open: "zipfile.ZipExtFile",
    read: "bytes",
    ...each("extract testzip", "str"),
    ...each("close extractall printdir setpassword write writestr mkdir", "None"),
  },
  attributes: { filename: "str", comment: "bytes" },
  enter: "Self",
};

const TAR: ClassModel = {
  methods: {
    open: "Self",
    getmember: "tarfile.TarInfo",
    getmembers: "list[tarfile.TarInfo]",
    getnames: "list[str]",
    next: "tarfile.TarInfo",
    gettarinfo: "tarfile.TarInfo",
    extractfile: "tarfile.ExFileObject",
    ...each("add addfile close extract extractall list", "None"),
  },
  enter: "Self",
  iterates: "tarfile.TarInfo",
};

export const IO: LibraryModel = {
  packages:
    `io os pathlib shutil tempfile zipfile tarfile gzip bz2 lzma zlib shelve glob fnmatch fileinput codecs
    posixpath ntpath`.split(/\s+/),
  functions: {
    ...OS,
    ...SHUTIL,
    ...TEMPORARY,
    "gzip.open": compressedOpen("gzip.GzipFile"),
    "bz2.open": compressedOpen("bz2.BZ2File"),
    "lzma.open": compressedOpen("lzma.LZMAFile"),
    ...each(
      "gzip.compress gzip.decompress bz2.compress bz2.decompress lzma.compress lzma.decompress",
      "bytes",
    ),
    ...each("zlib.compress zlib.decompress", "bytes"),
    ...each("zlib.crc32 zlib.adler32", "int"),
    "tarfile.open": "tarfile.TarFile",
    "tarfile.is_tarfile": "bool",
    "zipfile.is_zipfile": "bool",
    "shelve.open": "shelve.Shelf",
    "codecs.open": "?",
    "glob.glob": "list[str]",
    "glob.iglob": "collections.abc.Iterator[str]",
    "glob.escape": "str",
    ...each("fnmatch.fnmatch fnmatch.fnmatchcase", "bool"),
    "fnmatch.filter": "list[str]",
    "fnmatch.translate": "str",
    "fileinput.input": "fileinput.FileInput",
  },
  classes: {
    "io.IOBase": { enter: "Self", methods: each("close flush", "None") },
    "io.TextIOBase": { ...TEXT, bases: ["io.IOBase"] },
    "io.TextIOWrapper": { ...TEXT, bases: ["io.TextIOBase"] },
    "io.StringIO": { ...TEXT, bases: ["io.TextIOBase"], methods: { ...TEXT.methods, getvalue: "str" } },
    "io.BufferedIOBase": { ...BINARY, bases: ["io.IOBase"] },
    "io.BufferedReader": {
      ...BINARY,
      bases: ["io.BufferedIOBase"],
      methods: { ...BINARY.methods, peek: "bytes" },
    },
    "io.BufferedWriter": { ...BINARY, bases: ["io.BufferedIOBase"] },
    "io.BufferedRandom": { ...BINARY, bases: ["io.BufferedReader", "io.BufferedWriter"] },
    "io.BytesIO": {
      ...BINARY,
      bases: ["io.BufferedIOBase"],
      methods: { ...BINARY.methods, getvalue: "bytes", getbuffer: "memoryview" },
    },
    "io.RawIOBase": { ...BINARY, bases: ["io.IOBase"] },
    "io.FileIO": { ...BINARY, bases: ["io.RawIOBase"] },
    "codecs.StreamReaderWriter": TEXT,
    "pathlib.PurePath": PURE_PATH,
    "pathlib.Path": PATH,
    ...each("pathlib.PosixPath pathlib.WindowsPath", { bases: ["pathlib.Path"] }),
    ...each("pathlib.PurePosixPath pathlib.PureWindowsPath", { bases: ["pathlib.PurePath"] }),
    "os._Environ": ENVIRON,
    "os._wrap_close": { ...TEXT },
    "os.stat_result": {
      attributes: {
        ...each(
          "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_mtime_ns st_ctime_ns st_atime_ns",
          "int",
        ),
        ...each("st_atime st_mtime st_ctime", "float"),
      },
    },
    "os.ScandirIterator": { enter: "Self", iterates: "os.DirEntry", methods: { close: "None" } },
    "os.DirEntry": {
      attributes: { name: "str", path: "str" },
      methods: {
        ...each("is_dir is_file is_symlink is_junction", "bool"),
        stat: "os.stat_result",
        inode: "int",
      },
    },
    "os.PathLike": {},
    "tempfile._TemporaryFileWrapper": {
      attributes: { name: "str", closed: "bool" },
      methods: { ...each("close flush", "None"), ...each("seek tell fileno write", "int") },
      enter: "Self",
    },
    "tempfile.SpooledTemporaryFile": { enter: "Self", methods: { ...each("close rollover", "None") } },
    "tempfile.TemporaryDirectory": {
      attributes: { name: "str" },
      methods: { cleanup: "None" },
      enter: "str",
    },
    "zipfile.ZipFile": ZIP,
    "zipfile.ZipInfo": {
      attributes: {
        filename: "str",
        ...each("file_size compress_size CRC compress_type external_attr", "int"),
      },
      methods: { is_dir: "bool" },
    },
    "zipfile.ZipExtFile": { ...BINARY },
    "zipfile.BadZipFile": { bases: ["Exception"] },
    "tarfile.TarFile": TAR,
    "tarfile.TarInfo": {
      attributes: {
        ...each("name linkname uname gname", "str"),
        ...each("size mode uid gid", "int"),
        path: "str",
      },
      methods: { ...each("isdir isfile isreg issym islnk isdev ischr isblk isfifo", "bool") },
    },
    "tarfile.ExFileObject": { ...BINARY, bases: ["io.BufferedReader"] },
    "tarfile.TarError": { bases: ["Exception"] },
    ...each("gzip.GzipFile bz2.BZ2File lzma.LZMAFile", { ...BINARY, bases: ["io.BufferedIOBase"] }),
    "shelve.Shelf": {
      methods: { ...each("close sync", "None"), get: "?", __getitem__: "?" },
      enter: "Self",
      iterates: "str",
    },
    "fileinput.FileInput": { enter: "Self", iterates: "str", methods: { close: "None" } },
  },
  values: {
    "os.environ": "os._Environ",
    ...each("os.sep os.linesep os.pathsep os.curdir os.pardir os.extsep os.devnull os.name", "str"),
    ...each("os.path.sep os.path.pathsep os.path.curdir os.path.pardir", "str"),
  },
  aliases: {
    "io.open": "builtins.open",
    posixpath: "os.path",
    ntpath: "os.path",
  },
  keepsBuiltins: ["os.path", "pathlib", "tempfile", "shutil", "glob", "zipfile"],
};
