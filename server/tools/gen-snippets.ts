/** Generates what editors and the server read of the snippets: VS Code's snippet files, and the server's data. */

import { isStatic, type SnippetModel } from "../src/models/snippets.ts";
import { type GeneratedFile, listProjectFiles } from "./gen-shared.ts";
import type { CatalogSnippet } from "./snippet-catalog.ts";

const FOLDER = "snippets";
const DATA = "server/src/models/snippets.generated.ts";

/** The files, and the removal of those whose language has no snippet any more. */
export function generateSnippets(snippets: readonly CatalogSnippet[]): readonly GeneratedFile[] {
  const ours = snippets.filter(isStatic);
  const files = languagesOf(ours).map((language) => ({
    path: pathOf(language),
    text: snippetFile(ours.filter((snippet) => languageOf(snippet) === language)),
  }));
  const current = new Set(files.map(({ path }) => path));
  const gone = listProjectFiles(FOLDER, ".code-snippets").filter((path) => !current.has(path));
  return [...files, ...gone.map((path) => ({ path, text: null })), dataFile(snippets)];
}

/** What `contributes.snippets` of the manifest must say. */
export function snippetContributions(snippets: readonly CatalogSnippet[]): readonly object[] {
  return languagesOf(snippets.filter(isStatic)).map((language) => ({ path: `./${pathOf(language)}` }));
}

function languagesOf(snippets: readonly SnippetModel[]): readonly string[] {
  return [...new Set(snippets.map(languageOf))].toSorted();
}

function languageOf({ scope }: SnippetModel): string {
  return scope.split(",")[0] ?? scope;
}

function pathOf(language: string): string {
  return `${FOLDER}/${language}.code-snippets`;
}

function snippetFile(snippets: readonly CatalogSnippet[]): string {
  const entries = snippets.map((snippet) => [
    nameOf(snippet),
    {
      prefix: snippet.prefix,
      scope: snippet.scope,
      description: descriptionOf(snippet),
      ...(snippet.kind === "template" ? { isFileTemplate: true } : {}),
      ...(snippet.include === null ? {} : { include: snippet.include }),
      body: staticBody(snippet).split("\n"),
    },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The title, and the prefix where several share one. */
function nameOf({ title, prefix }: SnippetModel): string {
  return `${title} (${prefix})`;
}

function descriptionOf({ documentation, needs }: SnippetModel): string {
  const needed = needs.map(({ distribution, minimum }) => `${distribution}${minimum && ` ${minimum}+`}`);
  return needed.length === 0 ? documentation : `${documentation} Needs ${needed.join(" and ")}.`;
}

/** A file begins with its imports; a surrounding snippet cannot reach the top of the file. */
function staticBody({ kind, imports, body }: SnippetModel): string {
  return kind === "template" && imports.length > 0 ? `${imports.join("\n")}\n\n${body}` : body;
}

function dataFile(snippets: readonly CatalogSnippet[]): GeneratedFile {
  const models = snippets.map(({ source: _, path: __, ...model }) => model satisfies SnippetModel);
  const lines = [
    "/** All snippets. Generated from `snippets/catalog/` by `npm run gen`; do not edit. */",
    "",
    'import type { SnippetModel } from "./snippets.ts";',
    "",
    "/** Built when first asked for: the text is as large as a small library. */",
    "export const allSnippets = (): readonly SnippetModel[] =>",
    `  ${JSON.stringify(models, null, 2).replaceAll("\n", "\n  ")};`,
    "",
  ];
  return { path: DATA, text: lines.join("\n") };
}
