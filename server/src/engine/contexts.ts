/** File classes: rules are quiet where a habit does not apply (tests, migrations, notebooks...). */

export const CONTEXT_CLASSES = ["test", "migration", "settings-dev", "notebook", "script", "stub"] as const;
export type ContextClass = (typeof CONTEXT_CLASSES)[number];

/** What is known of a file besides its text. */
export interface FileContext {
  /** Absolute path with `/`, or the URI's path where there is no file. */
  readonly path: string;
  readonly classes: ReadonlySet<ContextClass>;
  /** Lowest supported Python of the project, e.g. [3, 11], or null. */
  readonly pythonVersion: readonly [number, number] | null;
}
