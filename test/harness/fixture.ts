/**
 * Reads the literate fixtures of rules, `test/rules/<rule-id>.md`: headings group cases and say why, fenced
 * blocks hold the code, marks in it say what is expected where.
 *
 * A block `py` is a case of its own. Blocks `py path=app/models.py` under one heading are one project. A block
 * `toml config` is the pyproject.toml of all cases under its heading. `py fixed` is the case above it after
 * all fixes.
 */

/** A finding that must be there (or, for a todo, is known to be missed). */
export interface Expectation {
  /** Counted from 0, in the text without marks. */
  readonly line: number;
  readonly messageId: string;
  /** Checked where the mark names it: `# error: messageId (hint)`. */
  readonly severity: string | null;
}

/** A `# ^^^^` line: some finding on the line above covers exactly these columns. */
export interface SpanMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** The finding it belongs to, where several stand on the line. */
  readonly messageId: string | null;
  /** `# ^^^< text`: a step of the flow instead of the finding itself. */
  readonly step: boolean;
}

export interface FixtureFile {
  readonly path: string;
  /** The code without marks. */
  readonly text: string;
  readonly expected: readonly Expectation[];
  readonly todos: readonly Expectation[];
  readonly spans: readonly SpanMark[];
}

export interface FixtureCase {
  /** The headings that lead to the case, joined. */
  readonly title: string;
  /** Line of the fixture that its first block starts on, counted from 1. */
  readonly line: number;
  readonly files: readonly FixtureFile[];
  readonly config: string | null;
  /** The first file after all fixes, or null where the fixture does not say. */
  readonly fixed: string | null;
}

interface Block {
  readonly info: string;
  readonly text: string;
  readonly title: string;
  readonly line: number;
}

/** Reads a fixture. @throws Error that names the line, where it is malformed */
export function parseFixture(markdown: string): readonly FixtureCase[] {
  const cases: { -readonly [Key in keyof FixtureCase]: FixtureCase[Key] }[] = [];
  const configs = new Map<string, string>();
  const projects = new Map<string, number>();
  for (const block of readBlocks(markdown)) {
    const [language, ...words] = block.info.split(/\s+/);
    const path = words.find((word) => word.startsWith("path="))?.slice("path=".length);
    if (language === "toml" && words.includes("config")) {
      configs.set(block.title, block.text);
    } else if (language !== "py") {
      throw new Error(
        `line ${block.line}: a block is \`py\`, \`py fixed\` or \`toml config\`, not \`${block.info}\``,
      );
    } else if (words.includes("fixed")) {
      const last = cases.at(-1);
      if (last === undefined) throw new Error(`line ${block.line}: \`py fixed\` stands below no case`);
      last.fixed = block.text;
    } else if (path !== undefined && projects.has(block.title)) {
      const project = cases[projects.get(block.title) as number];
      if (project !== undefined) project.files = [...project.files, parseMarks(path, block.text)];
    } else {
      if (path !== undefined) projects.set(block.title, cases.length);
      const file = parseMarks(path ?? "example.py", block.text);
      cases.push({ title: block.title, line: block.line, files: [file], config: null, fixed: null });
    }
  }
  return cases.map((one) => ({ ...one, config: configs.get(one.title) ?? null }));
}

function readBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const headings: string[] = [];
  let open: { info: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    if (open !== null) {
      if (line.trimEnd() === "```") {
        const { info, lines, line: start } = open;
        const text = lines.map((it) => `${it}\n`).join("");
        blocks.push({ info, text, title: headings.filter(Boolean).join(" / "), line: start });
        open = null;
      } else {
        open.lines.push(line);
      }
      continue;
    }
    const heading = /^(#{1,6}) (.+)$/.exec(line);
    if (heading !== null) {
      const depth = (heading[1] as string).length;
      headings.length = depth;
      headings[depth - 1] = heading[2] as string;
      headings[0] = "";
    } else if (line.startsWith("```")) {
      open = { info: line.slice(3).trim(), line: index + 1, lines: [] };
    }
  }
  if (open !== null) throw new Error(`line ${open.line}: the block is never closed`);
  return blocks;
}

const TRAILING_MARK =
  /(?:^|\s+)#\s*(error|todo):\s*([\w-]+(?:\s*\([a-z]+\))?(?:\s*,\s*[\w-]+(?:\s*\([a-z]+\))?)*)\s*$/;
const SPAN_MARK = /^(\s*(?:#\s*)?)(\^+)(<?)\s*(\w*).*$/;

/** Takes the marks out of a block, so that rules see the code as a user would write it. */
export function parseMarks(path: string, marked: string): FixtureFile {
  const lines: string[] = [];
  const expected: Expectation[] = [];
  const todos: Expectation[] = [];
  const spans: SpanMark[] = [];
  for (const raw of marked.split("\n")) {
    const span = SPAN_MARK.exec(raw);
    if (span !== null) {
      const start = (span[1] as string).length;
      const step = span[3] === "<";
      const messageId = step || span[4] === "" ? null : (span[4] as string);
      spans.push({ line: lines.length - 1, start, end: start + (span[2] as string).length, messageId, step });
      continue;
    }
    let code = raw;
    let isMark = false;
    const found: [string, string][] = [];
    for (let mark = TRAILING_MARK.exec(code); mark !== null; mark = TRAILING_MARK.exec(code)) {
      code = code.slice(0, mark.index);
      isMark = code.trim() === "";
      for (const one of (mark[2] as string).split(",").reverse())
        found.unshift([mark[1] as string, one.trim()]);
    }
    // A mark alone on its line speaks of the line above, where no comment can stand.
    const line = isMark ? lines.length - 1 : lines.length;
    for (const [kind, text] of found) {
      const [, messageId = "", severity = null] = /^([\w-]+)(?:\s*\(([a-z]+)\))?$/.exec(text) ?? [];
      (kind === "todo" ? todos : expected).push({ line, messageId, severity });
    }
    if (!isMark) lines.push(code);
  }
  return { path, text: lines.join("\n"), expected, todos, spans };
}
