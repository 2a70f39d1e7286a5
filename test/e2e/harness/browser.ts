/** Drives the editor's window: opens the browser, runs an in-host suite in a page, keeps what a failure needs. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM_ARGS, ensureChromium } from "../../../server/tools/vscode/chromium.ts";
import { PROJECT_ROOT } from "../../../server/tools/vscode/install.ts";
import { REPORT_MARK } from "./report-mark.ts";

/** Screenshots land here; git ignores it. */
export const SCREENSHOTS = path.join(PROJECT_ROOT, "out", "screenshots");

/** A browser with a profile of its own, deleted at the end: VS Code keeps a window's state in it, as for a user. */
export async function launchBrowser(log: (line: string) => void): Promise<BrowserContext> {
  const executablePath = await ensureChromium(log);
  return chromium.launchPersistentContext("", {
    executablePath,
    args: [...CHROMIUM_ARGS],
    // The size of the README's pictures.
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
  });
}

export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const file = path.join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

export interface SuiteRun {
  readonly browser: BrowserContext;
  readonly url: string;
  /** Names the run in messages and in the failure's screenshot. */
  readonly name: string;
  /** Milliseconds until a suite that has not reported counts as failed. */
  readonly limitMs: number;
  readonly log: (line: string) => void;
}

/**
 * Opens a window that runs a suite and passes its console on.
 * @returns the suite's exit code; 1 with an explanation where it does not report within the limit.
 */
export async function runSuiteInPage(run: SuiteRun): Promise<number> {
  const page = await run.browser.newPage();
  const noise: string[] = [];
  let limit: NodeJS.Timeout | undefined;
  try {
    const reported = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    });
    await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
      const line = args.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(" ");
      if (line.startsWith(REPORT_MARK)) run.log(line.slice(REPORT_MARK.length));
      else noise.push(line);
    });
    const late = new Promise<"late">((resolve) => {
      limit = setTimeout(() => resolve("late"), run.limitMs);
    });
    await page.goto(run.url);
    const outcome = await Promise.race([reported, late]);
    if (outcome !== "late" && outcome === 0) return 0;
    const picture = await screenshot(page, `failure-${run.name}`);
    const what =
      outcome === "late" ? `did not report within ${run.limitMs / 1000} s` : `exited with ${outcome}`;
    run.log(`FAILED: the suite "${run.name}" ${what}; screenshot: ${picture}`);
    for (const line of noise.slice(-25)) run.log(`  window: ${line}`);
    return outcome === "late" ? 1 : outcome;
  } finally {
    clearTimeout(limit);
    await page.close();
  }
}
