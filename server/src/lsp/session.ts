/** Everything the server knows between two messages, put together once for a client. */

import type { Connection, InitializeParams } from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import { createEngine, type Engine } from "../engine/analyze.ts";
import type { CheckDefinition } from "../engine/check.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { InitializationOptions } from "../protocol/messages.ts";
import { createPythonParser, type PythonParser } from "../syntax/parser.ts";
import type { Span } from "../syntax/tree.ts";
import { type Analyses, type Analysis, createAnalyses } from "./analyses.ts";
import { onlyChanged } from "./changedOnly.ts";
import { type Checklists, createChecklists } from "./checklist.ts";
import { createClosedFiles, type ReadClosed } from "./closedFiles.ts";
import { type Committed, createCommitted } from "./committed.ts";
import { type Configuration, createConfiguration } from "./configuration.ts";
import { createDependents, type Dependents } from "./dependents.ts";
import type { DiagnosticContext } from "./diagnostics.ts";
import type { DocumentPlace, OpenFile } from "./documents.ts";
import { createEditorSettings, type EditorSettings } from "./editorSettings.ts";
import { createEndpointMaps, type EndpointMaps } from "./endpointMaps.ts";
import { type FileEvents, type Files, listenToFiles } from "./files.ts";
import { createFolders, type Folders } from "./folders.ts";
import { createGuideLinks, type GuideLinks } from "./links.ts";
import { listWorkspace } from "./listing.ts";
import { isCoached } from "./paths.ts";
import { createPlaces } from "./places.ts";
import { openReadingProgress } from "./progress.ts";
import { createProjects, type Projects } from "./projects.ts";
import { createFileProxy, routeHost } from "./proxy.ts";
import { createReports, type Reports } from "./reports.ts";
import { describe } from "./runSafe.ts";
import { createScans, type Scans } from "./scan.ts";
import { createStatus, type Status } from "./status.ts";
import { type ClientTraits, readTraits } from "./traits.ts";

export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly traits: ClientTraits;
  readonly links: GuideLinks;
  readonly rules: ReadonlyMap<string, AnyRule>;
  readonly folders: Folders;
  readonly settings: EditorSettings;
  readonly configuration: Configuration;
  readonly engine: Promise<Engine>;
  readonly status: Status;
  readonly files: Files;
  readonly analyses: Analyses;
  readonly reports: Reports;
  readonly readClosed: ReadClosed;
  readonly scans: Scans;
  readonly committed: Committed;
  readonly checks: readonly CheckDefinition[];
  readonly checklists: Checklists;
  readonly projects: Projects;
  /** A stretch of another file's text, as the client has it; null where the text is not at hand. */
  readonly placeIn: (path: string, span: Span) => DocumentPlace | null;
  readonly endpoints: EndpointMaps;
  /** True where documents of this URI are coached. */
  accepts(uri: string): boolean;
  /** What findings rest on has changed: everything is read and told anew. */
  configurationChanged(): void;
}

/** What a server is made of besides its client. */
export interface Parts {
  readonly connection: Connection;
  readonly host: Host;
  readonly rules: readonly AnyRule[];
  readonly checks: readonly CheckDefinition[];
  readonly initialized: Promise<void>;
  /** A parser that is being loaded already; left out where only the client knows where the wasm lies. */
  readonly parser: Promise<PythonParser> | undefined;
}

