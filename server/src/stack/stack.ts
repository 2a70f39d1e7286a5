/** A project as checks see it: its files, manifests, pipelines, containers and code, each question answered once. */

import { type ConfigFile, isTable, type Table, tableAt } from "../base/toml.ts";
import type { OrmModel, OrmSchema } from "../frameworks/orm/types.ts";
import type { WebApplication } from "../frameworks/web/endpoint.ts";
import type { CiStep, Pipeline } from "./ci.ts";
import type { CallFact, ClassFact, CodeFacts, FunctionFact, SettingFact, TestFact } from "./code/facts.ts";
import type { ComposeService } from "./compose.ts";
import type { Dockerfile } from "./dockerfile.ts";
import { createFiles, type StackFile, type StackFiles } from "./files.ts";
import type { Hook } from "./hooks.ts";
import type { IniFile } from "./ini.ts";
import { dependenciesFrom } from "./manifests/others.ts";
import { routesOf, type StackRoute } from "./routes.ts";
import { followTargets } from "./targets.ts";
import type { TextFacts } from "./text-facts.ts";
import type { Dependency, LockedPackage, ManifestFacts, Place } from "./types.ts";

/** A finding of a rule, as far as checks look at it. */
export interface FindingFact extends Place {
  readonly ruleId: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly confidence: "low" | "medium" | "high";
  readonly message: string;
}

/** What a rule's silence is worth. */
export type RuleStatus = "on" | "off" | "unknown";

export interface StackInput {
  /** Relative to the folder; "" for the folder itself. */
  readonly root: string;
  readonly name: string;
  readonly files: readonly StackFile[];
  readonly texts: readonly TextFacts[];
  readonly code: readonly CodeFacts[];
  readonly findings: readonly FindingFact[];
  /** The folder that paths are relative to, absolute. */
  readonly folder: string;
  /** The endpoints and the models of the folder, null while code is still being read. */
  readonly web: WebApplication | null;
  readonly orm: OrmSchema | null;
  ruleStatus(id: string): RuleStatus;
  /** False while code is still being read. */
  readonly complete: boolean;
  /** Files that were not read, with the reason. */
  readonly unread: readonly (Place & { readonly reason: string })[];
  /** True where the folder is a working copy of git; null where that cannot be known. */
  readonly git: { readonly repository: boolean; readonly commits: boolean } | null;
  /** `YYYY-MM-DD`: which releases are still supported depends on it. */
  readonly today: string;
}

/** A fact of code and the file that it stands in. */
export type InFile<Fact> = Fact & { readonly path: string };

export interface Manifest extends ManifestFacts {
  readonly path: string;
}

export interface Stack {
  readonly root: string;
  readonly name: string;
  readonly today: string;
  readonly complete: boolean;
  readonly git: StackInput["git"];
  readonly unread: StackInput["unread"];
  readonly files: StackFiles;
  readonly texts: readonly TextFacts[];
  readonly manifests: readonly Manifest[];
  readonly dependencies: readonly Dependency[];
  /** The first direct requirement on any of the packages, those of the runtime before those of development. */
  dep(...names: readonly string[]): Dependency | undefined;
  /** The first requirement on any of the packages outside of development's. */
  runtime(...names: readonly string[]): Dependency | undefined;
  readonly locked: ReadonlyMap<string, LockedPackage>;
  readonly pyproject: TextFacts | null;
  /** Where a tool is configured: its table in `pyproject.toml`, or a file of its own. */
  tool(name: string): Place | null;
  /** The tool's settings where they are a table of TOML or a section of an INI file. */
  toolTable(name: string): Table | null;
  readonly pipelines: readonly Pipeline[];
  /** Commands and actions of pipelines, and the commands of targets that they call, one level deep. */
  readonly steps: readonly CiStep[];
  step(pattern: RegExp): CiStep | undefined;
  /** Where `package.json` names a framework that runs in browsers, or null. */
  readonly frontend: Place | null;
  readonly hooks: readonly Hook[];
  hook(id: RegExp): Hook | undefined;
  readonly dockerfiles: readonly Dockerfile[];
  readonly services: readonly ComposeService[];
  /** All Python files of the project. Whoever reads code learns less while it is still being read. */
  readonly code: readonly CodeFacts[];
  /** Without tests, migrations, stubs and notebooks. */
  readonly app: readonly CodeFacts[];
  readonly tests: readonly CodeFacts[];
  /** Calls in the application's code by qualified name. */
  calls(name: RegExp): readonly InFile<CallFact>[];
  testCalls(name: RegExp): readonly InFile<CallFact>[];
  routes(): readonly StackRoute[];
  /** Defaults of Django REST framework. */
  drf(): WebApplication["drf"] | null;
  /** The models of the project's tables, abstract ones left out, with their files relative to the folder. */
  models(): readonly OrmModel[];
  functions(): readonly InFile<FunctionFact>[];
  types(): readonly InFile<ClassFact>[];
  testFacts(): readonly InFile<TestFact>[];
  /** Values of a setting in Django's settings and Flask's configuration; those for development left out. */
  setting(name: string): readonly InFile<SettingFact>[];
  /** The first import of a package in the application's code. */
  imports(packageName: string): (Place & { readonly name: string }) | undefined;
  findings(ids: readonly string[]): readonly FindingFact[];
  ruleStatus(id: string): RuleStatus;
  /** Returns a function that tells whether code has been asked for since: such an answer is open until all is read. */
  watch(): () => boolean;
}

