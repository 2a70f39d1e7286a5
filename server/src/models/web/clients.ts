/** What we know of HTTP clients: requests, httpx, aiohttp, urllib3. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const VERBS = "get options head post put patch delete request";

const SESSION: ClassModel = {
  methods: {
    ...each(VERBS, "requests.Response"),
    send: "requests.Response",
    prepare_request: "requests.PreparedRequest",
    ...each("mount close", "None"),
    get_adapter: "requests.adapters.HTTPAdapter",
  },
  attributes: {
    headers: "requests.structures.CaseInsensitiveDict[str, str]",
    cookies: "requests.cookies.RequestsCookieJar",
    ...each("trust_env stream", "bool"),
    max_redirects: "int",
    ...each("auth verify cert proxies params", "?"),
  },
  enter: "Self",
};

const RESPONSE: ClassModel = {
  methods: {
    json: "?",
    raise_for_status: "None",
    close: "None",
    ...each("iter_content iter_lines", "collections.abc.Iterator"),
  },
  attributes: {
    content: "bytes",
    ...each("text url reason encoding apparent_encoding", "str"),
    status_code: "int",
    ...each("ok is_redirect is_permanent_redirect", "bool"),
    headers: "requests.structures.CaseInsensitiveDict[str, str]",
    cookies: "requests.cookies.RequestsCookieJar",
    elapsed: "datetime.timedelta",
    history: "list[requests.Response]",
    request: "requests.PreparedRequest",
    raw: "urllib3.HTTPResponse",
    links: "dict[str, ?]",
  },
  enter: "Self",
  iterates: "bytes",
};

/** Exceptions of requests, each with its bases. */
const REQUESTS_ERRORS: Readonly<Record<string, readonly string[]>> = {
  RequestException: ["OSError"],
  HTTPError: ["requests.RequestException"],
  ConnectionError: ["requests.RequestException"],
  ProxyError: ["requests.ConnectionError"],
  SSLError: ["requests.ConnectionError"],
  Timeout: ["requests.RequestException"],
  ConnectTimeout: ["requests.ConnectionError", "requests.Timeout"],
  ReadTimeout: ["requests.Timeout"],
  URLRequired: ["requests.RequestException"],
  TooManyRedirects: ["requests.RequestException"],
  MissingSchema: ["requests.RequestException", "ValueError"],
  InvalidURL: ["requests.RequestException", "ValueError"],
  ChunkedEncodingError: ["requests.RequestException"],
  JSONDecodeError: ["requests.RequestException", "json.JSONDecodeError"],
  RetryError: ["requests.RequestException"],
};

/** The names of exceptions that the package itself exports; the others live in `requests.exceptions`. */
const EXPORTED_ERRORS =
  "RequestException HTTPError ConnectionError Timeout ConnectTimeout ReadTimeout URLRequired TooManyRedirects JSONDecodeError";

const isExported = (name: string) => EXPORTED_ERRORS.split(" ").includes(name);

export const REQUESTS: LibraryModel = {
  packages: ["requests"],
  functions: {
    ...Object.fromEntries(VERBS.split(" ").map((verb) => [`requests.${verb}`, "requests.Response"])),
    "requests.session": "requests.Session",
  },
  classes: {
    "requests.Session": SESSION,
    "requests.Response": RESPONSE,
    "requests.Request": { methods: { prepare: "requests.PreparedRequest" } },
    "requests.PreparedRequest": { attributes: each("url method path_url", "str") },
    "requests.structures.CaseInsensitiveDict": {
      bases: ["collections.abc.MutableMapping[$0, $1]"],
      iterates: "$0",
    },
    "requests.cookies.RequestsCookieJar": { methods: { get: "str", set: "?", get_dict: "dict[str, str]" } },
    "requests.adapters.BaseAdapter": {},
    "requests.adapters.HTTPAdapter": { bases: ["requests.adapters.BaseAdapter"] },
    ...each("requests.auth.HTTPBasicAuth requests.auth.HTTPDigestAuth requests.auth.HTTPProxyAuth", {
      bases: ["requests.auth.AuthBase"],
    }),
    "requests.auth.AuthBase": {},
    ...Object.fromEntries(
      Object.entries(REQUESTS_ERRORS).map(([name, bases]) => [
        isExported(name) ? `requests.${name}` : `requests.exceptions.${name}`,
        {
          bases,
          attributes: { response: "requests.Response", request: "requests.PreparedRequest" },
        },
      ]),
    ),
  },
  aliases: {
    "requests.api": "requests",
    "requests.sessions.Session": "requests.Session",
    "requests.sessions.session": "requests.session",
    "requests.models": "requests",
    ...Object.fromEntries(
      EXPORTED_ERRORS.split(" ").map((name) => [`requests.exceptions.${name}`, `requests.${name}`]),
    ),
    "requests.packages.urllib3": "urllib3",
  },
  keepsBuiltins: [],
};

