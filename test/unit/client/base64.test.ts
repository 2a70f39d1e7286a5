/** Bytes travel to the server as base64: any bytes, any size. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64 } from "../../../client/src/common/base64.ts";

test("equals Node's own, for empty, binary and large input", () => {
  const large = Uint8Array.from({ length: 200_001 }, (_, at) => (at * 31) % 256);
  for (const bytes of [new Uint8Array(), Uint8Array.of(0, 255, 128, 10), large])
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
});
