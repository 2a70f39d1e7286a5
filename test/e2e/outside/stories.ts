/** Stories of a user in front of the window: what they see, click and read. Each starts in a fresh window. */

import { screenshot } from "../harness/browser.ts";
import type { HostKind } from "../harness/sessions.ts";
import type { EditorWindow } from "./window.ts";

export interface Story {
  readonly name: string;
  readonly hosts: readonly HostKind[];
  /** @param shot takes a picture under a name that tells the hosts apart */
  run(window: EditorWindow, shot: (name: string) => Promise<unknown>): Promise<void>;
}

const BOTH: readonly HostKind[] = ["desktop", "web"];
const RULE = "flask-debug-enabled";

/** What the palette offers once a command is among it; after some looks, what it offers all the same. */
async function paletteWith(window: EditorWindow, title: string): Promise<string[]> {
  let titles: string[] = [];
  for (let looks = 0; looks < 5; looks++) {
    // All of them are more than the list shows at once.
    titles = await window.palette(`Stack Coach: ${title}`);
    if (titles.some((offered) => offered.includes(title))) return titles;
  }
  return titles;
}

export const STORIES: readonly Story[] = [
  {
    name: "starts quietly, and shows advice where it belongs",
    hosts: BOTH,
    async run(window, shot) {
      await window.expectNoToast();
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.expectNoToast();
      await shot("start");
    },
  },
  {
    name: "says why on hover, and a click leads to the guide without a question",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      const hover = await window.hover("True");
      const link = hover.locator("a", { hasText: RULE }).first();
      await link.waitFor();
      await shot("hover");
      await link.click();
      await window.preview("Debug and development server");
      await expectNoDialog(window);
      await shot("guide");
    },
  },
  {
    name: "mends a flaw by the light bulb",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      const menu = await window.lightBulb("True");
      await menu.filter({ hasText: "Learn why" }).first().waitFor();
      await shot("light-bulb");
      await menu.filter({ hasText: "Drop debug=True" }).first().waitFor();
      // The fix stands first.
      await window.page.keyboard.press("Enter");
      // The fix changes what the code does, so the editor shows it first and asks.
      const preview = window.page.locator(".bulk-edit-panel");
      await preview.locator(".edit-checkbox").first().click();
      await shot("confirm");
      await preview.getByRole("button", { name: "Apply" }).click();
      await window.page.locator(".view-line", { hasText: 'app.run(host="0.0.0.0")' }).first().waitFor();
    },
  },
  {
    name: "speaks up while a flaw is typed on the keyboard",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/views.py");
      await window.command("View: Focus Active Editor Group");
      await window.page.keyboard.press("Control+End");
      await window.page.keyboard.type(
        "\nimport requests\nrequests.get('https://example.com', timeout=5, verify=False)",
      );
      await window.page.keyboard.press("Escape");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await (await window.hover("verify"))
        .locator("a", { hasText: "tls-verification-disabled" })
        .first()
        .waitFor();
      await shot("typed");
    },
  },
  {
    name: "completes a snippet, with its imports, and surrounds what is selected",
    hosts: BOTH,
    async run(window, shot) {
      const { page } = window;
      await window.open("shop/views.py");
      await page.locator("#status\\.languageStatus").first().waitFor();
      await window.command("View: Focus Active Editor Group");
      await page.keyboard.press("Control+End");
      await page.keyboard.type("\npy-dataclass");
      await page.locator(".suggest-widget .monaco-list-row", { hasText: "py-dataclass" }).first().waitFor();
      await shot("snippet");
      await page.keyboard.press("Tab");
      await page.locator(".view-line", { hasText: "frozen=True" }).first().waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+End");
      await page.keyboard.press("Shift+Home");
      await window.command("Snippets: Surround with Snippet");
      const surrounding = page.locator(".quick-input-list .monaco-list-row", { hasText: "py-try-log-raise" });
      await surrounding.first().waitFor();
      await shot("surround");
    },
  },
  {
    name: "leads from Problems to the guide",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      const problems = await window.problems();
      const link = problems.locator("a", { hasText: RULE }).first();
      await link.waitFor();
      await shot("problems");
      await link.click();
      await window.preview("Debug and development server");
      await expectNoDialog(window);
    },
  },
  {
    name: "offers in the palette what works now, and nothing else",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("README.md");
      const outside = await window.palette("Stack Coach: Explain Advice");
      expectOffer(outside, "Explain Advice at Cursor", false);
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.code("True").click({ force: true });
      for (const title of ["Explain Advice at Cursor", "Check Whole Workspace", "Search Guide", "Show Log"])
        expectOffer(await paletteWith(window, title), title, true);
      expectOffer(await window.palette("Stack Coach: Cancel Check"), "Cancel Check", false);
      await shot("palette");
    },
  },
  {
    name: "finds headings of the guide",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.command("Stack Coach: Search Guide");
      await window.page.locator(".quick-input-box input[placeholder*=headings]").waitFor();
      await window.page.keyboard.type("cookies");
      await shot("search");
      await window.page.keyboard.press("Enter");
      await window.page.locator(".tab.active[aria-label*='.md']").first().waitFor();
    },
  },
  {
    name: "configures the severity of a rule",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.command("Stack Coach: Configure Rule Severity");
      const choose = async (question: string, answer: string): Promise<void> => {
        await window.page.locator(`.quick-input-box input[placeholder*="${question}"]`).waitFor();
        await window.page.keyboard.type(answer);
        await shot(`configure-${answer}`);
        await window.page.keyboard.press("Enter");
      };
      await choose("Rule to configure", "flask-debug");
      await choose("Severity of", "error");
      await choose("Where", "This workspace");
      await window.page.locator(".squiggly-error").first().waitFor();
    },
  },
  {
    name: "checks the workspace, and says what came of it",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.command("Stack Coach: Check Whole Workspace");
      await window.page.locator(".statusbar-item >> text=/Checked \\d+ files/").first().waitFor();
      const problems = await window.problems();
      await problems.locator(".monaco-list-row >> text=settings.py").first().waitFor();
      await window.expectNoToast();
      await shot("scan");
    },
  },
  {
    name: "shows the time of the last analysis in the language status",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.page.locator("#status\\.languageStatus").first().hover();
      await window.page.locator(".hover-language-status >> text=/last analysis/").first().waitFor();
      await shot("status");
    },
  },
  {
    name: "shows the configuration in effect",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.command("Stack Coach: Show Effective Configuration");
      await window.page.locator(".tab.active[data-resource-name^=effective-configuration]").first().waitFor();
      await window.page.locator(".view-line >> text=professional").first().waitFor();
      await shot("configuration");
    },
  },
  {
    name: "explains the advice at the cursor",
    hosts: BOTH,
    async run(window, shot) {
      await window.open("shop/admin_panel.py");
      await window.page.locator(".squiggly-warning").first().waitFor();
      await window.code("True").click({ force: true });
      await window.command("Stack Coach: Explain Advice at Cursor");
      await window.preview("Flask debugger left on");
      await shot("explain");
    },
  },
];

/** Takes the pictures of a story. */
export function photographer(window: EditorWindow, host: HostKind): (name: string) => Promise<unknown> {
  return (name) => screenshot(window.page, `${host}-${name}`);
}

async function expectNoDialog({ page }: EditorWindow): Promise<void> {
  const dialogs = await page.locator(".monaco-dialog-box:visible").allInnerTexts();
  if (dialogs.length > 0) throw new Error(`a dialog asks: ${dialogs.join(" | ")}`);
}

function expectOffer(titles: readonly string[], title: string, expected: boolean): void {
  const found = titles.some((each) => each === `Stack Coach: ${title}`);
  if (found !== expected)
    throw new Error(`"${title}" ${expected ? "is missing" : "is offered"}: ${titles.join(" | ")}`);
}
