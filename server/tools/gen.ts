/**
 * `npm run gen` writes everything that follows from the rules, the checklist, the snippets, the settings schema and
 * the client's messages; `--check` writes nothing
 * and fails, naming the stale files and the command.
 */

import { generateChecklistPage, generateCheckRegistry, listChecks, loadChecks } from "./gen-checks.ts";
import { generateCatalog, generateReadme, generateRulePages } from "./gen-docs.ts";
import { generateManifest } from "./gen-manifest.ts";
import { generateRegistry } from "./gen-registry.ts";
import {
  type GeneratedFile,
  listRuleFiles,
  loadRules,
  readProjectFile,
  staleFiles,
  writeFiles,
} from "./gen-shared.ts";
import { generateSnippets, snippetContributions } from "./gen-snippets.ts";
import { BUNDLE, bundleText } from "./l10n.ts";
import { readSnippets } from "./snippet-catalog.ts";

/** All generated files as they should be. */
export async function generateAll(): Promise<readonly GeneratedFile[]> {
  const files = listRuleFiles();
  const rules = await loadRules(files);
  const checkIds = listChecks();
  const checks = await loadChecks(checkIds);
  const readme = readProjectFile("README.md");
  const snippets = readSnippets();
  return [
    generateRegistry(files),
    generateManifest(readProjectFile("package.json") ?? "{}", rules, snippetContributions(snippets)),
    generateCheckRegistry(checkIds),
    generateChecklistPage(checks),
    generateCatalog(rules, checks),
    { path: BUNDLE, text: bundleText() },
    ...generateRulePages(rules),
    ...generateSnippets(snippets),
    ...(readme === null ? [] : [generateReadme(readme, rules)]),
  ];
}

async function main(): Promise<void> {
  const files = await generateAll();
  const stale = staleFiles(files);
  if (!process.argv.includes("--check")) {
    writeFiles(files);
    console.log(stale.length === 0 ? "Nothing to do." : `Wrote ${stale.join(", ")}.`);
    return;
  }
  if (stale.length === 0) return;
  console.error(`Out of date: ${stale.join(", ")}. Run: npm run gen`);
  process.exitCode = 1;
}

if (import.meta.main) await main();
