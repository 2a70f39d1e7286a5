/** Rules that ask about the whole project: facts, definitions of other files, and when units run again. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Engine, OpenFile } from "../../../server/src/engine/analyze.ts";
import { DEFAULT_CONFIG } from "../../../server/src/engine/config/types.ts";
import type { Project } from "../../../server/src/engine/project/project.ts";
import { defineProjectFact } from "../../../server/src/semantic/project.ts";
import { projectOf, sourceOf } from "../../harness/check.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";
import { rule } from "./rules.ts";

const parser = await createTestParser();

/** Names of all functions whose name starts with `task`, and whether all files were read. */
function tasksFact(collected: string[] = []) {
  return defineProjectFact({
    id: "test/tasks",
    words: ["task"],
    collect(model, { relativePath }) {
      collected.push(relativePath);
      const names = model.module.body.flatMap((it) => (it.kind === "FunctionDef" ? [it.name] : []));
      return names.filter((name) => name.startsWith("task"));
    },
    merge: (parts, { complete }) => ({ complete, names: parts.flatMap(({ part }) => part).sort() }),
  });
}

/** Reports, at each call of `ask`, what the project says. `ran` hears of each call that it is shown. */
function asking(fact: ReturnType<typeof tasksFact>, ran: string[] = []) {
  return rule("asking", {
    on: {
      Call(node, ctx) {
        ran.push(ctx.text(node));
        if (node.func.kind !== "Name" || node.func.id !== "ask") return;
        const { complete, names } = ctx.projectFact(fact);
        ctx.report(node, "found", { data: { what: `${names.join(" ")}${complete ? "" : "?"}` } });
      },
    },
  });
}

/** Reports, at each call of a function of another file, where that is defined. */
const LOOKING = rule("looking", {
  on: {
    Call(node, ctx) {
      const name = ctx.model.callee(node);
      const found = name === undefined ? null : ctx.definition(name);
      if (found === null) return;
      const { length } = found.node.body;
      ctx.report(node, "found", {
        data: { what: `${found.file.relativePath} ${found.node.name} ${length}` },
      });
    },
  },
});

interface Setting {
  readonly engine: Engine;
  readonly project: Project;
  readonly faults: readonly string[];
}

function setting(files: Readonly<Record<string, string>>, ...rules: ReturnType<typeof rule>[]): Setting {
  const { engine, faults } = createTestEngine(parser, rules);
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return { engine, faults, project: projectOf(engine, list) };
}

function put({ project }: Setting, path: string, text: string): void {
  const { text: whole, ...identity } = sourceOf({ path, text });
  project.files.put({ ...identity, notebook: false }, whole);
}

/** Opens a file that is on disk as well. */
function open(at: Setting, path: string, text: string): OpenFile {
  put(at, path, "");
  return at.engine.open(sourceOf({ path, text }), at.project);
}

function messages({ engine }: Setting, file: OpenFile): readonly string[] {
  return engine.findings(file, DEFAULT_CONFIG).map(({ message }) => message);
}

