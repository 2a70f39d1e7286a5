/** Which configuration governs a file: files and their precedence, and what is said about a wrong one. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { describeConfig } from "../../../server/src/engine/config/describe.ts";
import {
  type ConfigRequest,
  createConfigResolver,
  type SettingsLayer,
} from "../../../server/src/engine/config/resolve.ts";
import type { FileConfig } from "../../../server/src/engine/config/types.ts";
import { isActive, judge } from "../../../server/src/engine/judge.ts";
import { callsOf } from "./rules.ts";

const RULES = [
  callsOf("sql", { section: "security", equivalents: { ruff: ["S608"], bandit: ["B608"] } }),
  callsOf("slow", { section: "performance", severity: "information", level: "senior" }),
  callsOf("maybe", { confidence: "low" }),
];
const [SQL, SLOW, MAYBE] = RULES as [(typeof RULES)[0], (typeof RULES)[0], (typeof RULES)[0]];

type Files = Readonly<Record<string, string>>;

function resolve(files: Files, request: Partial<ConfigRequest> = {}): Promise<FileConfig> {
  const resolver = createConfigResolver({
    readFile: async (path) => {
      const text = files[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    rules: RULES,
  });
  return resolver.resolve({ path: "/ws/app/views.py", root: "/ws", ...request });
}

const editor = (values: SettingsLayer["values"]): Partial<ConfigRequest> => ({
  editor: [{ label: "user settings", values }],
});

function severityOf(rule: (typeof RULES)[0], config: FileConfig): string | null {
  if (!isActive(rule, new Set(), config)) return null;
  const { severity, confidence } = rule;
  return judge({ rule, messageId: "found", severity, confidence }, config);
}

describe("precedence", () => {
  it("falls from command line to pyproject, team file, editor and default, setting by setting", async () => {
    const files = {
      "/ws/pyproject.toml": '[tool.stack-coach]\nlevel = "senior"\n',
      "/ws/.vscode/stack-coach.json": '{ "level": "essentials", "role": "data" }',
    };
    const config = await resolve(files, {
      ...editor({ role: "backend", maxFiles: 7, level: "essentials" }),
      overriding: [{ label: "command line", values: { enable: false } }],
    });
    const { settings, sources } = config;
    assert.equal(settings.enable, false);
    assert.equal(sources.enable.label, "command line");
    assert.equal(settings.level, "senior");
    assert.deepEqual(sources.level, { label: "pyproject.toml:2", path: "/ws/pyproject.toml", line: 2 });
    assert.equal(settings.role, "data");
    assert.equal(sources.role.label, "stack-coach.json:1");
    assert.equal(settings.maxFiles, 7);
    assert.equal(sources.maxFiles.label, "user settings");
    assert.equal(settings.deferToOtherTools, "auto");
    assert.equal(sources.deferToOtherTools.label, "default");
  });

  it("takes the nearest pyproject.toml that speaks of us, up to the root and no further", async () => {
    const files = {
      "/pyproject.toml": '[tool.stack-coach]\nrole = "data"\n',
      "/ws/pyproject.toml": '[tool.stack-coach]\nlevel = "senior"\n',
      "/ws/app/pyproject.toml": '[project]\nname = "app"\n',
    };
    const inside = await resolve(files);
    assert.deepEqual([inside.settings.level, inside.settings.role], ["senior", "auto"]);
    const unbounded = await resolve({ "/pyproject.toml": files["/pyproject.toml"] }, { root: null });
    assert.equal(unbounded.settings.role, "data");
  });

  it("lets a stronger source decide on a rule, and within one source the more specific pattern", async () => {
    const files = {
      "/ws/pyproject.toml": '[tool.stack-coach.rules]\n"security/*" = "hint"\ncalls-sql = "error"\n',
    };
    const config = await resolve(files, editor({ rules: { "calls-sql": "off", "calls-slow": "warning" } }));
    assert.equal(severityOf(SQL, config), "error");
    assert.equal(severityOf(SLOW, config), "warning");
    const bySection = await resolve({}, editor({ rules: { "security/*": "off" } }));
    assert.equal(severityOf(SQL, bySection), null);
  });
});

describe("severity", () => {
  it("of information and hints follows the level, unless an override asks for them", async () => {
    assert.equal(severityOf(SLOW, await resolve({})), null);
    assert.equal(severityOf(SLOW, await resolve({}, editor({ level: "senior" }))), "information");
    assert.equal(severityOf(SLOW, await resolve({}, editor({ rules: { "performance/*": "hint" } }))), "hint");
    assert.equal(severityOf(SQL, await resolve({}, editor({ level: "essentials" }))), "warning");
  });

  it("of low confidence is a hint, unless an override asks for more", async () => {
    assert.equal(severityOf(MAYBE, await resolve({})), "hint");
    assert.equal(
      severityOf(MAYBE, await resolve({}, editor({ rules: { "calls-maybe": "warning" } }))),
      "warning",
    );
  });

  it("that a report lowered stays lowered under an override", async () => {
    const config = await resolve({}, editor({ rules: { "calls-sql": "error" } }));
    const lowered = judge({ rule: SQL, messageId: "found", severity: "hint", confidence: "high" }, config);
    assert.equal(lowered, "hint");
  });
});

describe("stepping aside", () => {
  const ruff = (codes: string, ignored = "") =>
    resolve({ "/ws/ruff.toml": `[lint]\nselect = [${codes}]\nignore = [${ignored}]\n` });
  const two = callsOf("two", { equivalents: { ruff: ["S110", "BLE001"] } });
  const single = callsOf("single", {
    equivalents: { ruff: ["S110", "BLE001"] },
    messages: { found: "Found.", other: "Other." },
    retires: { found: { ruff: ["S110"] } },
  });
  const flagship = callsOf("flagship", { flagship: true, equivalents: { ruff: ["S608"] } });

  it("takes one enabled equivalent for an ordinary rule", async () => {
    assert.equal(severityOf(SQL, await ruff('"S608"')), null);
    assert.equal(severityOf(two, await ruff('"BLE001"')), null);
    assert.equal(severityOf(two, await ruff('"E722"')), "warning");
  });
  it("is a matter of single messages where a rule says so, and a flagship's only where it does", async () => {
    const config = await ruff('"S110"');
    const as = (messageId: string) =>
      judge({ rule: single, messageId, severity: "warning", confidence: "high" }, config);
    assert.equal(isActive(single, new Set(), config), true);
    assert.equal(as("found"), null);
    assert.equal(as("other"), "warning");
    assert.equal(severityOf(flagship, await ruff('"S608"')), "warning");
  });
  it("becomes a hint where the project turned one equivalent off, but for a flagship", async () => {
    assert.equal(severityOf(two, await ruff('"E722"', '"BLE001"')), "hint");
    assert.equal(severityOf(flagship, await ruff('"E722"', '"S608"')), "warning");
  });
});

describe("problems", () => {
  it("name the line, say what is expected, and lose nothing else", async () => {
    const text = `[tool.stack-coach]
levle = "senior"
role = "boss"
max-files = 10
run = "onSave"

[tool.stack-coach.rules]
calls-sqll = "off"
calls-sql = "loud"
calls-slow = "hint"
`;
    const config = await resolve({ "/ws/pyproject.toml": text });
    assert.deepEqual(
      config.problems.map(({ line, message }) => `${line}: ${message}`),
      [
        "2: `levle` is not a setting of Stack Coach; perhaps `level` is meant.",
        '3: `role` must be one of "auto", "backend", "automation", "data", "full-stack".',
        "5: `run` is a setting of the editor and has no effect in a project file.",
        "8: No rule or section is called `calls-sqll`; perhaps `calls-sql` is meant.",
        "9: `calls-sql` must be one of error, warning, information, hint, off.",
      ],
    );
    assert.equal(config.settings.maxFiles, 10);
    assert.equal(severityOf(SLOW, config), "hint");
  });

  it("of a file that is no TOML leave the others in force", async () => {
    const config = await resolve({
      "/ws/pyproject.toml": '[tool.stack-coach\nlevel = "senior"\n',
      "/ws/.vscode/stack-coach.json": '{ "role": "data" }',
    });
    assert.equal(config.problems.length, 1);
    assert.deepEqual([config.problems[0]?.path, config.problems[0]?.line], ["/ws/pyproject.toml", 1]);
    assert.match(
      config.problems[0]?.message ?? "",
      /^This file is not valid TOML, so nothing in it counts: .+\.$/,
    );
    assert.equal(config.settings.role, "data");
  });

  it("of a team file that is no JSON are said too; comments and trailing commas are none", async () => {
    const broken = await resolve({ "/ws/.vscode/stack-coach.json": '{\n "role": \n' });
    assert.match(broken.problems[0]?.message ?? "", /^This file is not valid JSON/);
    assert.equal((await resolve({ "/ws/.vscode/stack-coach.json": "[]" })).problems.length, 1);
    assert.equal((await resolve({ "/ws/.vscode/stack-coach.json": " \n" })).problems.length, 0);
    const text = '// ours\n{\n  /* who */ "role": "data", // us\n  "context.relaxed": ["test"],\n}\n';
    const fine = await resolve({ "/ws/.vscode/stack-coach.json": text });
    assert.deepEqual(fine.problems, []);
    assert.equal(fine.settings.role, "data");
    assert.deepEqual(fine.settings["context.relaxed"], ["test"]);
    assert.equal(fine.sources.role.line, 3);
  });

  it("read a dotted key as one key or as a table", async () => {
    const dotted = await resolve({
      "/ws/pyproject.toml": '[tool.stack-coach]\ncontext.relaxed = ["test"]\n',
    });
    const table = await resolve({ "/ws/pyproject.toml": '[tool.stack-coach.context]\nrelaxed = ["test"]\n' });
    assert.deepEqual(dotted.settings["context.relaxed"], ["test"]);
    assert.deepEqual(table.settings["context.relaxed"], ["test"]);
    assert.equal(table.sources["context.relaxed"].line, 2);
  });
});

