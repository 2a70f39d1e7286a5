/** What is told of flows in hovers and pages: the way, why a sink is safe, and what a hostile value would do. */

import type { Finding } from "../engine/finding.ts";
import type { SafeSink } from "../engine/flow-advice.ts";
import { SEE_IT_BREAK_COMMAND, SHOW_PATH_COMMAND } from "../protocol/flowPath.ts";
import type { OpenFile } from "./documents.ts";
import type { Session } from "./session.ts";

/** Steps shown in a hover: the source, and the last ones. */
const MAX_STEPS = 6;

/** The way of a flow as a numbered list, with ways to step through it. @param links whether commands may be named */
export function wayMarkdown({ related }: Finding, file: OpenFile, links: boolean): string {
  const shown =
    related.length <= MAX_STEPS ? related : [...related.slice(0, 1), ...related.slice(1 - MAX_STEPS)];
  const lines = shown.map(({ path, span, message }, i) => {
    const line = path === undefined ? file.place(span)?.range.start.line : undefined;
    const where =
      path !== undefined ? ` (${path.split("/").at(-1)})` : line === undefined ? "" : ` (line ${line + 1})`;
    return `${i + 1}. ${message}${where}`;
  });
  const footer = links
    ? `\n\n[Show the path](command:${SHOW_PATH_COMMAND}) · [See it break](command:${SEE_IT_BREAK_COMMAND})`
    : "";
  return `**The way of the data**\n\n${lines.join("\n")}${footer}`;
}

/** Why nothing happens at a sink. */
export function safeMarkdown({ sink, reason }: SafeSink): string {
  return `**Safe here:** ${sink} gets data from outside nearby, but ${reason}.`;
}

/** The user's text with a hostile value in it, or null. */
export async function breakageMarkdown(
  session: Session,
  file: OpenFile,
  finding: Finding,
): Promise<string | null> {
  const { engineFile } = await session.analyses.live(file);
  if (engineFile === null) return null;
  const found = (await session.engine).breakage(engineFile, finding);
  if (found === null) return null;
  const { source, sample, text, language, effect } = found;
  return `With ${code(sample)} as ${source}, it reads:\n\n\`\`\`\`${language}\n${text}\n\`\`\`\`\n\n${effect} Nothing was run.`;
}

function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}