export function createSession(parts: Parts, params: InitializeParams): Session {
  const { connection } = parts;
  const options = optionsOf(params);
  const host = routeHost(parts.host, createFileProxy(connection), options ?? {}, parts.initialized);
  const traits = readTraits(params);
  const links = createGuideLinks(options ?? {});
  const rules = new Map(parts.rules.map((rule) => [rule.id, rule]));
  const folders = createFolders(params);
  const settings = createEditorSettings(connection, traits, options?.settings);
  const configuration = createConfiguration({ host, rules: parts.rules, folders, settings });
  const status = createStatus(connection, options !== null);
  const engine = loadEngine({ ...parts, host }, status);
  const openFile = (path: string) => files.byPath(path);
  const projects = createProjects({
    ...{ engine, host, folders, configuration },
    changed() {
      dependents.check();
      checklists.codeChanged();
      endpoints.changed();
    },
  });
  const projectOf = projects.of;
  const placeIn = createPlaces(projects.known, openFile);
  const context: DiagnosticContext = { ...{ traits, links, rules }, placeIn };
  const committed = createCommitted(connection, options?.committedTexts === true);
  const told = (file: OpenFile, { milliseconds, problem }: Analysis) =>
    status.analysed(file.uri, milliseconds, problem);
  const all = createAnalyses({
    ...{ engine, configuration, host, projectOf },
    onAnalysed: told,
    onSecondThought: () => reports.refresh(),
  });
  const analyses = onlyChanged(all, committed, told);
  const reports = createReports({ connection, host, analyses, context });
  const readClosed = createClosedFiles({ engine, configuration, host, projectOf, context, committed });
  const scans = createScans({
    ...{ connection, host, readClosed },
    async list() {
      await projects.ready();
      return listWorkspace({ host, configuration, folders: folders.all() });
    },
    openFile,
    countOpen: async (file) => (await analyses.of(file)).findings.length,
    refreshPulled: reports.refresh,
  });
  const checklists: Checklists = createChecklists({
    ...{ connection, host, engine, configuration, folders, today },
    ...{ checks: parts.checks, rules: parts.rules },
    projectOf: projects.readOf,
    progress: () => openReadingProgress({ connection, traits, host }),
  });
  const dependents = createDependents({
    ...{ host, analyses },
    openFiles: () => files.all(),
    changed: reports.refreshFiles,
    checked() {
      scans.refreshStale();
      endpoints.changed();
    },
  });
  const endpoints = createEndpointMaps({
    ...{ connection, host, folders, known: projects.known },
    findingsOf(path) {
      const file = openFile(path);
      return (file && analyses.last(file)?.findings) ?? [];
    },
  });
  const folderUris = () => folders.all().map(({ uri }) => uri);
  const accepts = (uri: string) => isCoached(uri, folderUris());
  const events = fileEvents({ traits, configuration, analyses, reports, scans, projects, dependents });
  const files: Files = listenToFiles(connection, accepts, events);
  return {
    ...{ connection, host, traits, links, rules, folders, settings, configuration, engine, status },
    ...{ files, analyses, reports, readClosed, scans, committed, checklists, accepts, projects, placeIn },
    endpoints,
    checks: parts.checks,
    configurationChanged() {
      configuration.invalidate();
      projects.reread();
      reports.refresh();
      scans.refresh();
      checklists.configurationChanged();
    },
  };
}

/** Null for clients that do not introduce themselves. */
function optionsOf({ initializationOptions: given }: InitializeParams): InitializationOptions | null {
  return typeof given === "object" && given !== null ? given : null;
}

interface Listeners
  extends Pick<Session, "traits" | "configuration" | "analyses" | "reports" | "scans" | "projects"> {
  readonly dependents: Dependents;
}

function fileEvents(listeners: Listeners): FileEvents {
  const { traits, configuration, analyses, reports, scans, projects, dependents } = listeners;
  return {
    opened(file) {
      // Nobody tells when a project file changes: look again now and then.
      if (!traits.watchRegistration) {
        configuration.invalidate();
        projects.reread();
      }
      scans.opened(file.path);
      reports.opened(file);
      projects.begin(file.path);
      dependents.check();
    },
    changed(file) {
      reports.changed(file);
      dependents.check();
    },
    saved(file) {
      reports.saved(file);
      if (!traits.watchRegistration) projects.touched(file.path, "created");
    },
    closed(file) {
      analyses.drop(file);
      reports.closed(file);
      scans.touched(file.path);
      dependents.check();
    },
  };
}

/** Starts at once, so that the first file that is opened finds the grammar loaded. */
function loadEngine(parts: Parts, status: Status): Promise<Engine> {
  const { host, rules } = parts;
  const load = async (): Promise<Engine> => {
    const parser = await (parts.parser ?? createPythonParser(host.loadWasm));
    status.setState("ready");
    return createEngine({ parser, rules, log: host.log, now: host.now, today });
  };
  const engine = load();
  engine.catch((fault: unknown) => {
    host.log("error", `The grammar cannot be loaded: ${describe(fault)}`);
    status.failed("Stack Coach cannot load its grammar; the log says why.");
  });
  return engine;
}

/** The user's day: a suppression holds to the end of the day it names. */
function today(): string {
  const now = new Date();
  const part = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
