/** The kinds of files in which some habits do not apply. */

export const CONTEXT_CLASSES = ["test", "migration", "settings-dev", "notebook", "script", "stub"] as const;
export type ContextClass = (typeof CONTEXT_CLASSES)[number];
