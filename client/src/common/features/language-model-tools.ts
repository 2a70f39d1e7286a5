/** Tools for the editor's assistants: findings, the explanation of a rule, the checklist; all read-only, all JSON. */

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FINDINGS_REQUEST,
  type FindingsParams,
  type FindingsResult,
} from "../../../../server/src/protocol/findings.ts";
import { readCatalog } from "../catalog.ts";
import type { ChecklistStore } from "../checklist/store.ts";
import {
  type ChecklistInput,
  checklistAnswer,
  type FindingsInput,
  findingsAnswer,
  inputProblem,
  type RuleInput,
} from "../tools/answers.ts";
import type { Guide } from "./guide.ts";

/** As package.json contributes them. */
export const TOOLS = {
  findings: "get_stack_findings",
  rule: "explain_stack_rule",
  checklist: "get_stack_checklist",
} as const;

type Invoke<Input> = (input: Input, token: vscode.CancellationToken) => Promise<unknown>;

/** Nothing where the editor has no such interface, or has it as a proposal that it keeps from us: older editors do. */
export function registerLanguageModelTools(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  store: ChecklistStore,
  guide: Guide,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const { lm } = vscode as { readonly lm?: typeof vscode.lm };
  if (typeof lm?.registerTool !== "function") return new vscode.Disposable(() => {});
  const register = <Input>(
    name: string,
    invocationMessage: string,
    invoke: Invoke<Input>,
  ): vscode.Disposable =>
    lm.registerTool<Input>(name, {
      prepareInvocation: () => ({ invocationMessage }),
      async invoke({ input }, token) {
        const answer = await invoke(input, token);
        const text = new vscode.LanguageModelTextPart(JSON.stringify(answer));
        return new vscode.LanguageModelToolResult([text]);
      },
    });
  const registerAll = (): vscode.Disposable =>
    vscode.Disposable.from(
      register<FindingsInput>(TOOLS.findings, vscode.l10n.t("Checking Python code"), (input, token) =>
        findings(client, input, token),
      ),
      register<RuleInput>(TOOLS.rule, vscode.l10n.t("Looking up a rule"), (input) =>
        rule(context, guide, input),
      ),
      register<ChecklistInput>(TOOLS.checklist, vscode.l10n.t("Reading the checklist"), (input) =>
        checklist(client, store, input),
      ),
    );
  try {
    return registerAll();
  } catch (error) {
    log.info(`Tools for language models are not offered here: ${String(error)}`);
    return new vscode.Disposable(() => {});
  }
}

async function findings(client: BaseLanguageClient, input: FindingsInput, token: vscode.CancellationToken) {
  requireServer(client);
  const problem = inputProblem(input, isAbsolute);
  if (problem !== null) throw new Error(problem);
  const params: FindingsParams = input.path === undefined ? {} : { uris: [uriOf(input.path)] };
  const result = await client.sendRequest<FindingsResult>(FINDINGS_REQUEST, params, token);
  if (result.checked === 0 && result.files.length === 0 && input.path !== undefined && !result.cancelled) {
    const why = result.skipped[0]?.reason ?? "No Python file lies there.";
    throw new Error(
      `${input.path} was not checked: ${why} Give the absolute path of a Python file or folder of ${folders()}.`,
    );
  }
  return findingsAnswer(result, input, pathOf);
}

async function rule(context: vscode.ExtensionContext, guide: Guide, { ruleId }: RuleInput) {
  const catalog = await readCatalog(context);
  const known = catalog.find(({ id }) => id === ruleId);
  if (known === undefined) {
    const near = catalog
      .filter(({ id }) => typeof ruleId === "string" && id.includes(ruleId))
      .map(({ id }) => id);
    const list = near.length > 0 ? near : catalog.map(({ id }) => id);
    throw new Error(`There is no rule ${JSON.stringify(ruleId)}. Rules: ${list.join(", ")}.`);
  }
  return { ...known, explanation: await guide.read(`rules/${ruleId}`) };
}

async function checklist(client: BaseLanguageClient, store: ChecklistStore, input: ChecklistInput) {
  requireServer(client);
  await store.refresh();
  const reports = store.reports() ?? [];
  if (reports.length === 0)
    throw new Error(`No Python project was found in ${folders()}. Open the folder of one.`);
  return checklistAnswer(reports, input ?? {}, pathOf);
}

function requireServer(client: BaseLanguageClient): void {
  if (client.isRunning()) return;
  throw new Error(
    'The server of Stack Coach does not run. Run the command "Stack Coach: Restart Server", then ask again.',
  );
}

function folders(): string {
  const paths = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => pathOf(uri.toString()));
  return paths.length > 0 ? paths.join(", ") : "the window, which has no folder open";
}

function pathOf(uri: string): string {
  const parsed = vscode.Uri.parse(uri);
  return parsed.scheme === "file" || parsed.scheme === "vscode-remote" ? parsed.fsPath : uri;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^([A-Za-z]:[\\/]|\\\\)/.test(path) || /^[a-z][a-z0-9+.-]+:\//.test(path);
}

/** Paths of virtual workspaces are URIs, as our answers give them. */
function uriOf(path: string): string {
  return /^[a-z][a-z0-9+.-]+:\//.test(path) ? path : vscode.Uri.file(path).toString();
}
