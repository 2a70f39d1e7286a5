/** Rules that follow data: `taint` in a rule's definition stands for handlers that report each flow once. */

import type { Hit } from "../flow/program.ts";
import { stepsOf } from "../flow/taint.ts";
import type { Risk, SourceKind } from "../models/taint/types.ts";
import type { FunctionNode, Module, Node } from "../syntax/ast.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Severity } from "./finding.ts";
import type { FixBuilder, ReportedPlace, RuleContext } from "./rule.ts";

/** Which flows a rule is about. */
export interface TaintClause {
  readonly risks: readonly Risk[];
  /** How grave a flow is, by who controls the value. Kinds that are left out are not reported. */
  readonly severities: Readonly<Partial<Record<SourceKind, Severity>>>;
  /** The fix at the sink, where one is right. */
  readonly fix?: (hit: Hit, ctx: RuleContext) => FixBuilder | undefined;
}

/** The message that a taint rule must have; it gets `source`, `sink` and `line` of the source. */
export const FLOW_MESSAGE = "flow";

type Root = FunctionNode | Module;

/** The handler that a taint clause stands for: called for each function and once for the module. */
export function taintHandler(clause: TaintClause): (node: Root, ctx: RuleContext) => void {
  return (node, ctx) => {
    if (node.kind !== "Module" && node.unit === null) return;
    for (const hit of ctx.flows(node)) {
      const severity = clause.severities[hit.taint.kind];
      if (severity === undefined || !clause.risks.includes(hit.risk)) continue;
      const fix = clause.fix?.(hit, ctx);
      ctx.report(placeToReport(hit, ctx), FLOW_MESSAGE, {
        data: dataOf(hit),
        severity: severityOf(hit, severity),
        related: relatedOf(hit, ctx),
        flow: true,
        ...(fix === undefined ? {} : { fix }),
      });
    }
  };
}

/** An error is a flow that is proven from end to end. */
function severityOf(hit: Hit, severity: Severity): Severity {
  const lowered = hit.sink.severity ?? severity;
  return hit.taint.unproven && lowered === "error" ? "warning" : lowered;
}

/** The sink, or the call in this file that leads to it. */
function placeToReport(hit: Hit, ctx: RuleContext): Node {
  if (hit.file.model === ctx.model) return hit.node;
  return hit.calls.find((call) => call.file.model === ctx.model)?.node ?? hit.node;
}

function dataOf(hit: Hit): Readonly<Record<string, string>> {
  const name = hit.sink.name.split(".").at(-1) ?? hit.sink.name;
  const label = hit.taint.label;
  return {
    source: label,
    Source: label.charAt(0).toUpperCase() + label.slice(1),
    sink: hit.sink.label ?? `\`${name}\``,
  };
}

function relatedOf(hit: Hit, ctx: RuleContext): readonly ReportedPlace[] {
  return stepsOf(hit.taint).map(({ node, file, text }) => ({
    ...(file.model === ctx.model ? {} : { path: file.path }),
    span: spanOf(node),
    node,
    message: text,
  }));
}
