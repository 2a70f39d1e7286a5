/** The ids of the commands, as package.json and the server's code actions name them. */

import { SEE_IT_BREAK_COMMAND, SHOW_PATH_COMMAND } from "../../../server/src/protocol/flowPath.ts";
import { CONFIGURE_RULE_COMMAND, OPEN_GUIDE_COMMAND } from "../../../server/src/protocol/messages.ts";

export const COMMANDS = {
  scanWorkspace: "stackCoach.scanWorkspace",
  cancelScan: "stackCoach.cancelScan",
  explainHere: "stackCoach.explainHere",
  showPath: SHOW_PATH_COMMAND,
  seeItBreak: SEE_IT_BREAK_COMMAND,
  openGuide: OPEN_GUIDE_COMMAND,
  searchGuide: "stackCoach.searchGuide",
  showLog: "stackCoach.showLog",
  restartServer: "stackCoach.restartServer",
  showEffectiveConfig: "stackCoach.showEffectiveConfig",
  configureRule: CONFIGURE_RULE_COMMAND,
  openGuidePage: "stackCoach.openGuidePage",
  openChecklist: "stackCoach.openChecklist",
  refreshChecklist: "stackCoach.refreshChecklist",
  nextStep: "stackCoach.nextStep",
  showStep: "stackCoach.showStep",
  answerQuestions: "stackCoach.answerQuestions",
  viewAsPath: "stackCoach.viewAsPath",
  viewAsSections: "stackCoach.viewAsSections",
  filterChecklist: "stackCoach.filterChecklist",
  scaffold: "stackCoach.scaffold",
  showCommand: "stackCoach.showCommand",
  insertItemSnippet: "stackCoach.insertItemSnippet",
  openItemGuide: "stackCoach.openItemGuide",
  markManual: "stackCoach.markManual",
  overrideItem: "stackCoach.overrideItem",
  editNote: "stackCoach.editNote",
  clearMark: "stackCoach.clearMark",
  markStepDone: "stackCoach.markStepDone",
  chooseRole: "stackCoach.chooseRole",
  resetRole: "stackCoach.resetRole",
  exportChecklist: "stackCoach.exportChecklist",
  copyReport: "stackCoach.copyReport",
  shareManual: "stackCoach.shareManual",
  openWalkthrough: "stackCoach.openWalkthrough",
  compareFrameworks: "stackCoach.compareFrameworks",
  chooseDatabase: "stackCoach.chooseDatabase",
  chooseQueue: "stackCoach.chooseQueue",
  openEndpointMap: "stackCoach.openEndpointMap",
  openHandler: "stackCoach.openHandler",
  ruffBridge: "stackCoach.ruffBridge",
  suppressionLedger: "stackCoach.suppressionLedger",
  reviewPack: "stackCoach.reviewPack",
  insertSnippet: "stackCoach.insertSnippet",
  newFromTemplate: "stackCoach.newFromTemplate",
  surroundWith: "stackCoach.surroundWith",
  /** Not contributed: what nodes of our trees call. */
  openLocation: "stackCoach.openLocation",
  showFindings: "stackCoach.showFindings",
  showItem: "stackCoach.showItem",
} as const;

/** The ids of the views. */
export const VIEWS = {
  checklist: "stackCoach.checklist",
  guide: "stackCoach.guide",
  endpoints: "stackCoach.endpoints",
} as const;

/** The walkthrough, as VS Code names it: the extension's id and its own. */
export const WALKTHROUGH = "stack-coach.stack-coach#stackCoach.path";

/** Context keys that `when` clauses of package.json read. */
export const CONTEXT_KEYS = {
  /** The server answers. */
  ready: "stackCoach.ready",
  scanning: "stackCoach.scanning",
  hasAdviceAtCursor: "stackCoach.hasAdviceAtCursor",
  /** `reading` until the server has told of the workspace's projects, then `none` or `found`. */
  projects: "stackCoach.projects",
  /** `sections` or `path`: how the checklist is arranged. */
  arrangement: "stackCoach.arrangement",
  /** A Ruff configuration governs the first folder. */
  hasRuff: "stackCoach.hasRuff",
  hasEndpoints: "stackCoach.hasEndpoints",
  roleOverridden: "stackCoach.roleOverridden",
  /** Followed by `.backend` and the like. */
  role: "stackCoach.role",
  /** Followed by `.1.done` and the like. */
  step: "stackCoach.step",
} as const;
