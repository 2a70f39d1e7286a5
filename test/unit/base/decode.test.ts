/** Decoding of Python files: PEP 263, marks, and what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePython } from "../../../server/src/base/decode.ts";

function text(bytes: Uint8Array): string {
  const decoded = decodePython(bytes);
  assert.ok("text" in decoded, JSON.stringify(decoded));
  return decoded.text;
}

function problem(bytes: Uint8Array): string {
  const decoded = decodePython(bytes);
  assert.ok("problem" in decoded, JSON.stringify(decoded));
  return decoded.problem;
}

test("UTF-8 is the default, a mark is dropped", () => {
  assert.equal(text(Buffer.from("x = 'é'\n")), "x = 'é'\n");
  assert.equal(text(Buffer.from("\ufeffx = 1\n")), "x = 1\n");
  assert.equal(text(new Uint8Array()), "");
  assert.equal(text(Buffer.from("a = 1\rb = 2\r\nc = 3\r")), "a = 1\nb = 2\r\nc = 3\n");
});

test("a coding comment in the first or second line counts, in the third not", () => {
  const e = Buffer.from([0xe9]);
  const withCoding = (head: string) =>
    Buffer.concat([Buffer.from(head), Buffer.from("x = '"), e, Buffer.from("'\n")]);
  assert.equal(text(withCoding("# -*- coding: latin-1 -*-\n")), "# -*- coding: latin-1 -*-\nx = 'é'\n");
  assert.match(text(withCoding("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n")), /x = 'é'/);
  assert.match(text(withCoding("# coding: cp1251\n")), /x = 'й'/);
  assert.match(problem(withCoding("#\n#\n# coding: latin-1\n")), /^Line 4 is not valid UTF-8/);
  assert.match(problem(withCoding("import os\n# coding: latin-1\n")), /^Line 3 is not valid UTF-8/);
  assert.match(problem(withCoding("# coding: ascii\n")), /^Line 2 is not valid ASCII/);
});

test("Latin-1 keeps the C1 control characters, unlike windows-1252", () => {
  assert.equal(text(Buffer.from([...Buffer.from("# coding: latin-1\n"), 0x80])), "# coding: latin-1\n\u0080");
});

test("UTF-16, binary data, unknown and contradicting encodings are refused with a sentence", () => {
  assert.match(problem(Buffer.from("\ufeffx = 1", "utf16le")), /UTF-16/);
  assert.match(problem(Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0])), /UTF-32/);
  assert.match(problem(Buffer.from("x\0y")), /null bytes/);
  assert.match(problem(Buffer.from("# coding: klingon\n")), /klingon/);
  assert.match(problem(Buffer.from("\ufeff# coding: latin-1\n")), /mark/);
  // A lone surrogate, encoded the way UTF-8 forbids.
  assert.match(problem(Buffer.from([0x61, 0x0a, 0xed, 0xa0, 0x80])), /^Line 2 /);
});
