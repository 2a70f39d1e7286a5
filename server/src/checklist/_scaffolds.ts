/** Edits that several items share: a starter manifest, and tables that are added to it. */

import type { EditContext, Plan } from "../engine/check.ts";

/** A `pyproject.toml` with the least that a project needs. */
export async function starterPyproject({ stack, read, inRoot }: EditContext): Promise<Plan> {
  const path = inRoot("pyproject.toml");
  const before = await read(path);
  if (before !== null && /^\[project\]/m.test(before))
    return { problem: "pyproject.toml describes the project already." };
  const name =
    stack.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "my-project";
  const table = `[project]\nname = "${name}"\nversion = "0.1.0"\nrequires-python = ">=3.12"\ndependencies = []\n\n[dependency-groups]\ndev = ["pytest", "ruff"]\n`;
  return {
    files: [
      {
        path,
        before,
        after: before === null ? table : appended(before, table),
      },
    ],
  };
}

/** A text with a block at its end, one blank line between. */
export function appended(before: string, block: string): string {
  const trimmed = before.replace(/\s+$/, "");
  return trimmed === "" ? block : `${trimmed}\n\n${block}`;
}
