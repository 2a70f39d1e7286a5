/** Findings of open files: kept in step with edits and configuration, recomputed only when something changed. */

import type { Host } from "../base/host.ts";
import type { Engine, OpenFile as EngineFile } from "../engine/analyze.ts";
import type { FileConfig } from "../engine/config/types.ts";
import type { Finding, Fix } from "../engine/finding.ts";
import type { FileIdentity } from "../engine/project/file.ts";
import type { Project } from "../engine/project/project.ts";
import { NO_READS, type Reads } from "../semantic/reads.ts";
import type { Configuration } from "./configuration.ts";
import type { OpenFile } from "./documents.ts";
import { baseNameOf } from "./paths.ts";
import { runQuietly } from "./runSafe.ts";

/** What is known of one version of an open file. Its findings are the engine's last ones for the file. */
export interface Analysis {
  readonly version: number;
  readonly config: FileConfig;
  readonly findings: readonly Finding[];
  /** The engine's handle, to ask for fixes; null where the file was not analysed, or rests. */
  readonly engineFile: EngineFile | null;
  /** What the findings rest on in other files. */
  readonly reads: Reads;
  /** The state of the project that they were found in. */
  readonly revision: number;
  /** True where the file is too large to be analysed. */
  readonly tooLarge: boolean;
  /** Why the findings cannot be trusted or are missing, in one sentence for the user. */
  readonly problem: string | null;
  readonly milliseconds: number;
}

export interface Analyses {
  /** The findings of the version that is current when they are handed over. */
  of(file: OpenFile): Promise<Analysis>;
  /** The same, with the engine's tree at hand: for fixes and whatever else looks into the file. */
  live(file: OpenFile): Promise<Analysis>;
  /** The analysis that was made last, of whatever version; null before the first. */
  last(file: OpenFile): Analysis | null;
  /** True where the last analysis is of the current version. */
  isCurrent(file: OpenFile): boolean;
  /** The fixes of a finding of an analysis, as long as the file was not analysed again. */
  fixes(analysis: Analysis, finding: Finding): readonly Fix[];
  /** Forgets a file that was closed. */
  drop(file: OpenFile): void;
}

export interface AnalysesOptions {
  readonly engine: Promise<Engine>;
  readonly configuration: Configuration;
  readonly host: Host;
  /** The project that a file belongs to. */
  readonly projectOf: (path: string) => Promise<Project | undefined>;
  /** Hears of every analysis that was really made. */
  readonly onAnalysed: (file: OpenFile, analysis: Analysis) => void;
  /** Hears that a second look, while nobody typed, says something else than was told. */
  readonly onSecondThought: (file: OpenFile) => void;
}

/** When nobody has typed for so long, broken code that was not read as a whole is. */
const SECOND_LOOK_MS = 500;

/**
 * Files that the engine holds trees for. Others rest: their findings stay, and they are parsed again when they
 * are edited or asked for a fix. A tree and what is remembered for it take thirty times the text.
 */
const MAX_LIVE = 16;

export function createAnalyses({
  engine: loading,
  configuration,
  host,
  projectOf,
  onAnalysed,
  onSecondThought,
}: AnalysesOptions): Analyses {
  const files = new Map<OpenFile, Tracked>();
  const dropped = new WeakSet<OpenFile>();
  let loaded: Engine | null = null;
  const trackedOf = (file: OpenFile, engine: Engine): Tracked => {
    let tracked = files.get(file);
    if (tracked === undefined) {
      tracked = trackFile(file, engine, host);
    }
    // The files are kept in the order of their last use.
    files.delete(file);
    files.set(file, tracked);
    return tracked;
  };
  const restOthers = () => {
    const live = [...files.values()].filter((tracked) => tracked.isLive());
    for (const tracked of live.slice(0, Math.max(0, live.length - MAX_LIVE))) tracked.rest();
  };
  const analysisOf = async (file: OpenFile, needsTree: boolean): Promise<Analysis> => {
    loaded ??= await loading;
    const [config, identity, project] = await Promise.all([
      configuration.of(file.path),
      configuration.sourceOf(file),
      projectOf(file.path),
    ]);
    if (dropped.has(file)) return closedMeanwhile(file, config);
    const tracked = trackedOf(file, loaded);
    const known = tracked.last(config, project);
    if (known !== null && (!needsTree || tracked.hasTree() || known.tooLarge)) return known;
    const analysis = tracked.analyse(config, { identity, project }, needsTree);
    if (tracked.isLive() && !tracked.hasTree()) lookAgainLater(file, analysis);
    restOthers();
    onAnalysed(file, analysis);
    return analysis;
  };
  const lookAgainLater = (file: OpenFile, { version, findings }: Analysis): void => {
    const look = async (): Promise<void> => {
      if (dropped.has(file) || file.version() !== version) return;
      const settled = await analysisOf(file, true);
      const same = JSON.stringify(settled.findings) === JSON.stringify(findings);
      if (settled.version === version && !same) onSecondThought(file);
    };
    setTimeout(() => void runQuietly(host.log, `Looking again at ${file.uri}`, look), SECOND_LOOK_MS);
  };
  return {
    of: (file) => analysisOf(file, false),
    live: (file) => analysisOf(file, true),
    last: (file) => files.get(file)?.newest() ?? null,
    isCurrent: (file) => files.get(file)?.newest()?.version === file.version(),
    fixes({ engineFile }, finding) {
      return engineFile === null || loaded === null ? [] : loaded.fixes(engineFile, finding);
    },
    drop(file) {
      dropped.add(file);
      files.get(file)?.release();
      files.delete(file);
    },
  };
}

