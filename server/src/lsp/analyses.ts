/** Findings of open files: kept in step with edits and configuration, recomputed only when something changed. */

import type { Host } from "../base/host.ts";
import type { Engine, OpenFile as EngineFile, SourceFile } from "../engine/analyze.ts";
import type { FileConfig } from "../engine/config/types.ts";
import type { Finding, Fix } from "../engine/finding.ts";
import type { Configuration } from "./configuration.ts";
import type { OpenFile } from "./documents.ts";
import { baseNameOf } from "./paths.ts";

/** What is known of one version of an open file. Its findings are the engine's last ones for the file. */
export interface Analysis {
  readonly version: number;
  readonly config: FileConfig;
  readonly findings: readonly Finding[];
  /** The engine's handle, to ask for fixes; null where the file was not analysed. */
  readonly engineFile: EngineFile | null;
  /** Why the findings cannot be trusted or are missing, in one sentence for the user. */
  readonly problem: string | null;
  readonly milliseconds: number;
}

export interface Analyses {
  /** The findings of the version that is current when they are handed over. */
  of(file: OpenFile): Promise<Analysis>;
  /** The fixes of a finding of an analysis, as long as the file was not analysed again. */
  fixes(analysis: Analysis, finding: Finding): readonly Fix[];
  /** Forgets a file that was closed. */
  drop(file: OpenFile): void;
}

interface Kept {
  engineFile: EngineFile | null;
  /** Of the name and place in the project that the file was opened under. */
  identity: string;
  analysis: Analysis | null;
}

export interface AnalysesOptions {
  readonly engine: Promise<Engine>;
  readonly configuration: Configuration;
  readonly host: Host;
  /** Hears of every analysis that was really made. */
  readonly onAnalysed: (file: OpenFile, analysis: Analysis) => void;
}

export function createAnalyses({
  engine: loading,
  configuration,
  host,
  onAnalysed,
}: AnalysesOptions): Analyses {
  const files = new Map<OpenFile, Kept>();
  const dropped = new WeakSet<OpenFile>();
  let loaded: Engine | null = null;

  const keptOf = (file: OpenFile): Kept => {
    let kept = files.get(file);
    if (kept === undefined) {
      kept = { engineFile: null, identity: "", analysis: null };
      files.set(file, kept);
    }
    return kept;
  };

  const release = (engine: Engine, kept: Kept) => {
    if (kept.engineFile !== null) engine.close(kept.engineFile);
    kept.engineFile = null;
    kept.analysis = null;
  };

  /** Runs without a pause, so that no edit comes between the text, its tree and its findings. */
  const analyse = (
    engine: Engine,
    file: OpenFile,
    config: FileConfig,
    source: Omit<SourceFile, "text">,
  ): Analysis => {
    const kept = keptOf(file);
    const { analysis } = kept;
    if (analysis !== null && analysis.version === file.version() && analysis.config === config)
      return analysis;
    const start = host.now();
    const problem = tooLarge(file, config) ?? configProblem(config);
    if (tooLarge(file, config) !== null) release(engine, kept);
    else synchronise(engine, kept, file, source);
    const findings = kept.engineFile === null ? [] : engine.findings(kept.engineFile, config);
    const fresh: Analysis = {
      version: file.version(),
      config,
      findings,
      engineFile: kept.engineFile,
      problem,
      milliseconds: host.now() - start,
    };
    kept.analysis = fresh;
    onAnalysed(file, fresh);
    return fresh;
  };

  const synchronise = (engine: Engine, kept: Kept, file: OpenFile, source: Omit<SourceFile, "text">) => {
    const identity = JSON.stringify(source);
    if (kept.identity !== identity) release(engine, kept);
    kept.identity = identity;
    const edits = file.takeEdits();
    if (kept.engineFile !== null && edits.length > 0) {
      try {
        engine.update(kept.engineFile, edits, file.text());
      } catch (fault) {
        host.log("error", `${file.path} is analysed afresh, its update failed: ${String(fault)}`);
        release(engine, kept);
      }
    }
    kept.engineFile ??= engine.open({ ...source, text: file.text() });
  };

  return {
    async of(file) {
      loaded ??= await loading;
      const [config, source] = await Promise.all([configuration.of(file.path), configuration.sourceOf(file)]);
      if (dropped.has(file)) return closedMeanwhile(file, config);
      return analyse(loaded, file, config, source);
    },
    fixes({ engineFile }, finding) {
      return engineFile === null || loaded === null ? [] : loaded.fixes(engineFile, finding);
    },
    drop(file) {
      dropped.add(file);
      const kept = files.get(file);
      files.delete(file);
      if (kept !== undefined && loaded !== null) release(loaded, kept);
    },
  };
}

function closedMeanwhile(file: OpenFile, config: FileConfig): Analysis {
  return { version: file.version(), config, findings: [], engineFile: null, problem: null, milliseconds: 0 };
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
