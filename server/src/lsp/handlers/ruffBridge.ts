/** stackCoach/ruffBridge: which codes of Ruff could take over advice of ours, and the edit that enables them. */

import { TextDocument } from "vscode-languageserver-textdocument";
import { readToml } from "../../base/toml.ts";
import { ruffIn } from "../../engine/config/ruff.ts";
import { RUFF_PREVIEW_CODES } from "../../engine/config/ruff-codes.ts";
import { enableCodes } from "../../engine/config/ruff-edit.ts";
import type { OtherTool } from "../../engine/config/types.ts";
import type { AnyRule } from "../../engine/rule.ts";
import type { ChecklistEdit } from "../../protocol/checklist.ts";
import type { RuffBridgeParams, RuffBridgeResult, RuffOverlap } from "../../protocol/ruffBridge.ts";
import { baseNameOf, parentOf, pathOf, uriOf } from "../paths.ts";
import type { Session } from "../session.ts";

export const NO_BRIDGE: RuffBridgeResult = {
  config: null,
  covered: [],
  offered: [],
  declined: [],
  edit: null,
};

export async function ruffBridge(
  session: Session,
  params: RuffBridgeParams | null,
): Promise<RuffBridgeResult> {
  const [first] = session.folders.all();
  const path = params?.uri === undefined ? first && `${first.path}/__init__.py` : pathOf(params.uri);
  if (path === undefined) return NO_BRIDGE;
  const { ruff } = await session.configuration.of(path);
  const config = await governingFile(session, path);
  if (ruff === null || config === null) return NO_BRIDGE;
  const overlaps = overlapsOf([...session.rules.values()]);
  const offered = overlaps.filter(({ code }) => !ruff.enabled(code) && isOpen(code, ruff));
  const codes = params?.codes ?? offered.map(({ code }) => code);
  return {
    config: uriOf(config.path),
    covered: overlaps.filter(({ code }) => ruff.enabled(code)),
    offered,
    declined: overlaps.filter(({ code }) => ruff.ignored(code)),
    edit: codes.length === 0 ? null : editOf(config, codes),
  };
}

/** Codes that need preview mode are a decision about all of Ruff, and not ours to propose. */
function isOpen(code: string, ruff: OtherTool): boolean {
  return !ruff.ignored(code) && !RUFF_PREVIEW_CODES.has(code);
}

/** The codes that make a rule of ours step aside, in alphabetical order, each with its rules. */
function overlapsOf(rules: readonly AnyRule[]): readonly RuffOverlap[] {
  const byCode = new Map<string, { id: string; title: string }[]>();
  for (const { id, title, equivalents, retires, flagship } of rules) {
    const perMessage = Object.values(retires ?? {}).flatMap((each) => each?.ruff ?? []);
    const codes = retires !== undefined ? perMessage : flagship === true ? [] : (equivalents.ruff ?? []);
    for (const code of new Set(codes)) byCode.set(code, [...(byCode.get(code) ?? []), { id, title }]);
  }
  return [...byCode].map(([code, own]) => ({ code, rules: own })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

interface ConfigText {
  readonly path: string;
  readonly text: string;
}

/** In a folder Ruff prefers its own files, and takes a `pyproject.toml` only with a table for it. */
const RUFF_FILES = [".ruff.toml", "ruff.toml", "pyproject.toml"];

async function governingFile({ host, folders }: Session, path: string): Promise<ConfigText | null> {
  const root = folders.of(path)?.path ?? parentOf(path);
  for (let folder = parentOf(path); folder.length >= root.length; folder = parentOf(folder)) {
    for (const name of RUFF_FILES) {
      const bytes = await host.readFile(`${folder}/${name}`);
      if (bytes === null) continue;
      const text = new TextDecoder().decode(bytes);
      if (ruffIn(readToml(`${folder}/${name}`, text)) !== null) return { path: `${folder}/${name}`, text };
    }
  }
  return null;
}

function editOf({ path, text }: ConfigText, codes: readonly string[]): ChecklistEdit {
  const title = `Enable ${codes.join(", ")} in Ruff`;
  const change = enableCodes(path, text, codes);
  if (change === null) {
    const problem = `${baseNameOf(path)} is written in a way that no small edit fits: add ${codes.join(", ")} to Ruff's extend-select by hand.`;
    return { title, files: [], problem };
  }
  const document = TextDocument.create("", "toml", 0, text);
  const range = { start: document.positionAt(change.start), end: document.positionAt(change.end) };
  return {
    title,
    files: [{ uri: uriOf(path), create: false, edits: [{ range, text: change.text }] }],
    problem: null,
  };
}
