/** The API that rules are written against: `defineRule` and the context that its handlers receive. */

import type { ContextClass } from "../base/context-classes.ts";
import type { Hit } from "../flow/program.ts";
import { type Level, SECTIONS, type Section } from "../protocol/sections.ts";
import type { SemanticModel } from "../semantic/model.ts";
import type { ProjectDefinition, ProjectFact } from "../semantic/project.ts";
import type { FunctionNode, Module, Node, NodeKind, NodeOfKind } from "../syntax/ast.ts";
import type { Span } from "../syntax/tree.ts";
import type { FileContext } from "./contexts.ts";
import type { SourceEdits } from "./edits.ts";
import type { ModuleFact } from "./facts.ts";
import type { Confidence, FixSafety, RelatedPlace, Severity } from "./finding.ts";
import type { TaintClause } from "./taint.ts";

export { type Level, SECTIONS, type Section };

/** Codes of other tools that overlap with a rule. */
export interface Equivalents {
  readonly ruff?: readonly string[];
  readonly bandit?: readonly string[];
  readonly pylint?: readonly string[];
  readonly flake8?: readonly string[];
}

export interface RuleDocs {
  /** What goes wrong in production, in prose for a developer. */
  readonly why: string;
  /** Where in a project the examples stand, e.g. `shop/settings.py`; left out: an ordinary module, or a test. */
  readonly path?: string;
  /** A complete Python module on which this rule fires. */
  readonly bad: string;
  /** The same module mended: this rule is silent, and nothing at warning or above fires. */
  readonly good: string;
  /** When the pattern is fine, and how to say so. */
  readonly whenFine: string;
  /** URLs of primary sources. */
  readonly references: readonly string[];
  /** How the fix looks in a given framework, keyed by its name. */
  readonly frameworks?: Readonly<Record<string, string>>;
}

export interface ReportOptions<Data = Readonly<Record<string, string>>> {
  /** Values for the `{{placeholders}}` of the message. */
  readonly data?: Data;
  /** Lowers the rule's severity for this finding; never raises it. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly related?: readonly ReportedPlace[];
  /** True where `related` are the steps of a data flow, its source first. */
  readonly flow?: boolean;
  /** Builds the fix; called only when somebody asks for fixes, so it may cost. */
  readonly fix?: FixBuilder;
  /** The fix's class where it differs from the rule's. */
  readonly fixSafety?: FixSafety;
}

/** A place that belongs to a report. */
export interface ReportedPlace extends RelatedPlace {
  /** The node that stands there: the place then moves with it, also in another file. */
  readonly node?: Node;
}

/** Records edits into `edits` and returns the title of the fix, or null where no right fix exists here. */
export type FixBuilder = (edits: SourceEdits) => string | null;

export interface RuleContext<MessageId extends string = string> {
  readonly file: FileContext;
  readonly model: SemanticModel;
  /** The source text of a node. */
  text(node: Node): string;
  /**
   * What the module as a whole says, for a rule that looks beyond its unit's own text and free names (for
   * instance: is this module mostly typed?). The engine records that the unit read it, and runs the rules of
   * the unit again when the answer changes; looking around without it leaves stale findings behind.
   */
  moduleFact<Value>(fact: ModuleFact<Value>): Value;
  /**
   * What the project as a whole says: the contributions of all its files, merged. The unit's rules run again when
   * it changes. While `complete` is false, a rule that judges an absence must stay silent.
   */
  projectFact<Part, Whole>(fact: ProjectFact<Part, Whole>): Whole;
  /**
   * The function or class of the project, this file's own included, that a qualified name leads to; re-exports are
   * followed. Null for what the project does not define. The unit's rules run again when that file changes.
   */
  definition(qualifiedName: string): ProjectDefinition | null;
  /** Untrusted data that arrives in a sink when a function of this unit is called, or the module is loaded. */
  flows(root: FunctionNode | Module): readonly Hit[];
  /** Reports at a node, or at a stretch of text (absolute offsets). */
  report(at: Node | Span, messageId: MessageId, options?: ReportOptions): void;
}

export type FindingTag = "unnecessary" | "deprecated";

export type Handlers<MessageId extends string> = {
  readonly [K in NodeKind]?: (node: NodeOfKind<K>, ctx: RuleContext<MessageId>) => void;
};

export interface RuleDefinition<MessageId extends string = string> {
  /** The bad pattern, kebab-case; also the file's name. */
  readonly id: string;
  readonly title: string;
  readonly section: Section;
  readonly level: Level;
  /** The ceiling; a report may lower it. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** A rule that goes past what pattern tools can decide; it steps aside only per message. */
  readonly flagship?: boolean;
  readonly cwe: readonly number[];
  readonly equivalents: Equivalents;
  readonly contexts?: { readonly offIn: readonly ContextClass[] };
  /**
   * Ids of less specific rules that stay silent where this one reports at the same place (one span holds the
   * other): one node, one finding.
   */
  readonly supersedes?: readonly string[];
  /** True where a `# noqa` without codes only lowers the finding to a hint: too grave to vanish by accident. */
  readonly survivesBlanketNoqa?: boolean;
  /** How editors may draw the rule's findings: faded out, or struck through. */
  readonly tags?: readonly FindingTag[];
  /** Anchor of the guide, `page#heading`. */
  readonly guide: string;
  readonly messages: Readonly<Record<MessageId, string>>;
  /**
   * Which messages an enabled equivalent of another tool retires. A rule that declares it, or is a flagship,
   * steps aside for these only; every other rule steps aside as a whole for any of its equivalents.
   */
  readonly retires?: Readonly<Partial<Record<MessageId, Equivalents>>>;
  readonly docs: RuleDocs;
  readonly fix: "none" | FixSafety;
  /**
   * The last names of the functions whose calls the `Call` handler is for: `get` of `requests.get`, by whatever
   * name the module calls it. It sees no other calls, so that most calls cost nothing. Left out: all calls.
   */
  readonly calls?: ReadonlySet<string>;
  /** Called for each node of a kind; `Module` handlers run once a file. */
  readonly on: Handlers<MessageId>;
  /** For rules that follow data: which flows they report, with the message `flow`. */
  readonly taint?: TaintClause;
}

/** Declares a rule. Identity function: it exists for the types, so that a report can only name a message that exists. */
export function defineRule<const MessageId extends string>(
  rule: RuleDefinition<MessageId>,
): RuleDefinition<MessageId> {
  return rule;
}

/**
 * A rule as the engine sees it, its message ids forgotten. Handlers are written as methods of their kind, and
 * the dispatcher only ever calls one with the kind that it is registered for.
 */
export interface AnyRule extends Omit<RuleDefinition<string>, "on" | "messages" | "retires"> {
  readonly messages: Readonly<Record<string, string>>;
  readonly retires?: Readonly<Partial<Record<string, Equivalents>>>;
  readonly on: { readonly [K in NodeKind]?: (node: never, ctx: never) => void };
}