describe("a project fact", () => {
  it("is merged from all files, in the order of their paths", () => {
    const at = setting({ "b.py": "def task_b(): ...\n", "a.py": "def task_a(): ...\n" }, asking(tasksFact()));
    const file = open(at, "c.py", "ask()\n");
    assert.deepEqual(messages(at, file), ["Found task_a task_b."]);
  });

  it("says that nothing is complete without a project, and before all files were read", () => {
    const at = setting({}, asking(tasksFact()));
    const source = sourceOf({ path: "c.py", text: "def task(): ...\nask()\n" });
    assert.deepEqual(messages(at, at.engine.open(source)), ["Found task?."]);
    at.project.files.setComplete(false);
    put(at, "c.py", source.text);
    const file = at.engine.open(source, at.project);
    assert.deepEqual(messages(at, file), ["Found task?."]);
    at.project.files.setComplete(true);
    assert.deepEqual(messages(at, file), ["Found task."]);
  });

  it("parses only files that hold one of its words, and each version once", () => {
    const collected: string[] = [];
    const at = setting({ "a.py": "def task_a(): ...\n", "b.py": "x = 1\n" }, asking(tasksFact(collected)));
    const file = open(at, "c.py", "ask()\n");
    messages(at, file);
    at.engine.update(file, [{ start: 0, end: 0, text: "\n" }], "\nask()\n");
    messages(at, file);
    assert.deepEqual(collected, ["a.py"]);
    put(at, "b.py", "def task_b(): ...\n");
    assert.deepEqual(messages(at, file), ["Found task_a task_b."]);
    assert.deepEqual(collected, ["a.py", "b.py"]);
  });

  it("runs the units that read it again when it changes, and only these", () => {
    const ran: string[] = [];
    const at = setting({ "a.py": "def task_a(): ...\n" }, asking(tasksFact(), ran));
    const text = "def f():\n    ask()\n\ndef g():\n    other()\n";
    const file = open(at, "c.py", text);
    messages(at, file);
    ran.length = 0;
    put(at, "a.py", "def task_a():\n    return 1\n");
    assert.deepEqual(messages(at, file), ["Found task_a."]);
    assert.deepEqual(ran, [], "the part is the same");
    put(at, "a.py", "def task_z(): ...\n");
    assert.deepEqual(messages(at, file), ["Found task_z."]);
    assert.deepEqual(ran, ["ask()"]);
    at.project.files.remove("/project/a.py");
    assert.deepEqual(messages(at, file), ["Found ."]);
  });

  it("sees the text of open files, and that on disk again when they are closed", () => {
    const at = setting({ "a.py": "def task_a(): ...\n" }, asking(tasksFact()));
    const file = open(at, "c.py", "ask()\n");
    const typed = sourceOf({ path: "a.py", text: "def task_typed(): ...\n" });
    const other = at.engine.open(typed, at.project);
    assert.deepEqual(messages(at, file), ["Found task_typed."]);
    at.engine.update(other, [{ start: 8, end: 14, text: "more" }], "def task_more(): ...\n");
    assert.deepEqual(messages(at, file), ["Found task_more."]);
    at.engine.close(other);
    assert.deepEqual(messages(at, file), ["Found task_a."]);
  });

  it("sees a text that is held for a file that rests", () => {
    const at = setting({ "a.py": "def task_a(): ...\n" }, asking(tasksFact()));
    const file = open(at, "c.py", "ask()\n");
    const { text, ...identity } = sourceOf({ path: "a.py", text: "def task_held(): ...\n" });
    const letGo = at.project.files.hold({ ...identity, notebook: false }, text);
    assert.deepEqual(messages(at, file), ["Found task_held."]);
    letGo();
    assert.deepEqual(messages(at, file), ["Found task_a."]);
  });

  it("takes no notice of an open file that is not one of the project's", () => {
    const at = setting({}, asking(tasksFact()));
    at.engine.open(sourceOf({ path: "ignored.py", text: "def task_a(): ...\n" }), at.project);
    const file = open(at, "c.py", "ask()\n");
    assert.deepEqual(messages(at, file), ["Found ."]);
    at.project.files.setComplete(false);
    assert.deepEqual(messages(at, file), ["Found task_a?."]);
  });

  it("keeps what a file said while it does not parse", () => {
    const at = setting({}, asking(tasksFact()));
    const file = open(at, "c.py", "ask()\n");
    const text = "def task_a(): ...\ndef task_b(): ...\n";
    const other = open(at, "a.py", text);
    messages(at, file);
    const broken = `${text}def task_c(\n`;
    at.engine.update(other, [{ start: text.length, end: text.length, text: "def task_c(\n" }], broken);
    assert.deepEqual(messages(at, file), ["Found task_a task_b."]);
    const mended = `${text}def task_c():\n    ...\n`;
    at.engine.update(
      other,
      [{ start: text.length, end: broken.length, text: mended.slice(text.length) }],
      mended,
    );
    assert.deepEqual(messages(at, file), ["Found task_a task_b task_c."]);
  });

  it("uses what is parsed already where a file is analysed once", () => {
    const at = setting({ "a.py": "def task_a(): ...\nask()\n" }, asking(tasksFact()));
    const tree = at.project.files.get("/project/a.py")?.tree();
    const source = sourceOf({ path: "a.py", text: "def task_a(): ...\nask()\n" });
    assert.equal(at.engine.analyze(source, DEFAULT_CONFIG, at.project).length, 1);
    assert.equal(at.project.files.get("/project/a.py")?.tree(), tree);
  });

  it("leaves out a file on which it fails, and logs that", () => {
    const failing = { ...tasksFact(), collect: () => assert.fail("no") };
    const at = setting({ "a.py": "def task_a(): ...\n" }, asking(failing));
    const file = open(at, "c.py", "ask()\n");
    assert.deepEqual(messages(at, file), ["Found ."]);
    assert.deepEqual(at.faults, ["fact test/tasks failed on /project/a.py: no"]);
  });
});

describe("a definition of the project", () => {
  const FILES = {
    "shop/__init__.py": "from .orders import Order as Purchase\nfrom shop.orders import *\n",
    "shop/orders.py": "class Order:\n    def total(self):\n        return 1\n\ndef load():\n    pass\n",
  };

  it("is found by its qualified name, through re-exports", () => {
    const text = "from shop import Purchase\nimport shop.orders\nPurchase()\nshop.orders.load()\n";
    const at = setting(FILES, LOOKING);
    const file = open(at, "main.py", text);
    assert.deepEqual(messages(at, file), ["Found shop/orders.py Order 1.", "Found shop/orders.py load 1."]);
  });

  it("is looked for again when its file changes, comes or goes", () => {
    const at = setting(FILES, LOOKING);
    const text = "from shop.orders import load\nload()\n";
    const file = open(at, "main.py", text);
    assert.deepEqual(messages(at, file), ["Found shop/orders.py load 1."]);
    put(at, "shop/orders.py", "def load():\n    pass\n    pass\n");
    assert.deepEqual(messages(at, file), ["Found shop/orders.py load 2."]);
    at.project.files.remove("/project/shop/orders.py");
    assert.deepEqual(messages(at, file), []);
    put(at, "shop/orders.py", "def load():\n    pass\n");
    assert.deepEqual(messages(at, file), ["Found shop/orders.py load 1."]);
  });

  it("ends where re-exports go in a circle", () => {
    const at = setting({ "a.py": "from b import x\n", "b.py": "from a import x\n" }, LOOKING);
    const file = open(at, "c.py", "from a import x\nx()\n");
    assert.deepEqual(messages(at, file), []);
  });
});
