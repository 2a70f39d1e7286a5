/** Makes the reports of all projects of a folder out of what is known of its files. */

import type { ChecklistMarks, ChecklistReport, ProjectRole } from "../../protocol/checklist.ts";
import { findRoots, isInside, rootOf } from "../../stack/roots.ts";
import { createStack, type Stack, type StackInput } from "../../stack/stack.ts";
import type { CheckDefinition } from "../check.ts";
import { readJson } from "../config/json.ts";
import type { FolderFacts } from "./folder.ts";
import { NO_MARKS, readMarks } from "./marks.ts";
import { makeReport } from "./report.ts";

/** A project of a folder. */
export interface FolderStack {
  /** Relative to the folder. */
  readonly root: string;
  readonly stack: Stack;
  readonly input: StackInput;
}

export interface StackSurroundings {
  readonly folderName: string;
  readonly ruleStatus: StackInput["ruleStatus"];
  readonly today: string;
}

/** The projects of a folder; files that belong to none of them are shared by all, code left aside. */
export function folderStacks(facts: FolderFacts, around: StackSurroundings): readonly FolderStack[] {
  const { files, texts, code, findings, complete, git, unread, web, orm, path } = facts;
  const all = findRoots(files.map(({ path }) => path));
  // What only holds other projects together (a workspace's manifest) is none itself: its files are theirs too.
  const holdsCode = (root: string) =>
    files.some(({ path }) => path.endsWith(".py") && rootOf(path, all) === root);
  const coded = all.filter(holdsCode);
  const roots = coded.length === 0 ? all.slice(0, 1) : [...coded].sort();
  return roots.map((root) => {
    const owns = ({ path }: { readonly path: string }) => rootOf(path, roots) === root;
    const shares = (file: { readonly path: string }) => {
      const owner = rootOf(file.path, roots);
      return owner === null || isInside(root, owner);
    };
    const only = roots.length === 1;
    const input: StackInput = {
      root,
      name: root === "" ? around.folderName : (root.split("/").at(-1) ?? root),
      files: files.filter(shares),
      texts: texts.filter(shares),
      code: code.filter(only ? shares : owns),
      findings: findings.filter(only ? shares : owns),
      unread: unread.filter(shares),
      ruleStatus: around.ruleStatus,
      today: around.today,
      folder: path,
      web,
      orm,
      complete,
      git,
    };
    return { root, input, stack: createStack(input) };
  });
}

export interface ReportOptions {
  readonly checks: readonly CheckDefinition[];
  readonly sectionOf: (ruleId: string) => string;
  readonly role: (root: string) => ProjectRole | null;
  /** The user's own marks of a root. */
  readonly own: (root: string) => ChecklistMarks;
  /** The text of `.vscode/stack-coach.json` in a root or above it, or null. */
  readonly team: (root: string) => string | null;
  /** @param path relative to the folder */
  readonly uriOf: (path: string) => string;
  readonly onFault: (check: CheckDefinition, fault: unknown) => void;
}

export function folderReports(
  stacks: readonly FolderStack[],
  options: ReportOptions,
): readonly ChecklistReport[] {
  const { checks, sectionOf, uriOf, onFault } = options;
  return stacks.map(({ root, stack, input }) => {
    const team = options.team(root);
    return makeReport({
      ...{ checks, sectionOf, uriOf, onFault, stack, findings: input.findings },
      role: options.role(root),
      own: options.own(root),
      team: team === null ? NO_MARKS : readMarks(readJson("stack-coach.json", team).data),
    });
  });
}
