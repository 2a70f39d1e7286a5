/** Assembles the extension: one language client and the features around it, the same on desktop and web. */

import { type ExtensionContext, type LogOutputChannel, window } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { createMarks } from "./checklist/marks.ts";
import { createChecklistStore } from "./checklist/store.ts";
import { clientOptions } from "./client.ts";
import { registerAdviceAtCursor } from "./features/advice-at-cursor.ts";
import { registerChecklistActions } from "./features/checklist-actions.ts";
import { registerChecklistMarks } from "./features/checklist-marks.ts";
import { registerChecklistReport } from "./features/checklist-report.ts";
import { registerChecklistTree } from "./features/checklist-tree.ts";
import { registerChooseRole } from "./features/choose-role.ts";
import { registerCommittedTexts } from "./features/committed-texts.ts";
import { registerCompare } from "./features/compare.ts";
import { registerConfigureRule } from "./features/configure-rule.ts";
import { registerEffectiveConfiguration } from "./features/effective-configuration.ts";
import { registerEndpointTree } from "./features/endpoint-tree.ts";
import { registerExplain } from "./features/explain.ts";
import { type Guide, registerGuide } from "./features/guide.ts";
import { registerGuideTree } from "./features/guide-tree.ts";
import { registerHostProxy } from "./features/host-proxy.ts";
import { registerLanguageModelTools } from "./features/language-model-tools.ts";
import { registerLearningPath } from "./features/learning-path.ts";
import { registerLocations } from "./features/locations.ts";
import { registerReviewPack } from "./features/review-pack.ts";
import { registerRuffBridge } from "./features/ruff-bridge.ts";
import { registerScan } from "./features/scan.ts";
import { registerSectionFindings } from "./features/section-findings.ts";
import { registerServerControl } from "./features/server-control.ts";
import { registerShowPath } from "./features/show-path.ts";
import { registerSnippets } from "./features/snippets.ts";
import { registerStatus } from "./features/status.ts";
import { registerSuppressionLedger } from "./features/suppression-ledger.ts";
import { createRestartPolicy } from "./restart.ts";

/** What differs between the hosts: how a server is started. */
export interface Platform {
  /** Makes a client that is not started yet. */
  createClient(options: LanguageClientOptions): BaseLanguageClient;
  /** True where the server is a worker, which cannot read the extension's own files. */
  readonly inWorker: boolean;
}

/** Returns when the server answers; a server that does not start leaves the guide and the log usable. */
export async function activate(context: ExtensionContext, platform: Platform): Promise<void> {
  const log = window.createOutputChannel("Stack Coach", { log: true });
  const restarts = createRestartPolicy((message) => log.error(message), Date.now);
  const client = platform.createClient(clientOptions(context, platform, log, restarts));
  context.subscriptions.push(log, ...registerFeatures(context, client, log));
  context.subscriptions.push({ dispose: () => void stop(client, log) });
  await client.start().catch((error: unknown) => log.error(`The server did not start: ${String(error)}`));
}

function registerFeatures(context: ExtensionContext, client: BaseLanguageClient, log: LogOutputChannel) {
  const guide = registerGuide(context);
  return [
    guide,
    registerLocations(),
    registerScan(client, log),
    registerExplain(client, guide),
    registerShowPath(client, guide),
    registerAdviceAtCursor(),
    registerConfigureRule(context),
    registerEffectiveConfiguration(client),
    registerServerControl(client, log),
    registerHostProxy(client, context),
    registerCompare(guide),
    registerSnippets(client),
    registerCommittedTexts(client),
    registerReviewPack(client),
    registerSuppressionLedger(client),
    registerEndpointTree(client, log),
    ...registerChecklist(context, client, log, guide),
  ];
}

/** The checklist's features share what the server last told and what the user marked. */
function registerChecklist(
  context: ExtensionContext,
  client: BaseLanguageClient,
  log: LogOutputChannel,
  guide: Guide,
) {
  const marks = createMarks(context.workspaceState);
  const store = createChecklistStore(client, marks, log);
  const tree = registerChecklistTree(store, marks, guide);
  return [
    marks,
    store,
    tree,
    registerStatus(client, store),
    registerChecklistActions(client, store, guide),
    registerChecklistMarks(store, marks),
    registerChecklistReport(client, store, marks),
    registerChooseRole(store, marks),
    registerLearningPath(store, marks, tree),
    registerRuffBridge(client, store),
    registerSectionFindings(context),
    registerGuideTree(context, guide, store),
    registerLanguageModelTools(context, client, store, guide, log),
  ];
}

async function stop(client: BaseLanguageClient, log: LogOutputChannel): Promise<void> {
  if (client.needsStop())
    await client.stop().catch((error: unknown) => log.debug(`While stopping: ${String(error)}`));
}
