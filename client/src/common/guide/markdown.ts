/** Reads what the guide's search needs out of Markdown: headings with their anchors, links to pages. */

export interface Heading {
  readonly text: string;
  /** As VS Code's Markdown preview forms it. */
  readonly anchor: string;
}

/** The headings of the second level: the guide has one anchor a topic. Fenced code is no heading. */
export function headings(markdown: string): Heading[] {
  const found: Heading[] = [];
  let fence: string | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
      continue;
    }
    const text = fence === null ? /^## +(.+?)(?: +#+)? *$/.exec(line)?.[1] : undefined;
    if (text) found.push({ text: text.replace(/[`*]/g, ""), anchor: slug(text) });
  }
  return found;
}

/** Lower case, white space to hyphens, punctuation dropped. */
export function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/** Links to pages beside this one, in order. */
export function pageLinks(markdown: string): { readonly label: string; readonly page: string }[] {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([a-z0-9/-]+)\.md\)/g)].map(([, label = "", page = ""]) => ({
    label,
    page,
  }));
}
