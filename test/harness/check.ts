/** Runs one fixture case and says, readably, what differs from its marks. */

import type { Engine } from "../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG, type FileConfig } from "../../server/src/engine/config/types.ts";
import { applyEdits } from "../../server/src/engine/edits.ts";
import type { Finding } from "../../server/src/engine/finding.ts";
import type { Project } from "../../server/src/engine/project/project.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import type { Span } from "../../server/src/syntax/tree.ts";
import type { FixtureCase, FixtureFile, SpanMark } from "./fixture.ts";

/** What is wrong with a case, one entry a difference; empty where it holds. */
export function checkCase(
  engine: Engine,
  fixture: FixtureCase,
  configs: ReadonlyMap<string, FileConfig>,
): readonly string[] {
  const configFor = ({ path }: FixtureFile) => configs.get(path) ?? DEFAULT_CONFIG;
  const project = projectOf(engine, fixture.files);
  const problems = fixture.files.flatMap((file) => checkFile(engine, file, configFor(file), project));
  const [first] = fixture.files;
  if (first !== undefined && fixture.fixed !== null) {
    problems.push(...checkFixed(engine, first, fixture.fixed, configFor(first), project));
  }
  return problems;
}

/** A project of the given files that has been read to the end. */
export function projectOf(engine: Engine, files: readonly Pick<FixtureFile, "path" | "text">[]): Project {
  const project = engine.createProject("/project");
  for (const file of files) {
    const { text, ...identity } = sourceOf(file);
    project.files.put({ ...identity, notebook: false }, text);
  }
  project.files.setComplete(true);
  return project;
}

function checkFile(
  engine: Engine,
  file: FixtureFile,
  config: FileConfig,
  project: Project,
): readonly string[] {
  const findings = [...engine.analyze(sourceOf(file), config, project)];
  const lines = createLines(file.text);
  const problems: string[] = [];
  const unmatched = new Set(findings);
  const takeAt = (line: number, messageId: string): Finding | undefined => {
    const hit = [...unmatched].find(
      (finding) => finding.messageId === messageId && lines.at(finding.span.start).line === line,
    );
    if (hit !== undefined) unmatched.delete(hit);
    return hit;
  };
  for (const { line, messageId, severity } of file.expected) {
    const finding = takeAt(line, messageId);
    if (finding === undefined) problems.push(lines.show(`missing: ${messageId}`, line));
    else if (severity !== null && finding.severity !== severity) {
      problems.push(lines.show(`${messageId} is ${finding.severity}, not ${severity}`, line));
    }
  }
  for (const { line, messageId } of file.todos) {
    if (takeAt(line, messageId) !== undefined) {
      problems.push(lines.show(`found, although marked todo: make it \`# error: ${messageId}\``, line));
    }
  }
  for (const finding of unmatched) {
    const { line } = lines.at(finding.span.start);
    problems.push(lines.show(`not marked: ${finding.messageId} (${finding.message})`, line, finding.span));
  }
  problems.push(...file.spans.flatMap((mark) => checkSpan(mark, findings, lines)));
  return problems.map((problem) => `${file.path}: ${problem}`);
}

function checkSpan(mark: SpanMark, findings: readonly Finding[], lines: Lines): readonly string[] {
  const candidates: readonly Span[] = mark.step
    ? findings.flatMap((finding) => finding.related.map((related) => related.span))
    : findings
        .filter((finding) => mark.messageId === null || finding.messageId === mark.messageId)
        .map((finding) => finding.span);
  const here = candidates.filter((span) => lines.at(span.start).line === mark.line);
  const marked = lines.span(mark);
  const fits = here.some((span) => {
    const wraps = lines.at(span.end).line > mark.line;
    return span.start === marked.start && (wraps ? lines.endOf(mark.line) : span.end) === marked.end;
  });
  if (fits) return [];
  const what = mark.step ? "no flow step" : "no finding";
  const others = here.map((span) => lines.show("it is here", mark.line, span)).join("\n");
  return [`${lines.show(`${what} has this span`, mark.line, marked)}${others === "" ? "" : `\n${others}`}`];
}

function checkFixed(
  engine: Engine,
  file: FixtureFile,
  wanted: string,
  config: FileConfig,
  project: Project,
): readonly string[] {
  const text = applyAllFixes(engine, file, config, project);
  if (text === wanted) return [];
  return [`${file.path}: the fixes give\n${indent(text)}instead of\n${indent(wanted)}`];
}

/** Applies fixes one after the other, each to the text that the one before it left. */
export function applyAllFixes(
  engine: Engine,
  file: Pick<FixtureFile, "path" | "text">,
  config: FileConfig,
  project: Project = projectOf(engine, [file]),
): string {
  let { text } = file;
  for (let round = 0; round < 50; round++) {
    const open = engine.open(sourceOf({ ...file, text }), project);
    try {
      const fix = engine.findings(open, config).flatMap((finding) => engine.fixes(open, finding))[0];
      if (fix === undefined) return text;
      text = applyEdits(text, fix.edits);
    } finally {
      engine.close(open);
    }
  }
  throw new Error(`${file.path}: after 50 fixes there is still one to apply`);
}

/** Where the examples of a rule's docs stand: by default a module that no context relaxes. */
export function examplePath(rule: AnyRule): string {
  return rule.docs.path ?? (rule.section === "testing" ? "tests/test_example.py" : "shop/example.py");
}

/** A fixture's file as the engine takes it. */
export function sourceOf({ path, text }: Pick<FixtureFile, "path" | "text">) {
  const parts = path.replace(/\.pyi?$/, "").split("/");
  const isPackage = parts.at(-1) === "__init__";
  if (isPackage) parts.pop();
  return { path: `/project/${path}`, relativePath: path, text, moduleName: parts.join("."), isPackage };
}

interface Lines {
  at(offset: number): { readonly line: number; readonly column: number };
  endOf(line: number): number;
  span(mark: SpanMark): Span;
  /** A message with the line it speaks of, and carets under a span. */
  show(message: string, line: number, span?: Span): string;
}

function createLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const startOf = (line: number) => starts[line] ?? text.length;
  const endOf = (line: number) => (line + 1 < starts.length ? startOf(line + 1) - 1 : text.length);
  return {
    at(offset) {
      let line = starts.findIndex((start) => start > offset) - 1;
      if (line < 0) line = starts.length - 1;
      return { line, column: offset - startOf(line) };
    },
    endOf,
    span: ({ line, start, end }) => ({ start: startOf(line) + start, end: startOf(line) + end }),
    show(message, line, span) {
      const code = text.slice(startOf(line), endOf(line));
      const shown = `${message}\n    ${line + 1} | ${code}`;
      if (span === undefined) return shown;
      const column = span.start - startOf(line);
      const width = Math.max(1, Math.min(span.end, endOf(line)) - span.start);
      return `${shown}\n    ${" ".repeat(`${line + 1} | `.length + column)}${"^".repeat(width)}`;
    },
  };
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
