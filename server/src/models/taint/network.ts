/** Taint in HTTP clients: which argument decides where a request goes, and what comes back. */

import type { SinkModel, TaintModel } from "./types.ts";

const VERBS = ["get", "post", "put", "patch", "delete", "head", "options"];

const CLIENTS = [
  "requests",
  "requests.Session",
  "requests.sessions.Session",
  "httpx",
  "httpx.Client",
  "httpx.AsyncClient",
  "aiohttp.ClientSession",
];

const verbSinks = CLIENTS.flatMap((client) => [
  ...VERBS.map(
    (verb): SinkModel => ({ name: `${client}.${verb}`, risk: "ssrf", args: [{ at: 0, name: "url" }] }),
  ),
  { name: `${client}.request`, risk: "ssrf", args: [{ at: 1, name: "url" }] } satisfies SinkModel,
  { name: `${client}.stream`, risk: "ssrf", args: [{ at: 1, name: "url" }] } satisfies SinkModel,
]);

export const network: TaintModel = {
  library: "network",
  sources: CLIENTS.slice(0, 6).flatMap((client) =>
    VERBS.map((verb) => ({
      name: `${client}.${verb}`,
      kind: "remote" as const,
      label: "the answer of another server",
    })),
  ),
  sinks: [
    ...verbSinks,
    { name: "urllib3.PoolManager.request", risk: "ssrf", args: [{ at: 1, name: "url" }] },
    { name: "websockets.connect", risk: "ssrf", args: [{ at: 0, name: "uri" }] },
    { name: "feedparser.parse", risk: "ssrf", args: [{ at: 0 }] },
  ],
};
