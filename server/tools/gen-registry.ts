/** Generates the registry: static imports of all rules, so that bundlers see them. */

import type { GeneratedFile, RuleFile } from "./gen-shared.ts";

/** The text of `server/src/registry.generated.ts`. */
export function generateRegistry(files: readonly RuleFile[]): GeneratedFile {
  const names = new Map(files.map((file) => [file, camelCase(file.id)]));
  const lines = [
    "/** All rules. Generated from the files in `rules/` by `npm run gen`; do not edit. */",
    "",
    'import type { AnyRule } from "./engine/rule.ts";',
    ...files.map((file) => `import ${names.get(file)} from "./rules/${file.section}/${file.id}.ts";`),
    "",
    "export const RULES: readonly AnyRule[] = [",
    ...files.map((file) => `  ${names.get(file)},`),
    "];",
    "",
  ];
  return { path: "server/src/registry.generated.ts", text: lines.join("\n") };
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
