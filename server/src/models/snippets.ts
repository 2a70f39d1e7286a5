/** The shape of a snippet: what it inserts, what it needs, and where the guide explains it. */

/** A distribution and the least version of it that the snippet's code is written for. */
export interface Requirement {
  /** Its PEP 503 name; `python` is the language itself. */
  readonly distribution: string;
  /** "" for any. */
  readonly minimum: string;
  /** Distributions in whose place it is the one to begin with: it counts as there where none of them is. */
  readonly replaces: readonly string[];
}

export type SnippetKind = "insert" | "template" | "surround";

export interface SnippetModel {
  /** What a person types: `family-topic`. Several snippets share one where frameworks say it differently. */
  readonly prefix: string;
  readonly title: string;
  /** One sentence. */
  readonly documentation: string;
  /** Language ids of VS Code, separated by commas. */
  readonly scope: string;
  readonly kind: SnippetKind;
  /** All of them; empty where the standard library of any supported Python will do. */
  readonly needs: readonly Requirement[];
  /** `page#anchor`. */
  readonly guide: string;
  /** Import statements, one a line, that go to the top of the module. */
  readonly imports: readonly string[];
  /** The body in TextMate's snippet syntax. */
  readonly body: string;
  /** The name that a new file gets, for templates. */
  readonly file: string | null;
  /** A glob of the files that it is meant for. */
  readonly include: string | null;
}

/**
 * True for what VS Code itself offers out of our snippet files: everything that needs neither an import nor a
 * version. The rest comes from the server, which knows what a project declares and where imports belong.
 */
export function isStatic({ scope, kind, imports, needs }: SnippetModel): boolean {
  return scope !== "python" || kind !== "insert" || (imports.length === 0 && needs.length === 0);
}
