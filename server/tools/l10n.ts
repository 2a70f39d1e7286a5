/** Collects `l10n/bundle.l10n.json`: the messages of the client that translators start from. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Relative to the project's root. */
export const BUNDLE = "l10n/bundle.l10n.json";

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
