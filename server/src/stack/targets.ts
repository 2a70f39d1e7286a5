/** Follows pipelines into what they call: targets of make and just, environments of tox, sessions of nox, scripts. */

import { isTable, tableAt } from "../base/toml.ts";
import type { CiStep } from "./ci.ts";
import type { TextFacts } from "./text-facts.ts";

interface Command {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

/** All steps of all pipelines, each followed by the commands of the targets that it calls: one level, no deeper. */
export function followTargets(texts: readonly TextFacts[]): readonly CiStep[] {
  const targets = targetsOf(texts);
  return texts
    .flatMap(({ pipeline }) => pipeline?.steps ?? [])
    .flatMap((step) => [
      step,
      ...called(step, targets).map((command) => ({ ...step, ...command, kind: "run" as const })),
    ]);
}

/** Commands by what calls them: `make test`, `tox`, `./scripts/test.sh`. */
interface Target {
  readonly call: RegExp;
  readonly commands: readonly Command[];
}

function called(step: CiStep, targets: readonly Target[]): readonly Command[] {
  if (step.kind === "uses") return [];
  return targets.flatMap(({ call, commands }) => (call.test(step.text) ? commands : []));
}

function targetsOf(texts: readonly TextFacts[]): readonly Target[] {
  return texts.flatMap((text) => [
    ...recipes(text),
    ...tomlTasks(text),
    ...toxEnvironments(text),
    ...shellScript(text),
  ]);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function recipes({ path, lines }: TextFacts): readonly Target[] {
  const tool = /(?:^|\/)(?:[Mm]akefile|GNUmakefile)$/.test(path)
    ? "make"
    : /(?:^|\/)[Jj]ustfile$/.test(path)
      ? "just"
      : null;
  if (tool === null || lines === null) return [];
  const found: { name: string; commands: Command[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const header = /^([\w.-]+)(?:\s+[^:=]*)?:(?!=)/.exec(line);
    if (header !== null) found.push({ name: header[1] as string, commands: [] });
    else if (/^\s+\S/.test(line))
      found.at(-1)?.commands.push({ text: line.trim().replace(/^[@-]+/, ""), path, line: index + 1 });
  }
  return found.map(({ name, commands }) => ({
    call: new RegExp(`(?:^|[\\s;&|])${tool}\\s+(?:[^;&|]*\\s)?${escaped(name)}(?:\\s|$)`),
    commands,
  }));
}

/** Tasks of poe, hatch, PDM and taskipy. */
function tomlTasks({ path, toml }: TextFacts): readonly Target[] {
  if (toml === null || !path.endsWith("pyproject.toml")) return [];
  const tables: readonly (readonly [readonly string[], string])[] = [
    [["tool", "poe", "tasks"], "poe"],
    [["tool", "pdm", "scripts"], "pdm run"],
    [["tool", "taskipy", "tasks"], "task"],
  ];
  const hatch = Object.keys(tableAt(toml.data, "tool", "hatch", "envs") ?? {});
  const all = [
    ...tables,
    ...hatch.map((name) => [["tool", "hatch", "envs", name, "scripts"], "hatch"] as const),
  ];
  return all.flatMap(([keys, tool]) =>
    Object.entries(tableAt(toml.data, ...keys) ?? {}).map(([name, value]) => ({
      call: new RegExp(`\\b${tool}\\b.*\\b${escaped(name)}(?:\\s|$)`),
      commands: taskTexts(value).map((text) => ({ text, path, line: toml.lineOf([...keys, name]) })),
    })),
  );
}

function taskTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(taskTexts);
  return isTable(value) ? [value.cmd, value.shell, value.script, value.sequence].flatMap(taskTexts) : [];
}

function toxEnvironments({ path, ini }: TextFacts): readonly Target[] {
  if (ini === null || !/(?:^|\/)(?:tox\.ini|setup\.cfg)$/.test(path)) return [];
  return [...ini.sections].flatMap(([section, keys]) => {
    const commands = keys.get("commands");
    if (commands === undefined || !section.startsWith("testenv")) return [];
    return [
      {
        call: /(?:^|[\s;&|/])tox(?:\s|$)/,
        commands: commands.value
          .split("\n")
          .map((text, index) => ({ text, path, line: commands.line + index })),
      },
    ];
  });
}

/** A script of the project, by its path. */
function shellScript({ path, lines }: TextFacts): readonly Target[] {
  if (lines === null || !/\.(?:sh|bash)$/.test(path)) return [];
  const name = path.split("/").at(-1) ?? path;
  const commands = lines.flatMap((line, index) => {
    const text = line.trim();
    return text === "" || text.startsWith("#") ? [] : [{ text, path, line: index + 1 }];
  });
  return [{ call: new RegExp(`(?:^|[\\s/])${escaped(name)}(?:\\s|$)`), commands }];
}
