/** Generates the registry of checklist items: static imports of all of them, so that bundlers see them. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckDefinition } from "../src/engine/check.ts";
import { type GeneratedFile, listProjectFiles, ROOT } from "./gen-shared.ts";

const FOLDER = "server/src/checklist";

/** Ids of all items, in the order of their names; files that begin with `_` are none. */
export function listChecks(): readonly string[] {
  return listProjectFiles(FOLDER, ".ts")
    .map((path) => path.slice(FOLDER.length + 1, -".ts".length))
    .filter((id) => !id.startsWith("_"))
    .sort();
}

/** Imports the items. */
export async function loadChecks(ids: readonly string[]): Promise<readonly CheckDefinition[]> {
  return Promise.all(
    ids.map(async (id) => {
      const module = (await import(pathToFileURL(join(ROOT, FOLDER, `${id}.ts`)).href)) as {
        readonly default?: CheckDefinition;
      };
      if (module.default === undefined) throw new Error(`${FOLDER}/${id}.ts has no default export`);
      return module.default;
    }),
  );
}

/** The text of `server/src/checklist.generated.ts`. */
export function generateCheckRegistry(ids: readonly string[]): GeneratedFile {
  const nameOf = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const lines = [
    "/** All checklist items. Generated from the files in `checklist/` by `npm run gen`; do not edit. */",
    "",
    ...ids.map((id) => `import ${nameOf(id)} from "./checklist/${id}.ts";`),
    'import type { CheckDefinition } from "./engine/check.ts";',
    "",
    "export const CHECKS: readonly CheckDefinition[] = [",
    ...ids.map((id) => `  ${nameOf(id)},`),
    "];",
    "",
  ];
  return { path: "server/src/checklist.generated.ts", text: lines.join("\n") };
}
