/** Small rules for tests of the engine, which must not depend on what the real ones say. */

import { defineModuleFact } from "../../../server/src/engine/facts.ts";
import { type AnyRule, defineRule, type RuleDefinition } from "../../../server/src/engine/rule.ts";

type Draft = Partial<RuleDefinition<string>> & Pick<RuleDefinition<string>, "on">;

/** A rule with nothing to say but its handlers. */
export function rule(id: string, draft: Draft): AnyRule {
  return defineRule<string>({
    id,
    title: id,
    section: "core-python",
    level: "must-have",
    severity: "warning",
    confidence: "high",
    cwe: [],
    equivalents: {},
    guide: "core-python#x",
    messages: { found: "Found {{what}}." },
    docs: { why: "", bad: "", good: "", whenFine: "", references: [] },
    fix: "none",
    ...draft,
  });
}

/** Reports every call of a function of the given name. `seen` hears of each call that it is shown. */
export function callsOf(
  name: string,
  draft: Partial<Draft> = {},
  seen: (text: string) => void = () => {},
): AnyRule {
  return rule(`calls-${name}`, {
    ...draft,
    on: {
      Call(node, ctx) {
        seen(ctx.text(node));
        if (node.func.kind === "Name" && node.func.id === name)
          ctx.report(node, "found", { data: { what: name } });
      },
    },
  });
}

/** How many functions the module has. */
export const FUNCTION_COUNT = defineModuleFact({
  id: "test/function-count",
  compute: (model) => model.module.body.filter((statement) => statement.kind === "FunctionDef").length,
});
