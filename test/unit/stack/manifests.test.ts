/** Manifests: every place in which a project may ask for packages, with the line of each. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readScriptHeader } from "../../../server/src/stack/manifests/others.ts";
import { poetrySpecifier } from "../../../server/src/stack/manifests/poetry.ts";
import { readTextFile } from "../../../server/src/stack/text-facts.ts";
import type { Dependency } from "../../../server/src/stack/types.ts";
import { admits, pythonMinors } from "../../../server/src/stack/versions.ts";

/** `name specifier kind:line` of each dependency. */
function dependencies(path: string, text: string): readonly string[] {
  return (readTextFile(path, text).manifest?.dependencies ?? []).map(shown);
}

function shown({ name, specifier, kind, group, line }: Dependency): string {
  return `${name} ${specifier ?? "elsewhere"} ${kind}${group === null ? "" : `(${group})`} ${line}`;
}

describe("pyproject.toml", () => {
  it("reads PEP 621, extras and groups that include each other", () => {
    const text = `[project]
name = "shop"
requires-python = ">=3.11"
dependencies = [
  "fastapi>=0.115",
  "httpx",
]

[project.optional-dependencies]
test = ["pytest"]
postgres = ["psycopg[binary]>=3"]

[dependency-groups]
lint = ["ruff"]
dev = [{include-group = "lint"}, "mypy"]
`;
    assert.deepEqual(dependencies("pyproject.toml", text), [
      "fastapi >=0.115 runtime 5",
      "httpx  runtime 6",
      "pytest  dev(test) 10",
      "psycopg >=3 optional(postgres) 11",
      "ruff  dev(lint) 14",
      "mypy  dev(dev) 15",
      "ruff  dev(dev) 14",
    ]);
    assert.deepEqual(readTextFile("pyproject.toml", text).manifest?.python, { specifier: ">=3.11", line: 3 });
  });

  it("is not caught in groups that include each other in a circle", () => {
    const text = `[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}, "ruff"]\n`;
    assert.deepEqual(dependencies("pyproject.toml", text), ["ruff  dev(a) 3", "ruff  dev(b) 3"]);
  });

  it("reads Poetry's tables and its own way to write versions", () => {
    const text = `[tool.poetry.dependencies]
python = "^3.11"
django = "^5.2"
celery = {version = "~5.4", extras = ["redis"]}
shop = {git = "https://example.org/shop.git"}

[tool.poetry.group.dev.dependencies]
pytest = "*"
`;
    assert.deepEqual(dependencies("pyproject.toml", text), [
      "django >=5.2,<6 runtime 3",
      "celery >=5.4,<5.5 runtime 4",
      "shop elsewhere runtime 5",
      "pytest  dev(dev) 8",
    ]);
    assert.equal(readTextFile("pyproject.toml", text).manifest?.python?.specifier, ">=3.11,<4");
  });

  it("reads the tables of uv, PDM and Hatch", () => {
    const text = `[tool.uv]
dev-dependencies = ["ruff"]
[tool.pdm.dev-dependencies]
test = ["pytest"]
[tool.hatch.envs.docs]
dependencies = ["mkdocs"]
extra-dependencies = ["mkdocstrings"]
`;
    assert.deepEqual(
      dependencies("pyproject.toml", text).map((one) => one.split(" ")[0]),
      ["ruff", "pytest", "mkdocs", "mkdocstrings"],
    );
  });

  it("says what keeps it from being read", () => {
    const { problem, manifest } = readTextFile("pyproject.toml", "[project\nname = 1");
    assert.match(problem?.message ?? "", /not valid TOML/);
    assert.equal(manifest, null);
  });
});

describe("versions", () => {
  const poetry: readonly (readonly [string, string | null])[] = [
    ["^1.2.3", ">=1.2.3,<2"],
    ["^0.2.3", ">=0.2.3,<0.3"],
    ["^0.0.3", ">=0.0.3,<0.0.4"],
    ["~1.2", ">=1.2,<1.3"],
    ["~1", ">=1,<2"],
    ["1.*", "==1.*"],
    ["1.2.3", "==1.2.3"],
    ["*", ""],
    [">=1,<2", ">=1,<2"],
    [">=1 <2", ">=1,<2"],
    ["^1 || ^2", null],
    ["nonsense", null],
  ];
  for (const [text, wanted] of poetry) {
    it(`reads Poetry's ${text}`, () => assert.equal(poetrySpecifier(text), wanted));
  }

  it("keeps what a caret admits within its first number that is not zero", () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(5), fc.nat(9), fc.nat(9)), ([major, minor, patch]) => {
        const version = `${major}.${minor}.${patch}`;
        const specifier = poetrySpecifier(`^${version}`) ?? "";
        assert.equal(admits(specifier, version), true);
        assert.equal(
          admits(specifier, major > 0 ? `${major + 1}.0` : minor > 0 ? `0.${minor + 1}` : `0.0.${patch + 1}`),
          false,
        );
      }),
    );
  });

  it("lists the Pythons that a specifier admits", () => {
    assert.deepEqual(pythonMinors(">=3.11,<3.13"), [11, 12]);
    assert.deepEqual(pythonMinors("==3.12.*"), [12]);
    assert.equal(pythonMinors(">=3.11.4")?.[0], 11);
    assert.deepEqual(pythonMinors("<3"), []);
    assert.equal(pythonMinors("three"), null);
  });
});

