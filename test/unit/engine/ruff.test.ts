/**
 * What Ruff reports under a configuration. The expected answers were taken from Ruff 0.16.9 itself
 * (`ruff check --show-settings`), not from its documentation.
 */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { createConfigResolver } from "../../../server/src/engine/config/resolve.ts";
import { RUFF_DEFAULT_CODES, RUFF_PREVIEW_CODES } from "../../../server/src/engine/config/ruff-codes.ts";
import type { FileConfig } from "../../../server/src/engine/config/types.ts";

type Files = Readonly<Record<string, string>>;

function configOf(files: Files, path = "/ws/pkg/a.py", defer?: string): Promise<FileConfig> {
  const resolver = createConfigResolver({
    readFile: async (name) => {
      const text = files[name];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    rules: [],
  });
  const editor =
    defer === undefined ? [] : [{ label: "user settings", values: { deferToOtherTools: defer } }];
  return resolver.resolve({ path, root: "/ws", editor });
}

/** Which of some codes are enabled by a ruff.toml. */
async function enabled(toml: string, codes: string): Promise<string> {
  const { ruff } = await configOf({ "/ws/ruff.toml": toml });
  return codes
    .split(" ")
    .filter((code) => ruff?.enabled(code))
    .join(" ");
}

describe("defaults", () => {
  it("are the 413 codes of Ruff 0.16", () => {
    assert.equal(RUFF_DEFAULT_CODES.size, 413);
    for (const code of [
      "B006",
      "E722",
      "BLE001",
      "S102",
      "S110",
      "S112",
      "DTZ005",
      "PLW1510",
      "SIM115",
      "TRY004",
    ]) {
      assert.ok(RUFF_DEFAULT_CODES.has(code), code);
    }
    for (const code of ["S608", "S113", "DJ006", "FAST001", "T201", "G004", "ANN001", "B904", "S101"]) {
      assert.ok(!RUFF_DEFAULT_CODES.has(code), code);
    }
    assert.ok(RUFF_PREVIEW_CODES.has("PLW1514"));
  });
  it("hold where a configuration selects nothing", async () => {
    assert.equal(await enabled("line-length = 100\n", "E722 S608 BLE001"), "E722 BLE001");
  });
  it("are others in preview", async () => {
    assert.equal(
      await enabled("preview = true\n", "E722 S102 DTZ005 ASYNC250 RUF075"),
      "E722 ASYNC250 RUF075",
    );
    const explicit = "preview = true\nlint.explicit-preview-rules = true\n";
    assert.equal(await enabled(explicit, "ASYNC250 RUF075"), "ASYNC250");
  });
});

describe("selection", () => {
  it("select replaces the defaults, extend-select adds to them", async () => {
    assert.equal(await enabled('[lint]\nselect = ["S"]\n', "S608 E722 SIM115"), "S608");
    assert.equal(await enabled('[lint]\nextend-select = ["S608"]\n', "S608 S113 E722"), "S608 E722");
    assert.equal(await enabled('[lint]\nselect = []\nextend-select = ["E722"]\n', "S102 E722"), "E722");
  });
  it("reads options at top level too, and `lint` wins", async () => {
    assert.equal(await enabled('select = ["T20"]\n[lint]\nignore = ["T203"]\n', "T201 T203 E722"), "T201");
    assert.equal(await enabled('select = ["S"]\n[lint]\nselect = ["T20"]\n', "S608 T201"), "T201");
  });
  it("the more specific selector wins, ignore among equals", async () => {
    assert.equal(await enabled('[lint]\nselect = ["S608"]\nignore = ["S"]\n', "S608 S113"), "S608");
    assert.equal(await enabled('[lint]\nselect = ["S"]\nignore = ["S6"]\n', "S608 S113"), "S113");
    assert.equal(
      await enabled('[lint]\nselect = ["ALL"]\nignore = ["S608"]\n', "S608 S113 D100"),
      "S113 D100",
    );
    assert.equal(await enabled('[lint]\nselect = ["S608"]\nignore = ["S608"]\n', "S608"), "");
    assert.equal(await enabled('[lint]\nignore = ["ALL"]\n', "E722"), "");
  });
  it("a family's letters are its own, but PL holds all of Pylint's", async () => {
    assert.equal(await enabled('[lint]\nselect = ["S"]\n', "SIM115 S101"), "S101");
    assert.equal(await enabled('[lint]\nselect = ["PL"]\n', "PLW1510 PLR0912 PD002"), "PLW1510 PLR0912");
    assert.equal(await enabled('[lint]\nselect = ["T"]\n', "T100 T201 TRY400"), "T100 T201");
  });
  it("preview codes need preview", async () => {
    assert.equal(await enabled('[lint]\nselect = ["PLW1514"]\n', "PLW1514"), "");
    assert.equal(await enabled('preview = true\n[lint]\nselect = ["PLW"]\n', "PLW1514"), "PLW1514");
    const explicit = 'preview = true\n[lint]\nexplicit-preview-rules = true\nselect = ["PLW"]\n';
    assert.equal(await enabled(explicit, "PLW1514 PLW1510"), "PLW1510");
  });
});

describe("files", () => {
  const on = (code: string) => `[lint]\nselect = ["${code}"]\n`;
  const inPyproject = '[tool.ruff.lint]\nselect = ["S101"]\n';
  const has = async (files: Files, code: string) => (await configOf(files)).ruff?.enabled(code);

  it(".ruff.toml wins over ruff.toml over pyproject.toml in one folder", async () => {
    const all = {
      "/ws/.ruff.toml": on("S608"),
      "/ws/ruff.toml": on("S113"),
      "/ws/pyproject.toml": inPyproject,
    };
    assert.equal(await has(all, "S608"), true);
    const { "/ws/.ruff.toml": _, ...two } = all;
    assert.equal(await has(two, "S113"), true);
    assert.equal(await has({ "/ws/pyproject.toml": inPyproject }, "S101"), true);
  });
  it("the nearest folder wins, a pyproject.toml without Ruff is none", async () => {
    const files = { "/ws/ruff.toml": on("S608"), "/ws/pkg/pyproject.toml": '[project]\nname = "x"\n' };
    assert.equal(await has(files, "S608"), true);
    assert.equal(await has({ ...files, "/ws/pkg/ruff.toml": on("S113") }, "S608"), false);
  });
  it("Ruff is not active where no configuration governs, unless we always defer", async () => {
    assert.equal((await configOf({})).ruff, null);
    assert.equal((await configOf({}, undefined, "always")).ruff?.enabled("E722"), true);
    assert.equal((await configOf({ "/ws/ruff.toml": on("S608") }, undefined, "never")).ruff, null);
  });
  it("a broken ruff.toml is a problem, and we step aside for nothing that Ruff cannot report", async () => {
    const config = await configOf({ "/ws/ruff.toml": "[lint\n" });
    assert.equal(config.problems[0]?.path, "/ws/ruff.toml");
    assert.equal(config.ruff, null);
  });
});

describe("extend", () => {
  const child = 'extend = "../base.toml"\n[lint]\nextend-select = ["S"]\nignore = ["S113"]\n';
  const files = {
    "/ws/base.toml":
      '[lint]\nselect = ["T20"]\nignore = ["S608"]\nper-file-ignores = { "a.py" = ["T201"] }\n',
    "/ws/pkg/ruff.toml": child,
  };
  it("lets the file that extends change what the other decided", async () => {
    const { ruff } = await configOf(files);
    const codes = ["T203", "S608", "S101", "S113", "T201"].filter((code) => ruff?.enabled(code));
    assert.deepEqual(codes, ["T203", "S608", "S101"]);
    assert.equal(ruff?.sourceOf("S113").label, "ruff.toml:4");
    assert.equal(ruff?.sourceOf("T203").path, "/ws/base.toml");
  });
  it("does not leave the workspace, and says so", async () => {
    for (const target of ["~/ruff.toml", "../../outside.toml", "/etc/ruff.toml", "$HOME/ruff.toml"]) {
      const config = await configOf({ "/ws/pkg/ruff.toml": `extend = "${target}"\n`, "/outside.toml": "" });
      assert.deepEqual(
        config.problems.map(({ path, line, message }) => [path, line, message]),
        [
          [
            "/ws/pkg/ruff.toml",
            1,
            `Ruff's \`extend = "${target}"\` leads out of the workspace and is not read.`,
          ],
        ],
      );
    }
  });
  it("survives a circle and a missing file", async () => {
    const circle = await configOf({
      "/ws/ruff.toml": 'extend = "b.toml"\n',
      "/ws/b.toml": 'extend = "ruff.toml"\n',
    });
    assert.match(circle.problems[0]?.message ?? "", /leads back to itself/);
    const missing = await configOf({ "/ws/ruff.toml": 'extend = "none.toml"\n' });
    assert.match(missing.problems[0]?.message ?? "", /does not exist/);
    assert.equal(missing.ruff?.enabled("E722"), true);
  });
});

describe("per-file-ignores", () => {
  const enabledIn = async (glob: string, path: string) => {
    const toml = `[lint]\nselect = ["S"]\nper-file-ignores = { "${glob}" = ["S1"] }\n`;
    return (await configOf({ "/ws/ruff.toml": toml }, path)).ruff?.enabled("S101");
  };
  it("match the base name or the path below the configuration's folder", async () => {
    assert.equal(await enabledIn("a.py", "/ws/pkg/a.py"), false);
    assert.equal(await enabledIn("pkg/*", "/ws/pkg/a.py"), false);
    assert.equal(await enabledIn("pkg/*", "/ws/pkg/deep/a.py"), false);
    assert.equal(await enabledIn("**/tests/**", "/ws/tests/a.py"), false);
    assert.equal(await enabledIn("tests/**", "/ws/pkg/a.py"), true);
    assert.equal(await enabledIn("{a,b}.py", "/ws/b.py"), false);
    assert.equal(await enabledIn("!pkg/**", "/ws/pkg/a.py"), true);
    assert.equal(await enabledIn("!pkg/**", "/ws/other/a.py"), false);
  });
  it("come from both options", async () => {
    const toml =
      '[lint]\nselect = ["S"]\n[lint.per-file-ignores]\n"a.py" = ["S101"]\n[lint.extend-per-file-ignores]\n"a.py" = ["S608"]\n';
    const { ruff } = await configOf({ "/ws/ruff.toml": toml });
    assert.deepEqual(
      [ruff?.enabled("S101"), ruff?.enabled("S608"), ruff?.enabled("S113")],
      [false, false, true],
    );
    assert.equal(ruff?.ignored("S101"), true);
    assert.equal(ruff?.ignored("S113"), false);
  });
});

describe("exclude", () => {
  const excluded = async (toml: string, path: string) =>
    (await configOf({ "/ws/ruff.toml": toml }, path)).excluded;
  it("leaves out files and folders, by base name or path", async () => {
    assert.notEqual(await excluded('exclude = ["vendor"]\n', "/ws/pkg/vendor/a.py"), null);
    assert.notEqual(await excluded('extend-exclude = ["pkg/gen"]\n', "/ws/pkg/gen/a.py"), null);
    assert.notEqual(await excluded('[lint]\nexclude = ["*_pb2.py"]\n', "/ws/pkg/x_pb2.py"), null);
    assert.equal(await excluded('exclude = ["gen"]\n', "/ws/pkg/a.py"), null);
  });
});
