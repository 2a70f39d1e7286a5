/** Stories about the views: what a user sees of the checklist, the path, the guide and the walkthrough. */

import type { HostKind } from "../harness/sessions.ts";
import type { Story } from "./stories.ts";
import type { EditorWindow } from "./window.ts";

const BOTH: readonly HostKind[] = ["desktop", "web"];

const row = ({ page }: EditorWindow, text: string) =>
  page.locator(".monaco-list-row", { hasText: text }).first();

async function openChecklist(window: EditorWindow): Promise<void> {
  await window.open("shop/admin_panel.py");
  await window.command("Stack Coach: Open Checklist");
  await row(window, "Role:").waitFor();
}

export const VIEW_STORIES: readonly Story[] = [
  {
    name: "shows what the stack has and lacks, in words, and leads to the evidence",
    hosts: BOTH,
    async run(window, shot) {
      await openChecklist(window);
      await row(window, "Core Python").click();
      // While code is still being read, nobody can tell.
      const settled = '[aria-label*="Dependencies declared"]:not([aria-label*="cannot tell"])';
      const item = window.page.locator(`.monaco-list-row${settled}`).first();
      await item.waitFor();
      const spoken = await item.getAttribute("aria-label");
      if (!/Dependencies declared.*(proven|partly|missing).*must-have/.test(spoken ?? ""))
        throw new Error(`a screen reader hears "${spoken}"`);
      await item.click();
      // By what a screen reader says: the item's own line names the file too.
      await window.page.locator('.monaco-list-row[aria-label^="found: pyproject.toml"]').first().click();
      await window.page.locator('.tab.active[data-resource-name="pyproject.toml"]').first().waitFor();
      await window.expectNoToast();
      await shot("checklist");
    },
  },
  {
    name: "arranges the checklist as a learning path, with the questions",
    hosts: BOTH,
    async run(window, shot) {
      await openChecklist(window);
      await window.command("Stack Coach: Show as Learning Path");
      await row(window, "12. Write down one decision").waitFor();
      await row(window, "Seven questions").click();
      await row(window, "Can it be tested?").waitFor();
      await shot("path");
    },
  },
  {
    name: "previews a scaffold, and writes it once it is ticked and applied",
    hosts: BOTH,
    async run(window, shot) {
      await openChecklist(window);
      await window.command("Stack Coach: Preview Scaffold for Item");
      await window.page.locator(".quick-input-box input[placeholder*='scaffold']").waitFor();
      await window.page.keyboard.type("private files");
      await row(window, "Generated and private files").waitFor();
      await window.page.keyboard.press("Enter");
      const preview = window.page.locator(".bulk-edit-panel");
      await preview.locator(".edit-checkbox").first().click();
      // What is written is there to be read before.
      await preview.locator(".monaco-list-row", { hasText: "__pycache__" }).first().waitFor();
      await shot("scaffold");
      await preview.getByRole("button", { name: "Apply" }).click();
      await window.command("View: Show Explorer");
      await window.page
        .locator(".explorer-folders-view .monaco-list-row", { hasText: ".gitignore" })
        .first()
        .waitFor();
    },
  },
  {
    name: "shows the guide with what it has to do with the workspace",
    hosts: BOTH,
    async run(window, shot) {
      await openChecklist(window);
      await window.page.locator(".squiggly-warning").first().waitFor();
      for (const view of ["Checklist", "Guide"])
        await window.page.locator(`.pane-header[aria-label*="${view}"]`).first().click();
      // By what a screen reader says: the checklist has a line of that name too.
      await window.page.locator('.monaco-list-row[aria-label^="Flask, findings: 1"]').first().click();
      await row(window, "In this workspace").waitFor();
      await shot("guide-tree");
      await row(window, "Blueprints").click();
      await window.preview("Blueprints");
    },
  },
  {
    name: "opens the walkthrough when it is asked for, and not before",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      const tab = window.page.locator(".tab[aria-label*='Walkthrough'], .tab[aria-label*='Welcome']");
      if ((await tab.count()) > 0) throw new Error("a walkthrough stands open although nobody asked");
      await window.command("Stack Coach: Follow the Stack Path");
      await window.page
        .locator(".getting-started-step >> text=Write typed, safe functions")
        .first()
        .waitFor();
      await shot("walkthrough");
    },
  },
  {
    name: "is readable in dark and high-contrast themes",
    hosts: ["desktop"],
    async run(window, shot) {
      await openChecklist(window);
      await row(window, "Core Python").click();
      for (const theme of ["Dark Modern", "Dark High Contrast"]) {
        await window.command("Preferences: Color Theme");
        await window.page.locator(".quick-input-box input").first().waitFor();
        await window.page.keyboard.type(theme);
        await row(window, theme).waitFor();
        await window.page.keyboard.press("Enter");
        await row(window, "Dependencies declared").waitFor();
        await shot(`checklist-${theme.replaceAll(" ", "-").toLowerCase()}`);
      }
    },
  },
];
