/** Long work over many items in slices, so that requests for open files hardly wait for it. */

import type { Host } from "../base/host.ts";

/** Items that are read ahead of the one that is worked on. */
const READ_AHEAD = 4;
/** A slice ends with the first item that is done after this long. */
const SLICE_MS = 8;

/**
 * Reads items a few ahead and works on them one after the other, in order.
 *
 * @param read may fail: the work is then handed the error
 * @param work returns false to stop
 */
export async function inSlices<Item, Read>(
  host: Pick<Host, "now">,
  items: readonly Item[],
  read: (item: Item) => Promise<Read>,
  work: (item: Item, value: Read | Error) => Promise<boolean>,
): Promise<void> {
  const settled = (item: Item): Promise<Read | Error> => read(item).catch(toError);
  const ahead: Promise<Read | Error>[] = items.slice(0, READ_AHEAD).map(settled);
  let sliceStart = host.now();
  for (const [index, item] of items.entries()) {
    const value = await (ahead.shift() as Promise<Read | Error>);
    const next = items[index + READ_AHEAD];
    if (next !== undefined) ahead.push(settled(next));
    const goesOn = await work(item, value);
    if (!goesOn) return;
    if (host.now() - sliceStart < SLICE_MS) continue;
    await nextTurn();
    sliceStart = host.now();
  }
}

function toError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error(String(fault));
}

/** Lets the event loop go round: messages that have come in meanwhile are handled before this resolves. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
