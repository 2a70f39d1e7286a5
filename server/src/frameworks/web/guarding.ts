/** Tells what a decorator, a dependency, a permission class or a hook lets in, by its name and by its code. */

import { GUARD_NAMES, type GuardKind, KNOWN_GUARDS } from "../../models/web/guards.ts";
import type { Guard } from "./endpoint.ts";
import type { Lookup } from "./lookup.ts";
import type { ClassSketch, FunctionSketch, Mention, ParameterSketch, Signal } from "./sketch.ts";

/** Calls followed from a guard to the helpers that refuse for it. */
const MAX_DEPTH = 4;

export interface Guarding {
  /** What a mention lets in; null for one that guards nothing. */
  kindOf(mention: Mention): GuardKind | null;
  /** The guards among mentions, in order; wrappers such as `method_decorator` are looked through. */
  guards(mentions: readonly Mention[], from: Guard["from"]): readonly Guard[];
  /** What a function depends on: its parameters' dependencies, aliases followed. */
  dependenciesOf(parameters: readonly ParameterSketch[]): readonly Mention[];
  /** The dependency that a parameter stands for, or undefined. */
  dependencyOf(parameter: ParameterSketch): Mention | undefined;
  /** What the code of a function lets in, by its evidence; null where it shows none. */
  kindOfFunction(name: string): GuardKind | null;
  /** True for a hook that sends away who is not logged in: it stands before everything, so names count as well. */
  sendsAway(name: string): boolean;
  /** The kinds of all guards of the project that were asked for. */
  known(): Readonly<Record<string, GuardKind>>;
}

export function createGuarding(lookup: Lookup): Guarding {
  const kinds = new Map<string, GuardKind | null>();

  const dependencyOf = (parameter: ParameterSketch): Mention | undefined => {
    if (parameter.depends !== undefined) return parameter.depends;
    if (parameter.type === null) return undefined;
    const alias = lookup.aliasNamed(parameter.type);
    if (alias !== undefined || !ALIASES.test(lastOf(parameter.type))) return alias?.depends;
    return lookup.classNamed(parameter.type) === undefined ? { name: parameter.type } : undefined;
  };
  const dependenciesOf = (parameters: readonly ParameterSketch[]) =>
    parameters.flatMap((one) => dependencyOf(one) ?? []);

  const evidenceOf = (sketch: FunctionSketch, depth: number, into: Set<Signal>): void => {
    for (const signal of sketch.signals ?? []) into.add(signal);
    if (depth >= MAX_DEPTH) return;
    for (const name of sketch.calls ?? []) {
      const called = lookup.functionNamed(name);
      if (called === undefined) continue;
      const found = new Set<Signal>();
      evidenceOf(called.sketch, depth + 1, found);
      for (const signal of found) into.add(signal);
    }
    for (const dependency of dependenciesOf(sketch.parameters)) {
      const kind = kindAt(dependency, depth + 1);
      if (kind !== null && kind !== "public") into.add(SIGNAL_OF[kind] ?? "refuses");
    }
  };
  const kindOfCode = (sketches: readonly FunctionSketch[], depth: number): GuardKind | null => {
    const signals = new Set<Signal>();
    for (const sketch of sketches) evidenceOf(sketch, depth, signals);
    return kindByEvidence(signals);
  };
  const kindOfFunctionAt = (name: string, depth: number): GuardKind | null => {
    const found = lookup.functionNamed(name);
    if (found === undefined) return null;
    return kindOfCode([found.sketch, ...lookup.innerFunctions(found.name)], depth);
  };
  const kindOfClassAt = (name: string, depth: number): GuardKind | null => {
    const found = lookup.classNamed(name);
    if (found === undefined) return null;
    const lineage = lookup.lineage(found.name);
    if (lookup.method(found.name, "has_object_permission") !== undefined) return "object";
    if (lineage.some((one) => /(?:^|\.)BasePermission\w*$/.test(one))) return "permission";
    for (const one of lineage.slice(1)) {
      const known = knownKind(one);
      if (known !== null && known !== "public") return known;
    }
    return kindOfCode(callables(found.sketch), depth);
  };
  const kindAt = (mention: Mention, depth: number): GuardKind | null => {
    if (depth > MAX_DEPTH || mention.name === "") return null;
    const name = lookup.resolve(mention.name);
    const remembered = kinds.get(name);
    if (remembered !== undefined) return remembered;
    kinds.set(name, null);
    const object = lookup.objectNamed(name);
    const kind =
      knownKind(name) ??
      (object === undefined ? null : kindAt(object, depth + 1)) ??
      kindOfFunctionAt(name, depth) ??
      kindOfClassAt(name, depth) ??
      kindByName(name, lookup);
    // Code shows that it refuses, the name for whose sake: `get_admin_user`, `require_role`.
    const told = kind === "authentication" && NARROWER.test(lastOf(name)) ? "permission" : kind;
    kinds.set(name, told);
    return told;
  };
  const guardsOf = (mention: Mention, from: Guard["from"], depth = 0): readonly Guard[] => {
    if (LOOKED_THROUGH.test(mention.name) && depth < 3) {
      return (mention.args ?? []).flatMap((name) => guardsOf({ name }, from, depth + 1));
    }
    const kind = kindAt(mention, 0);
    if (kind === null) return [];
    const fn = lookup.functionNamed(mention.name)?.sketch;
    if (
      from !== "app" &&
      fn !== undefined &&
      kindOfCode([{ ...fn, parameters: [] }], 0) === null &&
      depth < 3
    ) {
      // A dependency that guards only by what it depends on itself is said by that.
      const below = dependenciesOf(fn.parameters).flatMap((one) => guardsOf(one, from, depth + 1));
      if (below.length > 0) return below;
    }
    return [{ kind, text: textOf(mention), name: lookup.resolve(mention.name), from }];
  };

  return {
    kindOf: (mention) => kindAt(mention, 0),
    guards: (all, from) => distinct(all.flatMap((one) => guardsOf(one, from))),
    dependenciesOf,
    dependencyOf,
    kindOfFunction: (name) => kindOfFunctionAt(name, 0),
    sendsAway(name) {
      const found = lookup.functionNamed(name);
      if (found === undefined || kindOfFunctionAt(name, 0) === null) return false;
      const signals = found.sketch.signals ?? [];
      return signals.includes("login") || /login|auth|require|protect|restrict/i.test(lastOf(found.name));
    },
    known: () =>
      Object.fromEntries(
        [...kinds].flatMap(([name, kind]) => (kind === null ? [] : [[name, kind] as const])),
      ),
  };
}

