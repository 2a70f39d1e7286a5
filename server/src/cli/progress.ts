/** The progress bar of a long scan, as one line of text. */

const BAR = 24;

/** @param columns width of the terminal; the line never fills it, so that it does not wrap */
export function progressLine(done: number, total: number, path: string, columns: number): string {
  const filled = total === 0 ? BAR : Math.round((done / total) * BAR);
  const head = `[${"#".repeat(filled)}${".".repeat(BAR - filled)}] ${done}/${total} `;
  const room = columns - 1 - head.length;
  if (room < 8) return head.slice(0, Math.max(0, columns - 1));
  return head + (path.length <= room ? path : `…${path.slice(path.length - room + 1)}`);
}
