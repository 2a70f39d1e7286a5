/** The rules as the generated catalogue lists them: what pickers show without asking the server. */

import { type ExtensionContext, Uri, workspace } from "vscode";

export interface CatalogRule {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** `page#anchor`. */
  readonly guide: string;
}

export async function readCatalog({ extensionUri }: ExtensionContext): Promise<readonly CatalogRule[]> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, "media", "catalog.json"));
  const catalog: { readonly rules: readonly CatalogRule[] } = JSON.parse(new TextDecoder().decode(bytes));
  return catalog.rules;
}
