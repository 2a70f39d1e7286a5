/** The suite that every host runs: coaching as a user meets it. */

import "../harness/mocha.ts";
import { runMocha } from "../harness/mocha.ts";
import { activate, extensionLog, IN_WEB } from "./support.ts";
import "./scenarios/typing.ts";
import "./scenarios/fixing.ts";
import "./scenarios/configuring.ts";
import "./scenarios/commands.ts";
import "./scenarios/notebook.ts";
import "./scenarios/snippets.ts";
import "./scenarios/crash.ts";

before(activate);

after(async function () {
  const failed = this.test?.parent?.suites.some((suite) =>
    suite.tests.some((test) => test.state === "failed"),
  );
  // On desktop the log is a file, which the harness prints.
  if (failed && IN_WEB) console.log(`[suite] ${await extensionLog()}`);
});

export const run = runMocha;