describe("exclude", () => {
  it("names folders and files by glob", async () => {
    for (const glob of ["app", "app/**", "**/views.py", "views.py", "app/"]) {
      const config = await resolve({}, editor({ exclude: [glob] }));
      assert.equal(config.excluded?.label, "user settings", glob);
    }
    assert.equal((await resolve({}, editor({ exclude: ["apps", "app/models.py"] }))).excluded, null);
  });

  it("covers installed code", async () => {
    const path = "/ws/.venv/lib/python3.13/site-packages/x.py";
    assert.notEqual((await resolve({}, { path })).excluded, null);
    assert.notEqual(
      (await resolve({}, { path: "/usr/lib/python3/dist-packages/x.py", root: null })).excluded,
      null,
    );
  });
});

describe("the Python version", () => {
  const versionOf = async (manifest: string) =>
    (await resolve({ "/ws/pyproject.toml": manifest })).pythonVersion;
  it("is the lowest that the manifest allows", async () => {
    assert.deepEqual(await versionOf('[project]\nrequires-python = ">=3.11,<4"\n'), [3, 11]);
    assert.deepEqual(await versionOf('[project]\nrequires-python = "~=3.12.1"\n'), [3, 12]);
    assert.deepEqual(await versionOf('[tool.poetry.dependencies]\npython = "^3.10"\n'), [3, 10]);
    assert.deepEqual(await versionOf('[tool.ruff]\ntarget-version = "py313"\n'), [3, 13]);
    assert.equal(await versionOf('[project]\nname = "x"\n'), null);
  });
});

