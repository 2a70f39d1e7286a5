/** The models of libraries are well formed: types parse, names are canonical, nothing stands twice. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { KNOWLEDGE } from "../../../server/src/models/libraries.ts";
import { LIBRARIES } from "../../../server/src/models/library-list.ts";
import { UNDESCRIBED_BUILTINS } from "../../../server/src/models/python/builtins.ts";
import { parseTypeText, type TypeTerm } from "../../../server/src/models/type-text.ts";
import type { ClassModel, FunctionEntry, LibraryModel } from "../../../server/src/models/types.ts";

const CLASSES = new Set(LIBRARIES.flatMap((library) => Object.keys(library.classes ?? {})));

/** Every type text of a library, with the place it stands at. */
function* typeTexts(library: LibraryModel): Generator<readonly [string, string]> {
  for (const [name, entry] of Object.entries(library.functions ?? {})) yield* ofFunction(name, entry);
  for (const [name, text] of Object.entries(library.values ?? {})) yield [name, text];
  for (const [name, model] of Object.entries(library.classes ?? {})) yield* ofClass(name, model);
}

function* ofFunction(place: string, entry: FunctionEntry): Generator<readonly [string, string]> {
  if (typeof entry === "string") {
    yield [place, entry.replace(/^async /, "")];
    return;
  }
  if (entry.returns !== undefined) yield [place, entry.returns];
  for (const text of Object.values(entry.returnsBy?.types ?? {})) yield [place, text];
  if (typeof entry.decorator !== "object") return;
  yield [place, entry.decorator.object];
  if (entry.decorator.returns !== undefined) yield [place, entry.decorator.returns];
}

function* ofClass(name: string, model: ClassModel): Generator<readonly [string, string]> {
  for (const base of model.bases ?? []) yield [name, base];
  for (const [method, entry] of Object.entries(model.methods ?? {}))
    yield* ofFunction(`${name}.${method}`, entry);
  for (const [attribute, text] of Object.entries(model.attributes ?? {}))
    yield [`${name}.${attribute}`, text];
  const { enter, asyncEnter, iterates, asyncIterates, awaits, onInstance } = model;
  for (const text of [enter, asyncEnter, iterates, asyncIterates, awaits, onInstance]) {
    if (text !== undefined) yield [name, text];
  }
}

function* classNames(term: TypeTerm): Generator<string> {
  if (term.kind !== "class") return;
  yield term.name;
  for (const arg of term.args) yield* classNames(arg);
}

function namesOf(library: LibraryModel): string[] {
  return [library.functions, library.classes, library.values].flatMap((part) => Object.keys(part ?? {}));
}

test("every type parses and names classes that the models describe", () => {
  for (const library of LIBRARIES) {
    for (const [place, text] of typeTexts(library)) {
      for (const name of classNames(parseTypeText(text))) {
        assert.ok(CLASSES.has(name), `${place}: no model describes ${name}`);
      }
    }
  }
});

test("every name is canonical, stands once, and belongs to a package of its library", () => {
  const seen = new Set<string>();
  for (const library of LIBRARIES) {
    for (const name of namesOf(library)) {
      assert.equal(KNOWLEDGE.canonical(name), name, `${name} has an alias`);
      assert.ok(!seen.has(name), `${name} stands twice`);
      assert.ok(
        library.packages.some((root) => name === root || name.startsWith(`${root}.`)),
        `${name} is in no package of ${library.packages.join(", ")}`,
      );
      seen.add(name);
    }
  }
});

test("every builtin is described", () => {
  const constants = new Set([
    "True",
    "False",
    "None",
    "Ellipsis",
    "NotImplemented",
    "EnvironmentError",
    "IOError",
  ]);
  assert.deepEqual(
    UNDESCRIBED_BUILTINS.filter((name) => !constants.has(name)),
    [],
  );
});

test("bases form no cycle, and a base class comes after the class in its lineage", () => {
  for (const name of CLASSES) {
    const lineage = KNOWLEDGE.lineage(name).map((ancestor) => ancestor.name);
    assert.equal(lineage[0], name);
    assert.equal(new Set(lineage).size, lineage.length);
  }
});

test("type arguments pass from a class to its bases", () => {
  const [, , query] = KNOWLEDGE.lineage("django.db.models.ManyRelatedManager");
  assert.equal(query?.name, "django.db.models.BaseManager");
  const [, dict] = KNOWLEDGE.lineage("collections.Counter");
  assert.deepEqual(dict?.args, [
    { kind: "parameter", index: 0 },
    { kind: "class", name: "builtins.int", args: [] },
  ]);
});

test("aliases lead to the name that people write", () => {
  assert.equal(KNOWLEDGE.canonical("starlette.responses.JSONResponse"), "fastapi.responses.JSONResponse");
  assert.equal(KNOWLEDGE.canonical("requests.sessions.Session"), "requests.Session");
  assert.equal(KNOWLEDGE.canonical("typing.List"), "builtins.list");
  assert.equal(KNOWLEDGE.canonical("typing_extensions.Annotated"), "typing.Annotated");
  assert.equal(KNOWLEDGE.canonical("shop.models.Order"), "shop.models.Order");
});

test("a type that is not in the notation is refused", () => {
  for (const text of ["", "list[", "list[str", "a b", "[str]", "str]", "$x", "@"]) {
    assert.throws(() => parseTypeText(text), `"${text}" should be refused`);
  }
});
