/** Shows nodes of plain data in a tree view. */

import {
  Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import type { TreeNode } from "./node.ts";

export interface NodeView<Subject> extends Disposable {
  readonly view: TreeView<TreeNode<Subject>>;
  /** Asks for the roots anew; what was unfolded stays so. */
  refresh(): void;
  /** Selects a node that the view has, or will have in a moment; false where it has none of that id. */
  reveal(id: string): Promise<boolean>;
}

/** How long a view may take to ask for its nodes after it was brought to the front. */
const PATIENCE_MS = 3_000;
const POLL_MS = 50;

/**
 * @param id the view's id in package.json
 * @param roots is asked each time the view is shown or refreshed
 */
export function createNodeView<Subject>(
  id: string,
  roots: () => Promise<readonly TreeNode<Subject>[]>,
): NodeView<Subject> {
  const changed = new EventEmitter<undefined>();
  const family = createFamily<Subject>();
  const provider: TreeDataProvider<TreeNode<Subject>> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getParent: ({ id: child }) => family.parent(child),
    async getChildren(node) {
      if (node !== undefined) return [...(await childrenOf(node))];
      const nodes = await roots();
      family.learn(nodes);
      return [...nodes];
    },
  };
  const view = window.createTreeView(id, {
    treeDataProvider: provider,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const both = Disposable.from(view, changed);
  return {
    view,
    refresh: () => changed.fire(undefined),
    async reveal(wanted) {
      const deadline = Date.now() + PATIENCE_MS;
      let node = family.node(wanted);
      while (node === undefined && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        node = family.node(wanted);
      }
      if (node === undefined) return false;
      await view.reveal(node, { select: true, focus: true, expand: true });
      return true;
    },
    dispose: () => both.dispose(),
  };
}

/** The nodes of a view by id, with the node above each: what `reveal` needs of nodes that were never unfolded. */
interface Family<Subject> {
  learn(roots: readonly TreeNode<Subject>[]): void;
  node(id: string): TreeNode<Subject> | undefined;
  parent(id: string): TreeNode<Subject> | undefined;
}

function createFamily<Subject>(): Family<Subject> {
  const nodes = new Map<string, TreeNode<Subject>>();
  const parents = new Map<string, TreeNode<Subject>>();
  const visit = (node: TreeNode<Subject>, parent: TreeNode<Subject> | undefined): void => {
    nodes.set(node.id, node);
    if (parent !== undefined) parents.set(node.id, parent);
    if (typeof node.children !== "function") for (const child of node.children ?? []) visit(child, node);
  };
  return {
    learn(roots) {
      nodes.clear();
      parents.clear();
      for (const root of roots) visit(root, undefined);
    },
    node: (id) => nodes.get(id),
    parent: (id) => parents.get(id),
  };
}

async function childrenOf<Subject>({ children }: TreeNode<Subject>): Promise<readonly TreeNode<Subject>[]> {
  return typeof children === "function" ? children() : (children ?? []);
}

function treeItem<Subject>(node: TreeNode<Subject>): TreeItem {
  const item = new TreeItem(node.label, foldingOf(node));
  item.id = node.id;
  if (node.description !== undefined) item.description = node.description;
  if (node.tooltip !== undefined) item.tooltip = new MarkdownString(node.tooltip);
  if (node.icon !== undefined) item.iconPath = iconOf(node.icon);
  if (node.spoken !== undefined) item.accessibilityInformation = { label: node.spoken };
  if (node.kind !== undefined) item.contextValue = node.kind;
  if (node.action !== undefined)
    item.command = { title: node.label, command: node.action.command, arguments: [...node.action.args] };
  if (node.checkbox !== undefined)
    item.checkboxState = {
      state: node.checkbox.checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
      tooltip: node.checkbox.tooltip,
    };
  return item;
}

function foldingOf<Subject>({ children, expanded }: TreeNode<Subject>): TreeItemCollapsibleState {
  if (children === undefined || (typeof children !== "function" && children.length === 0))
    return TreeItemCollapsibleState.None;
  return expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function iconOf({ id, color }: NonNullable<TreeNode["icon"]>): ThemeIcon {
  return color === undefined ? new ThemeIcon(id) : new ThemeIcon(id, new ThemeColor(color));
}
