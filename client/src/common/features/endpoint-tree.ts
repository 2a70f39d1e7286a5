/** The endpoint map in the side bar: there only where the workspace serves routes, and fetched only when it is shown. */

import { commands, Disposable, type LogOutputChannel, l10n, Uri, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import {
  ENDPOINTS_CHANGED_NOTIFICATION,
  ENDPOINTS_REQUEST,
  type EndpointEntry,
  type EndpointsResult,
} from "../../../../server/src/protocol/endpoints.ts";
import { COMMANDS, CONTEXT_KEYS, VIEWS } from "../commands.ts";
import { endpointNodes } from "../endpoints/nodes.ts";
import { soon } from "../soon.ts";
import { createNodeView } from "../tree/view.ts";

const REFRESH_MS = 400;
const NONE: EndpointsResult = { complete: true, endpoints: [] };

export function registerEndpointTree(client: BaseLanguageClient, log: LogOutputChannel): Disposable {
  let result = NONE;
  const node = createNodeView(VIEWS.endpoints, async () =>
    endpointNodes(result, {
      l10n,
      openLocation: COMMANDS.openLocation,
      placeText: (uri) => workspace.asRelativePath(Uri.parse(uri, true)),
    }),
  );
  const refresh = async (): Promise<void> => {
    if (!client.isRunning()) return;
    try {
      result = (await client.sendRequest<EndpointsResult | null>(ENDPOINTS_REQUEST, {})) ?? NONE;
    } catch (error) {
      log.warn(`The endpoints could not be asked for: ${String(error)}`);
      return;
    }
    await commands.executeCommand("setContext", CONTEXT_KEYS.hasEndpoints, result.endpoints.length > 0);
    node.view.description = result.endpoints.length > 0 ? String(result.endpoints.length) : "";
    node.refresh();
  };
  const later = soon(REFRESH_MS, () => void refresh());
  return Disposable.from(
    node,
    later,
    client.onNotification(ENDPOINTS_CHANGED_NOTIFICATION, () => later.run()),
    client.onDidChangeState(({ newState }) => newState === State.Running && later.run()),
    workspace.onDidChangeWorkspaceFolders(() => later.run()),
    commands.registerCommand(COMMANDS.openEndpointMap, () =>
      commands.executeCommand(`${VIEWS.endpoints}.focus`),
    ),
    commands.registerCommand(
      COMMANDS.openHandler,
      (given: { readonly subject?: EndpointEntry } | undefined) => {
        const entry = given?.subject;
        return entry && commands.executeCommand(COMMANDS.openLocation, entry.uri, entry.range);
      },
    ),
  );
}
