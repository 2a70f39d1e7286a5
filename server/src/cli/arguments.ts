/** The command line's contract: which commands and options exist, what their values may be, and the usage text. */

import { SEVERITIES, type Severity } from "../engine/finding.ts";
import { CHECKLIST_FORMATS, type ChecklistFormat } from "../protocol/checklist.ts";
import { COACH_LEVELS, type CoachLevel, ROLES, type Role } from "../protocol/settings.ts";

export const COMMANDS = ["check", "checklist", "rules", "explain", "endpoints"] as const;
export type Command = (typeof COMMANDS)[number];

export const CHECK_FORMATS = ["text", "json", "sarif", "github"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export const RULES_FORMATS = ["text", "json", "markdown"] as const;
export type RulesFormat = (typeof RULES_FORMATS)[number];

export const ENDPOINTS_FORMATS = ["text", "json", "markdown"] as const;
export type EndpointsFormat = (typeof ENDPOINTS_FORMATS)[number];

/** One option of a command. Options without `value` are switches. */
export interface OptionSpec {
  readonly name: string;
  /** How its value is written in the usage text. */
  readonly value?: string;
  readonly help: string;
}

const SEVERITY_VALUE = SEVERITIES.join("|");

const CHECK_OPTIONS: readonly OptionSpec[] = [
  { name: "format", value: CHECK_FORMATS.join("|"), help: "Form of the output (default: text)." },
  { name: "output", value: "FILE", help: "Write the output to a file instead of standard output." },
  {
    name: "select",
    value: "IDS",
    help: "Run only these rules: ids or sections (security/*), separated by commas.",
  },
  { name: "ignore", value: "IDS", help: "Leave these rules out: ids or sections, separated by commas." },
  { name: "min-severity", value: SEVERITY_VALUE, help: "Print nothing below this (default: hint)." },
  {
    name: "fail-level",
    value: SEVERITY_VALUE,
    help: "Exit with 1 from this severity on (default: warning).",
  },
  {
    name: "level",
    value: COACH_LEVELS.join("|"),
    help: "How much advice, instead of what the project says.",
  },
  { name: "jobs", value: "N", help: "Number of threads; one is used so far." },
  { name: "no-cache", help: "Analyse every file afresh; nothing is kept so far." },
  { name: "baseline", value: "FILE", help: "Accepted for later; has no effect so far." },
  { name: "stats", help: "Print times by phase and the slowest rules to standard error." },
  { name: "exit-zero", help: "Exit with 0 also when there are findings." },
];

/** The options of each command; `--help` goes with all of them. */
export const OPTIONS: Readonly<Record<Command, readonly OptionSpec[]>> = {
  check: CHECK_OPTIONS,
  checklist: [
    { name: "format", value: CHECKLIST_FORMATS.join("|"), help: "Form of the output (default: text)." },
    { name: "role", value: ROLES.join("|"), help: "The role to look with, instead of the project's own." },
    { name: "exit-zero", help: "Exit with 0 also when a must-have item is missing." },
  ],
  rules: [{ name: "format", value: RULES_FORMATS.join("|"), help: "Form of the output (default: text)." }],
  explain: [],
  endpoints: [
    { name: "format", value: ENDPOINTS_FORMATS.join("|"), help: "Form of the output (default: text)." },
  ],
};

/** What a parser of command lines yields: option values by name, and the rest. */
export interface RawArguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  readonly output: string | null;
  /** Ids and `section/*` patterns; null selects all rules. */
  readonly select: readonly string[] | null;
  readonly ignore: readonly string[];
  readonly minSeverity: Severity;
  readonly failLevel: Severity;
  readonly level: CoachLevel | null;
  readonly jobs: number;
  readonly baseline: string | null;
  readonly stats: boolean;
  readonly exitZero: boolean;
}

/** A value, or one sentence that says what is wrong with the command line. */
export type Interpreted<T> = { readonly value: T } | { readonly problem: string };

/** The options of `check`, checked; rule ids are checked by `selectRules`. */
export function interpretCheck({ values, positionals }: RawArguments): Interpreted<CheckOptions> {
  const problems: string[] = [];
  const text = (name: string): string | null => (typeof values[name] === "string" ? values[name] : null);
  const choice = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = text(name);
    const found = given === null ? fallback : allowed.find((one) => one === given);
    if (found === undefined) problems.push(`--${name} is ${allowed.join(", ")}; not ${given}.`);
    return found ?? fallback;
  };
  const options: CheckOptions = {
    paths: positionals.length === 0 ? ["."] : positionals,
    format: choice("format", CHECK_FORMATS, "text"),
    output: text("output"),
    select: list(text("select")),
    ignore: list(text("ignore")) ?? [],
    minSeverity: choice("min-severity", SEVERITIES, "hint"),
    failLevel: choice("fail-level", SEVERITIES, "warning"),
    level: text("level") === null ? null : choice("level", COACH_LEVELS, "professional"),
    jobs: Number(text("jobs") ?? 1),
    baseline: text("baseline"),
    stats: values.stats === true,
    exitZero: values["exit-zero"] === true,
  };
  if (!Number.isInteger(options.jobs) || options.jobs < 1) {
    problems.push(`--jobs is a whole number from 1 on; not ${text("jobs")}.`);
  }
  const [problem] = problems;
  return problem === undefined ? { value: options } : { problem };
}

