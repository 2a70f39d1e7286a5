/** Generates what follows from the checklist items: the registry that bundlers see, and the guide's page that lists them. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckDefinition } from "../src/engine/check.ts";
import { CHECKLIST_SECTIONS } from "../src/protocol/checklist.ts";
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

/** The guide's page of all items: what each is good for, whom it concerns, and where it is taught. */
export function generateChecklistPage(checks: readonly CheckDefinition[]): GeneratedFile {
  const sections = CHECKLIST_SECTIONS.filter((section) => checks.some((check) => check.section === section));
  const parts = sections.map((section) => {
    const rows = checks.filter((check) => check.section === section).map(itemRow);
    return [
      `## ${section}`,
      ["| Item | Good for | Level | Roles | Read |", "|---|---|---|---|---|", ...rows].join("\n"),
    ];
  });
  const text = ["# Checklist items", INTRODUCTION, ...parts.flat()].join("\n\n");
  return { path: "media/guide/checklist.md", text: `${text}\n` };
}

const INTRODUCTION =
  "Each item names what is there when it is proven. The coach looks for the proof in the files of your project; how it judges is on [how steps complete](learning-path.md#how-steps-complete). Items that only a person can know are ticked by hand.";

function itemRow({ id, title, why, level, roles, guide, manual = false }: CheckDefinition): string {
  const link = `[${guide.split("#")[1]}](${guide.replace("#", ".md#")})`;
  const byHand = manual ? ", by hand" : "";
  return `| ${title} (\`${id}\`) | ${why} | ${level}${byHand} | ${roles.join(", ")} | ${link} |`;
}
