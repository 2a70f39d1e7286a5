/** What the parts of inference share: the scopes, the models, and each other's answers. */

import type { Knowledge } from "../../models/knowledge.ts";
import type { ClassModel } from "../../models/types.ts";
import type { Attribute, ClassDef, Expr, Node } from "../../syntax/ast.ts";
import type { OtherModules } from "../others.ts";
import type { ModuleScopes } from "../scopes/module.ts";
import type { BindingTable } from "../scopes/table.ts";
import type { Type, Value } from "./values.ts";

/** Where the module stands among others. */
export interface ModulePlace {
  /** Dotted name, or "" where it is not known. */
  readonly moduleName: string;
  /** True for an `__init__` module: relative imports start inside it. */
  readonly isPackage: boolean;
}

/** An attribute of the instances of a class of this module, with every `self.name = …` in its methods. */
export interface AttributeSlot {
  readonly cls: ClassDef;
  readonly name: string;
  readonly stores: readonly Attribute[];
}

/** A class, or one that it derives from. */
export interface Ancestor {
  /** A name of "" stands for a base that is not known. */
  readonly type: Type;
  readonly model: ClassModel | null;
}

export interface Inference {
  readonly place: ModulePlace;
  readonly scopes: ModuleScopes;
  readonly knowledge: Knowledge;
  /** What an expression evaluates to, null where that is not known. */
  value(node: Expr): Value | null;
  /** What all definitions of a name agree on. */
  bindingValue(binding: BindingTable): Value | null;
  /** What all places that set an attribute agree on. */
  slotValue(slot: AttributeSlot): Value | null;
  /** The attributes that the methods of a class set, by name; those of its bases are apart. */
  slotsOf(cls: ClassDef): ReadonlyMap<string, AttributeSlot>;
  /** A class of this module and its bases in the order in which Python looks attributes up. */
  lineageOf(cls: ClassDef): readonly Ancestor[];
  /** The type that an annotation stands for. */
  annotated(node: Expr): Type | null;
  /** The other modules of the project; null where nothing is known of them. */
  readonly others: OtherModules | null;
  /** What a dotted name stands for. Never null: at least the name is known. */
  named(dottedName: string): Value;
  /** What a star import brings under a name; null where that is not known. */
  starred(dottedName: string): Value | null;
  /** True unless it is known that a star import of a module leaves a builtin as it is. */
  mayRebind(module: string | null, builtin: string): boolean;
  /** The inference that answers for a node: another module's where the node stands in one. */
  homeOf(node: Node): Inference;
  /** The string that an expression is known to be. */
  stringOf(node: Expr): string | null;
}
