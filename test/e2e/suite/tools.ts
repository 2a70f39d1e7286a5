/** The suite for the tools that assistants of the editor call; it leaves the editor's AI features on. */

import "../harness/mocha.ts";
import * as vscode from "vscode";
import { runMocha } from "../harness/mocha.ts";
import { activate, equal, inWorkspace, matches, write } from "./support.ts";

before(activate);

/** In hosts older than the interface there is nothing to test but that the extension starts without it. */
const hasTools = offersTools();

function offersTools(): boolean {
  try {
    return typeof vscode.lm.invokeTool === "function" && vscode.lm.tools.length > 0;
  } catch {
    return false;
  }
}

async function invoke(name: string, input: object): Promise<unknown> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  if (!(part instanceof vscode.LanguageModelTextPart)) throw new Error("the answer is no text");
  return JSON.parse(part.value);
}

async function refusal(name: string, input: object): Promise<string> {
  try {
    await invoke(name, input);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`${name} accepted ${JSON.stringify(input)}`);
}

interface Findings {
  readonly filesChecked: number;
  readonly findings: readonly { readonly path: string; readonly line: number; readonly ruleId: string }[];
}

describe("the tools for language models", () => {
  before(function () {
    if (!hasTools) this.skip();
  });

  it("are offered with what they take and when to call them", () => {
    const ours = vscode.lm.tools.filter(({ name }) => /stack/.test(name));
    equal(
      ours
        .map(({ name }) => name)
        .sort()
        .join(),
      "explain_stack_rule,get_stack_checklist,get_stack_findings",
      "tools",
    );
    for (const { description } of ours) matches(description, /JSON/, "description");
  });

  it("give the findings of a file by its absolute path", async () => {
    const file = inWorkspace("assistant.py");
    await write(file, "from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n");
    const { findings, filesChecked } = (await invoke("get_stack_findings", {
      path: file.fsPath,
    })) as Findings;
    equal(filesChecked, 1, "files");
    const found = findings.find(({ ruleId }) => ruleId === "flask-debug-enabled");
    equal(found?.line, 4, "line of the finding");
    equal(found?.path, file.fsPath, "path of the finding");
    const errors = (await invoke("get_stack_findings", {
      path: file.fsPath,
      minSeverity: "error",
    })) as Findings;
    equal(errors.findings.length, 0, "findings of at least an error");
  });

  it("say what is wrong with a question, and how to put it right", async () => {
    matches(
      await refusal("get_stack_findings", { path: "assistant.py" }),
      /absolute path/,
      "a relative path",
    );
    matches(
      await refusal("get_stack_findings", { path: "/nowhere/x.py" }),
      /outside of the workspace/,
      "elsewhere",
    );
    matches(await refusal("explain_stack_rule", { ruleId: "sql" }), /sql-injection/, "half a rule's name");
  });

  it("explain a rule", async () => {
    const answer = JSON.stringify(await invoke("explain_stack_rule", { ruleId: "flask-debug-enabled" }));
    matches(answer, /debugger/i, "the reason");
    matches(answer, /"guide":"flask#/, "the place in the guide");
  });

  it("give the checklist with evidence", async () => {
    const answer = JSON.stringify(await invoke("get_stack_checklist", {}));
    matches(answer, /"id":"manifest-present"/, "an item");
    matches(answer, /"root":"[^"]*orders"/, "the project");
  });
});

export const run = runMocha;
