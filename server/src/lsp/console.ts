/** The log of the server: the client's output channel. */

import type { Connection } from "vscode-languageserver";
import type { Host, LogLevel } from "../base/host.ts";

/** Messages are shown nowhere but in the log: nothing that goes wrong here is worth a message box. */
export function createConsoleLog(connection: Connection): Host["log"] {
  const { console } = connection;
  const write: Readonly<Record<LogLevel, (message: string) => void>> = {
    error: (message) => console.error(message),
    warning: (message) => console.warn(message),
    info: (message) => console.info(message),
    debug: (message) => console.debug(message),
  };
  return (level, message) => write[level](message);
}
