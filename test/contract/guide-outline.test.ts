/** The guide's outline: every promised heading and topic is there, every section is whole, and every link leads somewhere. */

import { strict as assert } from "node:assert";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { headingAnchors } from "../harness/headings.ts";
import { ANCHORS } from "./guide-anchors.ts";
import { TOPICS } from "./guide-topics.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = `${ROOT}media/guide/`;
const PAGES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.slice(0, -".md".length));
const TEXTS = new Map(PAGES.map((page) => [page, readFileSync(`${FOLDER}${page}.md`, "utf8")]));
const anchorsOf = new Map([...TEXTS].map(([page, text]) => [page, new Set(headingAnchors(text))]));
const SECTIONS = new Map(
  [...TEXTS].flatMap(([page, text]) =>
    sectionsOf(text).map(({ anchor, body }) => [`${page}#${anchor}`, body]),
  ),
);
/** Pages of advice for people, which show little code. */
const WITHOUT_EXAMPLES = new Set(["index", "faq", "learning-path"]);

describe("the guide's headings", () => {
  for (const [page, names] of Object.entries(ANCHORS)) {
    it(`${page} keeps the names that others link to`, () => {
      const missing = names
        .trim()
        .split(/\s+/)
        .filter((anchor) => !SECTIONS.has(`${page}#${anchor}`));
      assert.deepEqual(missing, []);
    });
  }
});

describe("the guide's topics", () => {
  for (const line of TOPICS.trim().split("\n")) {
    const [link = "", words = ""] = line.split(": ");
    it(link, () => {
      const body = (SECTIONS.get(link) ?? "").toLowerCase();
      const missing = words.split(", ").filter((word) => !body.includes(word.toLowerCase()));
      assert.deepEqual(missing, [], `not taught in ${link}`);
    });
  }
});

describe("a section of the guide", () => {
  for (const [link, body] of SECTIONS) {
    const page = link.split("#")[0] ?? "";
    if (page === "index" || page === "checklist") continue;
    it(`${link} ends with where to read on`, () => assert.match(body, /^(Read more|See): .*\]\(/m));
    if (WITHOUT_EXAMPLES.has(page)) continue;
    it(`${link} shows it, or compares`, () => {
      assert.match(body, /^```\w+ good$|^\|---/m);
      assert.equal(/^```\w+ bad$/m.test(body), /^```\w+ good$/m.test(body), "one of bad and good is missing");
    });
  }
});

it("links within the guide lead to pages and headings that exist", () => {
  const rulePages = globSync("rules/*.md", { cwd: FOLDER }).map((name) => name.slice(0, -".md".length));
  const sources = [...PAGES, ...rulePages].map((page) => ({
    page,
    text: TEXTS.get(page) ?? readFileSync(`${FOLDER}${page}.md`, "utf8"),
  }));
  for (const { page, text } of sources.filter(({ page }) => page.startsWith("rules/"))) {
    anchorsOf.set(page, new Set(headingAnchors(text)));
  }
  const dead = sources.flatMap(({ page, text }) =>
    [
      ...withoutCode(text)
        .replace(/`[^`\n]*`/g, "")
        .matchAll(/\]\((?!https?:)([^)]*)\)/g),
    ]
      .map(([, target = ""]) => target)
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`),
  );
  assert.deepEqual(dead, []);
});

it("the program and the extension name only sections that exist", () => {
  const files = globSync(
    [
      "server/src/**/*.ts",
      "client/src/**/*.ts",
      "package.json",
      "snippets/**/*",
      "media/walkthrough/**/*.md",
    ],
    { cwd: ROOT },
  ).filter((path) => !path.endsWith("registry.generated.ts") && /\.\w/.test(path));
  const dead = files.flatMap((path) =>
    [
      ...readFileSync(`${ROOT}${path}`, "utf8").matchAll(
        /["'`[]([a-z]+(?:-[a-z]+)*)#([a-z0-9]+(?:-[a-z0-9]+)*)[\]"'`\\]/g,
      ),
    ]
      .filter(([, page = "", anchor = ""]) => TEXTS.has(page) && !SECTIONS.has(`${page}#${anchor}`))
      .map(([link]) => `${path}: ${link}`),
  );
  assert.deepEqual(dead, []);
});

/** @param from the page that holds the link, relative to the guide's folder */
function leadsSomewhere(from: string, target: string): boolean {
  const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/") + 1) : "";
  const [file = "", anchor] = target.split("#");
  const page =
    file === "" ? from : new URL(folder + file, "guide:///").pathname.slice(1).replace(/\.md$/, "");
  const anchors = anchorsOf.get(page);
  return anchors !== undefined && (anchor === undefined || anchors.has(anchor));
}

/** The H2 sections of a page; a line in a code block is no heading. */
function sectionsOf(markdown: string): readonly { readonly anchor: string; readonly body: string }[] {
  const hidden = withoutCode(markdown);
  const starts = [...hidden.matchAll(/^## .*$/gm)].map(({ index }) => index);
  return starts.map((start, at) => {
    const body = markdown.slice(start, starts[at + 1] ?? markdown.length);
    return { anchor: headingAnchors(body)[0] ?? "", body };
  });
}

/** The same text with every character of its code blocks blanked, so that offsets stay. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^```[^\n]*\n.*?^```$/gms, (block) => block.replace(/[^\n]/g, " "));
}
