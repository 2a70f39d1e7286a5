/** What a report says beside its items: roles, path, questions, marks, several projects, and that it is incremental. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { CHECKS } from "../../../server/src/checklist.generated.ts";
import { editOf, shareMarks } from "../../../server/src/engine/checklist/edits.ts";
import { formatChecklist, shownItems } from "../../../server/src/engine/checklist/format.ts";
import { offeredActions } from "../../../server/src/engine/checklist/report.ts";
import { folderStacks } from "../../../server/src/engine/checklist/reports.ts";
import { type Files, itemOf, judged, reportOf } from "./project.ts";

const manifest = (...dependencies: readonly string[]): string =>
  `[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ${JSON.stringify(dependencies)}\n`;
const ROUTES = Array.from(
  { length: 6 },
  (_, n) => `@app.get("/r${n}")\ndef r${n}() -> int:\n    return ${n}\n`,
).join("\n\n");
const BACKEND: Files = {
  "pyproject.toml": manifest("fastapi", "sqlalchemy"),
  "main.py": `from fastapi import FastAPI\n\napp = FastAPI()\n\n\n${ROUTES}`,
};

describe("the role", () => {
  const cases: readonly (readonly [string, Files, string | null])[] = [
    ["backend", BACKEND, "backend"],
    [
      "full-stack",
      { ...BACKEND, "package.json": '{"dependencies": {"vue": "3"}}', "src/a.vue": "" },
      "full-stack",
    ],
    ["data", { "pyproject.toml": manifest("pandas", "apache-airflow"), "dags/a.py": "" }, "data"],
    [
      "automation",
      {
        "pyproject.toml": manifest("requests", "beautifulsoup4"),
        "a.py": 'if __name__ == "__main__":\n    pass\n',
      },
      "automation",
    ],
    ["nothing yet", { "a.py": "x = 1\n" }, null],
  ];
  for (const [name, files, wanted] of cases) {
    it(`is ${name}, with its reasons`, async () => {
      const { role } = await reportOf(files);
      assert.equal(role.primary, wanted);
      if (wanted === null) return;
      const own = role.reasons.filter((reason) => reason.role === wanted);
      assert.ok(own.reduce((sum, { weight }) => sum + weight, 0) >= 6);
      assert.ok(own.some(({ uri }) => uri !== null));
    });
  }

  it("that is chosen leaves what was found to be seen, and hides nothing that protects people", async () => {
    const report = await reportOf(BACKEND, { role: "data" });
    assert.deepEqual([report.role.primary, report.role.chosen], ["backend", "data"]);
    const shown = new Set(shownItems(report).map(({ id }) => id));
    assert.ok(!shown.has("api-tests-exist"));
    assert.ok(shown.has("object-level-authorization"));
  });
});

describe("the path and the questions", () => {
  it("name what is short, and one next step", async () => {
    const report = await reportOf(BACKEND);
    const testing = report.path.find(({ id }) => id === "testing");
    assert.equal(testing?.state, "open");
    const answer = report.questions.find(({ id }) => id === "tested");
    assert.deepEqual([answer?.answer, answer?.decidedBy], ["no", "tests-exist"]);
    assert.ok(report.nextStep !== null);
    const { itemId } = report.nextStep;
    assert.ok(["missing", "partly"].includes(itemOf(report, itemId).state));
  });

  it("take a step for done where its conditions are met", async () => {
    const tests = Array.from({ length: 6 }, (_, n) => `def test_${n}():\n    assert ${n} == ${n}\n`).join(
      "\n",
    );
    const pytest = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "--strict-markers"\n';
    const report = await reportOf({
      ...BACKEND,
      "pyproject.toml": manifest("fastapi") + pytest,
      "tests/test_a.py": tests,
    });
    assert.equal(report.path.find(({ id }) => id === "testing")?.state, "done");
  });
});

describe("marks", () => {
  it("set an item's state, and say where the files disagree", async () => {
    const own = {
      manual: { mentoring: { checked: true, note: "Ann", date: "2026-11-01" } },
      overrides: {
        "tests-exist": { state: "proven" as const, note: "in another repository" },
        "python-version-declared": { state: "n/a" as const, note: "" },
      },
    };
    const report = await reportOf(BACKEND, { own });
    assert.equal(itemOf(report, "mentoring").state, "proven");
    const tests = itemOf(report, "tests-exist");
    assert.deepEqual(
      [tests.state, tests.override?.found, tests.override?.conflicts],
      ["proven", "missing", true],
    );
    const python = itemOf(report, "python-version-declared");
    assert.deepEqual([python.state, python.override?.conflicts], ["not-applicable", true]);
  });

  it("of one's own count before the team's; broken ones count for nothing", async () => {
    const team = '{"overrides": {"tests-exist": {"state": "partly", "note": "team"}, "readme-useful": 3}}';
    const own = { manual: {}, overrides: { "tests-exist": { state: "missing" as const, note: "own" } } };
    const report = await reportOf(BACKEND, { own, team });
    assert.equal(itemOf(report, "tests-exist").override?.from, "own");
    assert.equal(itemOf(report, "readme-useful").override, null);
  });

  it("are shared in a file whose other entries stay", () => {
    const before =
      '{"role": "backend", "manual": {"unknown-item": {"checked": true, "note": "", "date": ""}}}';
    const plan = shareMarks(before, { manual: {}, overrides: { a: { state: "n/a", note: "" } } }, "x.json");
    assert.ok("files" in plan);
    const after = JSON.parse(plan.files[0]?.after ?? "") as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(after).sort(), ["manual", "overrides", "role", "version"]);
    assert.ok("unknown-item" in (after.manual ?? {}));
    assert.ok("problem" in shareMarks("// comment\n{}", { manual: {}, overrides: {} }, "x.json"));
  });
});

describe("a folder of several projects", () => {
  const files: Files = {
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["backend", "worker"]\n',
    "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.115"\n',
    ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: pytest\n",
    "backend/pyproject.toml": manifest("fastapi"),
    "backend/app/__init__.py": "",
    "worker/pyproject.toml": manifest("celery"),
    "worker/tasks.py": "x = 1\n",
  };

  it("has a report each, and what lies above them counts for all", async () => {
    const reports = await judged(files).reports();
    assert.deepEqual(
      reports.map(({ name }) => name),
      ["backend", "worker"],
    );
    for (const report of reports) {
      assert.equal(itemOf(report, "ci-runs-tests").state, "proven");
      assert.equal(itemOf(report, "dependencies-locked").evidence[0]?.uri, "file:///project/uv.lock");
    }
  });
});

describe("reading", () => {
  it("looks again only at what changed", async () => {
    const reads = new Map<string, number>();
    const project = judged({ ...BACKEND, "README.md": "# Shop\n", "tests/test_a.py": "" }, { reads });
    await project.reports();
    const before = project.facts.revision;
    reads.clear();
    await project.reports();
    assert.equal(project.facts.revision, before);
    assert.equal(reads.get("README.md") ?? 0, 0);
    project.files["README.md"] = "# Shop\n## Install\n## Run\n## Test\n";
    project.facts.touch("/project/README.md");
    const [report] = await project.reports();
    assert.equal(reads.get("README.md"), 1);
    assert.equal(reads.get("pyproject.toml") ?? 0, 0);
    assert.ok(report !== undefined && itemOf(report, "readme-useful").state === "proven");
  });

  it("sees files that come and go", async () => {
    const project = judged({ "a.py": "x = 1\n" });
    project.files["CHANGELOG.md"] = "# Changes\n";
    const [first] = await project.reports();
    assert.ok(first !== undefined && itemOf(first, "changelog-kept").state === "proven");
    delete project.files["CHANGELOG.md"];
    project.facts.touchAll();
    const [second] = await project.reports();
    assert.ok(second !== undefined && itemOf(second, "changelog-kept").state === "cannot-tell");
  });

  it("says cannot tell of what rests on code that is still being read", async () => {
    const project = judged(BACKEND);
    await project.facts.readTexts();
    const [one] = folderStacks(project.facts, {
      folderName: "a",
      ruleStatus: () => "on",
      today: "2026-11-27",
    });
    assert.equal(one?.stack.complete, false);
  });

  it("goes on past files that are broken, binary, huge or unreadable", async () => {
    const report = await reportOf({
      ...BACKEND,
      "README.md": new Uint8Array([0, 159, 146, 150]),
      "compose.yaml": "services: [",
      "docs/huge.md": "x".repeat(1_100_000),
      "broken.py": "def (:\n",
      "latin.py": new Uint8Array([0x78, 0x3d, 0x22, 0xe9, 0x22]),
      "bomb.yml": `a: &a [1]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n === 0 ? "a" : `b${n - 1}`}, *${n === 0 ? "a" : `b${n - 1}`}]`).join("\n")}\n`,
    });
    const reasons = new Map(
      report.unread.map(({ uri, reason }) => [uri.slice("file:///project/".length), reason]),
    );
    assert.match(reasons.get("README.md") ?? "", /binary/);
    assert.match(reasons.get("compose.yaml") ?? "", /not valid YAML/);
    assert.match(reasons.get("docs/huge.md") ?? "", /1075 KB/);
    assert.equal(itemOf(report, "manifest-present").state, "proven");
  });
});

describe("edits", () => {
  for (const check of CHECKS) {
    for (const action of check.actions ?? []) {
      if (!("build" in action)) continue;
      it(`${check.id}: ${action.title}, once`, async () => {
        const files: Record<string, string> = {
          "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
          ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps: []\n",
          "shop/__init__.py": "import os\n\nURL = os.environ['URL']\n",
          "shop/prices.py": "def total(prices: list[int]) -> int:\n    return sum(prices)\n",
        };
        if (check.id === "manifest-present") delete files["pyproject.toml"];
        if (check.id === "ci-runs-tests") delete files[".github/workflows/ci.yml"];
        const project = judged(files);
        await project.reports();
        const [one] = folderStacks(project.facts, {
          folderName: "shop",
          ruleStatus: () => "on",
          today: "2026-11-27",
        });
        assert.ok(one !== undefined);
        const context = {
          stack: one.stack,
          read: async (path: string) => files[path] ?? null,
          inRoot: (name: string) => name,
        };
        const offered = offeredActions(check, one.stack).find((offer) => offer.action === action);
        const edit = await editOf(offered, context, (path) => path);
        assert.equal(edit.problem, null);
        for (const { uri, create, edits } of edit.files) {
          assert.equal(create, !(uri in files));
          assert.ok(edits.length > 0 && edits.every(({ text }) => text.length > 0));
        }
        const plan = await action.build(context);
        assert.ok("files" in plan);
        for (const { path, after } of plan.files) files[path] = after;
        const again = await action.build({ ...context, read: async (path) => files[path] ?? null });
        if (check.id !== "gitignore-python")
          assert.ok("problem" in again, "a second time there is nothing to do");
      });
    }
  }
});

describe("texts", () => {
  it("hold every item that applies, and nothing that Markdown would take for its own", async () => {
    const report = await reportOf({ ...BACKEND, "a|b.py": "import requests\n\nrequests.get('x')\n" });
    const markdown = formatChecklist([report], "markdown");
    const rows = markdown.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| State"));
    const applying = shownItems(report).filter(({ state }) => state !== "not-applicable");
    assert.equal(rows.length, applying.length);
    for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 5, row);
    assert.deepEqual(JSON.parse(formatChecklist([report], "json")), {
      version: 1,
      reports: [JSON.parse(JSON.stringify(report))],
    });
  });
});