/** A method of both clients of httpx: awaited on the asynchronous one. */
function httpxClient(prefix: "" | "async "): ClassModel {
  return {
    methods: {
      ...each(VERBS, `${prefix}httpx.Response`),
      send: `${prefix}httpx.Response`,
      build_request: "httpx.Request",
      stream:
        prefix === ""
          ? "contextlib.AbstractContextManager[httpx.Response]"
          : "contextlib.AbstractAsyncContextManager[httpx.Response]",
      ...(prefix === "" ? { close: "None" } : { aclose: "async None" }),
    },
    attributes: {
      headers: "httpx.Headers",
      cookies: "httpx.Cookies",
      timeout: "httpx.Timeout",
      base_url: "httpx.URL",
      is_closed: "bool",
      follow_redirects: "bool",
    },
    ...(prefix === "" ? { enter: "Self" } : { asyncEnter: "Self" }),
  };
}

const HTTPX_RESPONSE: ClassModel = {
  methods: {
    json: "?",
    raise_for_status: "Self",
    read: "bytes",
    aread: "async bytes",
    close: "None",
    aclose: "async None",
    ...each("iter_bytes iter_raw", "collections.abc.Iterator[bytes]"),
    ...each("iter_text iter_lines", "collections.abc.Iterator[str]"),
    ...each("aiter_bytes aiter_raw", "collections.abc.AsyncIterator[bytes]"),
    ...each("aiter_text aiter_lines", "collections.abc.AsyncIterator[str]"),
  },
  attributes: {
    content: "bytes",
    ...each("text reason_phrase encoding http_version", "str"),
    status_code: "int",
    ...each(
      "is_success is_error is_client_error is_server_error is_redirect is_informational has_redirect_location is_closed",
      "bool",
    ),
    headers: "httpx.Headers",
    cookies: "httpx.Cookies",
    elapsed: "datetime.timedelta",
    history: "list[httpx.Response]",
    request: "httpx.Request",
    next_request: "httpx.Request",
    url: "httpx.URL",
  },
};

const HTTPX_ERRORS: Readonly<Record<string, string>> = {
  HTTPError: "Exception",
  RequestError: "httpx.HTTPError",
  HTTPStatusError: "httpx.HTTPError",
  InvalidURL: "Exception",
  StreamError: "RuntimeError",
  TransportError: "httpx.RequestError",
  TooManyRedirects: "httpx.RequestError",
  DecodingError: "httpx.RequestError",
  TimeoutException: "httpx.TransportError",
  NetworkError: "httpx.TransportError",
  ProtocolError: "httpx.TransportError",
  ProxyError: "httpx.TransportError",
  UnsupportedProtocol: "httpx.TransportError",
  ConnectTimeout: "httpx.TimeoutException",
  ReadTimeout: "httpx.TimeoutException",
  WriteTimeout: "httpx.TimeoutException",
  PoolTimeout: "httpx.TimeoutException",
  ConnectError: "httpx.NetworkError",
  ReadError: "httpx.NetworkError",
  WriteError: "httpx.NetworkError",
  CloseError: "httpx.NetworkError",
};

