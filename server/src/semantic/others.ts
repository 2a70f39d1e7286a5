/** How the model of one module asks the other modules of its project. */

import type { Module } from "../syntax/ast.ts";
import type { Demands } from "./demand.ts";
import type { Inference } from "./infer/context.ts";

/** A module of the project, as a dotted name leads to it. */
export interface OtherModule {
  /** Its own name, however it was reached. */
  readonly name: string;
  /** What is left of the dotted name inside it. */
  readonly rest: readonly string[];
  /** Null for the module that asks: it answers by itself. */
  inference(): Inference;
  /** Notes that what the module says of one of its names was read. */
  read(name: string): void;
}

/** The other modules, as one model sees them. One object for each model. */
export interface OtherModules {
  /** Shared by all models of a project: answers rest on each other across files. */
  readonly demands: Demands;
  /** Makes the model known to those that meet its nodes. */
  join(module: Module, inference: () => Inference): void;
  /** The inference of the model that a module's nodes belong to. */
  inferenceOf(module: Module): Inference | undefined;
  /** The module with the longest name that a dotted name begins with; null where the project has none. */
  locate(dottedName: string): OtherModule | null;
}
