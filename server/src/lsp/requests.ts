/** Answers our own requests, `stackCoach/*`: a line each, in the order of their names. */

import { CancellationToken } from "vscode-languageserver";
import {
  CHECKLIST_EDIT_REQUEST,
  CHECKLIST_REQUEST,
  CHECKLIST_SHARE_REQUEST,
  CHECKLIST_TEXT_REQUEST,
} from "../protocol/checklist.ts";
import { ENDPOINTS_REQUEST } from "../protocol/endpoints.ts";
import { FINDINGS_REQUEST } from "../protocol/findings.ts";
import { FLOW_PATH_REQUEST } from "../protocol/flowPath.ts";
import { EFFECTIVE_CONFIG_REQUEST, EXPLAIN_REQUEST, SCAN_REQUEST } from "../protocol/messages.ts";
import { RUFF_BRIDGE_REQUEST } from "../protocol/ruffBridge.ts";
import { SNIPPET_TEXT_REQUEST, SNIPPETS_REQUEST } from "../protocol/snippets.ts";
import { SUPPRESSIONS_REQUEST } from "../protocol/suppressions.ts";
import { checklist, checklistText, NO_REPORTS, NO_TEXT } from "./handlers/checklist.ts";
import { checklistEdit, checklistShare, NO_EDIT } from "./handlers/checklistEdit.ts";
import { effectiveConfiguration } from "./handlers/effectiveConfiguration.ts";
import { endpoints, NO_ENDPOINTS } from "./handlers/endpoints.ts";
import { explain } from "./handlers/explain.ts";
import { findings, NOTHING_FOUND } from "./handlers/findings.ts";
import { flowPath } from "./handlers/flowPath.ts";
import { NO_BRIDGE, ruffBridge } from "./handlers/ruffBridge.ts";
import { NOTHING_SCANNED, scanWorkspace } from "./handlers/scanWorkspace.ts";
import { snippets, snippetText } from "./handlers/snippets.ts";
import { NO_SUPPRESSIONS, suppressions } from "./handlers/suppressions.ts";
import { runSafe } from "./runSafe.ts";
import type { Session } from "./session.ts";

type Handler<Params, Result> = (
  session: Session,
  params: Params,
  token: CancellationToken,
) => Promise<Result> | Result;

export function answerOwnRequests(session: Session): void {
  const { connection, host } = session;
  /** @param fallback answers where the work fails */
  const answer = <Params, Result>(name: string, fallback: Result, handle: Handler<Params, Result>): void => {
    connection.onRequest(name, (...given: Given<Params>) => {
      const [params, token] = paramsAndToken(given);
      return runSafe(host.log, name, token, fallback, () => handle(session, params, token));
    });
  };
  /** Being cancelled is a result here, not an error: the work hears of it and tells what it has. */
  const answerPartly = <Params, Result>(
    name: string,
    fallback: Result,
    handle: Handler<Params, Result>,
  ): void => {
    connection.onRequest(name, (...given: Given<Params>) => {
      const [params, token] = paramsAndToken(given);
      const never = CancellationToken.None;
      return runSafe(host.log, name, never, fallback, () => handle(session, params, token));
    });
  };
  answer(CHECKLIST_REQUEST, NO_REPORTS, checklist);
  answer(CHECKLIST_TEXT_REQUEST, NO_TEXT, checklistText);
  answer(CHECKLIST_EDIT_REQUEST, NO_EDIT, checklistEdit);
  answer(CHECKLIST_SHARE_REQUEST, NO_EDIT, checklistShare);
  answer(EFFECTIVE_CONFIG_REQUEST, null, effectiveConfiguration);
  answer(ENDPOINTS_REQUEST, NO_ENDPOINTS, endpoints);
  answer(EXPLAIN_REQUEST, null, explain);
  answer(FLOW_PATH_REQUEST, null, flowPath);
  answerPartly(FINDINGS_REQUEST, NOTHING_FOUND, findings);
  answer(RUFF_BRIDGE_REQUEST, NO_BRIDGE, ruffBridge);
  answerPartly(SCAN_REQUEST, NOTHING_SCANNED, scanWorkspace);
  answer(SNIPPET_TEXT_REQUEST, null, snippetText);
  answer(SNIPPETS_REQUEST, null, snippets);
  answerPartly(SUPPRESSIONS_REQUEST, NO_SUPPRESSIONS, suppressions);
}

/** A request without parameters hands over its token alone. */
type Given<Params> = [params: Params, token: CancellationToken] | [token: CancellationToken];

function paramsAndToken<Params>(given: Given<Params>): readonly [Params, CancellationToken] {
  return given.length === 1 ? [undefined as Params, given[0]] : given;
}
