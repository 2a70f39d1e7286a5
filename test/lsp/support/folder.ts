/** Folders with files for a test, removed when it ends. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { URI } from "vscode-uri";

export interface TestFolder {
  readonly path: string;
  uri(name: string): string;
  write(name: string, content: string | Uint8Array): void;
}

export function createFolder(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): TestFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "coach-lsp-")));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { path, write, uri: (name) => URI.file(join(path, name)).toString() };
}
