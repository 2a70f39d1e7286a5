/** Imports of packages that no manifest asks for. Names that are not known to belong to a package are passed over. */

import { DISTRIBUTIONS } from "../models/distributions.ts";
import type { Stack } from "./stack.ts";
import type { Place } from "./types.ts";

export interface UndeclaredImport extends Place {
  readonly name: string;
  readonly distribution: string;
}

/** One entry a package, at its first import; guarded imports (`try: import …`) are optional and do not count. */
export function undeclaredImports(stack: Stack): readonly UndeclaredImport[] {
  const own = new Set(stack.code.flatMap(({ moduleName }) => moduleName.split(".")[0] ?? []));
  const declared = new Set(stack.dependencies.map(({ name }) => name));
  // What belongs to a declared package by name: the plug-ins of apache-airflow, opentelemetry's parts.
  const seen = new Set<string>();
  return stack.app.flatMap(({ path, imports, tries }) =>
    imports.flatMap(({ name, line, atLoad }) => {
      const top = name.split(".")[0] ?? "";
      const distributions = Object.hasOwn(DISTRIBUTIONS, top) ? DISTRIBUTIONS[top] : undefined;
      const distribution = distributions?.[0];
      if (distribution === undefined || !atLoad || seen.has(top) || own.has(top)) return [];
      if (distributions?.some((one) => declared.has(one)) || isGuarded(line, tries)) return [];
      seen.add(top);
      return [{ name: top, distribution, path, line }];
    }),
  );
}

/** `try` on the line before: the program does without where it is not installed. */
function isGuarded(line: number, tries: readonly number[]): boolean {
  return tries.some((start) => line > start && line - start <= 3);
}
