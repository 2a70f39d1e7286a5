/** Where a name of the module may still be a builtin. */

import { BUILTIN_NAMES } from "../../models/builtin-names.ts";
import { isUnconditional } from "./close.ts";
import type { BindingTable } from "./table.ts";

/** True where a name of the module is a builtin unless some branch was taken: `try: input = raw_input …`. */
export function mayBeBuiltin(binding: BindingTable): boolean {
  const { scope, name, definitions } = binding;
  if (scope.kind !== "module" && scope.kind !== "class") return false;
  if (binding.single || !BUILTIN_NAMES.has(name)) return false;
  return !definitions.some((definition) => isUnconditional(definition, scope.node));
}
