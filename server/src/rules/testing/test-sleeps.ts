/** Rule: a test that waits a fixed time and hopes. */

import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders, statementOf } from "../../engine/search.ts";
import type { Call, FunctionNode, Node } from "../../syntax/ast.ts";
import { lastParts } from "../../syntax/calls.ts";
import { isCollectedTest } from "./_shared.ts";

const SLEEPS = new Set(["time.sleep", "asyncio.sleep", "anyio.sleep", "trio.sleep", "gevent.sleep"]);

const NAMES = lastParts(SLEEPS);

/** Packages that take the clock into their hands: a sleep may take no time at all. */
const FAKE_CLOCKS = ["freezegun", "time_machine", "pytest_freezer", "looptime", "aiotools"];

/** Tests whose subject is time itself. */
const ABOUT_TIME =
  /sleep|timeout|time_?out|(?:^|_)time(?:_|$)|seed|delay|wait|throttl|rate|expir|ttl|retr|slow|durat|elapsed|interval|period|clock|timer|timing|backoff|deadline|cancel|concurren|parallel|schedul|debounce|heartbeat|keep_?alive|stale|age|cache|mtime|modified|reload/i;

/** Blocks in which letting time pass is what is tested. */
const DEADLINES =
  /raises|timeout|fail_after|move_on_after|assertRaises|freeze|travel|timer|measure|benchmark/i;

export default defineRule({
  id: "test-sleeps",
  title: "Test waits a fixed time",
  section: "testing",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  guide: "testing#flaky-tests",
  messages: {
    sleeps:
      "A fixed wait is too short on a busy machine and too long on every other. Wait for the condition, with a deadline, or patch the clock.",
  },
  docs: {
    why: "The sleep was long enough on the author's machine. On a loaded CI runner it is not, and the test fails once in fifty runs, until everybody presses “rerun” without looking. Everywhere else it is pure waiting: a hundred tests of one second are the reason why nobody runs the suite before a commit.",
    bad: `import time


def test_report_is_built(queue):
    queue.submit("report")
    time.sleep(2)
    assert queue.status("report") == "done"
`,
    good: `import threading


def test_report_is_built(queue):
    done = threading.Event()
    queue.submit("report", on_done=done.set)
    assert done.wait(timeout=10)
    assert queue.status("report") == "done"
`,
    whenFine:
      "A poll loop with a deadline sleeps between two looks. A test of a timeout has to let time pass. Both are not reported.",
    references: ["https://docs.pytest.org/en/stable/explanation/flaky.html"],
  },
  fix: "none",
  calls: NAMES,
  on: {
    Call(call, ctx) {
      if (!ctx.file.classes.has("test")) return;
      if (!SLEEPS.has(ctx.model.callee(call) ?? "")) return;
      const holder = ctx.model.enclosingFunction(call);
      if (holder === undefined || !isTestOrFixture(holder, ctx) || ABOUT_TIME.test(holder.name)) return;
      const [duration] = call.args;
      if (duration === undefined || isNoTime(duration, ctx)) return;
      if (ctx.moduleFact(hasFakeClock) || !somethingFollows(call) || isBounded(call, holder, ctx)) return;
      ctx.report(call, "sleeps");
    },
  },
});

const hasFakeClock = defineModuleFact({
  id: "test-sleeps:has-fake-clock",
  compute: (model) =>
    FAKE_CLOCKS.some((name) => model.importsPackage(name)) ||
    /(?:patch|setattr)\w*\([^)\n]*sleep/.test(model.tree.text),
});

function isTestOrFixture(holder: FunctionNode, ctx: RuleContext): boolean {
  if (isCollectedTest(holder, ctx.model, ctx.file)) return true;
  if (/^(?:setUp|tearDown|asyncSetUp|asyncTearDown|setup_method|teardown_method)$/.test(holder.name))
    return true;
  return holder.decorator_list.some((decorator) => {
    const plain = decorator.kind === "Call" ? decorator.func : decorator;
    return /^pytest(?:_asyncio)?\.fixture$/.test(ctx.model.qualifiedName(plain) ?? "");
  });
}

/** True for zero, which only gives others their turn, and for what is not known. */
function isNoTime(duration: Node & { readonly kind: string }, ctx: RuleContext): boolean {
  const value = ctx.model.constant(duration as Parameters<typeof ctx.model.constant>[0]);
  if (value?.type !== "int" && value?.type !== "float") return true;
  return Number(value.value) < 0.01;
}

/** True where the test goes on after the sleep: it waited for something. */
function somethingFollows(call: Call): boolean {
  const statement = statementOf(call);
  const block = statement === undefined ? undefined : blockOf(statement);
  return statement !== undefined && block !== undefined && block.at(-1) !== statement;
}

/** True in a loop that looks again, and where a deadline stands around it. */
function isBounded(call: Call, holder: FunctionNode, ctx: RuleContext): boolean {
  for (const at of holders(call)) {
    if (at === holder) return false;
    if (at.kind === "While" || at.kind === "For" || at.kind === "AsyncFor" || at.kind === "Lambda")
      return true;
    if (at.kind === "With" || at.kind === "AsyncWith") {
      if (at.items.some((item) => DEADLINES.test(ctx.text(item.context_expr)))) return true;
    }
  }
  return false;
}
