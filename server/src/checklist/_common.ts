/** What many items ask alike: which roles they are for, and what kind of project they look at. */

import type { ProjectRole } from "../protocol/checklist.ts";
import type { Literal } from "../stack/code/facts.ts";
import type { Stack } from "../stack/stack.ts";
import type { Dependency, Place } from "../stack/types.ts";

export const EVERYONE: readonly ProjectRole[] = ["backend", "automation", "data", "full-stack"];
/** Those who serve requests. */
export const WEB: readonly ProjectRole[] = ["backend", "full-stack"];
/** Those who run services and pipelines. */
export const SERVICES: readonly ProjectRole[] = ["backend", "data", "full-stack"];
export const BACKEND_DATA: readonly ProjectRole[] = ["backend", "data"];
export const BACKEND_AUTOMATION_DATA: readonly ProjectRole[] = ["backend", "automation", "data"];
export const UNATTENDED: readonly ProjectRole[] = ["automation", "data"];

/** The web framework that the project asks for. */
export function webDependency(stack: Stack): Dependency | undefined {
  return stack.runtime("django", "flask", "fastapi", "litestar", "starlette", "sanic", "aiohttp", "tornado");
}

export function usesDjango(stack: Stack): boolean {
  return (
    stack.runtime("django", "djangorestframework", "django-ninja") !== undefined ||
    stack.imports("django") !== undefined
  );
}

/** True where the code answers HTTP requests. */
export function hasRoutes(stack: Stack): boolean {
  return stack.routes().length > 0;
}

const SQL_PACKAGES = [
  "sqlalchemy",
  "sqlmodel",
  "flask-sqlalchemy",
  "psycopg",
  "psycopg2",
  "psycopg2-binary",
  "psycopg-binary",
  "asyncpg",
  "mysqlclient",
  "pymysql",
  "aiomysql",
  "aiosqlite",
  "oracledb",
  "pyodbc",
  "peewee",
  "tortoise-orm",
  "databases",
];

/** What shows that the project keeps data in a relational database. */
export function sqlPlace(stack: Stack): Place | undefined {
  return (
    stack.runtime(...SQL_PACKAGES) ??
    stack.setting("DATABASES")[0] ??
    stack.setting("SQLALCHEMY_DATABASE_URI")[0]
  );
}

/** `3 of 12 routes (25 %)`. */
export function share(some: number, all: number, what: string): string {
  return `${some} of ${all} ${what} (${all === 0 ? 0 : Math.round((100 * some) / all)} %)`;
}

/** All texts in a literal, however deep. */
export function textsIn(literal: Literal | undefined): readonly string[] {
  switch (literal?.kind) {
    case "constant":
      return typeof literal.value === "string" ? [literal.value] : [];
    case "list":
      return literal.items.flatMap(textsIn);
    case "dict":
      return literal.entries.flatMap(([key, value]) => [key, ...textsIn(value)]);
    case "reference":
      return [literal.name];
    default:
      return [];
  }
}

/** The value of a key in a literal table, or undefined. */
export function entryOf(literal: Literal | undefined, key: string): Literal | undefined {
  return literal?.kind === "dict" ? literal.entries.find(([name]) => name === key)?.[1] : undefined;
}

/** The text of a constant, or of what the environment gives where nothing is set. */
export function textOf(literal: Literal | undefined): string | undefined {
  if (literal?.kind === "environment")
    return literal.fallback === null ? undefined : textOf(literal.fallback);
  return literal?.kind === "constant" && typeof literal.value === "string" ? literal.value : undefined;
}

/** The constant itself; undefined for everything else. */
export function constantOf(literal: Literal | undefined): string | number | boolean | null | undefined {
  return literal?.kind === "constant" ? literal.value : undefined;
}

/** A file as a place. */
export function atFile(file: { readonly path: string } | undefined): Place | undefined {
  return file && { path: file.path, line: 1 };
}

/** True for a package that others install rather than a program that somebody runs. */
export function isLibrary(stack: Stack): boolean {
  const data = stack.pyproject?.toml?.data ?? {};
  const builds =
    "build-system" in data ||
    stack.manifests.some(({ format }) => format === "setup.py" || format === "setup.cfg");
  const published =
    JSON.stringify(data).includes("classifiers") ||
    stack.step(
      /\b(?:twine upload|pypa\/gh-action-pypi-publish|uv publish|poetry publish|flit publish|hatch publish|pdm publish)\b/,
    ) !== undefined;
  const runs =
    stack.dockerfiles.length > 0 || stack.files.has("manage.py") || stack.files.top(/^Procfile/).length > 0;
  return builds && published && !runs && !hasRoutes(stack);
}

/** Headings of a Markdown or reStructuredText file, in lower case, with their lines. */
export function headingsOf(
  lines: readonly string[],
): readonly { readonly text: string; readonly line: number }[] {
  return lines.flatMap((text, index) => {
    const markdown = /^#{1,6}\s+(.+?)\s*#*$/.exec(text)?.[1];
    const underlined =
      /^(?:[=\-~^"'`#*+]){3,}\s*$/.test(lines[index + 1] ?? "") && text.trim() !== "" ? text : undefined;
    const heading = markdown ?? underlined;
    return heading === undefined ? [] : [{ text: heading.toLowerCase(), line: index + 1 }];
  });
}
