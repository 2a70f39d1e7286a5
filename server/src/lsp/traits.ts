/** What the client at the other end can do, read once from its capabilities. */

import type { DiagnosticTag, InitializeParams } from "vscode-languageserver";

export interface ClientTraits {
  /** Asks for diagnostics; where false they are pushed. */
  readonly pullDiagnostics: boolean;
  /** Can be told to ask again. */
  readonly refreshDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: ReadonlySet<DiagnosticTag>;
  readonly markdownHover: boolean;
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watchRegistration: boolean;
  readonly workspaceFolders: boolean;
  /** Takes code actions, not only commands. */
  readonly codeActionLiterals: boolean;
  /** Asks for the edit of a code action when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly preferredActions: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  /** Can ask the user before it applies an edit. */
  readonly changeAnnotations: boolean;
  readonly snippetEdits: boolean;
  readonly workDoneProgress: boolean;
}

/** Reads the traits; whatever a client does not say it can, it cannot. */
export function readTraits({ capabilities }: InitializeParams): ClientTraits {
  const { textDocument, workspace, window } = capabilities;
  const pull = textDocument?.diagnostic;
  // Before 3.18 the details of diagnostics were told in the capabilities of the push model only.
  const diagnostics = { ...textDocument?.publishDiagnostics, ...pull };
  const action = textDocument?.codeAction;
  const edit = workspace?.workspaceEdit;
  return {
    pullDiagnostics: pull !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    diagnosticTags: new Set(diagnostics.tagSupport?.valueSet ?? []),
    markdownHover: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      action?.dataSupport === true && action.resolveSupport?.properties.includes("edit") === true,
    preferredActions: action?.isPreferredSupport === true,
    documentChanges: edit?.documentChanges === true,
    createFiles: edit?.resourceOperations?.includes("create") === true,
    changeAnnotations: edit?.documentChanges === true && edit.changeAnnotationSupport !== undefined,
    snippetEdits: edit?.documentChanges === true && edit.snippetEditSupport === true,
    workDoneProgress: window?.workDoneProgress === true,
  };
}
