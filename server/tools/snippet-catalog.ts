/** Reads the snippets as people write them: `snippets/catalog/*.md`, one heading a snippet. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Requirement, SnippetKind, SnippetModel } from "../src/models/snippets.ts";
import { listProjectFiles, ROOT } from "./gen-shared.ts";

/** A snippet with what only its tests need. */
export interface CatalogSnippet extends SnippetModel {
  /** Where it stands, for messages. */
  readonly source: string;
  /** Where in a project its code would stand; decides which rules look at it. */
  readonly path: string;
}

/** All snippets, by file and heading. @throws Error naming the place of what cannot be read */
export function readSnippets(): readonly CatalogSnippet[] {
  return listProjectFiles("snippets/catalog", ".md")
    .toSorted()
    .flatMap((path) => parseCatalog(readFileSync(join(ROOT, path), "utf8"), path));
}

/**
 * Reads one catalogue page. A snippet is a `##` heading with its prefix (and, in brackets, its dialect), a
 * sentence, a list of facts and its code; a `python imports` block holds what goes to the top of the module.
 * Prefixes begin in lower case, so that headings inside of Markdown bodies are none.
 */
export function parseCatalog(text: string, path: string): readonly CatalogSnippet[] {
  return text
    .split(/^(?=## [a-z])/m)
    .slice(1)
    .flatMap((section) => dialects(section).map((dialect) => parseSnippet(dialect, path)));
}

const NEW_HTTPX = "httpx2";
const OLD_HTTPX = "httpx";

/** httpx and its successor share one interface: a snippet that says `{{httpx}}` is written once for both. */
function dialects(section: string): readonly string[] {
  if (!section.includes("{{httpx}}")) return [section];
  return [NEW_HTTPX, OLD_HTTPX].map((name) => section.replaceAll("{{httpx}}", name));
}

const KINDS: readonly string[] = ["insert", "template", "surround"] satisfies readonly SnippetKind[];

function parseSnippet(section: string, path: string): CatalogSnippet {
  const [heading = ""] = section.split("\n", 1);
  const prefix = /^## ([a-z][a-z0-9-]*)/.exec(heading)?.[1] ?? "";
  const source = `${path}: ${prefix || heading}`;
  const fail = (problem: string): never => {
    throw new Error(`${source}: ${problem}`);
  };
  const facts = new Map(
    [...section.matchAll(/^- (\w+): (.+)$/gm)].map((match) => [match[1], match[2] ?? ""]),
  );
  const fences = [...section.matchAll(/^(`{3,})(\S+)(?: (\w+))?\n(.*?)^\1$/gms)];
  const body = fences.find((fence) => fence[3] === undefined) ?? fail("no code");
  const imports = fences.find((fence) => fence[3] === "imports")?.[4] ?? "";
  const kind = facts.get("kind") ?? "insert";
  if (prefix === "") fail("the heading names no prefix");
  if (!KINDS.includes(kind)) fail(`no such kind: ${kind}`);
  const required = (key: string): string => facts.get(key) ?? fail(`no ${key}`);
  return {
    source,
    prefix,
    title: required("title"),
    documentation: /^## .*\n\n([^\n]+)\n/.exec(section)?.[1] ?? fail("no sentence below the heading"),
    scope: facts.get("scope") ?? body[2] ?? "",
    kind: kind as SnippetKind,
    needs: (facts.get("needs") ?? "").split(", ").flatMap((need) => requirement(need, fail)),
    guide: required("guide"),
    imports: imports.split("\n").filter((line) => line !== ""),
    body: (body[4] ?? "").trimEnd(),
    file: facts.get("file") ?? (kind === "template" ? fail("a template needs the name of its file") : null),
    include: facts.get("include") ?? null,
    path: facts.get("path") ?? facts.get("file") ?? "shop/example.py",
  };
}

function requirement(text: string, fail: (problem: string) => never): readonly Requirement[] {
  if (text === "") return [];
  const [, distribution = "", minimum = ""] =
    /^([a-z0-9-]+)(?:>=([\d.]+))?$/.exec(text) ?? fail(`cannot read the need "${text}"`);
  return [{ distribution, minimum, replaces: distribution === NEW_HTTPX ? [OLD_HTTPX] : [] }];
}
