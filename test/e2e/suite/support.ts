/** What the suites do in the editor, in a user's terms: write a file, wait for advice, take a light bulb's offer. */

import * as vscode from "vscode";

export const SOURCE = "Stack Coach";
export const IN_WEB = vscode.env.uiKind === vscode.UIKind.Web && vscode.env.appHost === "web";

/** Advice follows a keystroke within milliseconds; a machine that builds and tests at once may take longer. */
const PATIENCE_MS = 20_000;
const POLL_MS = 15;

export const FLASK_DEBUG = [
  "from flask import Flask",
  "",
  "app = Flask(__name__)",
  "",
  'if __name__ == "__main__":',
  "    app.run(debug=True)",
  "",
].join("\n");

/** Starts from a clean window: no editors, no settings left by the test before. */
export async function reset(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

export async function activate(): Promise<void> {
  const extension = vscode.extensions.getExtension("stack-coach.stack-coach");
  if (!extension) throw new Error("the extension is not there");
  await extension.activate();
}

export function inWorkspace(name: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder];
  if (!root) throw new Error(`no workspace folder ${folder}`);
  return vscode.Uri.joinPath(root.uri, name);
}

export async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Writes a file into the workspace and shows it. */
export async function show(name: string, text: string, folder = 0): Promise<vscode.TextEditor> {
  const uri = inWorkspace(name, folder);
  await write(uri, text);
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Types at the end of the document, key by key, as a user does. */
export async function type(editor: vscode.TextEditor, text: string): Promise<void> {
  for (const key of text) {
    const { document } = editor;
    const end = document.lineAt(document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, key), { undoStopBefore: false, undoStopAfter: false });
  }
}

export function advice(uri: vscode.Uri, rule?: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((each) => each.source === SOURCE && (rule === undefined || ruleOf(each) === rule));
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits for something to become true (or non-null), and returns it. @throws Error with the label where it does not. */
export async function eventually<T>(
  label: string,
  probe: () => T | Promise<T>,
  ms = PATIENCE_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`${label}: not within ${ms / 1000} s${state()}`);
    await pause(POLL_MS);
  }
}

/** What a failure needs to be understood: all advice in the window. */
function state(): string {
  const all = vscode.languages.getDiagnostics().filter(([, found]) => found.length > 0);
  const lines = all.map(
    ([uri, found]) => `  ${uri.path}: ${found.map((each) => `${each.source} ${ruleOf(each)}`).join(", ")}`,
  );
  return lines.length > 0 ? `; the window shows\n${lines.join("\n")}` : "; the window shows no diagnostics";
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function awaitAdvice(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`advice ${rule} in ${uri.path}`, () => advice(uri, rule)[0]);
}

export async function awaitNone(uri: vscode.Uri, rule?: string): Promise<void> {
  await eventually(`no advice ${rule ?? ""} in ${uri.path}`, () => advice(uri, rule).length === 0);
}

/** What the light bulb offers for a finding, lazily computed edits included. */
export async function offers(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: string,
): Promise<vscode.CodeAction[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    range,
    kind,
    20,
  );
  return all.filter((action) => action.edit !== undefined || action.command !== undefined);
}

export async function offer(
  finding: vscode.Diagnostic,
  uri: vscode.Uri,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const all = await offers(uri, finding.range);
  const found = all.find((action) => title.test(action.title));
  if (!found) throw new Error(`no offer ${title} among: ${all.map((action) => action.title).join(" | ")}`);
  return found;
}

export async function take(action: vscode.CodeAction): Promise<void> {
  if (action.edit && !(await vscode.workspace.applyEdit(action.edit)))
    throw new Error(`${action.title}: edit refused`);
  if (action.command) {
    const { command, arguments: args = [] } = action.command;
    await vscode.commands.executeCommand(command, ...args);
  }
}

export function equal<T>(actual: T, expected: T, label: string): void {
  if (actual !== expected)
    throw new Error(`${label}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

export function matches(actual: string, expected: RegExp, label: string): void {
  if (!expected.test(actual))
    throw new Error(`${label}: ${expected} does not match ${JSON.stringify(actual)}`);
}

/** The labels of all tabs, with what kind of editor shows them. */
export function tabs(): { readonly label: string; readonly viewType: string | undefined }[] {
  return vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.map(({ label, input }) => ({
      label,
      viewType:
        input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputWebview
          ? input.viewType
          : undefined,
    })),
  );
}

/** Sets a value for the workspace, and takes it back at the end. */
export async function withSetting<T>(key: string, value: unknown, body: () => Promise<T>): Promise<T> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration("stackCoach").update(key, value, target);
  try {
    return await body();
  } finally {
    await vscode.workspace.getConfiguration("stackCoach").update(key, undefined, target);
  }
}

/** What the extension logged: read from its output channel, as hosts without files have it. */
export async function extensionLog(): Promise<string> {
  await vscode.commands.executeCommand("stackCoach.showLog");
  const isOurs = ({ uri }: vscode.TextDocument): boolean =>
    uri.scheme === "output" && /stack-coach/i.test(uri.path);
  const document = await eventually("the log", () => vscode.workspace.textDocuments.find(isOurs));
  return document.getText();
}

/** The text in the active editor; "" where there is none. */
export function activeText(): string {
  return vscode.window.activeTextEditor?.document.getText() ?? "";
}

/** Takes what a question offers first, once it is asked. */
export function accept(): Promise<void> {
  return acceptAfter(0);
}

/** Long enough for a question to be asked: nothing tells an extension that one is on the screen. */
const QUESTION_MS = 700;

/** Moves down in the list that is on the screen and takes what is there: keys reach no question from in here. */
export async function acceptAfter(moves: number): Promise<void> {
  await pause(QUESTION_MS);
  for (let move = 0; move < moves; move++)
    await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
  await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
}
