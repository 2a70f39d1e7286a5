/** What stands in the guide: its pages in the order of the contents, and the topics of a page. */

import { headings, pageLinks } from "./markdown.ts";

export interface GuidePage {
  readonly title: string;
  /** Without `.md`. */
  readonly page: string;
}

export interface GuideTopic extends GuidePage {
  readonly anchor: string;
}

/** The Markdown of a page, or null where there is none. */
export type ReadPage = (page: string) => Promise<string | null>;

export const CONTENTS = "index";

export async function guidePages(read: ReadPage): Promise<readonly GuidePage[]> {
  const contents = (await read(CONTENTS)) ?? "";
  return pageLinks(contents).map(({ label, page }) => ({ title: label, page }));
}

/** The headings of one page. */
export async function topicsOf(read: ReadPage, page: string): Promise<readonly GuideTopic[]> {
  return headings((await read(page)) ?? "").map(({ text, anchor }) => ({ title: text, page, anchor }));
}
