/** Runs the handlers of a plan over one unit or over a module, and records what they report. */

import type { SemanticModel } from "../semantic/model.ts";
import type { Reads } from "../semantic/reads.ts";
import type { Call, FunctionNode, Module, Node } from "../syntax/ast.ts";
import { type Span, type SyntaxTree, spanOf, type Unit } from "../syntax/tree.ts";
import { walkUnit } from "../syntax/walk.ts";
import type { FileContext } from "./contexts.ts";
import type { FactTable, ModuleFact } from "./facts.ts";
import type { FlowTable } from "./flows.ts";
import { lowerSeverity } from "./judge.ts";
import { formatMessage } from "./message.ts";
import type { Handler, Plan } from "./plan.ts";
import type { Project } from "./project/project.ts";
import { placeOf, type RawFinding, rawRelated } from "./raw.ts";
import type { AnyRule, ReportOptions, RuleContext } from "./rule.ts";

/** One version of a file, as handlers see it. */
export interface Version {
  readonly tree: SyntaxTree;
  readonly model: SemanticModel;
  readonly file: FileContext;
  readonly facts: FactTable;
  readonly flows: FlowTable;
  readonly project: Project;
}

/**
 * The newest version of a file. Contexts and the fix builders that close over them look through it, because a
 * memoised finding outlives the version that it was found in.
 */
export interface Live {
  current: Version;
}

/** Hears of a rule that threw, or reported what it does not declare. */
export type FaultListener = (rule: AnyRule, error: unknown) => void;

/** Watches over the rules of one file. */
export interface Monitor {
  /** Milliseconds, monotonic. */
  now(): number;
  readonly onFault: FaultListener;
  /** Hears of a function, or module code, in which data was not followed to the end: it costs too much. */
  onDegraded(root: FunctionNode | Module): void;
  /** Hears how long the rules took over a unit. */
  onTime(unit: Unit, milliseconds: number): void;
}

export interface RunResult {
  readonly findings: readonly RawFinding[];
  /** The module facts that handlers read, with the answer that they got. */
  readonly factsRead: ReadonlyMap<ModuleFact<unknown>, string>;
  /** Other units whose text the results rest on, each with the fingerprint of what it rests on itself. */
  readonly unitsRead: ReadonlyMap<Unit, string>;
  /** What the results rest on in other files, and in the project as a whole. */
  readonly projectRead: Reads;
}

/** Runs handlers over the versions of one file. */
export interface Runner {
  /** Runs the handlers that want nodes over the nodes of one unit, in one pass. */
  unit(plan: Plan, unit: Unit): RunResult;
  /** Runs the `Module` handlers of a plan. */
  module(plan: Plan): RunResult;
}

/** What handlers did so far to one unit, or to the module. */
interface Run {
  readonly unit: Unit | null;
  readonly findings: RawFinding[];
  readonly factsRead: Map<ModuleFact<unknown>, string>;
  readonly unitsRead: Map<Unit, string>;
  readonly failed: Set<AnyRule>;
}

/** The run that is going on. Fix builders look through their context after its end. */
interface Desk {
  run: Run | null;
}

type Watch = Pick<Monitor, "onFault" | "onDegraded">;

/** Creates the runner of a file: rules keep their contexts, because there are far more units than rules. */
export function createRunner(live: Live, monitor: Watch): Runner {
  const { onFault } = monitor;
  const desk: Desk = { run: null };
  const contexts = new Map<AnyRule, RuleContext>();

  const contextOf = (rule: AnyRule): RuleContext => {
    let context = contexts.get(rule);
    if (context === undefined) {
      context = createContext(rule, live, desk, monitor);
      contexts.set(rule, context);
    }
    return context;
  };

  const call = (run: Run, handler: Handler, node: Node): void => {
    const { rule } = handler;
    if (run.failed.size > 0 && run.failed.has(rule)) return;
    try {
      handler.call(node, contextOf(rule));
    } catch (error) {
      run.failed.add(rule);
      onFault(rule, error);
    }
  };

  const during = (unit: Unit | null, work: (run: Run) => void): RunResult => {
    const run: Run = {
      unit,
      findings: [],
      factsRead: new Map(),
      unitsRead: new Map(),
      failed: new Set(),
    };
    const { reads } = live.current.project;
    const outer = reads.open();
    desk.run = run;
    work(run);
    desk.run = null;
    const projectRead = reads.close(outer);
    const { findings, factsRead, unitsRead, failed } = run;
    return {
      findings: failed.size === 0 ? findings : findings.filter((finding) => !failed.has(finding.rule)),
      factsRead,
      unitsRead,
      projectRead,
    };
  };

  const callAll = (run: Run, handlers: readonly Handler[] | undefined, node: Node): void => {
    if (handlers !== undefined) for (const handler of handlers) call(run, handler, node);
  };

  /** Most roots have no flows: one question answers for all rules. */
  const follow = (run: Run, { taint }: Plan, root: FunctionNode | Module): void => {
    const [first] = taint;
    if (first !== undefined && mayFlow(contextOf(first.rule), root)) callAll(run, taint, root);
  };

  return {
    unit: (plan, unit) =>
      during(unit, (run) => {
        walkUnit(unit, (node) => {
          callAll(run, plan.byKind.get(node.kind), node);
          if (node.kind === "Call") {
            const name = lastNameOf(node, live.current.model);
            if (name !== undefined) callAll(run, plan.byCallee.get(name), node);
          }
        });
        if (unit.kind === "function") follow(run, plan, unit.root as FunctionNode);
      }),
    module: (plan) =>
      during(null, (run) => {
        const { module } = live.current.model;
        callAll(run, plan.ofModule, module);
        follow(run, plan, module);
      }),
  };
}

