/** What the scan tells the client of closed files, one entry a file, so that nothing shows twice or lingers. */

import type { Connection } from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import type { ClosedFile } from "./closedFiles.ts";
import { uriOf } from "./paths.ts";
import { describe } from "./runSafe.ts";

export interface Told {
  has(path: string): boolean;
  paths(): readonly string[];
  /** Files whose findings rest on something that other files do not say any more. */
  stale(): readonly string[];
  /** Tells the findings of a file that was read; how many there are. */
  tell(path: string, file: ClosedFile | null): number;
  /** The scan answers for the file from now on, although it has not said anything of it yet. */
  claim(path: string): void;
  /** Takes back what was told. */
  forget(path: string): void;
}

export interface ToldOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly isOpen: (path: string) => boolean;
}

export function createTold({ connection, host, isOpen }: ToldOptions): Told {
  /** True where findings of a file are shown. */
  const shown = new Map<string, boolean>();
  const stands = new Map<string, () => boolean>();
  const diagnosticsOf = (path: string, file: ClosedFile | null) => {
    if (file === null || "problem" in file) return [];
    try {
      return file.analyse().map(({ diagnostic }) => diagnostic);
    } catch (fault) {
      host.log("error", `${path} cannot be analysed: ${describe(fault)}`);
      return [];
    }
  };
  return {
    has: (path) => shown.has(path),
    paths: () => [...shown.keys()],
    stale: () => [...stands].flatMap(([path, holds]) => (holds() ? [] : [path])),
    tell(path, file) {
      // It may have been opened while it was read.
      if (isOpen(path)) return 0;
      const diagnostics = diagnosticsOf(path, file);
      if (diagnostics.length > 0 || shown.get(path) === true) {
        void connection.sendDiagnostics({ uri: uriOf(path), diagnostics });
      }
      shown.set(path, diagnostics.length > 0);
      if (file !== null && "standing" in file) stands.set(path, file.standing());
      else stands.delete(path);
      return diagnostics.length;
    },
    claim: (path) => void shown.set(path, shown.get(path) ?? false),
    forget(path) {
      if (shown.get(path) === true) void connection.sendDiagnostics({ uri: uriOf(path), diagnostics: [] });
      shown.delete(path);
      stands.delete(path);
    },
  };
}
