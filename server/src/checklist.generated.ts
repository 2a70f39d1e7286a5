/** All checklist items. Generated from the files in `checklist/` by `npm run gen`; do not edit. */

import gitignorePython from "./checklist/gitignore-python.ts";
import manifestPresent from "./checklist/manifest-present.ts";
import type { CheckDefinition } from "./engine/check.ts";

export const CHECKS: readonly CheckDefinition[] = [
  gitignorePython,
  manifestPresent,
];
