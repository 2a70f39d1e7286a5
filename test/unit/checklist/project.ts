/** Small projects in memory, judged as the product judges those on disk. */

import { createModuleNames } from "../../../server/src/base/module-name.ts";
import { CHECKS } from "../../../server/src/checklist.generated.ts";
import { createFolderFacts, type FolderFacts } from "../../../server/src/engine/checklist/folder.ts";
import { folderReports, folderStacks } from "../../../server/src/engine/checklist/reports.ts";
import { ruleStatusUnder } from "../../../server/src/engine/checklist/status.ts";
import { createConfigResolver } from "../../../server/src/engine/config/resolve.ts";
import type {
  ChecklistItem,
  ChecklistMarks,
  ChecklistReport,
  ProjectRole,
} from "../../../server/src/protocol/checklist.ts";
import { RULES } from "../../../server/src/registry.generated.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

const ROOT = "/project";
const parser = await createTestParser();
export const { engine, faults } = createTestEngine(parser, RULES);

export interface Judged {
  readonly facts: FolderFacts;
  /** Files may be changed: `touch` them, and ask again. */
  readonly files: Record<string, string | Uint8Array>;
  reports(): Promise<readonly ChecklistReport[]>;
}

export interface JudgeOptions {
  readonly role?: ProjectRole | null;
  readonly own?: ChecklistMarks;
  readonly team?: string | null;
  readonly today?: string;
  /** How often each file was read. */
  readonly reads?: Map<string, number>;
}

/** A folder of these files. Bytes stand for files that are no text. */
export function judged(given: Files, options: JudgeOptions = {}): Judged {
  const files = { ...given };
  const readFile = async (path: string): Promise<Uint8Array | null> => {
    const own = path.slice(ROOT.length + 1);
    options.reads?.set(own, (options.reads.get(own) ?? 0) + 1);
    const text = files[own];
    return text === undefined ? null : typeof text === "string" ? new TextEncoder().encode(text) : text;
  };
  const host = {
    readFile,
    async *listFiles() {
      for (const [path, text] of Object.entries(files)) {
        if (!path.startsWith(".git/")) yield { path: `${ROOT}/${path}`, size: text.length };
      }
    },
    log: (_level: string, message: string) => {
      throw new Error(message);
    },
    now: () => performance.now(),
  };
  const resolver = createConfigResolver({ readFile, rules: RULES });
  const configOf = (path: string) => resolver.resolve({ path, root: ROOT });
  const modules = createModuleNames(readFile);
  const sourceOf = async (path: string, notebook: boolean) => ({
    ...{ path, relativePath: path.slice(ROOT.length + 1), notebook },
    ...(await modules.of(path, ROOT)),
  });
  const project = engine.createProject(ROOT);
  const facts = createFolderFacts({
    ...{ path: ROOT, host, engine, configOf, sourceOf },
    async project() {
      for (const path of Object.keys(files).filter((one) => one.endsWith(".py"))) {
        const text = files[path];
        const { moduleName, isPackage, relativePath, notebook } = await sourceOf(`${ROOT}/${path}`, false);
        if (typeof text === "string")
          project.files.put({ path: `${ROOT}/${path}`, moduleName, isPackage, relativePath, notebook }, text);
      }
      project.files.setComplete(true);
      return project;
    },
    exclude: async () => [],
    pause: async () => {},
  });
  return {
    facts,
    files,
    async reports() {
      await facts.readTexts();
      await facts.readCode({ cancelled: () => false, report: () => {} });
      const ruleStatus = ruleStatusUnder(await configOf(`${ROOT}/__init__.py`), RULES);
      const stacks = folderStacks(facts, {
        folderName: "project",
        ruleStatus,
        today: options.today ?? "2026-11-27",
      });
      const sections = new Map<string, string>(RULES.map(({ id, section }) => [id, section]));
      return folderReports(stacks, {
        checks: CHECKS,
        sectionOf: (id) => sections.get(id) ?? "",
        role: () => options.role ?? null,
        own: () => options.own ?? { manual: {}, overrides: {} },
        team: () => options.team ?? null,
        uriOf: (path) => (path === "" ? "file:///project" : `file:///project/${path}`),
        onFault: (_check, fault) => {
          throw fault;
        },
      });
    },
  };
}

/** The only report of a project of these files. */
export async function reportOf(files: Files, options: JudgeOptions = {}): Promise<ChecklistReport> {
  const reports = await judged(files, options).reports();
  const [report] = reports;
  if (report === undefined || reports.length > 1) throw new Error(`${reports.length} reports`);
  return report;
}

export function itemOf(report: ChecklistReport, id: string): ChecklistItem {
  const item = report.items.find((one) => one.id === id);
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
}