/** The last part of what a called function is called: an attribute says it, a plain name may stand for another. */
function lastNameOf(node: Call, model: SemanticModel): string | undefined {
  const { func } = node;
  if (func.kind === "Attribute") return func.attr;
  if (func.kind !== "Name") return undefined;
  const name = model.callee(node);
  return name?.slice(name.lastIndexOf(".") + 1);
}

/** A fault of the analysis is a fault of each rule that asks, so that they are to ask themselves. */
function mayFlow(ctx: RuleContext, root: FunctionNode | Module): boolean {
  try {
    return ctx.flows(root).length > 0;
  } catch {
    return true;
  }
}

function createContext(rule: AnyRule, live: Live, desk: Desk, monitor: Watch): RuleContext {
  return {
    get file() {
      return live.current.file;
    },
    get model() {
      return live.current.model;
    },
    text(node) {
      const { start, end } = spanOf(node);
      return live.current.tree.text.slice(start, end);
    },
    moduleFact(fact) {
      const { facts } = live.current;
      desk.run?.factsRead.set(fact, facts.fingerprint(fact));
      return facts.value(fact);
    },
    projectFact: (fact) => live.current.project.factValue(fact),
    definition: (qualifiedName) => live.current.project.definition(qualifiedName),
    flows(root) {
      const { hits, dependencies, degraded } = live.current.flows.of(root);
      if (degraded) monitor.onDegraded(root);
      for (const unit of dependencies) {
        desk.run?.unitsRead.set(unit, live.current.model.outerFingerprint(unit));
      }
      return hits;
    },
    report(at, messageId, options = {}) {
      const message = messageOf(rule, messageId, options, monitor.onFault);
      const reported = { ...options, messageId, message };
      const { run } = desk;
      run?.findings.push(toRaw(rule, live.current.tree.units, run.unit, at, reported));
    },
  };
}

/** The text of a message. A value that the rule forgot is its fault, but no reason to hide the finding. */
function messageOf(rule: AnyRule, messageId: string, options: ReportOptions, onFault: FaultListener): string {
  const template = rule.messages[messageId];
  if (template === undefined) throw new Error(`unknown message id "${messageId}"`);
  const { text, missing } = formatMessage(template, options.data);
  if (missing.length > 0) {
    onFault(rule, new Error(`message "${messageId}" lacks data for ${missing.join(", ")}`));
  }
  return text;
}

interface ReportedMessage extends ReportOptions {
  readonly messageId: string;
  readonly message: string;
}

function toRaw(
  rule: AnyRule,
  units: readonly Unit[],
  unit: Unit | null,
  at: Node | Span,
  reported: ReportedMessage,
): RawFinding {
  const { severity = rule.severity } = reported;
  return {
    rule,
    messageId: reported.messageId,
    message: reported.message,
    severity: lowerSeverity(severity, rule.severity),
    confidence: reported.confidence ?? rule.confidence,
    place: placeOf(at, unit),
    node: "kind" in at ? at : null,
    related: rawRelated(reported.related ?? [], units),
    flow: reported.flow ?? false,
    fix: reported.fix ?? null,
    fixSafety: reported.fixSafety ?? (rule.fix === "safe" ? "safe" : "unsafe"),
  };
}
