#!/usr/bin/env node
/** The command line's entry point. */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { CHECKS } from "../checklist.generated.ts";
import { RULES } from "../registry.generated.ts";
import { runCommandLine } from "./command-line.ts";
import { createTerminal } from "./terminal.ts";

const scriptFolder = dirname(fileURLToPath(import.meta.url));

// The exit code is set, not forced: what is still on its way to a pipe gets there.
void runCommandLine(process.argv.slice(2), {
  ...{ rules: RULES, checks: CHECKS },
  ...{ scriptFolder, terminal: createTerminal() },
}).then((code) => {
  process.exitCode = code;
});