export function createStack(input: StackInput): Stack {
  const { texts, root } = input;
  const files = createFiles(input.files, root);
  const byPath = new Map(texts.map((text) => [text.path, text]));
  let asked = 0;
  /** Whatever rests on code goes through here. */
  const ofCode = <Value>(value: Value): Value => {
    asked++;
    return value;
  };
  const app = lazy(() => input.code.filter(({ classes }) => !classes.some((one) => APART.has(one))));
  const tests = lazy(() => input.code.filter(({ classes }) => classes.includes("test")));
  const manifests = lazy(() => manifestsOf(texts, input.code));
  const dependencies = lazy(() => directDependencies(manifests()));
  const steps = lazy(() => followTargets(texts));
  const hooks = lazy(() => texts.flatMap((text) => text.hooks ?? []));
  const pyproject = byPath.get(root === "" ? "pyproject.toml" : `${root}/pyproject.toml`) ?? null;
  const calls = createCallIndex(app);
  const testCalls = createCallIndex(tests);
  const routes = lazy(() => routesOf(input.web?.endpoints ?? [], input.code, input.folder));
  const models = lazy(() => modelsOf(input.orm, app(), input.folder));
  const functions = lazy(() => inFiles(app(), (file) => file.functions));
  const types = lazy(() => inFiles(app(), (file) => file.types));
  const testFacts = lazy(() => inFiles(tests(), (file) => file.tests));
  const settings = lazy(() => settingsByName(app()));
  const findDependency = (names: readonly string[], kinds: readonly string[]) => {
    const own = dependencies().filter(({ name }) => names.includes(name));
    return kinds.map((kind) => own.find((one) => one.kind === kind)).find((one) => one !== undefined);
  };
  return {
    root,
    name: input.name,
    today: input.today,
    complete: input.complete,
    git: input.git,
    unread: input.unread,
    files,
    texts,
    get manifests() {
      return manifests();
    },
    get dependencies() {
      return dependencies();
    },
    dep: (...names) => findDependency(names, ["runtime", "optional", "dev"]),
    runtime: (...names) => findDependency(names, ["runtime", "optional"]),
    locked: lockedPackages(texts, manifests),
    pyproject,
    tool: (name) => findTool(name, texts, pyproject)?.place ?? null,
    toolTable: (name) => findTool(name, texts, pyproject)?.table ?? null,
    pipelines: texts.flatMap(({ pipeline }) => pipeline ?? []),
    get steps() {
      return steps();
    },
    step: (pattern) => steps().find(({ text }) => pattern.test(text)),
    frontend: frontendOf(texts),
    get hooks() {
      return hooks();
    },
    hook: (id) => hooks().find((hook) => id.test(hook.id)),
    dockerfiles: texts.flatMap(({ dockerfile }) => dockerfile ?? []),
    services: texts.flatMap(({ services }) => services ?? []),
    get code() {
      return ofCode(input.code);
    },
    get app() {
      return ofCode(app());
    },
    get tests() {
      return ofCode(tests());
    },
    calls: (name) => ofCode(calls(name)),
    testCalls: (name) => ofCode(testCalls(name)),
    routes: () => ofCode(routes()),
    drf: () => ofCode(input.web?.drf ?? null),
    models: () => ofCode(models()),
    functions: () => ofCode(functions()),
    types: () => ofCode(types()),
    testFacts: () => ofCode(testFacts()),
    setting: (name) => ofCode(settings().get(name) ?? []),
    imports(packageName) {
      ofCode(null);
      for (const { path, imports } of app()) {
        const hit = imports.find(({ name }) => name === packageName || name.startsWith(`${packageName}.`));
        if (hit !== undefined) return { path, line: hit.line, name: hit.name };
      }
      return undefined;
    },
    findings: (ids) => ofCode(input.findings.filter(({ ruleId }) => ids.includes(ruleId))),
    ruleStatus: (id) => input.ruleStatus(id),
    watch() {
      const before = asked;
      return () => asked > before;
    },
  };
}

