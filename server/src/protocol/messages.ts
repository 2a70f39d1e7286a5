/** Messages of our own between client and server, and the initialization options. The client imports only this layer. */

/** What the client tells the server at start-up, all of it optional for plain LSP clients. */
export interface InitializationOptions {
  /** URI template of guide links in `codeDescription`; `{page}` and `{anchor}` are filled in. */
  readonly guideUri?: string;
  /** URIs of the wasm files (by base name) where the server cannot read its own folder: the web host. */
  readonly wasm?: Readonly<Record<string, string>>;
  /** True where the client serves `stackCoach/host/*`: files of virtual workspaces are read through it. */
  readonly fileSystemProxy?: boolean;
  /** True where the client serves `COMMITTED_TEXT_REQUEST`. */
  readonly committedTexts?: boolean;
  /** True where our hover may hold command links (`command:stackCoach.openGuide`). */
  readonly commandLinks?: boolean;
  /** Values below `stackCoach.` for clients that answer no `workspace/configuration`: `{ "level": "senior" }`. */
  readonly settings?: unknown;
}

/**
 * Commands that our client provides, named in code actions and hovers where `commandLinks` is set.
 * `OPEN_GUIDE_COMMAND` takes one argument, `page#anchor`; `CONFIGURE_RULE_COMMAND` a rule's id.
 */
export const OPEN_GUIDE_COMMAND = "stackCoach.openGuide";
export const CONFIGURE_RULE_COMMAND = "stackCoach.configureRule";

/** Server to client: what the language-status item shows. */
export const STATUS_NOTIFICATION = "stackCoach/status";
export interface StatusParams {
  readonly state: "warming-up" | "ready" | "scanning";
  /** Milliseconds that the last analysis of a file took, from change to findings. */
  readonly lastAnalysisMs?: number;
  /** The file of the last analysis, as a URI. */
  readonly uri?: string;
  /** A problem that the user can mend (an invalid pyproject.toml...), in one sentence. */
  readonly problem?: string;
}

/** Client to server: analyse all Python files of the workspace; honours `workDoneToken` and cancellation. */
export const SCAN_REQUEST = "stackCoach/scanWorkspace";
export interface ScanParams {
  readonly workDoneToken?: string | number;
}
export interface ScanResult {
  readonly files: number;
  readonly findings: number;
  readonly cancelled: boolean;
  readonly elapsedMs: number;
  /** True where the scan stopped at the setting `maxFiles`. */
  readonly limitReached?: boolean;
  /** Files left out, with the reason (too large, not UTF-8, unreadable). */
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[];
}

/** Client to server: the finding at a position, explained. */
export const EXPLAIN_REQUEST = "stackCoach/explain";
export interface ExplainParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}
export interface Explanation {
  readonly ruleId: string;
  readonly title: string;
  /** Why, how to fix, when it is fine: Markdown. */
  readonly markdown: string;
  /** `page#anchor` of the guide. */
  readonly guide: string;
}

/** Client to server: which configuration governs a file, and where each value comes from. */
export const EFFECTIVE_CONFIG_REQUEST = "stackCoach/effectiveConfiguration";
export interface EffectiveConfigParams {
  readonly textDocument: { readonly uri: string };
}
export interface EffectiveConfigEntry {
  /** A setting (`level`) or a rule id. */
  readonly key: string;
  readonly value: string;
  /** `pyproject.toml:12`, `user settings`, `default`, `Ruff S608 is enabled (ruff.toml:3)`... */
  readonly source: string;
}
export interface EffectiveConfigResult {
  readonly file: string;
  readonly contexts: readonly string[];
  readonly entries: readonly EffectiveConfigEntry[];
}

/** Server to client (web host and virtual workspaces): the bytes of a file, base64, or null. */
export const HOST_READ_FILE_REQUEST = "stackCoach/host/readFile";
export interface HostReadFileParams {
  readonly uri: string;
}
export type HostReadFileResult = { readonly base64: string } | null;

/** Server to client: files below a folder whose base name matches a glob, ignored folders left out. */
export const HOST_LIST_FILES_REQUEST = "stackCoach/host/listFiles";
export interface HostListFilesParams {
  readonly folder: string;
  readonly globs: readonly string[];
  /** Globs over paths relative to the folder that are left out. */
  readonly exclude?: readonly string[];
}
export type HostListFilesResult = readonly { readonly uri: string; readonly size: number }[];

/** Server to client: the text of a file as it was last committed; "" for a file that was not; null: nobody can tell. */
export const COMMITTED_TEXT_REQUEST = "stackCoach/host/committedText";
export interface CommittedTextParams {
  readonly uri: string;
}
export type CommittedTextResult = { readonly text: string } | null;

/** Client to server: a commit was made, or another one checked out. */
export const COMMITS_CHANGED_NOTIFICATION = "stackCoach/host/commitsChanged";
