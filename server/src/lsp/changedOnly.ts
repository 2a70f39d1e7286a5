/** The setting `changedLinesOnly` for open files: of their findings those on lines that differ from the last commit. */

import { onChangedLines } from "../engine/changed.ts";
import type { Analyses, Analysis } from "./analyses.ts";
import type { Committed } from "./committed.ts";
import type { OpenFile } from "./documents.ts";

const NO_GIT =
  "stackCoach.changedLinesOnly has no effect here: nothing tells what is committed, so all advice is shown.";

/**
 * The same analyses, narrowed where the configuration of a file wants that.
 *
 * @param onUnknown hears of those that could not be narrowed
 */
export function onlyChanged(
  analyses: Analyses,
  committed: Committed,
  onUnknown: (file: OpenFile, analysis: Analysis) => void,
): Analyses {
  const narrowed = new WeakMap<Analysis, { readonly text: string | null; readonly analysis: Analysis }>();
  const narrow = async (file: OpenFile, look: Analyses["of"]): Promise<Analysis> => {
    for (;;) {
      const analysis = await look(file);
      if (!analysis.config.settings.changedLinesOnly || file.notebook) return analysis;
      const text = await committed.of(file.path);
      // Somebody typed while the client was asked: what was found stands no longer where it stood.
      if (analysis.version !== file.version()) continue;
      const known = narrowed.get(analysis);
      if (known?.text === text) return known.analysis;
      const findings = onChangedLines(analysis.findings, file.text(), text);
      const problem = analysis.problem ?? (text === null ? NO_GIT : null);
      const fresh = { ...analysis, findings, problem };
      narrowed.set(analysis, { text, analysis: fresh });
      if (text === null) onUnknown(file, fresh);
      return fresh;
    }
  };
  return {
    ...analyses,
    of: (file) => narrow(file, analyses.of),
    live: (file) => narrow(file, analyses.live),
  };
}