/** Decorators and calls that only hand on what they are given. */
const LOOKED_THROUGH = /(?:^|\.)(?:method_decorator|Depends|Security|partial|any_of|all_of|OR|AND|NOT)$/;

/** What aliases of dependencies are called, where their module is not at hand. */
const ALIASES = /^Current[A-Z]\w+$|(?:Dep|Deps|Dependency)$/;

const NARROWER = /admin|superuser|staff|role|permission|moderator|privilege/i;

/** How a guard's kind shows in the evidence of a function that depends on it. */
const SIGNAL_OF: Readonly<Partial<Record<GuardKind, Signal>>> = {
  authentication: "401",
  permission: "403",
  object: "403",
  signature: "signature",
};

function kindByEvidence(signals: ReadonlySet<Signal>): GuardKind | null {
  if (signals.has("signature")) return "signature";
  const refuses = signals.has("401") || signals.has("403") || signals.has("login");
  if (signals.has("role") && (refuses || signals.has("refuses"))) return "permission";
  if (signals.has("401") || signals.has("login")) return "authentication";
  if (signals.has("403"))
    return signals.has("user") || signals.has("credential") ? "authentication" : "permission";
  if (signals.has("credential") && signals.has("refuses")) return "authentication";
  return signals.has("user") && signals.has("refuses") ? "authentication" : null;
}

/** Methods by which an object is called as a dependency or a middleware. */
function callables({ methods }: ClassSketch): readonly FunctionSketch[] {
  const names = [
    "__call__",
    "__init__",
    "dispatch",
    "process_request",
    "process_view",
    "test_func",
    "has_permission",
    "prepare",
    "check",
  ];
  return names.flatMap((name) =>
    Object.hasOwn(methods, name) && methods[name] !== undefined ? [methods[name]] : [],
  );
}

function knownKind(name: string): GuardKind | null {
  const last = lastOf(name);
  return Object.hasOwn(KNOWN_GUARDS, last) ? (KNOWN_GUARDS[last] ?? null) : null;
}

/** By its name, where the code is not at hand; own code that shows no refusal must at least be called a guard. */
function kindByName(name: string, lookup: Lookup): GuardKind | null {
  const last = lastOf(name);
  const found = GUARD_NAMES.find(([pattern]) => pattern.test(last));
  if (found === undefined) return null;
  const isOwn = lookup.functionNamed(name) !== undefined;
  // A function of the project's own that refuses nothing is no guard, whatever it is called, unless it
  // hands out the user: then something beneath it has to know who that is.
  if (isOwn && !/user|account|principal|member|customer|tenant|auth|permission|login|admin|role/i.test(last))
    return null;
  return found[1];
}

function lastOf(name: string): string {
  return name.split(".").at(-1) ?? name;
}

const SAID: Readonly<Record<string, string>> = {
  login_required: "login required",
  LoginRequiredMixin: "login required",
  LoginRequiredMiddleware: "login required",
  staff_member_required: "staff only",
  PermissionRequiredMixin: "permission required",
  UserPassesTestMixin: "own test of the user",
  user_passes_test: "own test of the user",
  AllowAny: "open to all",
  login_not_required: "open to all",
};

function textOf({ name, args }: Mention): string {
  const last = lastOf(name);
  if (last === "permission_required" && args?.[0] !== undefined) return `permission ${args[0]}`;
  return Object.hasOwn(SAID, last) ? (SAID[last] ?? last) : last;
}

function distinct(guards: readonly Guard[]): readonly Guard[] {
  const seen = new Set<string>();
  return guards.filter(({ name, kind }) => {
    const key = `${kind} ${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