/** Kinds of files that say nothing about what the application does. */
const APART: ReadonlySet<string> = new Set(["test", "migration", "stub", "notebook"]);

function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function inFiles<Fact>(
  files: readonly CodeFacts[],
  facts: (file: CodeFacts) => readonly Fact[],
): readonly InFile<Fact>[] {
  return files.flatMap((file) => facts(file).map((fact) => ({ ...fact, path: file.path })));
}

/** Calls by name, so that a question looks at each name once, not at each call. */
function createCallIndex(files: () => readonly CodeFacts[]): (name: RegExp) => readonly InFile<CallFact>[] {
  const index = lazy(() => {
    const byName = new Map<string, InFile<CallFact>[]>();
    for (const { path, calls } of files()) {
      for (const call of calls) {
        const own = byName.get(call.name);
        if (own === undefined) byName.set(call.name, [{ ...call, path }]);
        else own.push({ ...call, path });
      }
    }
    return byName;
  });
  return (name) => [...index()].flatMap(([own, calls]) => (name.test(own) ? calls : []));
}

function settingsByName(files: readonly CodeFacts[]): ReadonlyMap<string, readonly InFile<SettingFact>[]> {
  const byName = new Map<string, InFile<SettingFact>[]>();
  for (const { path, settings, classes } of files) {
    if (classes.includes("settings-dev")) continue;
    for (const setting of settings) {
      const own = byName.get(setting.name);
      if (own === undefined) byName.set(setting.name, [{ ...setting, path }]);
      else own.push({ ...setting, path });
    }
  }
  return byName;
}

function manifestsOf(texts: readonly TextFacts[], code: readonly CodeFacts[]): readonly Manifest[] {
  const written = texts.flatMap(({ path, manifest }) => (manifest === null ? [] : [{ ...manifest, path }]));
  const computed = code.flatMap(({ path, setup, header }): Manifest[] => {
    const own = header === null ? [] : [{ ...header, path }];
    if (setup === null) return own;
    return [
      ...own,
      {
        format: "setup.py",
        path,
        dependencies: [
          ...dependenciesFrom(path, setup.requires, "runtime", null),
          ...setup.extras.flatMap((one) => dependenciesFrom(path, [one], "optional", one.extra)),
        ],
        declares: setup.requires.length > 0 || setup.dynamic,
        python: setup.python,
        dynamic: setup.dynamic,
        includes: [],
        pinned: null,
        compiled: false,
      },
    ];
  });
  return [...written, ...computed];
}

/** Constraints ask for nothing, and what a tool compiled names what is installed rather than what is wanted. */
function directDependencies(manifests: readonly Manifest[]): readonly Dependency[] {
  const constraints = new Set(
    manifests.flatMap(({ includes }) =>
      includes.filter(({ constraint }) => constraint).map(({ target }) => target),
    ),
  );
  const asking = manifests.filter(({ path }) => !constraints.has(path));
  const written = asking.filter(({ compiled }) => !compiled);
  const wanted = written.some(({ dependencies }) => dependencies.length > 0) ? written : asking;
  return wanted.flatMap(({ dependencies }) => dependencies);
}

