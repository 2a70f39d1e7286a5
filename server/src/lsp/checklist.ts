/** The checklist of the workspace: one reader a folder, reports when they are asked for, and word when they change. */

import type { CancellationToken, Connection } from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import type { Engine } from "../engine/analyze.ts";
import type { CheckDefinition } from "../engine/check.ts";
import { createFolderFacts, type FolderFacts, type Progress } from "../engine/checklist/folder.ts";
import { NO_MARKS } from "../engine/checklist/marks.ts";
import { type FolderStack, folderReports, folderStacks } from "../engine/checklist/reports.ts";
import { ruleStatusUnder } from "../engine/checklist/status.ts";
import type { Project } from "../engine/project/project.ts";
import type { AnyRule } from "../engine/rule.ts";
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  type ChecklistChangedParams,
  type ChecklistParams,
  type ChecklistReport,
  type ProjectRole,
} from "../protocol/checklist.ts";
import type { Role } from "../protocol/settings.ts";
import { rootOf } from "../stack/roots.ts";
import type { Stack } from "../stack/stack.ts";
import { coalesce } from "./coalesce.ts";
import type { Configuration } from "./configuration.ts";
import type { Folder, Folders } from "./folders.ts";
import { isBelow, uriOf } from "./paths.ts";
import { runQuietly } from "./runSafe.ts";
import { nextTurn } from "./slices.ts";

export interface Checklists {
  reports(params: ChecklistParams, token: CancellationToken): Promise<readonly ChecklistReport[]>;
  /** The project of a root's URI, for edits. */
  stackOf(root: string): Promise<(FolderStack & { readonly folder: Folder }) | null>;
  /** The project that a file belongs to, as far as its manifests tell; null for files of no folder. */
  stackFor(path: string): Promise<Stack | null>;
  /** A file came, went or changed. */
  touched(path: string): void;
  /** What projects know of code changed. */
  codeChanged(): void;
  /** Configuration changed: everything is looked at anew. */
  configurationChanged(): void;
}

export interface ChecklistsOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly engine: Promise<Engine>;
  readonly checks: readonly CheckDefinition[];
  readonly rules: readonly AnyRule[];
  readonly configuration: Configuration;
  readonly folders: Folders;
  /** A folder's project, once all of its code was read. */
  readonly projectOf: (folder: Folder) => Promise<Project>;
  readonly today: () => string;
  /** Shows progress while code is read; what it returns ends it. */
  readonly progress: () => Promise<Progress & { done(): void }>;
}

const NO_PROGRESS = { cancelled: () => false, report: () => {}, done: () => {} };

/** Changes are told this long after the first of them. */
const TELL_AFTER_MS = 400;

interface Watched {
  readonly facts: FolderFacts;
  reading: Promise<void> | null;
}

