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
  const inference: Inference = {
    place,
    scopes,
    knowledge,
    stringOf,
    others,
    named: (dottedName) => valueNamed(inference, dottedName),
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
