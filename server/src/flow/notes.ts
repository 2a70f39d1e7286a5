/** Notes at sinks: why what arrives there does no harm, in the words of whoever wrote the check. */

import { RISKS, type SinkModel } from "../models/taint/types.ts";
import type { Node } from "../syntax/ast.ts";
import { exactItems } from "./containers.ts";
import type { CallArguments, Frame, Run } from "./program.ts";
import { deepTaint, type State } from "./state.ts";
import { stepsOf, type TaintSet } from "./taint.ts";
import { onlyConsts, type Value } from "./value.ts";

/** How the steps begin at which a value is cleaned or checked. */
export const CLEANED = "cleaned by ";
export const CHECKED = "checked here";

/** More notes than this at the sinks of one root nobody reads. */
const MAX_NOTES = 100;

/** Records why a value that arrives in a sink is safe there, where that can be said. */
export function noteSafety(
  run: Run,
  frame: Frame,
  state: State,
  node: Node,
  sink: SinkModel,
  value: Value,
  args: CallArguments,
): void {
  if (run.notes.length >= MAX_NOTES) return;
  const text = reasonOf(state, sink, value, args);
  if (text === null) return;
  if (run.notes.some((note) => note.node === node && note.text === text)) return;
  run.notes.push({ node, file: frame.file, sink, text });
}

function reasonOf(state: State, sink: SinkModel, value: Value, args: CallArguments): string | null {
  const consts = onlyConsts(value);
  if (consts !== null && consts.length > 1) return `the value is one of ${consts.length} constants here`;
  const taint = deepTaint(state, value);
  if (taint.length === 0) return boundParameters(state, sink, args);
  if (sink.textOnly === true && exactItems(state, value) !== null)
    return "each value is an argument of its own, and no shell reads it";
  return clearedBy(sink, taint);
}

function boundParameters(state: State, sink: SinkModel, args: CallArguments): string | null {
  if (sink.risk !== "sql") return null;
  const values = [...args.args.slice(1), ...args.keywords.values()];
  const isBound = values.some((value) => deepTaint(state, value).length > 0);
  return isBound ? "what comes from outside is bound as a parameter, and never becomes text" : null;
}

/** The last place at which all of the taint lost the risk. */
function clearedBy(sink: SinkModel, taint: TaintSet): string | null {
  const bit = 1 << RISKS.indexOf(sink.risk);
  const [first] = taint;
  if (first === undefined || taint.some(({ cleared }) => (cleared & bit) === 0)) return null;
  const step = stepsOf(first).findLast(({ text }) => text.startsWith(CLEANED) || text === CHECKED);
  if (step === undefined) return `${first.label} cannot do harm here`;
  return step.text === CHECKED ? `${first.label} was checked` : `${first.label} was ${step.text}`;
}
