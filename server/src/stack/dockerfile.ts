/** Reads Dockerfiles: stages, and the instructions of each with their lines. */

export interface Instruction {
  /** In upper case: `FROM`, `RUN`. */
  readonly name: string;
  /** Everything behind the name, continued lines joined. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export interface Stage {
  /** What stands behind FROM, variables of ARG with a default filled in. */
  readonly image: string;
  readonly name: string | null;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly path: string;
  readonly stages: readonly Stage[];
}

/** True for the name of a Dockerfile or Containerfile, also `api.Dockerfile` and `Dockerfile.prod`. */
export function isDockerfile(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.(?!dockerignore)[\w.-]+)?$/i.test(path);
}

export function readDockerfile(path: string, text: string): Dockerfile {
  const defaults = new Map<string, string>();
  const stages: (Omit<Stage, "instructions"> & { instructions: Instruction[] })[] = [];
  for (const instruction of instructionsOf(text)) {
    const { name, value, line } = instruction;
    if (name === "FROM") {
      const words = value.split(/\s+/).filter((word) => !word.startsWith("--"));
      const image = (words[0] ?? "").replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (whole, key: string, fallback?: string) => defaults.get(key) ?? fallback ?? whole,
      );
      const alias = /^as$/i.test(words[1] ?? "") ? (words[2] ?? null) : null;
      stages.push({ image, name: alias, line, instructions: [] });
    } else if (name === "ARG" && stages.length === 0) {
      const [key = "", fallback] = value.split("=");
      if (fallback !== undefined) defaults.set(key.trim(), fallback.trim().replace(/^["']|["']$/g, ""));
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return { path, stages };
}

function instructionsOf(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const continues = /^#\s*escape\s*=\s*(\S)/im.exec(text)?.[1] ?? "\\";
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    let whole = lines[index] ?? "";
    if (/^\s*(?:#|$)/.test(whole)) continue;
    while (whole.trimEnd().endsWith(continues) && index + 1 < lines.length) {
      const next = lines[++index] ?? "";
      whole = whole.trimEnd().slice(0, -1) + (/^\s*#/.test(next) ? continues : ` ${next.trim()}`);
    }
    for (const mark of heredocs(whole)) {
      while (index + 1 < lines.length && (lines[index + 1] ?? "").trim() !== mark)
        whole += `\n${lines[++index]}`;
      index++;
    }
    const match = /^\s*([A-Za-z]+)\s+([\s\S]*)$/.exec(whole);
    if (match !== null) {
      found.push({
        name: (match[1] as string).toUpperCase(),
        value: (match[2] as string).trim(),
        line: start + 1,
      });
    }
  }
  return found;
}

function heredocs(line: string): readonly string[] {
  if (!/^\s*(?:RUN|COPY|ADD)\b/i.test(line)) return [];
  return [...line.matchAll(/<<-?\s*["']?([A-Za-z_]\w*)["']?/g)].map((match) => match[1] as string);
}
