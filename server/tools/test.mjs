/**
 * Runs every check and test of the project and prints one honest sum.
 *
 *   node server/tools/test.mjs            everything, as `npm test` and CI do
 *   node server/tools/test.mjs --quick    the loop while writing (`npm run verify`)
 *   node server/tools/test.mjs lsp cli    only the steps of these names
 *
 * It needs nothing but Node 20 and npm: what is missing is installed first.
 */

import { spawn } from "node:child_process";
import process from "node:process";
import { ensureInstalled, projectNode, root } from "./install.mjs";

/** A step that hangs is stopped after this time and counts as failed. */
const STEP_TIMEOUT_MS = 40 * 60_000;
/** Of a step that failed, this many lines are shown. */
const SHOWN_LINES = 400;

/** A check passes or fails as a whole: it counts as one. */
const check = (name, ...command) => ({ name, command, count: countCheck });

/** Test files of one kind, run by Node's own runner; `files` is a glob. */
const nodeTests = (name, files, concurrency) => ({
  name,
  command: [
    "--test",
    "--test-reporter=spec",
    ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
    files,
  ],
  count: countNodeTests,
});

const TYPES = [
  check("types", "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"),
  // Nothing of Node leaks into what runs in a worker: these are compiled without its types.
  check("types-server-browser", "node_modules/typescript/bin/tsc", "-p", "server/src/browser/tsconfig.json"),
  check("types-client-browser", "node_modules/typescript/bin/tsc", "-p", "client/src/browser/tsconfig.json"),
];
const STYLE = [
  check(
    "format-lint",
    "node_modules/@biomejs/biome/bin/biome",
    "ci",
    "--colors=off",
    "--max-diagnostics=50",
    ".",
  ),
  check(
    "layers",
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    "client",
    "server",
    "test",
  ),
];
const FRESH = [check("generated", "server/tools/gen.ts", "--check")];
const UNIT = [nodeTests("unit", "test/unit/**/*.test.ts")];
const CONTRACT = [nodeTests("contract", "test/contract/**/*.test.ts")];

/**
 * Lanes run beside each other, the steps of a lane in order: two lanes for the two cores that CI has. What needs
 * the bundles comes after `build` in its lane; those tests run on what ships, minified.
 */
const FULL = [
  [...TYPES, ...STYLE, ...FRESH, ...UNIT, ...CONTRACT, nodeTests("cpython", "test/cpython/**/*.test.ts")],
  [
    check("build", "esbuild.mjs", "--production"),
    nodeTests("lsp", "test/lsp/**/*.test.ts", 1),
    nodeTests("cli", "test/cli/**/*.test.ts", 1),
    nodeTests("package", "test/package/**/*.test.ts", 1),
    { name: "e2e", command: ["test/e2e/run.ts"], count: countSuites },
  ],
];
const QUICK = [
  [...TYPES, ...STYLE, ...FRESH],
  [...UNIT, ...CONTRACT],
];

/** A whole step: one passed or one failed. */
function countCheck(_lines, code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, closing: [] };
}

/** What Node's test runner says at the end: `ℹ pass 12`. */
function countNodeTests(lines, code) {
  const closing = lines.filter((line) =>
    /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(line),
  );
  const value = (key) => Number(closing.find((line) => line.startsWith(`ℹ ${key} `))?.split(" ")[2] ?? 0);
  const counts = {
    passed: value("pass"),
    failed: value("fail") + value("cancelled"),
    skipped: value("skipped") + value("todo"),
    closing,
  };
  return asFailedIfSilent(counts, code);
}

/** What each suite in VS Code says at its end, `12 passed, 0 failed`, and its tests that the host cannot run. */
function countSuites(lines, code) {
  const sums = lines.flatMap((line) => [...line.matchAll(/^\s*(\d+) passed, (\d+) failed\s*$/g)]);
  const sum = (at) => sums.reduce((total, match) => total + Number(match[at]), 0);
  const skipped = lines.filter((line) => /^\s*- .* \(does not apply to this host\)$/.test(line));
  const closing = lines.filter((line) => /^(ok|FAILED): /.test(line));
  return asFailedIfSilent({ passed: sum(1), failed: sum(2), skipped: skipped.length, closing }, code);
}

/** A runner that breaks without counting a failure, or that runs nothing, has failed. */
function asFailedIfSilent(counts, code) {
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  const silent = counts.failed === 0 && (code !== 0 || ranNothing);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** Runs one step to its end; its output is shown when it is over, so that steps side by side do not mix. */
async function runStep(step) {
  const started = performance.now();
  const { output, code, timedOut } = await execute(step.command);
  const lines = output.split(/\r?\n/);
  const result = step.count(lines, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const failed = result.failed > 0;
  console.log(`\n${failed ? "FAILED" : "ok"} ${step.name} (${seconds} s)`);
  if (failed) console.log(lines.slice(-SHOWN_LINES).join("\n").trimEnd());
  else if (result.closing.length > 0) console.log(result.closing.join("\n"));
  if (timedOut) console.log(`Stopped after ${STEP_TIMEOUT_MS / 60_000} minutes.`);
  return { name: step.name, ...result };
}

const running = new Set();

/** Whoever stops us stops our runners too. */
function stopWithRunners(signal) {
  for (const child of running) child.kill(signal);
  console.log(
    `Stopped by ${signal} while these ran: ${[...running].map((child) => child.spawnargs.at(-1)).join(", ")}`,
  );
  process.exit(1);
}

function execute(args) {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1" };
    // Set by a runner around us: it would change what the inner runners print.
    delete env.FORCE_COLOR;
    delete env.NODE_TEST_CONTEXT;
    const child = spawn(projectNode(), args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    const chunks = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, STEP_TIMEOUT_MS);
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => chunks.push(Buffer.from(String(error))));
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ output: Buffer.concat(chunks).toString("utf8"), code: code ?? 1, timedOut });
    });
  });
}

async function runLane(steps) {
  const results = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
}

/** The lanes with only the steps that were asked for. */
function selectLanes(args) {
  const lanes = args.includes("--quick") ? QUICK : FULL;
  const names = args.filter((arg) => !arg.startsWith("--"));
  if (names.length === 0) return lanes;
  const known = new Set(lanes.flat().map((step) => step.name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Error(`No such step: ${unknown.join(", ")}. There are: ${[...known].join(", ")}.`);
  return lanes.map((lane) => lane.filter((step) => names.includes(step.name)));
}

async function main() {
  const started = performance.now();
  process.on("SIGINT", stopWithRunners);
  process.on("SIGTERM", stopWithRunners);
  ensureInstalled();
  const results = (await Promise.all(selectLanes(process.argv.slice(2)).map(runLane))).flat();
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failures = results.filter((result) => result.failed > 0).map((result) => result.name);
  console.log(`\nTook ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  if (failures.length > 0) console.log(`Failed: ${failures.join(", ")}`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
});
