/** All taint models. */

import { databases } from "./databases.ts";
import { ldap, ldap3 } from "./directories.ts";
import { django } from "./django.ts";
import { cassandra, elasticsearch, mongo, neo4j, redis } from "./documents.ts";
import { fastapi } from "./fastapi.ts";
import { flask } from "./flask.ts";
import { anthropic, openai, otherModels } from "./language-models.ts";
import { archives, pickles, yaml } from "./loaders.ts";
import { lxml, stdlibXml, xpathLibraries } from "./markup.ts";
import { logs, mail, sheets } from "./messages.ts";
import { network } from "./network.ts";
import { python } from "./python.ts";
import { remoteShells } from "./remote-shells.ts";
import { templates } from "./templates.ts";
import type { TaintModel } from "./types.ts";
import { aiohttp, bottle, httpServer, tornado } from "./web-servers.ts";

export const TAINT_MODELS: readonly TaintModel[] = [
  python,
  django,
  fastapi,
  flask,
  aiohttp,
  tornado,
  bottle,
  httpServer,
  databases,
  mongo,
  elasticsearch,
  neo4j,
  cassandra,
  redis,
  network,
  remoteShells,
  templates,
  yaml,
  pickles,
  archives,
  lxml,
  stdlibXml,
  xpathLibraries,
  ldap,
  ldap3,
  logs,
  mail,
  sheets,
  openai,
  anthropic,
  otherModels,
];
