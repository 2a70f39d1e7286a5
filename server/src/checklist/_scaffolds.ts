/** Edits that several items share: a starter manifest, tables that are added to it, new files. */

import { readToml, stringsOf, tableAt } from "../base/toml.ts";
import type { EditContext, Plan } from "../engine/check.ts";
import { PYTHON_RELEASES, supported } from "../models/releases.ts";

/** A `pyproject.toml` with the least that a project needs. */
export async function starterPyproject({ stack, read, inRoot }: EditContext): Promise<Plan> {
  const path = inRoot("pyproject.toml");
  const before = await read(path);
  if (before !== null && tableAt(readToml(path, before).data, "project") !== undefined) {
    return { problem: "pyproject.toml describes the project already." };
  }
  const name =
    stack.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "my-project";
  const table = `[project]
name = "${name}"
version = "0.1.0"
requires-python = ">=${oldestPython(stack.today)}"
dependencies = []

[dependency-groups]
dev = ["pytest", "ruff"]
`;
  return { files: [{ path, before, after: before === null ? table : appended(before, table) }] };
}

function oldestPython(today: string): string {
  return supported(PYTHON_RELEASES, today)[0]?.version ?? "3.12";
}

/** Sets `requires-python` below `[project]`. */
export async function requirePython(context: EditContext): Promise<Plan> {
  const path = context.inRoot("pyproject.toml");
  const before = await context.read(path);
  if (before === null) return starterPyproject(context);
  const { data, problems } = readToml(path, before);
  if (problems.length > 0) return { problem: "pyproject.toml does not parse, so nothing is added to it." };
  if (tableAt(data, "project")?.["requires-python"] !== undefined)
    return { problem: "requires-python is set already." };
  const line = `requires-python = ">=${oldestPython(context.stack.today)}"`;
  const after =
    tableAt(data, "project") === undefined
      ? null
      : before.replace(/^\[project\][^\n]*\n/m, (header) => `${header}${line}\n`);
  if (after === null || after === before) return { problem: "There is no [project] table to set it in." };
  return { files: [{ path, before, after }] };
}

/** A builder that adds a table to `pyproject.toml`, unless it is there. */
export function addTable(keys: readonly string[], block: string): (context: EditContext) => Promise<Plan> {
  return async ({ read, inRoot }) => {
    const path = inRoot("pyproject.toml");
    const before = await read(path);
    const { data, problems } = readToml(path, before ?? "");
    if (problems.length > 0) return { problem: "pyproject.toml does not parse, so nothing is added to it." };
    if (tableAt(data, ...keys) !== undefined)
      return { problem: `[${keys.join(".")}] is in pyproject.toml already.` };
    return { files: [{ path, before, after: appended(before ?? "", block) }] };
  };
}

export const addDevGroup = addTable(["dependency-groups"], `[dependency-groups]\ndev = ["pytest", "ruff"]\n`);

/** A builder that turns rules of Ruff on, beside those that are on by default. */
export function extendRuff(codes: readonly string[]): (context: EditContext) => Promise<Plan> {
  return async ({ read, inRoot }) => {
    const path = inRoot("pyproject.toml");
    const before = await read(path);
    const { data, problems } = readToml(path, before ?? "");
    if (problems.length > 0) return { problem: "pyproject.toml does not parse, so nothing is added to it." };
    const lint = tableAt(data, "tool", "ruff", "lint");
    const present = [...(stringsOf(lint?.select) ?? []), ...(stringsOf(lint?.["extend-select"]) ?? [])];
    const wanted = codes.filter((code) => !present.includes(code)).map((code) => `"${code}"`);
    if (wanted.length === 0) return { problem: "These rules are on already." };
    const line = `extend-select = [${wanted.join(", ")}]`;
    const text = before ?? "";
    const header = /^\[tool\.ruff\.lint\][ \t]*(?:#.*)?$/m;
    if (lint === undefined)
      return { files: [{ path, before, after: appended(text, `[tool.ruff.lint]\n${line}\n`) }] };
    const after =
      lint["extend-select"] === undefined
        ? text.replace(header, (found) => `${found}\n${line}`)
        : text.replace(/^(extend-select\s*=\s*\[)/m, (found) => `${found}${wanted.join(", ")}, `);
    return after === text
      ? { problem: "[tool.ruff.lint] is written in a way that no small edit fits." }
      : { files: [{ path, before, after }] };
  };
}

/** A builder that creates a file with this text, unless it is there. */
export function createFile(
  name: string,
  text: string | ((context: EditContext) => string),
): (context: EditContext) => Promise<Plan> {
  return async (context) => {
    const path = context.inRoot(name);
    if ((await context.read(path)) !== null) return { problem: `${name} is there already.` };
    return { files: [{ path, before: null, after: typeof text === "string" ? text : text(context) }] };
  };
}

/** Adds lines to the `.gitignore` of the project. */
export async function addToGitignore({ read, inRoot }: EditContext, lines: readonly string[]): Promise<Plan> {
  const path = inRoot(".gitignore");
  const before = await read(path);
  const present = new Set((before ?? "").split(/\r?\n/).map((line) => line.trim()));
  const wanted = lines.filter((line) => !present.has(line));
  if (wanted.length === 0) return { problem: "The lines are in .gitignore already." };
  return { files: [{ path, before, after: appended(before ?? "", `${wanted.join("\n")}\n`) }] };
}

/** A text with a block at its end, one blank line between. */
export function appended(before: string, block: string): string {
  const trimmed = before.replace(/\s+$/, "");
  return trimmed === "" ? block : `${trimmed}\n\n${block}`;
}
