/** The endpoint maps of the workspace's folders, and the news that one of them changed. */

import type { Connection } from "vscode-languageserver";
import type { Host } from "../base/host.ts";
import { endpointMap } from "../engine/endpoint-map.ts";
import type { Finding } from "../engine/finding.ts";
import type { Project } from "../engine/project/project.ts";
import { ENDPOINTS_CHANGED_NOTIFICATION, type EndpointsResult } from "../protocol/endpoints.ts";
import { coalesce } from "./coalesce.ts";
import type { Folders } from "./folders.ts";
import { uriOf } from "./paths.ts";
import { runQuietly } from "./runSafe.ts";

export interface EndpointMaps {
  /** The routes of the folders that are being read; of one folder where its URI is given. */
  current(folderUri?: string): EndpointsResult;
  /** Files, or what is found in them, may have changed: who asked before hears of it, if the map did. */
  changed(): void;
}

export interface EndpointMapsOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly folders: Folders;
  readonly known: (path: string) => Project | undefined;
  /** What was found last in a file that is open. */
  readonly findingsOf: (path: string) => readonly Finding[];
}

/** Longer than a pause between two words: the map is looked at, not typed against. */
const DELAY_MS = 700;

export function createEndpointMaps(options: EndpointMapsOptions): EndpointMaps {
  const { connection, host, folders, known, findingsOf } = options;
  /** The answer that was given last, as text; null before the first question. */
  let told: string | null = null;

  const current = (folderUri?: string): EndpointsResult => {
    const wanted = folders.all().filter(({ uri }) => folderUri === undefined || uri === folderUri);
    const maps = wanted.map(({ path }) => {
      const project = known(`${path}/`);
      return project === undefined ? null : endpointMap(project, { uriOf, findingsOf });
    });
    return {
      complete: maps.length > 0 && maps.every((map) => map?.complete === true),
      endpoints: maps.flatMap((map) => map?.endpoints ?? []),
    };
  };
  const look = coalesce(DELAY_MS, () => {
    void runQuietly(host.log, "Looking at the endpoints", async () => {
      if (told === null || JSON.stringify(current()) === told) return;
      await connection.sendNotification(ENDPOINTS_CHANGED_NOTIFICATION);
    });
  });
  return {
    current(folderUri) {
      const result = current(folderUri);
      told = JSON.stringify(folderUri === undefined ? result : current());
      return result;
    },
    changed() {
      if (told !== null) look();
    },
  };
}
