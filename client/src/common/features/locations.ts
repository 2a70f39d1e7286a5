/** Shows a place in a file: what nodes of our trees do when they are clicked. */

import { commands, type Disposable, Range, Uri, window } from "vscode";
import { COMMANDS } from "../commands.ts";

/** A range as LSP and our protocol have it. */
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export function registerLocations(): Disposable {
  return commands.registerCommand(
    COMMANDS.openLocation,
    async (uri: Uri | string, range: PlainRange | null): Promise<void> => {
      const target = typeof uri === "string" ? Uri.parse(uri, true) : uri;
      // Not `showTextDocument`: a notebook, a picture or a lock file too large for the editor opens as it should.
      await commands.executeCommand("vscode.open", target, { preview: true, ...selectionOf(range) });
      if (range !== null) reveal(target, rangeOf(range));
    },
  );
}

/** An editor that was open already scrolls only when it is told. */
function reveal(uri: Uri, range: Range): void {
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  editor?.revealRange(range);
}

function selectionOf(range: PlainRange | null): { readonly selection?: Range } {
  return range === null ? {} : { selection: rangeOf(range) };
}

export function rangeOf({ start, end }: PlainRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
