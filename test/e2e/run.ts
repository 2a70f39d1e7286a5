/**
 * Runs the extension's suites in real VS Code.
 *
 *   node test/e2e/run.ts [--host desktop|web] [--suite NAME] [--grep REGEX] [--embedded]
 *
 * Desktop VS Code is taken where it can be downloaded and a display is there; else, or with `--embedded`, the same
 * extension host inside a VS Code server. Exits with 1 where a suite failed or did not report.
 */

import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { BrowserContext } from "playwright-core";
import { PROJECT_ROOT } from "../../server/tools/vscode/install.ts";
import { launchBrowser } from "./harness/browser.ts";
import { buildSuites } from "./harness/build.ts";
import { createHosts, type Hosts } from "./harness/hosts.ts";
import { type HostKind, SAMPLE, SESSIONS, type Session, WORKSPACES } from "./harness/sessions.ts";
import { STORIES } from "./outside/stories.ts";
import { tellStories } from "./outside/tell.ts";
import { VIEW_STORIES } from "./outside/view-stories.ts";

/** The name under which the stories from outside the window are asked for. */
const STORIES_NAME = "stories";

const log = (line: string): void => console.log(line);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      host: { type: "string" },
      suite: { type: "string" },
      grep: { type: "string", default: "" },
      embedded: { type: "boolean", default: false },
    },
  });
  const runs = SESSIONS.flatMap((session) => session.hosts.map((host) => ({ session, host }))).filter(
    ({ session, host }) =>
      (values.host ?? host) === host && (values.suite ?? session.suite) === session.suite,
  );
  if (runs.length === 0 && values.suite !== STORIES_NAME) throw new Error("No suite has that name and host.");
  for (const bundle of ["client/node.cjs", "client/browser.js", "server.js", "server.browser.js"])
    if (!existsSync(path.join(PROJECT_ROOT, "dist", bundle)))
      throw new Error(`dist/${bundle} is missing: run npm run build`);
  const modules = await buildSuites([...new Set(runs.map(({ session }) => session.suite))], values.grep);
  const hosts = await createHosts({ browser: () => launchBrowser(log), embedded: values.embedded, log });
  try {
    const failed: string[] = [];
    for (const { session, host } of runs) {
      const ok = await runSession(hosts, session, host, modules(session.suite));
      if (!ok) failed.push(`${session.suite} (${host})`);
    }
    if (values.suite === undefined || values.suite === STORIES_NAME)
      failed.push(...(await runStories(hosts, values.host, values.grep)));
    log(failed.length === 0 ? "All suites passed." : `FAILED: ${failed.join(", ")}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await hosts.dispose();
  }
}

/** Each suite gets a copy of its workspace, so that what one saves the next does not see. */
async function runSession(hosts: Hosts, session: Session, host: HostKind, tests: string): Promise<boolean> {
  const copy = mkdtempSync(path.join(os.tmpdir(), "stack-coach-workspace-"));
  try {
    cpSync(WORKSPACES, copy, { recursive: true });
    log(`\n${session.suite} in ${hosts.describe(host)}`);
    const started = Date.now();
    const code = await hosts.run(host, {
      session,
      tests,
      workspace: path.join(copy, session.workspace),
      extension: PROJECT_ROOT,
    });
    log(
      `${code === 0 ? "ok" : "FAILED"}: ${session.suite} (${host}), ${((Date.now() - started) / 1000).toFixed(1)} s`,
    );
    return code === 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The stories need a page to look at: desktop VS Code is told them in its server's window. */
async function runStories(hosts: Hosts, host: string | undefined, grep: string): Promise<string[]> {
  const failed: string[] = [];
  for (const kind of ["desktop", "web"] as const) {
    if (host !== undefined && host !== kind) continue;
    if (kind === "desktop" && process.platform !== "linux") {
      log("\nThe stories in a VS Code server are told on Linux only.");
      continue;
    }
    const stories = [...STORIES, ...VIEW_STORIES].filter(
      (story) => story.hosts.includes(kind) && new RegExp(grep, "i").test(story.name),
    );
    log(`\nstories in the window (${kind})`);
    const missed = await tellStories(stories, {
      host: kind,
      show: (look) => showSample(hosts, kind, look),
      log,
    });
    if (missed > 0) failed.push(`stories (${kind})`);
  }
  return failed;
}

/** A server of its own for each story, at an address of its own: a window remembers what happened in it before. */
async function showSample(
  hosts: Hosts,
  kind: HostKind,
  look: (browser: BrowserContext, url: string) => Promise<void>,
): Promise<void> {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), "stack-coach-story-")), "shop");
  cpSync(SAMPLE, folder, { recursive: true });
  try {
    await hosts.show(kind, { folder, extension: PROJECT_ROOT }, look);
  } finally {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

process.exitCode = await main();
