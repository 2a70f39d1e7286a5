/** The ids of the commands, as package.json and the server's code actions name them. */

import { CONFIGURE_RULE_COMMAND, OPEN_GUIDE_COMMAND } from "../../../server/src/protocol/messages.ts";

export const COMMANDS = {
  scanWorkspace: "stackCoach.scanWorkspace",
  cancelScan: "stackCoach.cancelScan",
  explainHere: "stackCoach.explainHere",
  openGuide: OPEN_GUIDE_COMMAND,
  searchGuide: "stackCoach.searchGuide",
  showLog: "stackCoach.showLog",
  restartServer: "stackCoach.restartServer",
  showEffectiveConfig: "stackCoach.showEffectiveConfig",
  configureRule: CONFIGURE_RULE_COMMAND,
} as const;

/** Context keys that `when` clauses of package.json read. */
export const CONTEXT_KEYS = {
  /** The server answers. */
  ready: "stackCoach.ready",
  scanning: "stackCoach.scanning",
  hasAdviceAtCursor: "stackCoach.hasAdviceAtCursor",
} as const;
