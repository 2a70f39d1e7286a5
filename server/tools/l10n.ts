/**
 * Writes `l10n/bundle.l10n.json`, the messages of the client that translators start from:
 *
 *   node server/tools/l10n.ts           writes it
 *   node server/tools/l10n.ts --check   exits with 1 where it is stale
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BUNDLE = path.join(ROOT, "l10n", "bundle.l10n.json");

/** The messages in the client's calls of `l10n.t`, sorted, as VS Code's bundle format has them. */
export function bundleText(): string {
  const client = path.join(ROOT, "client", "src");
  const sources = readdirSync(client, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const messages = sources.flatMap((file) => messagesOf(readFileSync(path.join(client, file), "utf8")));
  const bundle = Object.fromEntries([...new Set(messages)].sort().map((message) => [message, message]));
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/** @throws Error where a message is not a plain string: it could not be translated. */
export function messagesOf(source: string): string[] {
  return [...source.matchAll(/\bl10n\.t\(\s*("(?:[^"\\\n]|\\.)*")?/g)].map(([call, literal]) => {
    if (literal === undefined) throw new Error(`l10n.t takes a plain string: ${call}`);
    const message: unknown = JSON.parse(literal);
    return String(message);
  });
}

function main(): void {
  const text = bundleText();
  if (!process.argv.includes("--check")) return writeFileSync(BUNDLE, text);
  if (readFileSync(BUNDLE, "utf8") === text) return;
  console.error("l10n/bundle.l10n.json is stale: run node server/tools/l10n.ts");
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
