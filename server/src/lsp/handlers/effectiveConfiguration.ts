/** stackCoach/effectiveConfiguration: which configuration governs a file, and where each value comes from. */

import type { ContextClass } from "../../base/context-classes.ts";
import { describeConfig } from "../../engine/config/describe.ts";
import { classify } from "../../engine/contexts.ts";
import type { EffectiveConfigParams, EffectiveConfigResult } from "../../protocol/messages.ts";
import type { OpenFile } from "../documents.ts";
import { pathOf } from "../paths.ts";
import type { Session } from "../session.ts";

export async function effectiveConfiguration(
  session: Session,
  { textDocument }: EffectiveConfigParams,
): Promise<EffectiveConfigResult> {
  const { uri } = textDocument;
  const file = session.files.get(uri);
  const path = file?.path ?? pathOf(uri);
  const config = await session.configuration.of(path);
  const classes = file === undefined ? new Set<ContextClass>() : await classesOf(session, file);
  const problems = config.problems.map(({ path: at, line, message }) => ({
    key: "problem",
    value: message,
    source: `${at}:${line}`,
  }));
  const entries = [...problems, ...describeConfig(config, [...session.rules.values()], classes)];
  return { file: uri, contexts: [...classes], entries };
}

async function classesOf(
  { analyses, configuration }: Session,
  file: OpenFile,
): Promise<ReadonlySet<ContextClass>> {
  const { engineFile } = await analyses.live(file);
  if (engineFile === null) return new Set();
  const source = await configuration.sourceOf(file);
  return classify({
    relativePath: source.relativePath ?? "",
    moduleName: source.moduleName ?? "",
    notebook: file.notebook,
    tree: engineFile.tree,
  });
}
