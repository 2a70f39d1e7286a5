/** workspace/didChangeWatchedFiles: project files that hold configuration, and Python files, changed on disk. */

import { type DidChangeWatchedFilesParams, FileChangeType } from "vscode-languageserver";
import { CONFIG_FILE_NAMES } from "../../engine/config/resolve.ts";
import { baseNameOf, pathOf } from "../paths.ts";
import type { Session } from "../session.ts";

/** What the client is asked to watch. */
export const WATCHED_GLOBS = [
  ...CONFIG_FILE_NAMES.filter((name) => name !== "stack-coach.json").map((name) => `**/${name}`),
  "**/.vscode/stack-coach.json",
  "**/*.py",
  "**/*.ipynb",
  // What the checklist reads besides code.
  "**/*.{toml,lock,txt,in,cfg,ini,yml,yaml,json,md,rst,sh,tf,html}",
  "**/{Dockerfile,Containerfile,Procfile,Pipfile,Makefile,makefile,Justfile,justfile,CODEOWNERS}*",
  "**/.{gitignore,gitattributes,dockerignore,python-version,coveragerc,flake8,env,env.*}",
];

const HOW = {
  [FileChangeType.Created]: "created",
  [FileChangeType.Changed]: "changed",
  [FileChangeType.Deleted]: "deleted",
} as const;

export function didChangeWatchedFiles(session: Session, { changes }: DidChangeWatchedFilesParams): void {
  const names: readonly string[] = CONFIG_FILE_NAMES;
  const files = changes.map(({ uri, type }) => ({ path: pathOf(uri), type }));
  // A package that came or went changes the names of the modules in it.
  const structural = files.some(
    ({ path, type }) => baseNameOf(path) === "__init__.py" && type !== FileChangeType.Changed,
  );
  if (structural || files.some(({ path }) => names.includes(baseNameOf(path))))
    session.configurationChanged();
  for (const { path, type } of files) {
    session.projects.touched(path, HOW[type]);
    session.scans.touched(path);
    session.checklists.touched(path);
  }
}
