/** stackCoach/suppressions: every comment of the workspace that silences advice, and what it still does. */

import type { CancellationToken } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { decodePython } from "../../base/decode.ts";
import type { Engine } from "../../engine/analyze.ts";
import { type Directive, readDirectives } from "../../engine/suppression/comments.ts";
import type { Sifted } from "../../engine/suppression/suppressions.ts";
import type { SuppressionEntry, SuppressionsResult } from "../../protocol/suppressions.ts";
import { listWorkspace } from "../listing.ts";
import { uriOf } from "../paths.ts";
import type { Session } from "../session.ts";
import { inSlices } from "../slices.ts";

export const NO_SUPPRESSIONS: SuppressionsResult = { entries: [], checked: 0, cancelled: true };

/** A quick look at the text: most files hold no such comment and are not parsed. */
const MAY_SUPPRESS = /#\s*(?:noqa|nosec|coach\s*:|ruff\s*:|flake8\s*[:=]|pylint\s*:)/i;

export async function suppressions(
  session: Session,
  _params: unknown,
  token: CancellationToken,
): Promise<SuppressionsResult> {
  const { host, configuration, folders } = session;
  const engine = await session.engine;
  await session.projects.ready();
  const { entries: files } = await listWorkspace({ host, configuration, folders: folders.all() });
  const entries: SuppressionEntry[] = [];
  let checked = 0;
  const read = ({ path }: { readonly path: string }) => textOf(session, path);
  await inSlices(host, files, read, async ({ path }, text) => {
    if (token.isCancellationRequested) return false;
    if (typeof text !== "string") return true;
    checked++;
    if (MAY_SUPPRESS.test(text)) entries.push(...(await entriesOf(session, engine, path, text)));
    return true;
  });
  return { entries, checked, cancelled: token.isCancellationRequested };
}

/** Null for what is left out, cannot be read, or is a notebook, whose comments have no line in a file. */
async function textOf({ files, host, configuration }: Session, path: string): Promise<string | null> {
  const { excluded, settings } = await configuration.of(path);
  if (excluded !== null || !settings.enable || path.endsWith(".ipynb")) return null;
  const open = files.byPath(path);
  if (open !== undefined) return open.text();
  const bytes = await host.readFile(path);
  if (bytes === null || bytes.length > settings.maxFileSizeKB * 1024) return null;
  const decoded = decodePython(bytes);
  return "problem" in decoded ? null : decoded.text;
}

async function entriesOf(
  { configuration, projects }: Session,
  engine: Engine,
  path: string,
  text: string,
): Promise<readonly SuppressionEntry[]> {
  const [config, source, project] = await Promise.all([
    configuration.of(path),
    configuration.sourceOf({ path, notebook: false }),
    projects.of(path),
  ]);
  const file = engine.open({ ...source, text }, project);
  try {
    const directives = file.tree.comments
      .flatMap(readDirectives)
      .filter(({ reach }) => reach !== "range-end");
    const { muted } = engine.report(file, config);
    const document = TextDocument.create("", "python", 0, text);
    return directives.map((directive) => entryOf(path, directive, muted, document));
  } finally {
    engine.close(file);
  }
}

function entryOf(
  path: string,
  directive: Directive,
  muted: Sifted["muted"],
  document: TextDocument,
): SuppressionEntry {
  const { comment, form, codes, reason, until } = directive;
  const mine = muted.filter(
    ({ by }) => by.directive.comment.start === comment.start && by.directive.form === form,
  );
  const silences = [...new Set(mine.map(({ finding }) => finding.ruleId))];
  return {
    uri: uriOf(path),
    range: { start: document.positionAt(comment.start), end: document.positionAt(comment.end) },
    text: comment.text,
    tool: form,
    codes,
    reason,
    until,
    silences,
    state: silences.length > 0 ? "used" : form === "coach" ? "stale" : "other",
  };
}
