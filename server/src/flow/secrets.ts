/** What must not leave: credentials, known by the names that they go by, and what exceptions tell. */

import { credentialKind } from "../models/credentials.ts";
import { ALL_RISKS, riskSet } from "../models/taint/types.ts";
import type { ExceptHandler, Node } from "../syntax/ast.ts";
import type { FlowFile } from "./program.ts";
import { enter } from "./sources.ts";
import { type TaintSet, UNTAINTED } from "./taint.ts";
import { onlyConsts, type Value } from "./value.ts";

const SECRET_CLEARS = ALL_RISKS & ~riskSet("disclosure");
const EXCEPTION_CLEARS = ALL_RISKS & ~riskSet("exposure");

/** In a lexer, a tokenizer or a page of results these are no secrets. */
const OF_MANY_MEANINGS = /^_?(?:token|secret|key)s?$/i;
/** Headers that carry credentials. */
const CREDENTIAL_HEADER = /^(?:HTTP_)?(?:proxy-)?(?:authorization|cookie|x[-_]api[-_]key)$/i;

/** The taint of a variable, parameter or attribute whose name says that it holds a credential. */
export function secretNamed(name: string, node: Node, file: FlowFile): TaintSet {
  if (OF_MANY_MEANINGS.test(name) || credentialKind(name) === undefined) return UNTAINTED;
  return enterSecret(name, node, file);
}

/** The taint of all settings at once: `settings.__dict__`. */
export function allSettings(receiver: Node, node: Node, file: FlowFile): TaintSet {
  const name = receiver.kind === "Attribute" ? receiver.attr : receiver.kind === "Name" ? receiver.id : "";
  if (!/^(?:app_?)?(?:settings|config)$/i.test(name)) return UNTAINTED;
  return enter({ name, kind: "secret", label: "all of the settings", without: SECRET_CLEARS }, node, file);
}

/** The taint of what a mapping holds under a key that names a credential. */
export function secretUnder(key: string, node: Node, file: FlowFile): TaintSet {
  if (!CREDENTIAL_HEADER.test(key) && credentialKind(key) === undefined) return UNTAINTED;
  return enterSecret(key, node, file);
}

function enterSecret(name: string, node: Node, file: FlowFile): TaintSet {
  return enter({ name, kind: "secret", label: `the secret \`${name}\``, without: SECRET_CLEARS }, node, file);
}

/** True where a value may be a credential at all: not a constant, a number or an answer. */
export function mayBeSecret(value: Value): boolean {
  if (onlyConsts(value) !== null || value.callables.some(({ kind }) => kind !== "known")) return false;
  return value.type === null || /^builtins\.(str|bytes)$/.test(value.type);
}

/** Errors whose text was written for whoever reads the log: paths, statements, hosts, lines of code. */
const TELLING =
  /^(?:builtins\.(?:Exception|BaseException|OSError|IOError|RuntimeError|KeyError|AttributeError|TypeError|ConnectionError)|(?:sqlalchemy|psycopg2?|pymysql|MySQLdb|sqlite3|asyncpg|redis|pymongo|botocore|subprocess|smtplib|django\.db|requests|httpx|jinja2)\.(?:\w+\.)*\w+)$/;

const EXCEPTION = { name: "except", kind: "exception", label: "the text of an exception" } as const;

/** The taint of an exception that a handler binds; the names are those of the classes that it catches. */
export function caughtTaint(handler: ExceptHandler, names: readonly string[], file: FlowFile): TaintSet {
  if (!names.some((name) => TELLING.test(name))) return UNTAINTED;
  return enter({ ...EXCEPTION, without: EXCEPTION_CLEARS }, handler, file);
}

/** The taint of a parameter that any exception may arrive in: an error handler's. */
export function handledTaint(type: string | null, node: Node, file: FlowFile): TaintSet {
  if (type !== "builtins.Exception" && type !== "builtins.BaseException") return UNTAINTED;
  return enter({ ...EXCEPTION, without: EXCEPTION_CLEARS }, node, file);
}

/** What is left of taint in something computed from it: a credential's owner or an answer is no credential. */
export function withoutSecrets(taint: TaintSet): TaintSet {
  const kept = taint.filter(({ kind }) => kind !== "secret" && kind !== "exception");
  return kept.length === taint.length ? taint : kept;
}
