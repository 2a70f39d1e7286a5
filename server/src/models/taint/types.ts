/** The shape of what we know about taint: where untrusted data enters, where it must not arrive, what cleans it. */

/** What can go wrong when untrusted data arrives. One bit each: a sanitizer clears some and leaves the others. */
export const RISKS = [
  "sql",
  "nosql",
  "command",
  "argument",
  "code",
  "reflection",
  "template",
  "xss",
  "path",
  "ssrf",
  "redirect",
  "ldap-filter",
  "ldap-dn",
  "xpath",
  "xml",
  "deserialization",
  "header",
  "log",
  "regex",
  "session",
  "mail",
  "csv",
  "format",
  "mass-assignment",
  "disclosure",
  "nosql-text",
  "archive",
  "upload",
  "exposure",
  "system-prompt",
  "tool-prompt",
] as const;
export type Risk = (typeof RISKS)[number];

/** A set of risks as bits: bit i stands for RISKS[i]. */
export type RiskSet = number;

export const NO_RISKS: RiskSet = 0;
export const ALL_RISKS: RiskSet = 2 ** RISKS.length - 1;

/** What a source carries only if its model says so: that a file has a name of the client's choice. */
export const RARE_RISKS: RiskSet = 2 ** RISKS.indexOf("upload");

export function riskSet(...risks: readonly Risk[]): RiskSet {
  return risks.reduce((set, risk) => set | (1 << RISKS.indexOf(risk)), NO_RISKS);
}

/**
 * Who controls a value: `web` the client of a service, `remote` a server that we called, `local` who starts the
 * program, `archive` who packed an archive, `model` a language model, `tool` one that calls our function;
 * `secret` and `exception` run the other way: what must not leave.
 */
export type SourceKind = "web" | "remote" | "local" | "archive" | "model" | "tool" | "secret" | "exception";

/** Names under which a session or a token says who somebody is and what they may do. */
export const IDENTITY =
  /(?:^|_)(?:user|user_?id|uid|username|account|role|roles|is_?admin|admin|staff|superuser|tenant|org|group|permissions?|scopes?)(?:_id)?$/i;

export interface SourceModel {
  /** Qualified name of an attribute, a function, or a method (`flask.request.args`, `builtins.input`). */
  readonly name: string;
  readonly kind: SourceKind;
  /** How a message calls it ("the query string"). */
  readonly label: string;
  /** Qualified name of the value's class, where it is always the same. */
  readonly type?: string;
  /** Risks that the value cannot carry (an `int` form field...). */
  readonly without?: RiskSet;
  /** Risks that only few sources carry (`RARE_RISKS`), and this one does. */
  readonly also?: RiskSet;
}

/** Which argument: a position, a keyword's name, or both (the same parameter). */
export interface Argument {
  readonly at?: number;
  readonly name?: string;
  /** All positional arguments from this one on (`logger.info(message, *values)`). */
  readonly from?: number;
  /** What `**mapping` passes. */
  readonly mapping?: true;
}

/** A condition on another argument, for sinks that depend on it (`shell=True`). One of the three is given. */
export interface ArgumentCondition extends Argument {
  /** The sink counts only if the argument may be one of these constants; `null` stands for "not given". */
  readonly oneOf?: readonly (string | number | boolean | null)[];
  /** The sink does not count if the argument is one of these (`Loader=yaml.SafeLoader`), by qualified name. */
  readonly noneOf?: readonly string[];
  /** The sink counts only if the argument is a text in which this is found (`session["role"]`), or is tainted. */
  readonly like?: RegExp;
  /** The sink counts only if the argument is (or is not) passed at all. */
  readonly given?: boolean;
}

/**
 * Which part of an argument does the harm, where it is not all of it: `items` of a filter that may be mappings,
 * `keys` of a mapping, `options` in the argument list of a program that has dangerous ones, what a `system` message says, what is put into a log line without quotes (`logged`).
 */
export type ArgumentPart = "items" | "keys" | "system" | "logged" | "options";

/** The name of the sink that a called value itself is: `getattr(module, name)()`. */
export const CALLED_VALUE = "<called>";

export interface SinkModel {
  /** Qualified name of a function or method; `<class>.__setitem__` for item assignment. */
  readonly name: string;
  readonly risk: Risk;
  /** The dangerous arguments. */
  readonly args: readonly Argument[];
  readonly when?: readonly ArgumentCondition[];
  /** What the message calls the sink ("the SQL text of `execute`"); by default the function's name. */
  readonly label?: string;
  /** The receiver itself is the dangerous value (`template.format(obj)`). */
  readonly receiver?: true;
  /** Only text is dangerous: a list argument is safe (`subprocess.run(["ls", x])`). */
  readonly textOnly?: true;
  readonly part?: ArgumentPart;
  /** Lowers the severity for this sink. */
  readonly severity?: "warning" | "information" | "hint";
}

export interface SanitizerModel {
  /** Qualified name of a function or method whose result is free of the risks. */
  readonly name: string;
  readonly clears: RiskSet;
  /** What its result surely begins with: a path of the own site begins with a slash that no second one follows. */
  readonly prefix?: string;
}

/** A predicate whose true answer frees its argument (or receiver) of risks: `x.isdigit()`. */
export interface GuardModel {
  readonly name: string;
  readonly clears: RiskSet;
  /** The value that is vouched for; the receiver where not given. */
  readonly arg?: Argument;
}

export interface TaintModel {
  readonly library: string;
  readonly sources?: readonly SourceModel[];
  readonly sinks?: readonly SinkModel[];
  readonly sanitizers?: readonly SanitizerModel[];
  readonly guards?: readonly GuardModel[];
  /** Functions that never return (`sys.exit`, `flask.abort`). */
  readonly noReturn?: readonly string[];
  /** Decorators that make a function's parameters arrive from the client (`flask.Flask.route`). */
  readonly handlers?: readonly string[];
  /** Decorators that let a language model call a function, and choose its arguments. */
  readonly tools?: readonly string[];
}
