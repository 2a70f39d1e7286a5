/** Requirements as PEP 508 defines them, and names as PEP 503 does. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import fc from "fast-check";
import { normalizeName, parseRequirement } from "../../../server/src/stack/requirement.ts";

describe("requirements", () => {
  const read: readonly (readonly [string, object])[] = [
    ["requests", { name: "requests", specifier: "", extras: [] }],
    ["Django[argon2]>=5.2,<6", { name: "django", specifier: ">=5.2,<6", extras: ["argon2"] }],
    ["zope.interface (>=5.0)", { name: "zope-interface", specifier: ">=5.0" }],
    ["a[x, Y_z] == 1.*", { name: "a", specifier: "== 1.*", extras: ["x", "y-z"] }],
    ['tomli; python_version < "3.11"', { name: "tomli", marker: 'python_version < "3.11"' }],
    ["pkg===2004d-local", { name: "pkg", specifier: "===2004d-local" }],
    ["pip @ https://example.org/pip.zip", { name: "pip", url: "https://example.org/pip.zip", specifier: "" }],
    [
      'x @ git+https://example.org/x.git@main ; os_name == "nt" and (extra == "a" or extra not in "b c")',
      {
        url: "git+https://example.org/x.git@main",
        marker: 'os_name == "nt" and (extra == "a" or extra not in "b c")',
      },
    ],
  ];
  for (const [text, wanted] of read) {
    it(`reads ${text}`, () => {
      const requirement = parseRequirement(text);
      assert.ok(requirement !== null);
      for (const [key, value] of Object.entries(wanted)) {
        assert.deepEqual(requirement[key as keyof typeof requirement], value, key);
      }
    });
  }

  const refused = [
    "",
    "-r base.txt",
    "== 1.0",
    "a >= ",
    "a >= 1 b",
    "a; python_version <",
    "a; (x == 1",
    "./local",
    "a[x",
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseRequirement(text), null));
  }

  it("reads what is put together of valid parts, however it is spaced", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,8}[A-Za-z0-9])?$/);
    const version = fc.tuple(fc.nat(99), fc.nat(99)).map((numbers) => numbers.join("."));
    const clause = fc
      .tuple(fc.constantFrom(">=", "<", "==", "!=", "~=", "<="), version)
      .map((parts) => parts.join(""));
    const space = fc.constantFrom("", " ", "  ");
    const parts = fc.tuple(name, fc.array(name, { maxLength: 2 }), fc.array(clause, { maxLength: 3 }), space);
    fc.assert(
      fc.property(parts, ([project, extras, clauses, gap]) => {
        const written = `${project}${gap}${extras.length > 0 ? `[${extras.join(`,${gap}`)}]` : ""}${gap}${clauses.join(`${gap},${gap}`)}`;
        const requirement = parseRequirement(written);
        assert.equal(requirement?.name, normalizeName(project));
        assert.equal(requirement?.extras.length, extras.length);
        assert.equal(requirement?.specifier.replaceAll(" ", ""), clauses.join(","));
      }),
    );
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        parseRequirement(text);
      }),
    );
  });

  it("gives all spellings of a name one name", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("-", "_", ".", "--", "-_."),
        (parts, separator) => {
          assert.equal(normalizeName(parts.join(separator).toUpperCase()), parts.join("-"));
        },
      ),
    );
  });
});
