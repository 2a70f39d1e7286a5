/** A window of VS Code as a user has it in front of them: keys, clicks, what is written where. */

import type { Frame, Locator, Page } from "playwright-core";

const PATIENCE_MS = 40_000;

export interface EditorWindow {
  readonly page: Page;
  /** Opens a file from the Explorer; folders are opened on the way. */
  open(file: string): Promise<void>;
  /** Runs a command from the palette by its full title. */
  command(title: string): Promise<void>;
  /** What the palette offers for some words. */
  palette(words: string): Promise<string[]>;
  /** The stretch of code that holds a text. */
  code(text: string): Locator;
  /** Rests the pointer on a stretch of code until its hover shows. */
  hover(text: string): Promise<Locator>;
  /** Opens the light bulb's menu on a stretch of code and returns its lines. */
  lightBulb(text: string): Promise<Locator>;
  /** Shows Problems and returns its panel. */
  problems(): Promise<Locator>;
  /** The guide's page that is shown, once it is loaded. */
  preview(heading: string): Promise<Frame>;
  /** Fails where a notification stands on the screen. */
  expectNoToast(): Promise<void>;
}

/** @throws Error where the workbench does not come up */
export async function openWindow(page: Page, url: string): Promise<EditorWindow> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  const code = (text: string): Locator =>
    page.locator(".editor-instance .view-line span span", { hasText: text }).first();
  return {
    page,
    code,
    open: (file) => openFromExplorer(page, file),
    async command(title) {
      const row = await findInPalette(page, title);
      await row.click();
    },
    async palette(words) {
      await page.keyboard.press("F1");
      await page.keyboard.type(words);
      await page.waitForTimeout(1_000);
      const titles = await page.locator(".quick-input-list .monaco-list-row .label-name").allInnerTexts();
      await page.keyboard.press("Escape");
      return titles;
    },
    async hover(text) {
      await page.mouse.move(0, 0);
      await code(text).hover();
      const hover = page.locator(".monaco-hover:visible").first();
      await hover.waitFor();
      return hover;
    },
    async lightBulb(text) {
      await code(text).click({ force: true });
      await page.locator(".lightBulbWidget:visible, .codicon-gutter-lightbulb:visible").first().click();
      const menu = page.locator(".action-widget .monaco-list-row.action");
      await menu.first().waitFor();
      return menu;
    },
    async problems() {
      const panel = page.locator(".markers-panel");
      if (!(await panel.isVisible()))
        await (await findInPalette(page, "Problems: Focus on Problems View")).click();
      await panel.waitFor();
      return panel;
    },
    preview: (heading) => previewWith(page, heading),
    async expectNoToast() {
      const toasts = await page
        .locator(".notifications-toasts .notification-list-item-message:visible")
        .allInnerTexts();
      if (toasts.length > 0) throw new Error(`notifications on the screen: ${toasts.join(" | ")}`);
    },
  };
}

async function openFromExplorer(page: Page, file: string): Promise<void> {
  const row = (name: string): Locator =>
    page
      .locator(".explorer-folders-view .monaco-list-row", {
        has: page.locator(`.label-name >> text="${name}"`),
      })
      .first();
  const names = file.split("/");
  for (const [at, name] of names.entries()) {
    await row(name).waitFor();
    if (at === names.length - 1) await row(name).dblclick();
    else if ((await row(name).getAttribute("aria-expanded")) !== "true") await row(name).click();
  }
  await page
    .locator(`.tab.active[data-resource-name="${names.at(-1)}"]`)
    .first()
    .waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
}

/** How often the palette is opened again for a command that it does not offer yet. */
const PALETTE_TRIES = 5;

/** What the palette offers is settled when it opens: a command whose time comes a moment later needs a new look. */
async function findInPalette(page: Page, title: string): Promise<Locator> {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  for (let tries = 0; tries < PALETTE_TRIES; tries++) {
    await page.keyboard.press("F1");
    await page.locator(".quick-input-box input").waitFor();
    await page.keyboard.type(title);
    const timeout = PATIENCE_MS / PALETTE_TRIES;
    const offered = await row.waitFor({ timeout }).then(
      () => true,
      () => false,
    );
    if (offered) return row;
    await page.keyboard.press("Escape");
  }
  throw new Error(`The palette does not offer "${title}"`);
}

/** The preview is a page within a page within the window. */
async function previewWith(page: Page, heading: string): Promise<Frame> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      const found = frame.locator(".markdown-body :is(h1, h2)", { hasText: heading }).first();
      if ((await found.count().catch(() => 0)) > 0 && (await isOnScreen(found))) return frame;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`no preview shows the heading "${heading}"`);
}

/** True where an element stands within the part of its page that is scrolled into view. */
async function isOnScreen(element: Locator): Promise<boolean> {
  return element
    .evaluate((node) => {
      const { top, bottom, height } = node.getBoundingClientRect();
      return height > 0 && bottom > 0 && top < (node.ownerDocument.defaultView?.innerHeight ?? 0);
    })
    .catch(() => false);
}
