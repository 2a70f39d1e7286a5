/** Rules that follow data: `taint` in a rule's definition stands for handlers that report each flow once. */

import type { FlowFile, Hit } from "../flow/program.ts";
import { stepsOf } from "../flow/taint.ts";
import type { Risk, SourceKind } from "../models/taint/types.ts";
import type { FunctionNode, Module, Node } from "../syntax/ast.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Severity } from "./finding.ts";
import { lowerSeverity } from "./judge.ts";
import type { FixBuilder, ReportedPlace, RuleContext } from "./rule.ts";

/** Which flows a rule is about. */
export interface TaintClause {
  readonly risks: readonly Risk[];
  /** How grave a flow is, by who controls the value. Kinds that are left out are not reported. */
  readonly severities: Readonly<Partial<Record<SourceKind, Severity>>>;
  /** The message of a flow where it is not `flow`. */
  readonly messageOf?: (hit: Hit) => string;
  /** A second look at a flow: null for none, or a severity that lowers its own. */
  readonly judge?: (hit: Hit, ctx: RuleContext) => Severity | null | undefined;
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
      const place = placeToReport(hit, ctx);
      if (place === null) continue;
      const judged = clause.judge?.(hit, ctx);
      if (judged === null) continue;
      const fix = hit.file.model === ctx.model ? clause.fix?.(hit, ctx) : undefined;
      ctx.report(place, clause.messageOf?.(hit) ?? FLOW_MESSAGE, {
        data: dataOf(hit),
        severity: severityOf(hit, lowerSeverity(severity, judged ?? severity), ctx),
        related: relatedOf(hit, ctx),
        flow: true,
        ...(fix === undefined ? {} : { fix }),
      });
    }
  };
}

/** An error is a flow that is proven from end to end. Who starts a script may do as they like with it. */
function severityOf(hit: Hit, severity: Severity, ctx: RuleContext): Severity {
  const lowered = lowerSeverity(severity, hit.sink.severity ?? severity);
  if (hit.taint.kind === "local" && ctx.file.classes.has("script"))
    return lowerSeverity(lowered, "information");
  return hit.taint.unproven ? lowerSeverity(lowered, "warning") : lowered;
}

/** The sink, or the call in this file that leads to it; null where nothing in this file does. */
function placeToReport(hit: Hit, ctx: RuleContext): Node | null {
  if (hit.file.model === ctx.model) return hit.node;
  return hit.calls.find((call) => call.file.model === ctx.model)?.node ?? null;
}

function dataOf(hit: Hit): Readonly<Record<string, string>> {
  const label = hit.taint.label;
  return {
    source: label,
    Source: label.charAt(0).toUpperCase() + label.slice(1),
    sink: labelOf(hit),
  };
}

function labelOf({ sink }: Hit): string {
  return sink.label ?? `\`${sink.name.slice(sink.name.lastIndexOf(".") + 1)}\``;
}

function relatedOf(hit: Hit, ctx: RuleContext): readonly ReportedPlace[] {
  const steps = stepsOf(hit.taint).map(({ node, file, text }) => placeAt(node, file, text, ctx));
  if (hit.file.model === ctx.model) return steps;
  // The finding stands at the call that leads into the other file: the sink itself is the last step.
  return [...steps, placeAt(hit.node, hit.file, `arrives in ${labelOf(hit)}`, ctx)];
}

function placeAt(node: Node, file: FlowFile, text: string, ctx: RuleContext): ReportedPlace {
  return {
    ...(file.model === ctx.model ? {} : { path: file.path }),
    span: spanOf(node),
    node,
    message: text,
  };
}
