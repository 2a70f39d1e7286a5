/** Wires the parts of inference together, with a memory for every answer. */

import type { Knowledge } from "../../models/knowledge.ts";
import type { ClassDef, Constant, Expr, Module, Node } from "../../syntax/ast.ts";
import type { Demands } from "../demand.ts";
import type { OtherModules } from "../others.ts";
import type { ModuleScopes } from "../scopes/module.ts";
import type { BindingTable } from "../scopes/table.ts";
import { createAnnotationReader } from "./annotations.ts";
import { computeBinding, computeSlot } from "./bindings.ts";
import { collectSlots } from "./classes.ts";
import type { Ancestor, AttributeSlot, Inference, ModulePlace } from "./context.ts";
import { computeValue } from "./expressions.ts";
import { computeLineage } from "./lineage.ts";
import { mayRebind, starredValue, valueNamed } from "./modules.ts";
import type { Value } from "./values.ts";

export interface InferenceParts {
  readonly place: ModulePlace;
  readonly scopes: ModuleScopes;
  readonly knowledge: Knowledge;
  readonly demands: Demands;
  readonly module: Module;
  readonly others: OtherModules | null;
  stringOf(node: Expr): string | null;
}

/** Creates the inference for one version of a module. */
export function createInference(parts: InferenceParts): Inference {
  const { place, scopes, knowledge, demands, stringOf, module, others } = parts;
  const slots = new Map<ClassDef, ReadonlyMap<string, AttributeSlot>>();
  const readAnnotation = createAnnotationReader(new Map<Constant, Expr | null>());
  const named = createNamed(() => inference);
  const inference: Inference = {
    place,
    scopes,
    knowledge,
    stringOf,
    others,
    named,
    starred: (dottedName) => (others === null ? null : starredValue(others, inference, dottedName, 0)),
    mayRebind: (module, name) => mayRebind(inference, module, name),
    homeOf(node) {
      if (others === null) return inference;
      let at: Node = node;
      while (at.parent !== null) at = at.parent;
      return at === module || at.kind !== "Module" ? inference : (others.inferenceOf(at) ?? inference);
    },
    value: demands.define((node: Expr): Value | null => computeValue(inference, node), null),
    bindingValue: demands.define(
      (binding: BindingTable): Value | null => computeBinding(inference, binding),
      null,
    ),
    slotValue: demands.define((slot: AttributeSlot): Value | null => computeSlot(inference, slot), null),
    lineageOf: demands.define((cls: ClassDef): readonly Ancestor[] => computeLineage(inference, cls), []),
    slotsOf(cls) {
      let known = slots.get(cls);
      if (known === undefined) {
        known = collectSlots(scopes, cls);
        slots.set(cls, known);
      }
      return known;
    },
    annotated: (node) => readAnnotation(inference, node),
  };
  return inference;
}

/** Longer names are taken as they stand: a name that leads back to itself may gain a part each time. */
const MAX_NAME = 240;

/**
 * The value of a dotted name. `from shop.api import api` in the package `shop`, asked from `shop.api` itself, leads
 * through the package back to the question: a name that is being looked up is only a name.
 */
function createNamed(inference: () => Inference): (dottedName: string) => Value {
  const asked = new Set<string>();
  return (dottedName) => {
    if (asked.has(dottedName) || dottedName.length > MAX_NAME) return { kind: "name", name: dottedName };
    asked.add(dottedName);
    try {
      return valueNamed(inference(), dottedName);
    } finally {
      asked.delete(dottedName);
    }
  };
}
