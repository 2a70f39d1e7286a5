/**
 * The flow analysis against CPython: random programs are run with marked inputs. No mark may reach a sink where
 * the analysis says that it cannot; flows that it reports and that never happen are counted.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { compileKnowledge } from "../../server/src/flow/knowledge.ts";
import { hitsOf } from "../unit/flow/harness.ts";
import { CONDITIONS, generate, PRELUDE, type Program } from "./flow-programs.ts";

const MARKS = `MARK = "\u00a7"
seen = {}
reached = {}
current = None
calls = sources = 0
failing = None
harmless = (0, "")

def call():
    """Any call of a function from elsewhere may raise: the run counts them and lets one of them do so."""
    global calls
    calls += 1
    if calls == failing:
        raise ValueError("from elsewhere")

def src():
    """The client sends the mark, or in one place a text that the program compares with."""
    global sources
    call()
    sources += 1
    return harmless[1] if sources == harmless[0] else MARK

def sink(number, value):
    reached.setdefault(current, set()).add(number)
    if MARK in repr(value):
        seen.setdefault(current, set()).add(number)
    call()
`;

const RUNNER = `import itertools, json, marks, programs

def run(name, values, failing=None, harmless=(0, "")):
    marks.current, marks.calls, marks.sources = name, 0, 0
    marks.failing, marks.harmless = failing, harmless
    try:
        getattr(programs, name)(*values)
    except Exception:
        pass
    return marks.calls, marks.sources

for name in json.loads(open("names.json").read()):
    for values in itertools.product([True, False], repeat=${CONDITIONS}):
        calls, sources = run(name, values)
        for failing in range(1, min(calls, 30) + 1):
            run(name, values, failing)
        for place, text in itertools.product(range(1, min(sources, 8) + 1), ["k0", "k1", "k2"]):
            run(name, values, harmless=(place, text))
lists = lambda sets: {name: sorted(numbers) for name, numbers in sets.items()}
print(json.dumps({"seen": lists(marks.seen), "reached": lists(marks.reached)}))
`;

type SinksByProgram = Readonly<Record<string, readonly number[]>>;

/** Numbers of the sinks that were called at all, and of those that a mark reached. */
function runInPython(programs: readonly Program[]): {
  readonly seen: SinksByProgram;
  readonly reached: SinksByProgram;
} {
  const folder = mkdtempSync(join(tmpdir(), "stack-coach-flow-"));
  try {
    writeFileSync(join(folder, "marks.py"), MARKS);
    writeFileSync(join(folder, "programs.py"), PRELUDE + programs.map((p) => p.source).join("\n"));
    writeFileSync(join(folder, "names.json"), JSON.stringify(programs.map((p) => p.name)));
    writeFileSync(join(folder, "run.py"), RUNNER);
    return JSON.parse(
      execFileSync("python3", ["run.py"], { cwd: folder, encoding: "utf8", timeout: 60_000 }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const hasPython = (() => {
  try {
    execFileSync("python3", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

const knowledge = compileKnowledge([
  {
    library: "marks",
    sources: [{ name: "marks.src", kind: "web", label: "a mark", type: "builtins.str" }],
    sinks: [{ name: "marks.sink", risk: "sql", args: [{ at: 1 }] }],
  },
]);

interface Comparison {
  readonly missed: readonly string[];
  readonly reported: number;
  readonly neverHappened: readonly string[];
  /** Programs that were too much for the budget. */
  readonly degraded: number;
}

function compare(programs: readonly Program[]): Comparison {
  const happened = runInPython(programs);
  const missed: string[] = [];
  const neverHappened: string[] = [];
  let reported = 0;
  let degraded = 0;
  for (const program of programs) {
    const reached = new Set(happened.reached[program.name] ?? []);
    const hits = hitsOf(PRELUDE + program.source, program.name, knowledge);
    if (hits === null) {
      degraded++;
      continue;
    }
    // What an exception keeps from being called says nothing of the values that would have come.
    const found = new Set(hits.filter((number) => reached.has(number)));
    const real = new Set(happened.seen[program.name] ?? []);
    reported += found.size;
    for (const number of real) if (!found.has(number)) missed.push(`sink ${number} of\n${program.source}`);
    for (const number of found)
      if (!real.has(number)) neverHappened.push(`sink ${number} of\n${program.source}`);
  }
  return { missed, reported, neverHappened, degraded };
}

const COUNT = Number(process.env.STACK_COACH_FLOW_PROGRAMS ?? 400);

for (const loops of [false, true]) {
  const kind = loops ? "with loops and exceptions" : "of branches, containers and text";
  test(`no mark reaches a sink unseen, ${kind}`, {
    skip: hasPython ? false : "python3 is not installed",
  }, (t) => {
    const programs = Array.from({ length: COUNT }, (_, i) => generate(i + (loops ? 100_000 : 1), loops));
    const { missed, reported, neverHappened, degraded } = compare(programs);
    const share = (100 * neverHappened.length) / Math.max(1, reported);
    t.diagnostic(
      `${COUNT} programs ${kind}: ${reported} flows reported, ${share.toFixed(1)} % of them never happen; ${degraded} programs were too much`,
    );
    assert.ok(degraded <= COUNT / 20, `${degraded} of ${COUNT} programs were too much for the budget`);
    assert.equal(missed.length, 0, `${missed.length} missed, the first: ${missed[0]}`);
    if (!loops) assert.ok(share <= 5, `${share.toFixed(1)} % false, the first: ${neverHappened[0]}`);
  });
}
