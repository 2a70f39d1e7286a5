/** Keeps V8's compiled code of the bundles in the user's cache folder: the next start need not compile it again. */

import * as nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** What decides where a user's caches lie. */
export interface CachePlace {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The product's folder among the user's caches, where the platform has them. */
export function cacheFolder({ platform, env, home }: CachePlace): string {
  const base =
    platform === "win32"
      ? (env.LOCALAPPDATA ?? join(home, "AppData", "Local"))
      : platform === "darwin"
        ? join(home, "Library", "Caches")
        : (env.XDG_CACHE_HOME ?? join(home, ".cache"));
  return join(base, "stack-coach", "compiled");
}

/** When what was compiled is written down: most of it is compiled by then, and a server may later be killed. */
const FLUSH_MS = 3000;

/**
 * Turns the cache on for what is loaded from here on. Node before 22.1, which VS Code ran until 1.99, has none;
 * where the folder cannot be written, Node goes on without it.
 */
export function keepCompiledCode(): void {
  const { enableCompileCache, flushCompileCache } = nodeModule as Partial<typeof nodeModule>;
  try {
    enableCompileCache?.(cacheFolder({ platform: process.platform, env: process.env, home: homedir() }));
  } catch {
    // Without a home folder there is no place for caches.
    return;
  }
  if (flushCompileCache !== undefined) setTimeout(flushCompileCache, FLUSH_MS).unref();
}
