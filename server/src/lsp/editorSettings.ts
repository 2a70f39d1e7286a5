/** The editor's settings, folder by folder, as the client tells them; kept until it says that they changed. */

import { type Connection, DidChangeConfigurationNotification } from "vscode-languageserver";
import type { ClientTraits } from "./traits.ts";

export interface EditorValues {
  /** What stands below `stackCoach.`, nested as the client nests it; not checked yet. */
  readonly values: unknown;
  /** Globs of `files.exclude` that are on. */
  readonly filesExclude: readonly string[];
}

export interface EditorSettings {
  /** The values for a workspace folder (its URI), or for files outside of all folders (null). Never rejects. */
  of(folderUri: string | null): Promise<EditorValues>;
  /** Forgets what was asked for; `settings` are those that a client without `workspace/configuration` sends. */
  changed(settings: unknown): void;
  /** Asks to hear of changes, where the client wants to be asked. */
  register(): void;
}

const SECTIONS = ["stackCoach", "files.exclude"];
const NONE: EditorValues = { values: {}, filesExclude: [] };

/** @param initial values from the initialization options, for clients that answer no requests. */
export function createEditorSettings(
  connection: Connection,
  traits: ClientTraits,
  initial: unknown,
): EditorSettings {
  const asked = new Map<string | null, Promise<EditorValues>>();
  let pushed: EditorValues = { ...NONE, values: initial ?? {} };

  const ask = async (folderUri: string | null): Promise<EditorValues> => {
    const scope = folderUri === null ? {} : { scopeUri: folderUri };
    try {
      const answer: unknown = await connection.workspace.getConfiguration(
        SECTIONS.map((section) => ({ ...scope, section })),
      );
      const [values, exclude] = Array.isArray(answer) ? answer : [];
      return { values: values ?? initial ?? {}, filesExclude: enabledGlobs(exclude) };
    } catch (fault) {
      connection.console.warn(`The client did not tell its settings: ${String(fault)}`);
      return pushed;
    }
  };

  return {
    of(folderUri) {
      if (!traits.configuration) return Promise.resolve(pushed);
      let answer = asked.get(folderUri);
      if (answer === undefined) {
        answer = ask(folderUri);
        asked.set(folderUri, answer);
      }
      return answer;
    },
    changed(settings) {
      asked.clear();
      const own = asRecord(settings)?.stackCoach;
      if (own !== undefined) pushed = { ...pushed, values: own };
    },
    register() {
      if (!traits.configuration || !traits.configurationRegistration) return;
      void connection.client
        .register(DidChangeConfigurationNotification.type, { section: SECTIONS })
        .catch((fault: unknown) => connection.console.warn(`Settings are not watched: ${String(fault)}`));
    },
  };
}

/** The globs of VS Code's `files.exclude` that are simply on; those with a `when` depend on sibling files. */
function enabledGlobs(exclude: unknown): readonly string[] {
  return Object.entries(asRecord(exclude) ?? {}).flatMap(([glob, on]) => (on === true ? [glob] : []));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}
