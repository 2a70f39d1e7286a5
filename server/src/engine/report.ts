/** Turns what rules reported on a file into the findings that its configuration and its comments let through. */

import type { ContextClass } from "../base/context-classes.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { FileConfig } from "./config/types.ts";
import { createDeduplication } from "./dedupe.ts";
import type { Document } from "./document.ts";
import { shiftSifted } from "./draft.ts";
import type { Finding } from "./finding.ts";
import { isActive, judge, lowerSeverity } from "./judge.ts";
import { createPlanner, type Plan } from "./plan.ts";
import { type RawFinding, spanOfPlace } from "./raw.ts";
import type { AnyRule } from "./rule.ts";
import { type Sifted, sift } from "./suppression/suppressions.ts";

export interface Reporter {
  report(document: Document, config: FileConfig): Sifted;
  /** What a finding was made from: its fix is built from there. */
  rawOf(finding: Finding): RawFinding | undefined;
}

const NOTHING: Sifted = { findings: [], muted: [] };

/**
 * Creates a reporter over a set of rules.
 *
 * @param today yields `YYYY-MM-DD`, for suppressions with a date
 */
export function createReporter(rules: readonly AnyRule[], today: (() => string) | null): Reporter {
  const planOf = createConfiguredPlans(rules);
  const dropDuplicates = createDeduplication(rules);
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const raws = new WeakMap<Finding, RawFinding>();
  const lower = (finding: Finding): Finding => {
    const lowered: Finding = { ...finding, severity: lowerSeverity(finding.severity, "hint") };
    const raw = raws.get(finding);
    if (raw !== undefined) raws.set(lowered, raw);
    return lowered;
  };
  const last = new WeakMap<Document, LastReport>();
  return {
    rawOf: (finding) => raws.get(finding),
    report(document, config) {
      const wanted = config.settings.enable && config.excluded === null && !document.generated();
      if (!wanted) return NOTHING;
      const { tree, draft } = document.read;
      const known = last.get(document);
      if (draft !== null && known?.tree === tree && known.config === config)
        return shiftSifted(known.sifted, draft.edits);
      const sifted = fresh(document, config);
      last.set(document, { tree: document.tree, config, sifted });
      return sifted;
    },
  };

  function fresh(document: Document, config: FileConfig): Sifted {
    const plan = planOf(config, document.classes());
    const found = document.analyze(plan, config.pythonVersion).flatMap((raw) => {
      const finding = toFinding(raw, config);
      if (finding !== null) raws.set(finding, raw);
      return finding ?? [];
    });
    if (found.length === 0) return NOTHING;
    return sift(dropDuplicates(found), document.suppressions(), {
      ruleOf: (id) => ruleById.get(id),
      today: today?.() ?? null,
      lower,
    });
  }
}

/** What was last said of a tree that was read. */
interface LastReport {
  readonly tree: SyntaxTree;
  readonly config: FileConfig;
  readonly sifted: Sifted;
}

/** The plan for a configuration and file classes, worked out once for each configuration object. */
function createConfiguredPlans(
  rules: readonly AnyRule[],
): (config: FileConfig, classes: ReadonlySet<ContextClass>) => Plan {
  const planOf = createPlanner(rules);
  const known = new WeakMap<FileConfig, Map<string, Plan>>();
  return (config, classes) => {
    const plans = known.get(config) ?? new Map<string, Plan>();
    known.set(config, plans);
    const key = [...classes].join(" ");
    const plan = plans.get(key) ?? planOf((rule) => isActive(rule, classes, config));
    plans.set(key, plan);
    return plan;
  };
}

function toFinding(raw: RawFinding, config: FileConfig): Finding | null {
  const severity = judge(raw, config);
  if (severity === null) return null;
  return {
    ruleId: raw.rule.id,
    messageId: raw.messageId,
    message: raw.message,
    severity,
    confidence: raw.confidence,
    span: spanOfPlace(raw.place),
    related: raw.related.map(({ path, place, message }) =>
      path === undefined
        ? { span: spanOfPlace(place), message }
        : { path, span: spanOfPlace(place), message },
    ),
    flow: raw.flow,
    fixSafety: raw.fix === null ? null : raw.fixSafety,
  };
}
