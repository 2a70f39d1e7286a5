/** Reads INI files as Python's `configparser` does: sections, keys, values over several lines, comments. */

export interface IniValue {
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export interface IniFile {
  /** Keys in lower case, by section. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, IniValue>>;
  /** The line of each section's header, from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Lines that are neither header, key nor continuation are passed over. */
export function readIni(text: string): IniFile {
  const sections = new Map<string, Map<string, IniValue>>();
  const lines = new Map<string, number>();
  let section = new Map<string, IniValue>();
  let key: string | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*[#;]/.test(raw)) continue;
    const header = /^\[([^\]]+)\]/.exec(raw)?.[1]?.trim();
    if (header !== undefined) {
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      if (!lines.has(header)) lines.set(header, index + 1);
      key = null;
      continue;
    }
    const continued = /^\s/.test(raw) && key !== null;
    if (continued) {
      const before = section.get(key as string);
      if (before !== undefined && raw.trim() !== "") {
        section.set(key as string, { ...before, value: `${before.value}\n${raw.trim()}`.trim() });
      }
      continue;
    }
    const pair = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(raw);
    key = pair === null ? null : (pair[1] as string).toLowerCase();
    if (pair !== null && key !== null) {
      section.set(key, { value: (pair[2] as string).replace(/\s[#;].*$/, "").trim(), line: index + 1 });
    }
  }
  return { sections, lines };
}
