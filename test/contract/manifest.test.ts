/** The manifest's promises about the surface: the walkthrough, its pictures and links, views, menus, translations. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { COMMANDS, VIEWS } from "../../client/src/common/commands.ts";
import { headings } from "../../client/src/common/guide/markdown.ts";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly when?: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
interface MenuItem {
  readonly command: string;
  readonly when?: string;
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly when: string;
      readonly steps: readonly Step[];
    }[];
    readonly keybindings?: unknown;
    readonly languageModelTools: readonly { readonly name: string; readonly modelDescription: string }[];
  };
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const strings = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const said = (text: string): string => strings[text.replaceAll("%", "")] ?? "";
const walkthrough = contributes.walkthroughs[0];
assert.ok(walkthrough);

describe("the walkthrough", () => {
  it("does not open at install: what it waits for comes with the first activation", () => {
    assert.equal(walkthrough.when, "stackCoach.ready");
    assert.ok(!manifest.activationEvents.includes("*"));
    assert.ok(!manifest.activationEvents.includes("onStartupFinished"));
  });

  it("has twelve steps for whoever sees all, each completed by evidence alone", () => {
    const numbers = walkthrough.steps.map(({ completionEvents }) => completionEvents.join());
    const expected = Array.from({ length: 12 }, (_, at) => `onContext:stackCoach.step.${at + 1}.done`);
    assert.deepEqual([...new Set(numbers)], expected);
    // Two steps share a number, and no role sees both.
    assert.deepEqual(
      walkthrough.steps.filter(({ when }) => when?.includes("role")).map(({ id }) => id),
      ["api", "api-call", "database", "auth"],
    );
  });

  it("shows pictures in the colours of the theme, each with its words", () => {
    for (const { media } of walkthrough.steps) {
      const svg = read(media.svg);
      assert.match(said(media.altText), /\.$/, media.svg);
      assert.doesNotMatch(svg, /#[0-9a-f]{3,8}\b|rgb\(/i, media.svg);
      // The editor takes style sheets out of pictures: what is coloured by one would be black.
      assert.doesNotMatch(svg, /<style|class=/, media.svg);
      assert.match(svg, /role="img" aria-label="[^"]+"/);
    }
  });

  it("leads to sections of the guide that exist, in two sentences", () => {
    const anchors = headings(read("media/guide/learning-path.md")).map(({ anchor }) => anchor);
    for (const { id, description } of walkthrough.steps) {
      const text = said(description);
      const [, anchor] = /learning-path%23([\w-]+)/.exec(text) ?? [];
      assert.ok(anchors.includes(anchor ?? ""), `${id}: ${anchor}`);
      const [prose = ""] = text.split("\n");
      assert.equal(prose.match(/[.!?](?= |$)/g)?.length, 2, `${id}: ${prose}`);
    }
  });
});

describe("commands and menus", () => {
  const contributed = new Set(contributes.commands.map(({ command }) => command));

  it("name only commands that are contributed", () => {
    const used = Object.values(contributes.menus)
      .flat()
      .map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !contributed.has(command)),
      [],
    );
  });

  it("are those that the client registers", () => {
    const known = new Set<string>(Object.values(COMMANDS));
    assert.deepEqual(
      [...contributed].filter((command) => !known.has(command)),
      [],
    );
  });

  it("take no keys away", () => assert.equal(contributes.keybindings, undefined));

  it("hide in the palette what works on a node only", () => {
    const hidden = (contributes.menus.commandPalette ?? []).filter(({ when }) => when === "false");
    for (const command of [COMMANDS.openGuidePage, COMMANDS.openHandler, COMMANDS.insertItemSnippet])
      assert.ok(
        hidden.some((item) => item.command === command),
        command,
      );
  });
});

describe("views and tools", () => {
  it("are at most three, the endpoints only where there are some", () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(views.map(({ id }) => id).sort(), Object.values(VIEWS).sort());
    assert.ok(views.length <= 3);
    assert.equal(views.find(({ id }) => id === VIEWS.endpoints)?.when, "stackCoach.hasEndpoints");
  });

  it("have names of the form verb_noun, and say that they only read", () => {
    for (const { name, modelDescription } of contributes.languageModelTools) {
      assert.match(name, /^(get|explain)_[a-z]+_[a-z]+$/);
      assert.match(modelDescription, /JSON/);
      assert.match(modelDescription, /Read-only|runs nothing|Explains/);
    }
  });
});

describe("translations", () => {
  it("cover everything that the manifest shows", () => {
    const shown = [
      ...contributes.commands.map(({ title }) => title),
      ...walkthrough.steps.flatMap(({ title, description, media }) => [title, description, media.altText]),
    ];
    assert.deepEqual(
      shown.filter((text) => !/^%[\w.-]+%$/.test(text)),
      [],
    );
    assert.deepEqual(
      shown.filter((text) => said(text) === ""),
      [],
    );
  });

  it("ship with pictures that exist", () => {
    for (const { media } of walkthrough.steps)
      assert.ok(existsSync(new URL(`../../${media.svg}`, import.meta.url)));
  });
});
