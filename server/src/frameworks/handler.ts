/** What a request handler is: a function that a framework calls for a client. */

import type { RiskSet } from "../models/taint/types.ts";
import type { Arg } from "../syntax/ast.ts";

/** A parameter whose value the client chooses. */
export interface ClientParameter {
  readonly arg: Arg;
  /** How a message calls it. */
  readonly label: string;
  /** True where something that is not in sight may have converted or checked it. */
  readonly unproven?: boolean;
  /** Risks that its way into the function leaves it without. */
  readonly without?: RiskSet;
}

export interface Handler {
  /** Who calls: a client of the service, or a language model. */
  readonly kind: "web" | "tool";
  /** Qualified name of the decorator that registers the function. */
  readonly decorator: string;
  readonly parameters: readonly ClientParameter[];
  /** Parameters whose class the framework's protocol decides, by qualified name of the class. */
  readonly typed: ReadonlyMap<Arg, string>;
}
