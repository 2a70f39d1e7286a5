/** Functions that hold up an event loop, and what to call instead. */

export interface BlockingCall {
  /** What it waits for, for people. */
  readonly waitsFor: "time" | "network" | "file" | "process" | "database" | "user" | "lock" | "result";
  /** What to use instead, as prose that follows "Use". */
  readonly instead: string;
  /** True where `await asyncio.to_thread(function, …)` is a right answer without further thought. */
  readonly threadable?: boolean;
}

const SLEEP: BlockingCall = { waitsFor: "time", instead: "`await asyncio.sleep(…)`" };
const HTTP: BlockingCall = {
  waitsFor: "network",
  instead: "an async client (`httpx.AsyncClient`), or `asyncio.to_thread`",
  threadable: true,
};
const NETWORK: BlockingCall = { waitsFor: "network", instead: "an async client, or `asyncio.to_thread`" };
const FILE: BlockingCall = { waitsFor: "file", instead: "`asyncio.to_thread`, or `anyio.Path`" };
const PROCESS: BlockingCall = {
  waitsFor: "process",
  instead: "`asyncio.create_subprocess_exec`, or `asyncio.to_thread`",
  threadable: true,
};
const DATABASE: BlockingCall = {
  waitsFor: "database",
  instead: "the driver's async API, or `asyncio.to_thread`",
};
const USER: BlockingCall = { waitsFor: "user", instead: "`asyncio.to_thread`", threadable: true };
const LOCK: BlockingCall = { waitsFor: "lock", instead: "`asyncio.Lock`" };
const RESULT: BlockingCall = { waitsFor: "result", instead: "`await asyncio.wrap_future(…)`" };

const VERBS = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

const table = (prefix: string, names: readonly string[], call: BlockingCall) =>
  names.map((name) => [`${prefix}.${name}`, call] as const);

/** By qualified name; methods of clients under the name of their class. */
export const BLOCKING_CALLS: ReadonlyMap<string, BlockingCall> = new Map([
  ["time.sleep", SLEEP],
  ...table("requests", VERBS, HTTP),
  ...table("requests.Session", VERBS, HTTP),
  ...table("requests.sessions.Session", VERBS, HTTP),
  ...table("httpx", [...VERBS, "stream"], HTTP),
  ...table("httpx.Client", VERBS, HTTP),
  ["urllib.request.urlopen", HTTP],
  ["urllib.request.urlretrieve", HTTP],
  ...table("socket", ["create_connection", "getaddrinfo", "gethostbyname", "gethostbyaddr"], NETWORK),
  ...table("socket.socket", ["connect", "recv", "send", "sendall", "accept"], NETWORK),
  ...table("smtplib", ["SMTP", "SMTP_SSL"], NETWORK),
  ...table("smtplib.SMTP", ["send_message", "sendmail", "login"], NETWORK),
  ["ftplib.FTP", NETWORK],
  ["builtins.open", FILE],
  ["io.open", FILE],
  ...table("pathlib.Path", ["open", "read_text", "read_bytes", "write_text", "write_bytes"], FILE),
  ...table("shutil", ["copy", "copy2", "copyfile", "copytree", "move", "rmtree", "make_archive"], FILE),
  ...table(
    "subprocess",
    ["run", "call", "check_call", "check_output", "getoutput", "getstatusoutput"],
    PROCESS,
  ),
  ...table("subprocess.Popen", ["wait", "communicate"], PROCESS),
  ["os.system", PROCESS],
  ["os.popen", PROCESS],
  ...table("os", ["wait", "waitpid"], PROCESS),
  ["builtins.input", USER],
  ["getpass.getpass", USER],
  ...table("sqlite3", ["connect"], DATABASE),
  ...table("sqlite3.Connection", ["execute", "executemany", "executescript", "commit"], DATABASE),
  ...table("sqlite3.Cursor", ["execute", "executemany", "fetchone", "fetchall"], DATABASE),
  ...table("psycopg2", ["connect"], DATABASE),
  ...table("psycopg", ["connect"], DATABASE),
  ...table("psycopg2.extensions.cursor", ["execute", "executemany", "fetchone", "fetchall"], DATABASE),
  ...table("psycopg.Cursor", ["execute", "executemany", "fetchone", "fetchall"], DATABASE),
  ...table("psycopg.Connection", ["execute", "commit"], DATABASE),
  ...table("pymysql", ["connect"], DATABASE),
  ...table("MySQLdb", ["connect"], DATABASE),
  ...table(
    "redis.Redis",
    ["get", "set", "delete", "hget", "hset", "lpush", "rpop", "blpop", "publish"],
    DATABASE,
  ),
  ...table("pymongo.collection.Collection", ["find_one", "insert_one", "update_one", "delete_one"], DATABASE),
  ...table("sqlalchemy.orm.Session", ["execute", "scalars", "scalar", "commit", "flush", "query"], DATABASE),
  ["threading.Lock.acquire", LOCK],
  ["threading.RLock.acquire", LOCK],
  ["threading.Event.wait", LOCK],
  ["threading.Thread.join", LOCK],
  ["queue.Queue.join", LOCK],
  ["concurrent.futures.Future.result", RESULT],
  ["concurrent.futures.wait", RESULT],
]);

/** Coroutine functions of the standard library and of clients: calling one does nothing until it is awaited. */
export const COROUTINE_FUNCTIONS: ReadonlySet<string> = new Set([
  ...[
    "sleep",
    "wait",
    "wait_for",
    "to_thread",
    "open_connection",
    "start_server",
    "open_unix_connection",
  ].map((name) => `asyncio.${name}`),
  ...["create_subprocess_exec", "create_subprocess_shell"].map((name) => `asyncio.${name}`),
  ...["get", "put", "join"].map((name) => `asyncio.Queue.${name}`),
  ...["Lock.acquire", "Event.wait", "Condition.wait", "Semaphore.acquire", "Barrier.wait"].map(
    (name) => `asyncio.${name}`,
  ),
  ...["StreamReader.read", "StreamReader.readline", "StreamWriter.drain", "StreamWriter.wait_closed"].map(
    (name) => `asyncio.${name}`,
  ),
  ...["sleep", "to_thread.run_sync", "run_process", "open_file"].map((name) => `anyio.${name}`),
  "trio.sleep",
  ...[...VERBS, "aclose", "send"].map((name) => `httpx.AsyncClient.${name}`),
  ...["execute", "commit", "rollback", "scalars", "scalar", "flush", "refresh", "close"].map(
    (name) => `sqlalchemy.ext.asyncio.AsyncSession.${name}`,
  ),
]);
