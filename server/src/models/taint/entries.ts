/** Shorthand for the entries of taint models: several names that are alike in all else. */

import {
  type Argument,
  type ArgumentCondition,
  type Risk,
  riskSet,
  type SanitizerModel,
  type SinkModel,
  type SourceKind,
  type SourceModel,
} from "./types.ts";

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What a sink is besides its name, risk and arguments. */
type SinkOptions = Partial<Pick<SinkModel, "label" | "part" | "severity" | "when" | "receiver" | "textOnly">>;

/** Sinks that read one argument. `at` is a position, a parameter's name with it, or a whole argument. */
export function sinks(
  risk: Risk,
  list: string,
  at: number | readonly [number, string] | readonly Argument[] = 0,
  options: SinkOptions = {},
): readonly SinkModel[] {
  const args: readonly Argument[] =
    typeof at === "number" ? [{ at }] : isPlace(at) ? [{ at: at[0], name: at[1] }] : at;
  return names(list).map((name) => ({ name, risk, args, ...options }));
}

function isPlace(at: readonly [number, string] | readonly Argument[]): at is readonly [number, string] {
  return typeof at[0] === "number";
}

/** Sinks whose receiver is the dangerous value. */
export function receivers(risk: Risk, list: string, label: string, options: SinkOptions = {}) {
  return names(list).map((name): SinkModel => ({ name, risk, args: [], receiver: true, label, ...options }));
}

/** Sources of one kind that a message calls the same. */
export function sources(
  kind: SourceKind,
  label: string,
  list: string,
  ...without: readonly Risk[]
): readonly SourceModel[] {
  const cleared = riskSet(...without);
  return names(list).map((name) => ({ name, kind, label, ...(cleared === 0 ? {} : { without: cleared }) }));
}

/** The same members of several classes: `each("a.A a.B", "x y")` is `a.A.x a.A.y a.B.x a.B.y`. */
export function members(classes: string, list: string): string {
  return names(classes)
    .flatMap((cls) => names(list).map((member) => `${cls}.${member}`))
    .join(" ");
}

/** Functions whose result is free of some risks. */
export function clears(risks: number, list: string): readonly SanitizerModel[] {
  return names(list).map((name) => ({ name, clears: risks }));
}

/** The sink counts only if the argument is not given, or is one of the constants. */
export function onlyIf(
  argument: Argument,
  ...oneOf: readonly (string | number | boolean | null)[]
): readonly ArgumentCondition[] {
  return [{ ...argument, oneOf }];
}