/** An open file and what the engine holds for it. Nothing here pauses: no edit comes in between. */
interface Tracked {
  /** The analysis of the current version under this configuration, if it was made already and still holds. */
  last(config: FileConfig, project: Project | undefined): Analysis | null;
  /** @param needsTree leaves nothing unread */
  analyse(config: FileConfig, source: Placed, needsTree: boolean): Analysis;
  /** The analysis that was made last. */
  newest(): Analysis | null;
  isLive(): boolean;
  /** True where the engine has read the whole text. */
  hasTree(): boolean;
  /** Lets go of the tree and keeps the findings. */
  rest(): void;
  release(): void;
}

/** The name and place that a file is analysed under. */
interface Placed {
  readonly identity: FileIdentity;
  readonly project: Project | undefined;
}

function trackFile(file: OpenFile, engine: Engine, host: Host): Tracked {
  let engineFile: EngineFile | null = null;
  let openedAs: FileIdentity | null = null;
  let openedIn: Project | undefined;
  let analysis: Analysis | null = null;
  /** Other files still see the text of a file that rests. */
  let letGo = (): void => undefined;
  const close = () => {
    if (engineFile !== null) engine.close(engineFile);
    engineFile = null;
    if (analysis !== null) analysis = { ...analysis, engineFile };
  };
  const rest = () => {
    const { text } = engineFile ?? {};
    close();
    if (text !== undefined && openedAs !== null) letGo = openedIn?.files.hold(openedAs, text) ?? letGo;
  };
  const release = () => {
    close();
    letGo();
    analysis = null;
  };
  /** Brings the engine's text in step. What fails starts afresh: a wrong tree would be wrong for ever. */
  const synchronise = ({ identity, project }: Placed): EngineFile => {
    if (JSON.stringify(openedAs) !== JSON.stringify(identity) || openedIn !== project) release();
    openedAs = identity;
    openedIn = project;
    const edits = file.takeEdits();
    try {
      if (engineFile !== null && edits.length > 0) engine.update(engineFile, edits, file.text());
    } catch (fault) {
      host.log("error", `${file.path} is analysed afresh, its update failed: ${String(fault)}`);
      release();
    }
    engineFile ??= engine.open({ ...identity, text: file.text() }, project);
    letGo();
    return engineFile;
  };
  const findings = (config: FileConfig, source: Placed, needsTree: boolean): readonly Finding[] => {
    try {
      const current = synchronise(source);
      if (needsTree) engine.settle(current);
      return engine.findings(current, config);
    } catch (fault) {
      release();
      throw fault;
    }
  };
  return {
    rest,
    release,
    isLive: () => engineFile !== null,
    hasTree: () => engineFile !== null && !engine.isDraft(engineFile),
    newest: () => analysis,
    last(config, project) {
      if (analysis?.version !== file.version() || analysis.config !== config) return null;
      if (analysis.revision === (project?.files.revision ?? 0)) return analysis;
      // Places in other files may have moved: where the tree is at hand, they are told anew.
      return engineFile === null && project?.stands(analysis.reads) === true ? analysis : null;
    },
    analyse(config, source, needsTree) {
      const start = host.now();
      const large = tooLarge(file, config);
      if (large !== null) release();
      const found = large === null ? findings(config, source, needsTree) : [];
      analysis = {
        version: file.version(),
        config,
        findings: found,
        engineFile,
        reads: engineFile === null ? NO_READS : engine.reads(engineFile),
        revision: source.project?.files.revision ?? 0,
        tooLarge: large !== null,
        problem: large ?? configProblem(config),
        milliseconds: host.now() - start,
      };
      return analysis;
    },
  };
}

function closedMeanwhile(file: OpenFile, config: FileConfig): Analysis {
  const nothing = { findings: [], engineFile: null, tooLarge: false, problem: null, milliseconds: 0 };
  return { version: file.version(), config, reads: NO_READS, revision: 0, ...nothing };
}

function configProblem({ problems: [first] }: FileConfig): string | null {
  return first === undefined ? null : `${baseNameOf(first.path)}:${first.line}: ${first.message}`;
}

/** UTF-16 units stand for bytes: near enough for a limit. */
function tooLarge(file: OpenFile, { settings }: FileConfig): string | null {
  const kilobytes = Math.ceil(file.text().length / 1024);
  if (kilobytes <= settings.maxFileSizeKB) return null;
  return `The file has ${kilobytes} KB and is not analysed: the setting stackCoach.maxFileSizeKB is ${settings.maxFileSizeKB}.`;
}
