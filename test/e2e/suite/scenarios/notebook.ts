/** Notebooks: the cells are one module, magics are no errors, advice stands in the cell that it is about. */

import * as vscode from "vscode";
import { advice, awaitAdvice, equal, eventually, reset, ruleOf } from "../support.ts";

describe("a notebook", () => {
  afterEach(reset);

  it("is coached across its cells", async () => {
    const code = (text: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, "# Rates", "markdown"),
      code("%matplotlib inline\nimport requests as http"),
      code('url = "https://rates.example.com"\nrates = http.get(url, timeout=5, verify=False).json()'),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
    await vscode.window.showNotebookDocument(notebook);
    const cells = notebook.getCells().map((cell) => cell.document.uri);
    const [, imports, call] = cells;
    if (!imports || !call) throw new Error("the notebook has too few cells");
    const finding = await awaitAdvice(call, "tls-verification-disabled");
    equal(finding.range.start.line, 1, "line within the cell");
    equal(advice(imports).map(ruleOf).join(), "", "advice in the cell of the imports");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(call, new vscode.Range(1, 0, 2, 0), "rates = http.get(url, timeout=5).json()");
    await vscode.workspace.applyEdit(edit);
    await eventually(
      "no advice on the mended cell",
      () => advice(call, "tls-verification-disabled").length === 0,
    );
  });
});