export interface ChecklistOptions {
  readonly path: string;
  readonly format: ChecklistFormat;
  readonly role: Role | null;
  readonly exitZero: boolean;
}

/** The options of `checklist`, checked. */
export function interpretChecklist({ values, positionals }: RawArguments): Interpreted<ChecklistOptions> {
  const [path = ".", ...more] = positionals;
  if (more.length > 0) return { problem: "checklist takes one folder." };
  const format = CHECKLIST_FORMATS.find((one) => one === (values.format ?? "text"));
  if (format === undefined) {
    return { problem: `--format is ${CHECKLIST_FORMATS.join(", ")}; not ${values.format}.` };
  }
  const role = values.role === undefined ? null : ROLES.find((one) => one === values.role);
  if (role === undefined) return { problem: `--role is ${ROLES.join(", ")}; not ${values.role}.` };
  return { value: { path, format, role, exitZero: values["exit-zero"] === true } };
}

/** The format that `rules` is asked for. */
export function interpretRules({ values, positionals }: RawArguments): Interpreted<RulesFormat> {
  if (positionals.length > 0) return { problem: `rules takes no arguments; not ${positionals[0]}.` };
  const given = values.format ?? "text";
  const value = RULES_FORMATS.find((format) => format === given);
  return value === undefined
    ? { problem: `--format is ${RULES_FORMATS.join(", ")}; not ${given}.` }
    : { value };
}

/** The folder and the format that `endpoints` is asked for. */
export function interpretEndpoints({
  values,
  positionals,
}: RawArguments): Interpreted<{ readonly path: string; readonly format: EndpointsFormat }> {
  const [path = ".", extra] = positionals;
  if (extra !== undefined) return { problem: `endpoints takes one path; not also ${extra}.` };
  const given = values.format ?? "text";
  const format = ENDPOINTS_FORMATS.find((one) => one === given);
  return format === undefined
    ? { problem: `--format is ${ENDPOINTS_FORMATS.join(", ")}; not ${given}.` }
    : { value: { path, format } };
}

function list(value: string | null): readonly string[] | null {
  if (value === null) return null;
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

const SYNOPSIS: Readonly<Record<Command, string>> = {
  check: "check [PATH...] [options]",
  checklist: "checklist [PATH] [options]",
  rules: "rules [options]",
  explain: "explain RULE",
  endpoints: "endpoints [PATH] [options]",
};

const SUMMARY: Readonly<Record<Command, string>> = {
  check: "Analyse Python files and folders (default: the current folder).",
  checklist: "Show what the stack of a project has, what it lacks, and the next best step.",
  rules: "List all rules.",
  endpoints: "List the routes of a web application with their guards and findings.",
  explain: "Say why a rule exists, how to fix what it finds, and when it is fine.",
};

const EXIT_CODES: Readonly<Partial<Record<Command, string>>> = {
  check:
    "Exit codes: 0 nothing found, 1 findings at or over the fail level, 2 wrong usage or an internal error.",
  checklist:
    "Exit codes: 0 no must-have item is missing, 1 one is missing, 2 wrong usage or an internal error.",
};

/** The usage text: of one command with its options, or of the program. */
export function usage(command?: Command): string {
  if (command === undefined) {
    const lines = COMMANDS.map((name) => `  ${SYNOPSIS[name].padEnd(28)}${SUMMARY[name]}`);
    return `Usage: stack-coach COMMAND\n\n${lines.join("\n")}\n\n  --help     This text, or with a command its options.\n  --version  The version.\n`;
  }
  const lines = OPTIONS[command].map(({ name, value, help }) => {
    const left = value === undefined ? `--${name}` : `--${name} ${value}`;
    return left.length > 26 ? `  ${left}\n${" ".repeat(30)}${help}` : `  ${left.padEnd(28)}${help}`;
  });
  const options = lines.length === 0 ? "" : `\n${lines.join("\n")}\n`;
  const codes = command in EXIT_CODES ? `\n${EXIT_CODES[command]}\n` : "";
  return `Usage: stack-coach ${SYNOPSIS[command]}\n\n${SUMMARY[command]}\n${options}${codes}`;
}
