/** Opens the guide at a heading in VS Code's own Markdown preview: from commands, links and a search. */

import { commands, Disposable, type ExtensionContext, l10n, type QuickPickItem, Uri, window } from "vscode";
import { readCatalog } from "../catalog.ts";
import { COMMANDS } from "../commands.ts";
import { CONTENTS, type GuidePage, type GuideTopic, guidePages, topicsOf } from "../guide/contents.ts";
import { createGuideFiles, type GuideFiles } from "../guide/files.ts";

export interface Guide extends Disposable {
  /** @param target `page#anchor` as rules and explanations name it */
  open(target: string): Promise<void>;
  /** Shows Markdown that is no page of the guide. */
  show(name: string, markdown: string): Promise<void>;
  /** The Markdown of a page, or null where there is none. */
  read(page: string): Promise<string | null>;
  /** The pages in the order of the guide's contents. */
  pages(): Promise<readonly GuidePage[]>;
  /** The headings of a page. */
  topics(page: string): Promise<readonly GuideTopic[]>;
}

interface Target extends QuickPickItem {
  readonly page: string;
  readonly anchor: string;
}

/** VS Code's own Markdown preview as an editor; package.json makes it the default for pages of the guide. */
const PREVIEW = "vscode.markdown.preview.editor";

export function registerGuide(context: ExtensionContext): Guide {
  const files = createGuideFiles(Uri.joinPath(context.extensionUri, "media", "guide"));
  const open = (target: string): Promise<void> => openPage(files, target);
  const registrations = Disposable.from(
    files,
    commands.registerCommand(COMMANDS.openGuide, async (target: unknown) => {
      if (typeof target === "string") return open(target);
      return pick(files, await sections(files), l10n.t("Open a section of the guide"));
    }),
    commands.registerCommand(COMMANDS.searchGuide, async () =>
      pick(files, await searchTargets(files, context), l10n.t("Search the headings of the guide")),
    ),
    window.registerUriHandler({
      handleUri: (uri) => open(`${uri.path.replace(/^\/guide\//, "")}#${uri.fragment}`),
    }),
  );
  return {
    open,
    show: (name, markdown) => preview(files.publish(name, markdown)),
    read: files.read,
    pages: () => guidePages(files.read),
    topics: (page) => topicsOf(files.read, page),
    dispose: () => registrations.dispose(),
  };
}

/** A page that does not exist, or a name that cannot be one, opens the guide's contents. */
async function openPage(files: GuideFiles, target: string): Promise<void> {
  const [, page = "", anchor = ""] = /^([a-z0-9/-]+)(?:\.md)?(?:#([\w-]*))?$/.exec(target) ?? [];
  const exists = page !== "" && (await files.read(page)) !== null;
  await preview(exists ? files.uri(page, anchor) : files.uri(CONTENTS, ""));
}

/** The same editor that links into the guide open, so that a page has one tab; as text where previews are disabled. */
async function preview(uri: Uri): Promise<void> {
  try {
    await commands.executeCommand("vscode.openWith", uri, PREVIEW);
  } catch {
    await window.showTextDocument(uri.with({ fragment: "" }), { preview: true });
  }
}

async function pick(files: GuideFiles, targets: readonly Target[], placeHolder: string): Promise<void> {
  const picked = await window.showQuickPick(targets, { placeHolder, matchOnDescription: true });
  if (picked) await preview(files.uri(picked.page, picked.anchor));
}

/** The pages in the order of the guide's contents. */
async function sections(files: GuideFiles): Promise<Target[]> {
  return (await guidePages(files.read)).map(({ title, page }) => ({ label: title, page, anchor: "" }));
}

/** The headings of all sections, then the page of each rule. */
async function searchTargets(files: GuideFiles, context: ExtensionContext): Promise<Target[]> {
  const rules = await readCatalog(context);
  const pages = rules.map(({ id, title }) => ({
    label: title,
    description: id,
    page: `rules/${id}`,
    anchor: "",
  }));
  return [...(await allHeadings(files)), ...pages];
}

async function allHeadings(files: GuideFiles): Promise<Target[]> {
  const perPage = await Promise.all(
    (await guidePages(files.read)).map(async ({ title: section, page }) => {
      const found = await topicsOf(files.read, page);
      return found.map(({ title, anchor }) => ({ label: title, description: section, page, anchor }));
    }),
  );
  return perPage.flat();
}
