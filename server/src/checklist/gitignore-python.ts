/** Generated and private files ignored by git. */

import type { EditContext } from "../engine/check.ts";
import { defineCheck, found, lacks, missing, type Part, type Plan, weigh } from "../engine/check.ts";
import { ignores } from "../stack/ignored.ts";
import type { Stack } from "../stack/stack.ts";
import { appended } from "./_scaffolds.ts";

/** What a Python project has to ignore: a path that shows it, and the line to add. */
const WANTED: readonly (readonly [string, string, string])[] = [
  [".venv/pyvenv.cfg", ".venv/", "the virtual environment (.venv)"],
  ["shop/__pycache__/views.cpython-312.pyc", "__pycache__/", "compiled code (__pycache__)"],
  [".env", ".env", "private settings (.env)"],
];
const COVERAGE = [".coverage", ".coverage", "coverage data (.coverage)"] as const;

/** Caches of pytest, Ruff and mypy ignore themselves. */
function wanted(stack: Stack): typeof WANTED {
  const measures = stack.dep("coverage", "pytest-cov") !== undefined || stack.tool("coverage") !== null;
  return measures ? [...WANTED, COVERAGE] : WANTED;
}

export default defineCheck({
  id: "gitignore-python",
  title: "Generated and private files ignored",
  why: "no secrets or noise committed",
  section: "workflow",
  level: "must-have",
  roles: ["backend", "automation", "data", "full-stack"],
  guide: "workflow#git-basics",
  actions: [
    { kind: "edit", title: "Add what is not ignored yet to .gitignore", build: addGaps },
    { kind: "snippet", prefix: "ignore-git-python" },
  ],
  judge(stack) {
    const file = ignoreFile(stack);
    if (file === undefined) return missing("There is no .gitignore.");
    const place = { path: file.path, line: 1 };
    const tracked = stack.files
      .find(/(?:^|\/)\.env$/)
      .map((one) =>
        lacks(`${one.path} holds private settings and is not ignored`, { path: one.path, line: 1 }),
      );
    const ignored = ignores(linesOf(stack));
    const parts = wanted(stack).map(
      ([path, , what]): Part =>
        ignored(path) ? found(`${what} is ignored`, place) : lacks(`${what} is not ignored`, place),
    );
    return weigh([...parts, ...tracked]);
  },
});

function ignoreFile(stack: Stack) {
  return stack.texts.find(({ path, lines }) => lines !== null && isTop(path, stack.root));
}

/** The lines of all ignore files that lie in the project's root or above it. */
function linesOf(stack: Stack): readonly string[] {
  return stack.texts.flatMap(({ path, lines }) => (isTop(path, stack.root) ? (lines ?? []) : []));
}

function isTop(path: string, root: string): boolean {
  if (!/(?:^|\/)\.gitignore$/.test(path)) return false;
  const folder = path.slice(0, -".gitignore".length).replace(/\/$/, "");
  return folder === "" || folder === root || root.startsWith(`${folder}/`);
}

async function addGaps({ stack, read, inRoot }: EditContext): Promise<Plan> {
  const path = ignoreFile(stack)?.path ?? inRoot(".gitignore");
  const before = await read(path);
  const ignored = ignores([...linesOf(stack)]);
  const gaps = wanted(stack)
    .filter(([example]) => !ignored(example))
    .map(([, line]) => line);
  if (gaps.length === 0) return { problem: "Everything that should be ignored is." };
  const after = appended(before ?? "", `${gaps.join("\n")}\n`);
  return { files: [{ path, before, after }] };
}
