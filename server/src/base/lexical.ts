/** Carries strings, brackets and continued lines from line to line: just enough to tell where a comment can stand. */

export interface LexState {
  /** Closing brackets that are awaited, innermost last. */
  readonly brackets: string[];
  /** The delimiter of the string that is open, or "". */
  quote: string;
  /** True where the line ended in a backslash. */
  escaped: boolean;
}

/** The state where a statement begins. */
export function startOfLine(): LexState {
  return { brackets: [], quote: "", escaped: false };
}

const CLOSER: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Carries strings, brackets and line continuation over one line. Only what tells where a statement begins. */
export function advance(state: LexState, line: string): void {
  state.escaped = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (char === "\\") {
      if (at === line.length - 1) state.escaped = true;
      at++;
    } else if (state.quote !== "") {
      if (!line.startsWith(state.quote, at)) continue;
      at += state.quote.length - 1;
      state.quote = "";
    } else if (char === "#") {
      break;
    } else if (char === '"' || char === "'") {
      state.quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += state.quote.length - 1;
    } else if (CLOSER[char] !== undefined) {
      state.brackets.push(CLOSER[char]);
    } else if (char === state.brackets.at(-1)) {
      state.brackets.pop();
    }
  }
  // A plain string ends with its line unless a backslash carries it on.
  if (state.quote.length === 1 && !state.escaped) state.quote = "";
}

/**
 * The end of the first line, at or behind the one that holds `offset`, behind which a comment is a comment: not
 * inside a string, not behind a backslash.
 *
 * @param start where a statement begins, at or before `offset`
 */
export function commentableLineEnd(text: string, start: number, offset: number): number {
  const state = startOfLine();
  for (let from = start; ; ) {
    const rest = /\r\n|\r|\n/g;
    rest.lastIndex = from;
    const feed = rest.exec(text);
    const end = feed?.index ?? text.length;
    advance(state, text.slice(from, end));
    if (feed === null || (end >= offset && state.quote === "" && !state.escaped)) return end;
    from = rest.lastIndex;
  }
}
