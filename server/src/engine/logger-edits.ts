/** How a fix reaches a module's logger. */

import type { SemanticModel } from "../semantic/model.ts";
import type { SourceEdits } from "./edits.ts";

const LOGGER_FACTORIES = new Set(["logging.getLogger", "structlog.get_logger", "structlog.getLogger"]);

/** The expression to call `.exception(…)` or `.info(…)` on: the module's own logger, or the stdlib's for it. */
export function loggerExpression(model: SemanticModel, edits: SourceEdits): string {
  for (const statement of model.module.body) {
    if (statement.kind !== "Assign" || statement.value.kind !== "Call") continue;
    const [target] = statement.targets;
    if (target?.kind !== "Name") continue;
    if (LOGGER_FACTORIES.has(model.callee(statement.value) ?? "")) return target.id;
  }
  return `${edits.ensureImport("logging", "getLogger")}(__name__)`;
}