export const HTTPX: LibraryModel = {
  packages: ["httpx"],
  functions: {
    ...Object.fromEntries(VERBS.split(" ").map((verb) => [`httpx.${verb}`, "httpx.Response"])),
    "httpx.stream": "contextlib.AbstractContextManager[httpx.Response]",
  },
  classes: {
    "httpx.Client": httpxClient(""),
    "httpx.AsyncClient": httpxClient("async "),
    "httpx.Response": HTTPX_RESPONSE,
    "httpx.Request": {
      attributes: { method: "str", url: "httpx.URL", headers: "httpx.Headers", content: "bytes" },
    },
    "httpx.Headers": { bases: ["collections.abc.MutableMapping[str, str]"], iterates: "str" },
    "httpx.Cookies": { bases: ["collections.abc.MutableMapping[str, str]"], iterates: "str" },
    "httpx.URL": {
      attributes: { ...each("scheme host path fragment username password", "str"), port: "int" },
      methods: { ...each("join copy_with", "Self") },
    },
    ...each("httpx.Timeout httpx.Limits httpx.Proxy httpx.Auth httpx.BasicAuth", {}),
    ...each(
      "httpx.HTTPTransport httpx.AsyncHTTPTransport httpx.MockTransport httpx.ASGITransport httpx.WSGITransport",
      {},
    ),
    ...Object.fromEntries(
      Object.entries(HTTPX_ERRORS).map(([name, base]) => [
        `httpx.${name}`,
        {
          bases: [base],
          attributes:
            name === "HTTPStatusError" ? { response: "httpx.Response", request: "httpx.Request" } : {},
        },
      ]),
    ),
  },
};

const AIOHTTP_REQUEST: FunctionEntry = "aiohttp.client._RequestContextManager";

const AIOHTTP_ERRORS: Readonly<Record<string, readonly string[]>> = {
  ClientError: ["Exception"],
  ClientResponseError: ["aiohttp.ClientError"],
  ContentTypeError: ["aiohttp.ClientResponseError"],
  WSServerHandshakeError: ["aiohttp.ClientResponseError"],
  ClientConnectionError: ["aiohttp.ClientError"],
  ClientOSError: ["aiohttp.ClientConnectionError", "OSError"],
  ClientConnectorError: ["aiohttp.ClientOSError"],
  ServerConnectionError: ["aiohttp.ClientConnectionError"],
  ServerDisconnectedError: ["aiohttp.ServerConnectionError"],
  ServerTimeoutError: ["aiohttp.ServerConnectionError", "TimeoutError"],
  ClientPayloadError: ["aiohttp.ClientError"],
  InvalidURL: ["aiohttp.ClientError", "ValueError"],
};

export const AIOHTTP: LibraryModel = {
  packages: ["aiohttp"],
  functions: {
    "aiohttp.request": AIOHTTP_REQUEST,
    ...each("aiohttp.web.json_response", "aiohttp.web.Response"),
    "aiohttp.web.run_app": "None",
    "aiohttp.web.middleware": { decorator: "same" },
  },
  classes: {
    "aiohttp.ClientSession": {
      methods: {
        ...each(VERBS, AIOHTTP_REQUEST),
        ws_connect: "?",
        close: "async None",
      },
      attributes: { closed: "bool", headers: "?", cookie_jar: "?", timeout: "aiohttp.ClientTimeout" },
      asyncEnter: "Self",
    },
    "aiohttp.client._RequestContextManager": {
      asyncEnter: "aiohttp.ClientResponse",
      awaits: "aiohttp.ClientResponse",
    },
    "aiohttp.ClientResponse": {
      methods: {
        ...each("text", "async str"),
        read: "async bytes",
        json: "async ?",
        raise_for_status: "None",
        close: "None",
      },
      attributes: {
        status: "int",
        ...each("reason method content_type charset", "str"),
        ok: "bool",
        ...each("headers cookies url content history", "?"),
      },
      asyncEnter: "Self",
    },
    ...each(
      "aiohttp.ClientTimeout aiohttp.TCPConnector aiohttp.BasicAuth aiohttp.FormData aiohttp.CookieJar",
      {},
    ),
    "aiohttp.web.Application": { methods: { add_routes: "?" }, attributes: { router: "?" } },
    "aiohttp.web.Request": {
      methods: { text: "async str", read: "async bytes", ...each("json post multipart", "async ?") },
      attributes: {
        ...each("method path path_qs query_string host remote scheme", "str"),
        ...each("query match_info headers cookies", "collections.abc.Mapping[str, str]"),
      },
    },
    "aiohttp.web.StreamResponse": {},
    "aiohttp.web.Response": {
      bases: ["aiohttp.web.StreamResponse"],
      attributes: { status: "int", text: "str" },
    },
    "aiohttp.web.FileResponse": { bases: ["aiohttp.web.StreamResponse"] },
    ...Object.fromEntries(
      Object.entries(AIOHTTP_ERRORS).map(([name, bases]) => [`aiohttp.${name}`, { bases }]),
    ),
  },
  aliases: {
    "aiohttp.client.ClientSession": "aiohttp.ClientSession",
    "aiohttp.client_exceptions": "aiohttp",
    "aiohttp.client_reqrep.ClientResponse": "aiohttp.ClientResponse",
  },
};

