/** The classes that a class derives from, here and in the models, in Python's method resolution order. */

import type { ClassDef, Expr } from "../../syntax/ast.ts";
import type { Ancestor, Inference } from "./context.ts";
import { instantiate } from "./instantiate.ts";
import { ownPath } from "./names.ts";
import { plainType, type Type } from "./values.ts";

const UNKNOWN_BASE: Ancestor = { type: plainType(""), model: null };

export function ownType(inf: Inference, cls: ClassDef): Type {
  return { name: ownPath(cls, inf.place), args: [], cls };
}

/** A type and all it derives from, nearest first. */
export function lineageOf(inf: Inference, type: Type): readonly Ancestor[] {
  if (type.cls !== null) return inf.homeOf(type.cls).lineageOf(type.cls);
  if (type.name === "") return [UNKNOWN_BASE];
  return inf.knowledge.lineage(type.name).map(({ name, args, model }, index) => ({
    type:
      index === 0
        ? type
        : plainType(
            name,
            args.map((arg) => instantiate(arg, { self: type, args: type.args })),
          ),
    model: model ?? null,
  }));
}

/** Computes the order for a class of this module. */
export function computeLineage(inf: Inference, cls: ClassDef): readonly Ancestor[] {
  const bases = cls.bases.map((base) => baseType(inf, base));
  const orders = bases.map((base) => [...lineageOf(inf, base)]);
  const direct = orders.map(([first]) => first ?? UNKNOWN_BASE);
  return [{ type: ownType(inf, cls), model: null }, ...mergeOrders([...orders, direct])];
}

function baseType(inf: Inference, base: Expr): Type {
  const value = inf.value(base);
  if (value?.kind === "class") return value.type;
  return value?.kind === "name" ? plainType(value.name) : UNKNOWN_BASE.type;
}

/** The merge of C3; where Python would refuse the order, the classes that are left follow as they stand. */
function mergeOrders(orders: Ancestor[][]): Ancestor[] {
  const merged: Ancestor[] = [];
  let left = orders.filter((order) => order.length > 0);
  while (left.length > 0) {
    const free = left.find(([head]) => head !== undefined && !left.some((order) => inTail(order, head)));
    const next = (free ?? left[0])?.[0] as Ancestor;
    merged.push(next);
    left = left.map((order) => order.filter((ancestor) => !isSame(ancestor, next)));
    left = left.filter((order) => order.length > 0);
  }
  return merged;
}

function inTail(order: readonly Ancestor[], ancestor: Ancestor): boolean {
  return order.slice(1).some((other) => isSame(other, ancestor));
}

function isSame(a: Ancestor, b: Ancestor): boolean {
  return a.type.cls === b.type.cls && a.type.name === b.type.name;
}