/** Versions of lock files, and those that requirements files name exactly. */
function lockedPackages(
  texts: readonly TextFacts[],
  manifests: () => readonly Manifest[],
): ReadonlyMap<string, LockedPackage> {
  const locked = new Map<string, LockedPackage>();
  const add = (one: LockedPackage) => {
    if (!locked.has(one.name)) locked.set(one.name, one);
  };
  for (const text of texts) for (const one of text.locked ?? []) add(one);
  for (const { dependencies } of manifests()) {
    for (const { name, specifier, path, line } of dependencies) {
      const version = /^={2,3}\s*([^*,\s]+)$/.exec(specifier ?? "")?.[1];
      if (version !== undefined) add({ name, version, path, line });
    }
  }
  return locked;
}

function modelsOf(orm: OrmSchema | null, files: readonly CodeFacts[], folder: string): readonly OrmModel[] {
  const own = new Set(files.map(({ path }) => path));
  return (orm?.models ?? [])
    .filter(({ abstract }) => !abstract)
    .map((model) => ({ ...model, path: model.path.slice(folder.length).replace(/^\//, "") }))
    .filter(({ path }) => own.has(path));
}

const BROWSER_FRAMEWORKS = ["react", "vue", "svelte", "@angular/core", "preact", "solid-js", "next", "nuxt"];

function frontendOf(texts: readonly TextFacts[]): Place | null {
  const manifest = texts.find(({ path, json }) => {
    if (!/(?:^|\/)package\.json$/.test(path) || !isTable(json)) return false;
    const names = [json.dependencies, json.devDependencies].flatMap((list) =>
      isTable(list) ? Object.keys(list) : [],
    );
    return names.some((name) => BROWSER_FRAMEWORKS.includes(name));
  });
  return manifest === undefined ? null : { path: manifest.path, line: 1 };
}

interface Tool {
  readonly place: Place;
  readonly table: Table | null;
}

/** Files of its own, and sections of shared INI files, where a tool may be configured. */
const TOOL_FILES: Readonly<Record<string, { readonly files: RegExp; readonly sections?: RegExp }>> = {
  ruff: { files: /(?:^|\/)\.?ruff\.toml$/ },
  mypy: { files: /(?:^|\/)\.?mypy\.ini$/, sections: /^mypy$/ },
  pyright: { files: /(?:^|\/)pyrightconfig\.json$/ },
  pytest: { files: /(?:^|\/)(?:pytest\.ini|pytest\.toml)$/, sections: /^(?:tool:)?pytest$/ },
  coverage: { files: /(?:^|\/)\.coveragerc$/, sections: /^coverage:run$|^coverage:report$/ },
  flake8: { files: /(?:^|\/)\.flake8$/, sections: /^flake8$/ },
  pylint: { files: /(?:^|\/)\.?pylintrc$/, sections: /^pylint/ },
  isort: { files: /(?:^|\/)\.isort\.cfg$/, sections: /^isort$/ },
  ty: { files: /(?:^|\/)ty\.toml$/ },
  pyrefly: { files: /(?:^|\/)pyrefly\.toml$/ },
};
const SHARED_INI = /(?:^|\/)(?:setup\.cfg|tox\.ini)$/;

function findTool(name: string, texts: readonly TextFacts[], pyproject: TextFacts | null): Tool | null {
  const toml = pyproject?.toml;
  const table = toml && tableAt(toml.data, "tool", name);
  if (pyproject !== null && toml != null && table !== undefined && table !== null) {
    return { place: { path: pyproject.path, line: lineOfTable(toml, ["tool", name], table) }, table };
  }
  const { files, sections } = TOOL_FILES[name] ?? {};
  for (const { path, ini, toml: own } of texts) {
    if (files?.test(path))
      return { place: { path, line: 1 }, table: own?.data ?? (ini && iniTable(ini, /./)) };
    if (ini === null || sections === undefined || !SHARED_INI.test(path)) continue;
    const section = [...ini.lines].find(([header]) => sections.test(header));
    if (section !== undefined) return { place: { path, line: section[1] }, table: iniTable(ini, sections) };
  }
  return null;
}

/** Where a table begins, also where only tables below it have a header. */
function lineOfTable(toml: ConfigFile, keys: readonly string[], table: Table): number {
  const [first] = Object.keys(table);
  const own = toml.lineOf(keys);
  return own > 1 || first === undefined ? own : toml.lineOf([...keys, first]);
}

/** The keys of all sections that match, as one table. */
function iniTable({ sections }: IniFile, names: RegExp): Table {
  const entries = [...sections].flatMap(([name, keys]) => (names.test(name) ? [...keys] : []));
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