const POOL: ClassModel = {
  methods: {
    ...each("request urlopen request_encode_body request_encode_url", "urllib3.HTTPResponse"),
    clear: "None",
  },
  enter: "Self",
};

export const URLLIB3: LibraryModel = {
  packages: ["urllib3"],
  functions: {
    "urllib3.request": "urllib3.HTTPResponse",
    "urllib3.disable_warnings": "None",
    "urllib3.make_headers": "dict[str, str]",
    ...each("urllib3.connection_from_url", "urllib3.HTTPConnectionPool"),
    "urllib3.proxy_from_url": "urllib3.ProxyManager",
  },
  classes: {
    "urllib3.PoolManager": POOL,
    "urllib3.ProxyManager": { ...POOL, bases: ["urllib3.PoolManager"] },
    "urllib3.HTTPConnectionPool": { ...POOL, methods: { ...POOL.methods, close: "None" } },
    "urllib3.HTTPSConnectionPool": { ...POOL, bases: ["urllib3.HTTPConnectionPool"] },
    "urllib3.HTTPResponse": {
      methods: {
        read: "bytes",
        json: "?",
        ...each("close release_conn drain_conn", "None"),
        stream: "collections.abc.Iterator[bytes]",
      },
      attributes: { status: "int", data: "bytes", reason: "str", headers: "urllib3.HTTPHeaderDict" },
    },
    "urllib3.HTTPHeaderDict": { bases: ["collections.abc.MutableMapping[str, str]"] },
    ...each("urllib3.Retry urllib3.Timeout", {}),
    "urllib3.exceptions.HTTPError": { bases: ["Exception"] },
    "urllib3.exceptions.PoolError": { bases: ["urllib3.exceptions.HTTPError"] },
    "urllib3.exceptions.RequestError": { bases: ["urllib3.exceptions.PoolError"] },
    "urllib3.exceptions.MaxRetryError": { bases: ["urllib3.exceptions.RequestError"] },
    "urllib3.exceptions.TimeoutError": { bases: ["urllib3.exceptions.HTTPError"] },
    "urllib3.exceptions.HTTPWarning": { bases: ["Warning"] },
    "urllib3.exceptions.SecurityWarning": { bases: ["urllib3.exceptions.HTTPWarning"] },
    "urllib3.exceptions.InsecureRequestWarning": { bases: ["urllib3.exceptions.SecurityWarning"] },
  },
  aliases: {
    "urllib3.poolmanager": "urllib3",
    "urllib3.connectionpool": "urllib3",
    "urllib3.response.HTTPResponse": "urllib3.HTTPResponse",
    "urllib3.util.retry.Retry": "urllib3.Retry",
    "urllib3.util.Retry": "urllib3.Retry",
    "urllib3.util.timeout.Timeout": "urllib3.Timeout",
    "urllib3.util.Timeout": "urllib3.Timeout",
  },
};
