/** The guide's pages as the client finds them: every page is listed, every heading can be jumped to. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { headings, pageLinks, slug } from "../../../client/src/common/guide/markdown.ts";

const guide = new URL("../../../media/guide/", import.meta.url);
const pages = readdirSync(guide).filter((name) => name.endsWith(".md") && name !== "index.md");
const read = (name: string): string => readFileSync(new URL(name, guide), "utf8");

test("the contents list every page, once", () => {
  const listed = pageLinks(read("index.md")).map(({ page }) => `${page}.md`);
  assert.deepEqual([...listed].sort(), [...pages].sort());
});

test("the contents name each page by its title", () => {
  for (const { label, page } of pageLinks(read("index.md")))
    assert.equal(read(`${page}.md`).split("\n", 1)[0], `# ${label}`);
});

test("links from page to page lead to headings that exist", () => {
  const anchors = new Map(
    pages.map((name) => [name, new Set(headings(read(name)).map(({ anchor }) => anchor))]),
  );
  const dead = pages.flatMap((name) =>
    [...read(name).matchAll(/\]\(([a-z-]+\.md)?#([\w-]+)\)/g)]
      .filter(([, page = name, anchor = ""]) => !anchors.get(page)?.has(anchor))
      .map(([link]) => `${name}: ${link.slice(1)}`),
  );
  assert.deepEqual(dead, []);
});

test("headings are found as the preview finds them", () => {
  const page =
    "# Title\n\n## First, `code` & more!\n\n```python\n## not a heading\n```\n\n### Third level\n\n## Second ##\n";
  assert.deepEqual(headings(page), [
    { text: "First, code & more!", anchor: "first-code--more" },
    { text: "Second", anchor: "second" },
  ]);
  assert.equal(slug("Who may see what? (IDOR)"), "who-may-see-what-idor");
});
