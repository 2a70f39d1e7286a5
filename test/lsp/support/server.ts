/** The language server with the tests' own rules, over stdio: all else is as it ships. */

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { CHECKS } from "../../../server/src/checklist.generated.ts";
import { createConsoleLog } from "../../../server/src/lsp/console.ts";
import { startServer } from "../../../server/src/lsp/server.ts";
import { createNodeHost } from "../../../server/src/node/host.ts";
import { TEST_RULES } from "./rules.ts";

const connection = createConnection(ProposedFeatures.all);
const log = createConsoleLog(connection);
startServer(connection, createNodeHost({ scriptFolder: import.meta.dirname, log }), {
  rules: TEST_RULES,
  checks: CHECKS,
});