export function createChecklists(options: ChecklistsOptions): Checklists {
  const { host, folders, connection } = options;
  const watched = new Map<string, Promise<Watched>>();
  const sections = new Map(options.rules.map(({ id, section }) => [id, section as string]));

  const watch = (folder: Folder): Promise<Watched> => {
    let known = watched.get(folder.uri);
    if (known === undefined) {
      known = open(folder, options);
      watched.set(folder.uri, known);
    }
    return known;
  };

  const stacksOf = async (folder: Folder, { facts }: Watched): Promise<readonly FolderStack[]> => {
    const config = await options.configuration.of(`${folder.path}/__init__.py`);
    const ruleStatus = ruleStatusUnder(config, options.rules);
    return folderStacks(facts, {
      folderName: folder.name,
      ruleStatus,
      today: options.today(),
    });
  };

  /** Reads code in the background, and tells when there is something new to ask for. */
  const readOn = (folder: Folder, own: Watched): void => {
    if (own.reading !== null) return;
    const { facts } = own;
    const before = facts.revision;
    const read = async () => {
      // What a file or two need is read before anybody could see progress.
      const progress = facts.complete ? NO_PROGRESS : await options.progress();
      try {
        await facts.readCode(progress);
      } finally {
        progress.done();
      }
    };
    own.reading = runQuietly(host.log, `Reading the code of ${folder.path}`, read).then(async () => {
      own.reading = null;
      if (facts.revision === before) return;
      for (const { root } of await stacksOf(folder, own)) tell(connection, folder, root, facts.complete);
    });
  };

  /** What changed is read before anybody is told. */
  const refresh = coalesce(TELL_AFTER_MS, () => {
    void runQuietly(host.log, "Refreshing the checklist", async () => {
      for (const [uri, promise] of watched) {
        const folder = folders.all().find((one) => one.uri === uri);
        if (folder === undefined) {
          watched.delete(uri);
          continue;
        }
        const own = await promise;
        const before = own.facts.revision;
        await own.facts.readTexts();
        if (own.facts.revision !== before && own.facts.complete) {
          for (const { root } of await stacksOf(folder, own)) tell(connection, folder, root, true);
        }
        readOn(folder, own);
      }
    });
  });

  return {
    async reports(params, token) {
      const wanted = folders
        .all()
        .filter(({ uri }) => params.folderUri === undefined || uri === params.folderUri);
      const all: ChecklistReport[] = [];
      for (const folder of wanted) {
        const own = await watch(folder);
        await own.facts.readTexts();
        if (token.isCancellationRequested) return [];
        const stacks = await stacksOf(folder, own);
        all.push(...(await toReports(folder, stacks, params, options, sections)));
        readOn(folder, own);
      }
      return all;
    },
    async stackOf(root) {
      for (const folder of folders.all()) {
        const own = await watch(folder);
        await own.facts.readTexts();
        const found = (await stacksOf(folder, own)).find((one) => uriOf(absolute(folder, one.root)) === root);
        if (found !== undefined) return { ...found, folder };
      }
      return null;
    },
    async stackFor(path) {
      const folder = folders.all().find((one) => isBelow(one.path, path));
      if (folder === undefined) return null;
      const own = await watch(folder);
      await own.facts.readTexts();
      const stacks = await stacksOf(folder, own);
      const root = rootOf(
        path.slice(folder.path.length + 1),
        stacks.map((one) => one.root),
      );
      return stacks.find((one) => one.root === (root ?? ""))?.stack ?? null;
    },
    touched(path) {
      for (const [uri, promise] of watched) {
        const folder = folders.all().find((one) => one.uri === uri);
        if (folder !== undefined && isBelow(folder.path, path))
          void promise.then(({ facts }) => facts.touch(path));
      }
      if (watched.size > 0) refresh();
    },
    codeChanged() {
      if (watched.size > 0) refresh();
    },
    configurationChanged() {
      for (const promise of watched.values()) void promise.then(({ facts }) => facts.touchAll());
      if (watched.size > 0) refresh();
    },
  };
}

async function open(folder: Folder, options: ChecklistsOptions): Promise<Watched> {
  const { configuration, host } = options;
  const facts = createFolderFacts({
    path: folder.path,
    host,
    engine: await options.engine,
    project: () => options.projectOf(folder),
    exclude: async () => (await configuration.scanBounds(folder)).exclude,
    configOf: configuration.of,
    sourceOf: (path, notebook) => configuration.sourceOf({ path, notebook }),
    pause: nextTurn,
  });
  return { facts, reading: null };
}

async function toReports(
  folder: Folder,
  stacks: readonly FolderStack[],
  params: ChecklistParams,
  { checks, configuration, host }: ChecklistsOptions,
  sections: ReadonlyMap<string, string>,
): Promise<readonly ChecklistReport[]> {
  const team = await readFirst(host, [`${folder.path}/.vscode/stack-coach.json`]);
  const reports: ChecklistReport[] = [];
  for (const one of stacks) {
    const config = await configuration.of(`${absolute(folder, one.root)}/__init__.py`);
    const ownTeam =
      one.root === ""
        ? null
        : await readFirst(host, [`${absolute(folder, one.root)}/.vscode/stack-coach.json`]);
    reports.push(
      ...folderReports([one], {
        checks,
        sectionOf: (id) => sections.get(id) ?? "other",
        role: () => projectRole(params.role ?? config.settings.role),
        own: (root) => params.marks?.[uriOf(absolute(folder, root))] ?? NO_MARKS,
        team: () => ownTeam ?? team,
        uriOf: (path) => uriOf(absolute(folder, path)),
        onFault: ({ id }, fault) => host.log("error", `The check ${id} failed: ${String(fault)}`),
      }),
    );
  }
  return reports;
}

function projectRole(role: Role): ProjectRole | null {
  return role === "auto" ? null : role;
}

async function readFirst(host: Host, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const bytes = await host.readFile(path);
    if (bytes !== null) return new TextDecoder().decode(bytes);
  }
  return null;
}

function absolute(folder: Folder, path: string): string {
  return path === "" ? folder.path : `${folder.path}/${path}`;
}

function tell(connection: Connection, folder: Folder, root: string, complete: boolean): void {
  const params: ChecklistChangedParams = {
    root: uriOf(absolute(folder, root)),
    complete,
  };
  void connection.sendNotification(CHECKLIST_CHANGED_NOTIFICATION, params);
}