describe("Bandit", () => {
  it("lowers what the project skips to hints", async () => {
    const config = await resolve({ "/ws/pyproject.toml": '[tool.bandit]\nskips = ["B608"]\n' });
    assert.equal(severityOf(SQL, config), "hint");
    const excluded = await resolve({ "/ws/pyproject.toml": '[tool.bandit]\nexclude_dirs = ["app"]\n' });
    assert.equal(severityOf(SQL, excluded), "hint");
    const other = await resolve({ "/ws/pyproject.toml": '[tool.bandit]\nexclude_dirs = ["tests"]\n' });
    assert.equal(severityOf(SQL, other), "warning");
  });
});

it("is described with the source of every value, and of every rule that it changes", async () => {
  const files = {
    "/ws/pyproject.toml":
      '[tool.stack-coach.rules]\ncalls-maybe = "off"\n\n[tool.ruff.lint]\nselect = ["S6"]\n',
  };
  const config = await resolve(files);
  const entries = describeConfig(config, RULES, new Set());
  const of = (key: string) => entries.find((entry) => entry.key === key);
  assert.deepEqual(of("level"), { key: "level", value: '"professional"', source: "default" });
  assert.deepEqual(of("calls-maybe"), { key: "calls-maybe", value: "off", source: "pyproject.toml:2" });
  assert.deepEqual(of("calls-sql"), {
    key: "calls-sql",
    value: "off",
    source: "Ruff S608 is enabled (pyproject.toml:5)",
  });
  assert.deepEqual(of("calls-slow"), {
    key: "calls-slow",
    value: "off",
    source: 'level "professional" leaves out senior advice',
  });
});
