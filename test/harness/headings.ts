/** The anchors of a Markdown page's headings, as VS Code's Markdown preview makes them. */

/** Slugs of all headings outside code blocks, in order; a slug that stands twice gets a number. */
export function headingAnchors(markdown: string): readonly string[] {
  const anchors: string[] = [];
  const seen = new Map<string, number>();
  let fence: string | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
      continue;
    }
    const heading = fence === null ? /^#{1,6}\s+(.*?)\s*#*$/.exec(line) : null;
    if (heading === null) continue;
    const slug = slugify(heading[1] ?? "");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.push(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/** Lower case, punctuation dropped, white space to hyphens. */
function slugify(heading: string): string {
  const text = heading
    .trim()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/\s+/g, "-")
    .replace(
      /[\][!/'"#$%&()*+,.:;<=>?@\\^{|}~`。，、；：？！…—·ˉ¨‘’“”々～‖∶＂＇｀｜〃〔〕〈〉《》「」『』．〖〗【】（）［］｛｝]/g,
      "",
    );
  return encodeURI(text.replace(/^-+/, "").replace(/-+$/, ""));
}
