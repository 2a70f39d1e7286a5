/** Knowledge about calls that wait for somebody else: how each one is given a deadline, and what it does without. */

export interface Deadline {
  /** The parameter that sets the deadline. */
  readonly parameter: string;
  /** Its index where it may also be passed by position. */
  readonly position?: number;
  /** With more positional arguments than this one cannot tell which parameter they are. */
  readonly maxPositional?: number;
  /** What happens where it is not passed; a finite default is lost only by passing None. */
  readonly byDefault: "unbounded" | "finite";
  /** Parameter without which the call does not connect yet, with its index. */
  readonly connectsWith?: { readonly parameter: string; readonly position?: number };
  /** True where `socket.setdefaulttimeout` is the default. */
  readonly usesSocketDefault?: boolean;
  /** True where other arguments may set limits of their own, so that only the bare None says "for ever". */
  readonly alone?: boolean;
  /** Arguments by which the call does not wait at all. */
  readonly notWith?: readonly string[];
  /** Name of the family for messages and for what other tools report as well. */
  readonly family: "requests" | "httpx" | "other";
}

const REQUESTS: Deadline = { parameter: "timeout", byDefault: "unbounded", family: "requests" };
const HTTPX: Deadline = { parameter: "timeout", byDefault: "finite", family: "httpx" };
const SDK: Deadline = { parameter: "timeout", byDefault: "finite", family: "other" };
const SOCKET: Deadline = {
  parameter: "timeout",
  byDefault: "unbounded",
  usesSocketDefault: true,
  family: "other",
};
const WITH_HOST = { parameter: "host", position: 0 };

const HTTP_VERBS = ["get", "options", "head", "post", "put", "patch", "delete", "request"];

function each(names: readonly string[], prefix: string, deadline: Deadline): [string, Deadline][] {
  return names.map((name) => [`${prefix}.${name}`, deadline]);
}

/** Functions and constructors by qualified name. */
export const DEADLINES: ReadonlyMap<string, Deadline> = new Map<string, Deadline>([
  ...each(HTTP_VERBS, "requests", REQUESTS),
  ...each(HTTP_VERBS, "requests.api", REQUESTS),
  ...each([...HTTP_VERBS, "Client", "AsyncClient"], "httpx", HTTPX),
  ...each([...HTTP_VERBS, "Client", "AsyncClient"], "httpx2", HTTPX),
  ["httpx.Timeout", { ...HTTPX, position: 0, alone: true }],
  ["httpx2.Timeout", { ...HTTPX, position: 0, alone: true }],
  [
    "aiohttp.ClientTimeout",
    { parameter: "total", position: 0, byDefault: "finite", alone: true, family: "other" },
  ],
  ...each(["OpenAI", "AsyncOpenAI", "AzureOpenAI", "AsyncAzureOpenAI"], "openai", SDK),
  ...each(["Anthropic", "AsyncAnthropic"], "anthropic", SDK),
  ["stripe.RequestsClient", SDK],
  ["stripe.http_client.RequestsClient", SDK],
  ["urllib.request.urlopen", { ...SOCKET, position: 2 }],
  ["http.client.HTTPConnection", { ...SOCKET, position: 2 }],
  ["http.client.HTTPSConnection", { ...SOCKET, maxPositional: 2 }],
  ["smtplib.SMTP", { ...SOCKET, position: 3 }],
  ["smtplib.SMTP_SSL", { ...SOCKET, maxPositional: 3 }],
  ["smtplib.LMTP", { ...SOCKET, position: 4 }],
  ["ftplib.FTP", { ...SOCKET, position: 4, connectsWith: WITH_HOST }],
  ["ftplib.FTP_TLS", { ...SOCKET, maxPositional: 4, connectsWith: WITH_HOST }],
  ["poplib.POP3", { ...SOCKET, position: 2 }],
  ["poplib.POP3_SSL", { ...SOCKET, maxPositional: 2 }],
  ["imaplib.IMAP4", { ...SOCKET, position: 2 }],
  ["imaplib.IMAP4_SSL", { ...SOCKET, maxPositional: 2 }],
  ["telnetlib.Telnet", { ...SOCKET, position: 2, connectsWith: WITH_HOST }],
  ["socket.create_connection", { ...SOCKET, position: 1 }],
  [
    "psycopg2.connect",
    {
      parameter: "connect_timeout",
      maxPositional: 0,
      byDefault: "unbounded",
      connectsWith: { parameter: "host" },
      notWith: ["async_", "async"],
      family: "other",
    },
  ],
]);

/** A class whose objects make calls: the deadline is given at each call or, where it can be, at construction. */
export interface ClientDeadline {
  readonly className: string;
  /** How instances come about. */
  readonly factories: readonly string[];
  readonly methods: ReadonlySet<string>;
  readonly call: Deadline;
  /** Parameter of the constructor that sets the deadline for all calls, or null where there is none. */
  readonly constructorParameter: string | null;
}

export const CLIENT_DEADLINES: readonly ClientDeadline[] = [
  {
    className: "requests.Session",
    factories: ["requests.Session", "requests.session", "requests.sessions.Session"],
    methods: new Set(HTTP_VERBS),
    call: REQUESTS,
    constructorParameter: null,
  },
  {
    className: "urllib3.PoolManager",
    factories: ["urllib3.PoolManager", "urllib3.poolmanager.PoolManager"],
    methods: new Set(["request", "urlopen", "request_encode_url", "request_encode_body"]),
    call: { parameter: "timeout", byDefault: "unbounded", usesSocketDefault: true, family: "other" },
    constructorParameter: "timeout",
  },
  {
    className: "paramiko.SSHClient",
    factories: ["paramiko.SSHClient", "paramiko.client.SSHClient"],
    methods: new Set(["connect"]),
    call: { parameter: "timeout", position: 6, byDefault: "unbounded", family: "other" },
    constructorParameter: null,
  },
];

/** What limits the time of everything inside it. */
export const TIME_LIMITS: ReadonlySet<string> = new Set([
  "asyncio.timeout",
  "asyncio.timeout_at",
  "asyncio.wait_for",
  "async_timeout.timeout",
  "anyio.fail_after",
  "anyio.move_on_after",
  "trio.fail_after",
  "trio.move_on_after",
  "eventlet.Timeout",
  "eventlet.timeout.Timeout",
  "gevent.Timeout",
  "gevent.timeout.Timeout",
]);
