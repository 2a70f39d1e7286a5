/** What dotted names stand for in the other modules of the project. */

import type { OtherModules } from "../others.ts";
import { attributeOf } from "./attributes.ts";
import type { Inference } from "./context.ts";
import { fromModule, objectNamed } from "./names.ts";
import type { Value } from "./values.ts";

/** Modules that pass a name on with a star are followed no further than this. */
const MAX_STARS = 8;

/**
 * The value of a dotted name: what the models know of it, else what the project's module of that name says. Never
 * null: at least the name is known.
 */
export function valueNamed(inf: Inference, dottedName: string): Value {
  const known = objectNamed(inf.knowledge, dottedName);
  if (known.kind !== "name" || inf.others === null) return known;
  return valueInProject(inf.others, dottedName, 0) ?? known;
}

function valueInProject(others: OtherModules, dottedName: string, stars: number): Value | null {
  const at = others.locate(dottedName);
  if (at === null) return null;
  const [name, ...attributes] = at.rest;
  if (name === undefined) {
    const module: Value = { kind: "module", name: at.name };
    return boundInPackage(others, dottedName, stars) ?? module;
  }
  at.read(name);
  const home = at.inference();
  let value = exportedValue(others, home, name, stars);
  if (value === null) return attributes.length === 0 ? { kind: "name", name: `${at.name}.${name}` } : null;
  for (const attribute of attributes) value = attributeOf(home, value, attribute);
  return value;
}

/** `from .app import app` in a package binds the object under the name that the submodule has. */
function boundInPackage(others: OtherModules, dottedName: string, stars: number): Value | null {
  const dot = dottedName.lastIndexOf(".");
  const at = dot < 0 ? null : others.locate(dottedName.slice(0, dot));
  if (at === null || at.rest.length > 0) return null;
  const name = dottedName.slice(dot + 1);
  const home = at.inference();
  if (!home.place.isPackage || home.scopes.module.bindings.get(name) === undefined) return null;
  at.read(name);
  const value = exportedValue(others, home, name, stars);
  return value?.kind === "module" || value?.kind === "name" ? null : value;
}

/** What a module binds a name to, itself or by a star import; null where it does not bind it, or nobody knows. */
function exportedValue(others: OtherModules, home: Inference, name: string, stars: number): Value | null {
  const binding = home.scopes.module.bindings.get(name);
  if (binding !== undefined && binding.definitions.length > 0) return home.bindingValue(binding);
  if (name.startsWith("_") || stars >= MAX_STARS) return null;
  for (const star of home.scopes.stars) {
    const module = fromModule(star, home.place);
    const value = module === null ? null : starredValue(others, home, `${module}.${name}`, stars + 1);
    if (value !== null) return value;
  }
  return null;
}

/** True unless it is known that a star import of a module leaves a builtin as it is. */
export function mayRebind(inf: Inference, module: string | null, builtin: string, stars = 0): boolean {
  if (module === null || stars >= MAX_STARS) return true;
  if (inf.knowledge.keepsBuiltins(module)) return false;
  const at = inf.others?.locate(module) ?? null;
  if (at === null || at.rest.length > 0) return true;
  at.read(builtin);
  const home = at.inference();
  if (home.scopes.module.bindings.has(builtin)) return true;
  return home.scopes.stars.some((star) => mayRebind(home, fromModule(star, home.place), builtin, stars + 1));
}

/** What a star import brings under a name; null where the module is unknown or does not bind it. */
export function starredValue(
  others: OtherModules,
  inf: Inference,
  dottedName: string,
  stars: number,
): Value | null {
  const known = objectNamed(inf.knowledge, dottedName);
  if (known.kind !== "name") return known;
  const at = others.locate(dottedName);
  const [name, ...more] = at?.rest ?? [];
  if (at === null || name === undefined || more.length > 0) return null;
  at.read(name);
  return exportedValue(others, at.inference(), name, stars);
}
