/** A tree as plain data: what a view shows, without a word about the editor, so that it can be tested anywhere. */

/** Says messages in the reader's language: VS Code's own `l10n`, or one that a test makes up. */
export interface Localizer {
  t(message: string, ...args: readonly (string | number)[]): string;
}

/** One line of a tree view. `Subject` is what the line is about: menus hand it to their commands. */
export interface TreeNode<Subject = unknown> {
  /** Unique among all nodes of the view, and the same for the same thing after a refresh. */
  readonly id: string;
  readonly label: string;
  /** Shown dimmed after the label. */
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  /** A codicon, and a colour of the theme. */
  readonly icon?: { readonly id: string; readonly color?: string };
  /** What a screen reader says: everything that icon and description show. */
  readonly spoken?: string;
  /** What `when` clauses of the view's menus match against `viewItem`. */
  readonly kind?: string;
  /** What a click, or Enter, does. */
  readonly action?: { readonly command: string; readonly args: readonly unknown[] };
  readonly children?: readonly TreeNode<Subject>[] | (() => Promise<readonly TreeNode<Subject>[]>);
  readonly expanded?: boolean;
  readonly checkbox?: { readonly checked: boolean; readonly tooltip: string };
  readonly subject?: Subject;
}
