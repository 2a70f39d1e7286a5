/** All models of libraries, put together. */

import { createKnowledge } from "./knowledge.ts";
import { BUILTINS } from "./python/builtins.ts";
import type { LibraryModel } from "./types.ts";

export const LIBRARIES: readonly LibraryModel[] = [BUILTINS];

/** What the analyser knows of libraries. */
export const KNOWLEDGE = createKnowledge(LIBRARIES);
