/** Mocha inside the extension host: its browser build runs in Node and in a web worker alike. */

import "mocha/mocha.js";
import { REPORT_MARK } from "./report-mark.ts";

/** What the browser build leaves on the global object. */
interface MochaGlobals {
  Mocha: typeof import("mocha");
}

const globals = globalThis as unknown as MochaGlobals;
const mocha = createMocha();

function createMocha(): Mocha {
  const created = new globals.Mocha({ ui: "bdd", timeout: 20_000, color: false });
  const grep: string | undefined = process.env.E2E_GREP;
  if (grep) created.grep(new RegExp(grep, "i"));
  created.suite.emit("pre-require", globalThis, null, created);
  return created;
}

/** Runs what the imported files declared. @throws Error where a test failed or none ran. */
export function runMocha(): Promise<void> {
  const log = (line: string): void => console.log(`${REPORT_MARK}${line}`);
  mocha.reporter(function report(runner: Mocha.Runner) {
    const passed: string[] = [];
    const failed: string[] = [];
    runner.on("suite", (suite) => suite.title && log(`  ${suite.fullTitle()}`));
    runner.on("pass", (test) => {
      passed.push(test.title);
      log(`    ✓ ${test.title} (${test.duration} ms)`);
    });
    runner.on("fail", (test, error: Error) => {
      failed.push(test.title);
      log(`    ✗ ${test.title}\n${error.stack ?? error.message}`);
    });
    runner.on("pending", (test) => log(`    - ${test.title} (does not apply to this host)`));
    runner.on("end", () => log(`${passed.length} passed, ${failed.length} failed`));
  } as unknown as Mocha.ReporterConstructor);
  return new Promise((resolve, reject) => {
    // The browser build's own `run` reads the page's address, and neither host has a page.
    const runner = globals.Mocha.prototype.run.call(mocha, (failures: number) => {
      if (failures > 0) reject(new Error(`${failures} of the suite's tests failed`));
      else if (runner.stats?.tests === 0) reject(new Error("the suite held no test"));
      else resolve();
    });
  });
}
