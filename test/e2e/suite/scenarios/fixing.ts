/** What the light bulb does: one fix, all safe ones, silence with a reason, the way to the guide. */

import * as vscode from "vscode";
import {
  awaitAdvice,
  awaitNone,
  equal,
  eventually,
  FLASK_DEBUG,
  matches,
  offer,
  offers,
  reset,
  show,
  tabs,
  take,
} from "../support.ts";

/** A message built for nothing, which is safe to mend, beside a debugger, which is a matter of how it is deployed. */
const SAFE_AND_UNSAFE = `import logging

${FLASK_DEBUG}

def greet(name: str) -> None:
    logging.info(f"hello {name}")
`;

describe("the light bulb", () => {
  afterEach(reset);

  it("mends a finding", async () => {
    const { document } = await show("mend.py", FLASK_DEBUG);
    const finding = await awaitAdvice(document.uri, "flask-debug-enabled");
    const fix = (await offers(document.uri, finding.range, "quickfix")).find(
      (action) => action.isPreferred || action.edit,
    );
    if (!fix) throw new Error("no fix is offered");
    await take(fix);
    await awaitNone(document.uri, "flask-debug-enabled");
    matches(document.getText(), /app\.run\(/, "the call is still there");
  });

  it("fixes all that is safe to fix, and nothing else", async () => {
    const { document } = await show("all.py", SAFE_AND_UNSAFE);
    await awaitAdvice(document.uri, "flask-debug-enabled");
    await awaitAdvice(document.uri, "eager-log-formatting");
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [fixAll, ...more] = await offers(document.uri, whole, "source.fixAll.stackCoach");
    if (!fixAll) throw new Error("fix all is not offered");
    equal(more.length, 0, "further actions of that kind");
    await take(fixAll);
    matches(document.getText(), /info\("hello %s", name\)/, "the safe fix");
    matches(document.getText(), /debug=True/, "what only an unsafe fix could change");
  });

  it("silences a finding with a comment that asks for a reason", async () => {
    const { document } = await show("silence.py", FLASK_DEBUG);
    const finding = await awaitAdvice(document.uri, "flask-debug-enabled");
    await take(await offer(finding, document.uri, /ignore|suppress/i));
    await awaitNone(document.uri, "flask-debug-enabled");
    matches(document.getText(), /# coach: ignore\[flask-debug-enabled\]/, "the comment");
  });

  it("leads to the guide", async () => {
    const { document } = await show("learn.py", FLASK_DEBUG);
    const finding = await awaitAdvice(document.uri, "flask-debug-enabled");
    await take(await offer(finding, document.uri, /learn|why/i));
    await eventually("the preview of the guide", () => tabs().some(({ label }) => /flask/i.test(label)));
  });

  it("says why on hover", async () => {
    const { document } = await show("hover.py", FLASK_DEBUG);
    const { range } = await awaitAdvice(document.uri, "flask-debug-enabled");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      range.start,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((each) => (typeof each === "string" ? each : each.value)))
      .join("\n");
    matches(text, /debugger/i, "the reason");
    matches(text, /command:stackCoach\.openGuide/, "the link to the guide");
  });
});
