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
] as const;
export type Risk = (typeof RISKS)[number];

/** A set of risks as bits: bit i stands for RISKS[i]. */
export type RiskSet = number;

export const NO_RISKS: RiskSet = 0;
export const ALL_RISKS: RiskSet = 2 ** RISKS.length - 1;

export function riskSet(...risks: readonly Risk[]): RiskSet {
  return risks.reduce((set, risk) => set | (1 << RISKS.indexOf(risk)), NO_RISKS);
}

/**
 * Who controls a value: `web` the client of a service, `remote` a server that we called, `local` who starts the
 * program, `model` a language model; `secret` and `exception` run the other way: what must not leave.
 */
export type SourceKind = "web" | "remote" | "local" | "model" | "secret" | "exception";

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
}

/** Which argument: a position, a keyword's name, or both (the same parameter). */
export interface Argument {
  readonly at?: number;
  readonly name?: string;
}

/** A condition on another argument's constant value, for sinks that depend on it (`shell=True`). */
export interface ArgumentCondition extends Argument {
  /** The sink counts only if the argument may be one of these constants; `null` stands for "not given". */
  readonly oneOf: readonly (string | number | boolean | null)[];
}

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
  /** Lowers the severity for this sink. */
  readonly severity?: "warning";
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
}
