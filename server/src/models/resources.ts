/** Calls that acquire something which has to be let go of, and the methods that do it. */

/** What a call acquires. */
export interface Acquisition {
  /** For people: "file", "socket"... */
  readonly what: string;
  /** Methods that let go of it, or hand it to somebody who does. */
  readonly released: readonly string[];
  /** True where it can stand in a `with`. */
  readonly managed: boolean;
  /** True where it is normal that nobody waits for it on the error path. */
  readonly lenient?: boolean;
}

const FILE: Acquisition = { what: "file", released: ["close", "detach", "__exit__"], managed: true };
const ARCHIVE: Acquisition = { what: "archive", released: ["close"], managed: true };
const SOCKET: Acquisition = { what: "socket", released: ["close", "detach", "shutdown"], managed: true };
const FOLDER: Acquisition = { what: "temporary directory", released: ["cleanup"], managed: true };
const POOL: Acquisition = {
  what: "pool",
  released: ["close", "terminate", "join", "shutdown"],
  managed: true,
};
const ANSWER: Acquisition = { what: "response", released: ["close", "detach"], managed: true };
const CLIENT: Acquisition = {
  what: "client",
  released: ["close", "aclose", "quit"],
  managed: true,
  lenient: true,
};
const PROCESS: Acquisition = {
  what: "process",
  released: ["wait", "communicate", "poll", "kill", "terminate", "send_signal", "pid"],
  managed: true,
  lenient: true,
};

/** By qualified name of the function or class that is called. */
export const ACQUISITIONS: Readonly<Record<string, Acquisition>> = {
  "builtins.open": FILE,
  "io.open": FILE,
  "codecs.open": FILE,
  "os.fdopen": FILE,
  "pathlib.Path.open": FILE,
  "gzip.open": FILE,
  "bz2.open": FILE,
  "lzma.open": FILE,
  "tempfile.TemporaryFile": FILE,
  "tempfile.NamedTemporaryFile": FILE,
  "tempfile.SpooledTemporaryFile": FILE,
  "tempfile.TemporaryDirectory": FOLDER,
  "zipfile.ZipFile": ARCHIVE,
  "tarfile.open": ARCHIVE,
  "socket.socket": SOCKET,
  "socket.create_connection": SOCKET,
  "socket.create_server": SOCKET,
  "multiprocessing.Pool": POOL,
  "concurrent.futures.ThreadPoolExecutor": POOL,
  "concurrent.futures.ProcessPoolExecutor": POOL,
  "urllib.request.urlopen": ANSWER,
  "aiohttp.ClientSession": CLIENT,
  "httpx.Client": CLIENT,
  "httpx.AsyncClient": CLIENT,
  "smtplib.SMTP": CLIENT,
  "smtplib.SMTP_SSL": CLIENT,
  "ftplib.FTP": CLIENT,
  "ftplib.FTP_TLS": CLIENT,
  "subprocess.Popen": PROCESS,
};

/** Functions that use an open file which is passed to them, and leave closing it to the caller. */
export const BORROWERS: ReadonlySet<string> = new Set([
  "json.load",
  "json.dump",
  "pickle.load",
  "pickle.dump",
  "marshal.load",
  "tomllib.load",
  "plistlib.load",
  "plistlib.dump",
  "yaml.load",
  "yaml.safe_load",
  "yaml.dump",
  "yaml.safe_dump",
  "csv.reader",
  "csv.writer",
  "csv.DictReader",
  "csv.DictWriter",
  "configparser.ConfigParser.read_file",
  "xml.etree.ElementTree.parse",
  "builtins.list",
  "builtins.tuple",
  "builtins.set",
  "builtins.sorted",
  "builtins.len",
  "builtins.sum",
  "builtins.max",
  "builtins.min",
  "builtins.print",
  "shutil.copyfileobj",
]);
