/** Tells the stories to a host, one after the other, and reports as the suites do. */

import type { BrowserContext } from "playwright-core";
import { screenshot } from "../harness/browser.ts";
import type { HostKind } from "../harness/sessions.ts";
import { photographer, type Story } from "./stories.ts";
import { openWindow } from "./window.ts";

/** A story that is not told to its end by then has failed. */
const LIMIT_MS = 180_000;

export interface Telling {
  readonly host: HostKind;
  /** Serves a fresh window for as long as it is looked at. */
  show(look: (browser: BrowserContext, url: string) => Promise<void>): Promise<void>;
  readonly log: (line: string) => void;
}

/** @returns the number of stories that failed */
export async function tellStories(stories: readonly Story[], telling: Telling): Promise<number> {
  let failed = 0;
  for (const story of stories) {
    const started = Date.now();
    const error = await tell(story, telling);
    if (error === null) telling.log(`    ✓ ${story.name} (${Date.now() - started} ms)`);
    else {
      failed += 1;
      telling.log(`    ✗ ${story.name}\n${error}`);
    }
  }
  telling.log(`${stories.length - failed} passed, ${failed} failed`);
  return failed;
}

/** @returns null, or what went wrong */
async function tell(story: Story, { host, show }: Telling): Promise<string | null> {
  try {
    await show((browser, url) => tellInWindow(story, host, browser, url));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function tellInWindow(
  story: Story,
  host: HostKind,
  browser: BrowserContext,
  url: string,
): Promise<void> {
  const page = await browser.newPage();
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`not told within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  const told = async (): Promise<void> => {
    const window = await openWindow(page, url);
    await story.run(window, photographer(window, host));
  };
  try {
    await Promise.race([told(), late]);
  } catch (error) {
    const picture = await screenshot(page, `failure-${host}-${story.name.replace(/\W+/g, "-")}`).catch(
      String,
    );
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n      screenshot: ${picture}`,
    );
  } finally {
    clearTimeout(limit);
    await page.close();
  }
}
