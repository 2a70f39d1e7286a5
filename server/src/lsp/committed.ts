/** The texts of files as they were last committed, asked of the client, whose editor knows Git. */

import type { Connection } from "vscode-languageserver";
import {
  COMMITTED_TEXT_REQUEST,
  type CommittedTextParams,
  type CommittedTextResult,
} from "../protocol/messages.ts";
import { uriOf } from "./paths.ts";

export interface Committed {
  /** "" for a file that is not committed; null where nobody can tell: without Git, outside of a repository. */
  of(path: string): Promise<string | null>;
  /** A commit was made, or another one checked out. */
  changed(): void;
}

/** @param served true where the client answers such requests */
export function createCommitted(connection: Connection, served: boolean): Committed {
  let texts = new Map<string, Promise<string | null>>();
  const ask = async (path: string): Promise<string | null> => {
    const params: CommittedTextParams = { uri: uriOf(path) };
    try {
      const result = await connection.sendRequest<CommittedTextResult>(COMMITTED_TEXT_REQUEST, params);
      return result?.text ?? null;
    } catch {
      return null;
    }
  };
  return {
    of(path) {
      if (!served) return Promise.resolve(null);
      let text = texts.get(path);
      if (text === undefined) {
        text = ask(path);
        texts.set(path, text);
      }
      return text;
    },
    changed() {
      texts = new Map();
    },
  };
}
