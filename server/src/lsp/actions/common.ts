/** What all code actions of ours are made of. */

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver";
import type { Finding } from "../../engine/finding.ts";
import type { AnyRule } from "../../engine/rule.ts";
import type { Analysis } from "../analyses.ts";
import { SOURCE } from "../diagnostics.ts";
import type { OpenFile } from "../documents.ts";
import type { Session } from "../session.ts";

/** The kind of the action that applies all safe fixes; editors run it on save by this name. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.stackCoach`;

/** A finding that actions are offered for. */
export interface Target {
  readonly session: Session;
  readonly file: OpenFile;
  readonly analysis: Analysis;
  readonly finding: Finding;
  readonly rule: AnyRule;
  /** The client's copy of the finding, where it sent one. */
  readonly diagnostics: Diagnostic[];
}

/** What a client sends back to have an action's edit made; nothing but what tells the action again. */
export type ActionData =
  | { readonly kind: "fixAll"; readonly uri: string }
  | { readonly kind: "turnOff"; readonly uri: string; readonly ruleId: string };

/** The client's diagnostics that show a finding. */
export function diagnosticsOf({ context }: CodeActionParams, finding: Finding): Diagnostic[] {
  return context.diagnostics.filter(({ source, code, message }) => {
    return source === SOURCE && code === finding.ruleId && message === finding.message;
  });
}

/** A quick fix for a target, without what it does. */
export function quickFix(title: string, { diagnostics }: Pick<Target, "diagnostics">): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, ...(diagnostics.length === 0 ? {} : { diagnostics }) };
}

/** True where a client that asked for some kinds wants this one. */
export function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}
