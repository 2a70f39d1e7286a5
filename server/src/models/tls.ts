/** Knowledge about the switches that take certificate and host key checks away. */

/** A keyword argument that turns the check off when it has one of these values. */
export interface TlsSwitch {
  readonly parameter: string;
  /** Qualified names of the calls that take it. */
  readonly callee: RegExp;
  /** Literals as Python writes them, and qualified names. */
  readonly off: readonly string[];
}

const NONE_MODES = ["ssl.CERT_NONE", "CERT_NONE", "NONE", "none"];

export const TLS_SWITCHES: readonly TlsSwitch[] = [
  {
    parameter: "verify",
    callee:
      /^(?:requests(?:\.api|\.sessions)?|httpx2?)(?:\.(?:Session|session))?\.(?:get|options|head|post|put|patch|delete|request|stream|Client|AsyncClient)$/,
    off: ["False"],
  },
  { parameter: "ssl", callee: /^aiohttp\.(?:TCPConnector|ClientSession\.\w+|request)$/, off: ["False"] },
  { parameter: "verify_ssl", callee: /^aiohttp\./, off: ["False"] },
  { parameter: "cert_reqs", callee: /^(?:urllib3|ssl)\b/, off: NONE_MODES },
  { parameter: "ssl_cert_reqs", callee: /^redis\b/, off: [...NONE_MODES, "None"] },
  { parameter: "known_hosts", callee: /^asyncssh\.connect$/, off: ["None"] },
];

/** Members of `ssl` that make a context which checks nothing. */
export const UNCHECKED_CONTEXTS: ReadonlySet<string> = new Set(["_create_unverified_context"]);

export const UNCHECKED_HOST_KEYS: ReadonlySet<string> = new Set([
  "paramiko.AutoAddPolicy",
  "paramiko.WarningPolicy",
  "paramiko.client.AutoAddPolicy",
  "paramiko.client.WarningPolicy",
]);

export const WEAK_PROTOCOLS: ReadonlySet<string> = new Set([
  "ssl.PROTOCOL_SSLv2",
  "ssl.PROTOCOL_SSLv3",
  "ssl.PROTOCOL_TLSv1",
  "ssl.PROTOCOL_TLSv1_1",
  "ssl.TLSVersion.SSLv3",
  "ssl.TLSVersion.TLSv1",
  "ssl.TLSVersion.TLSv1_1",
]);