describe("requirements files", () => {
  it("reads options, comments, continued lines, hashes and URLs", () => {
    const text = `# comment
-r base.txt
-c ../constraints.txt
--index-url https://example.org
Django==5.2.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
requests>=2  # a comment
-e git+https://example.org/x.git#egg=x
./local
uvicorn[standard] ; python_version >= "3.11"
`;
    assert.deepEqual(
      dependencies("requirements/dev.txt", text).map((one) => one.split(" ").slice(0, 2).join(" ")),
      ["django ==5.2.1", "requests >=2", "x elsewhere", "uvicorn "],
    );
    const { manifest } = readTextFile("requirements/dev.txt", text);
    assert.deepEqual(
      manifest?.includes.map(({ target, constraint }) => [target, constraint]),
      [
        ["requirements/base.txt", false],
        ["constraints.txt", true],
      ],
    );
    assert.deepEqual(manifest?.pinned, { total: 4, exact: 1, hashed: 1 });
    assert.ok(manifest?.dependencies.every(({ kind }) => kind === "dev"));
  });

  it("knows a file that a tool wrote", () => {
    const text = "# This file is autogenerated by pip-compile with Python 3.12\nanyio==4.0\n";
    assert.equal(readTextFile("requirements.txt", text).manifest?.compiled, true);
  });
});

describe("other manifests", () => {
  it("reads setup.cfg", () => {
    const text =
      "[options]\npython_requires = >=3.10\ninstall_requires =\n    flask>=3\n    click\n[options.extras_require]\ntest =\n    pytest\n";
    assert.deepEqual(
      dependencies("setup.cfg", text).map((one) => one.replace(/ \d+$/, "")),
      ["flask >=3 runtime", "click  runtime", "pytest  dev(test)"],
    );
  });

  it("reads Pipfile and its lock file", () => {
    assert.deepEqual(dependencies("Pipfile", '[packages]\nflask = "*"\n[dev-packages]\npytest = ">=8"\n'), [
      "flask  runtime 2",
      "pytest >=8 dev(dev) 4",
    ]);
    const lock = '{\n  "default": {\n    "flask": {"version": "==3.1.0"}\n  }\n}';
    assert.deepEqual(readTextFile("Pipfile.lock", lock).locked, [
      { name: "flask", version: "3.1.0", path: "Pipfile.lock", line: 3 },
    ]);
  });

  it("reads an environment of conda and its pip part", () => {
    const text = "dependencies:\n  - python=3.12\n  - pandas>=2\n  - pip:\n    - duckdb==1.1\n";
    assert.deepEqual(dependencies("environment.yml", text), [
      "pandas >=2 runtime 3",
      "duckdb ==1.1 runtime 5",
    ]);
  });

  it("reads the header of a script", () => {
    const text =
      '#!/usr/bin/env python\n# /// script\n# requires-python = ">=3.12"\n# dependencies = [\n#   "httpx",\n# ]\n# ///\nimport httpx\n';
    const facts = readScriptHeader("tool.py", text);
    assert.deepEqual(facts?.dependencies.map(shown), ["httpx  runtime(script) 5"]);
    assert.deepEqual(facts?.python, { specifier: ">=3.12", line: 3 });
    assert.equal(readScriptHeader("tool.py", "# dependencies = []\n"), null);
  });

  it("reads the locks of uv, Poetry and PDM, and pylock.toml", () => {
    const text =
      '[[package]]\nname = "Flask"\nversion = "3.1.0"\n\n[[package]]\nname = "click"\nversion = "8.1"\n';
    for (const path of ["uv.lock", "poetry.lock", "pdm.lock"]) {
      assert.deepEqual(
        readTextFile(path, text).locked?.map(({ name, version, line }) => `${name} ${version} ${line}`),
        ["flask 3.1.0 2", "click 8.1 6"],
      );
    }
    assert.equal(
      readTextFile("pylock.toml", text.replaceAll("[[package]]", "[[packages]]")).locked?.length,
      2,
    );
  });
});

describe("bad input", () => {
  it("never throws, whatever a file of any name holds", () => {
    const paths = [
      "pyproject.toml",
      "requirements.txt",
      "setup.cfg",
      "Pipfile",
      "Pipfile.lock",
      "uv.lock",
      "environment.yml",
      ".github/workflows/a.yml",
      "compose.yaml",
      "Dockerfile",
      ".pre-commit-config.yaml",
      "README.md",
      "package.json",
      "Makefile",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: "binary", maxLength: 100 })),
        (path, text) => {
          readTextFile(path, text);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("says that a file is binary", () => {
    assert.match(readTextFile("README.md", "a\0b").problem?.message ?? "", /binary/);
  });
});
