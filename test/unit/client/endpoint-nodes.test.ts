/** The endpoint map shows of each route what guards it, and leads to its handler and its findings. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointNodes } from "../../../client/src/common/endpoints/nodes.ts";
import type { TreeNode } from "../../../client/src/common/tree/node.ts";
import type { EndpointEntry } from "../../../server/src/protocol/endpoints.ts";
import { plain } from "./localizers.ts";

const RANGE = { start: { line: 9, character: 4 }, end: { line: 9, character: 13 } };
const ENTRY: EndpointEntry = {
  id: "GET /orders/{order_id} shop.api.read_order",
  methods: ["GET"],
  path: "/orders/{order_id}",
  framework: "fastapi",
  handler: "shop.api.read_order",
  uri: "file:///shop/shop/api.py",
  range: RANGE,
  guards: ["current_user"],
  responseModel: "OrderOut",
  parameters: [{ name: "order_id", from: "path", type: "int" }],
  findings: [],
};
const CONTEXT = {
  l10n: plain,
  openLocation: "open",
  placeText: (uri: string) => uri.slice("file:///shop/".length),
};

const nodesOf = (entry: Partial<EndpointEntry>, complete = true): readonly TreeNode[] =>
  endpointNodes({ complete, endpoints: [{ ...ENTRY, ...entry }] }, CONTEXT);
const childrenOf = ({ children }: TreeNode): readonly TreeNode[] =>
  typeof children === "function" ? [] : (children ?? []);

test("a route shows its guards, its handler, its response and its parameters", () => {
  const [route] = nodesOf({});
  assert.ok(route);
  assert.equal(route.label, "GET /orders/{order_id}");
  assert.equal(route.description, "current_user");
  assert.equal(route.icon?.id, "lock");
  const [handler, guard, response, parameter] = childrenOf(route);
  assert.equal(handler?.description, "shop/api.py:10");
  assert.deepEqual(handler?.action, { command: "open", args: [ENTRY.uri, RANGE] });
  assert.equal(guard?.label, "current_user");
  assert.equal(response?.label, "Response: OrderOut");
  assert.equal(parameter?.label, "order_id: int");
});

test("a route without guards says so in words", () => {
  const [route] = nodesOf({ guards: [], methods: [], responseModel: null });
  assert.equal(route?.label, "any method /orders/{order_id}");
  assert.equal(route?.description, "open to all");
  assert.equal(route?.spoken, "any method, /orders/{order_id}, open to all");
});

test("findings are counted, and lead to their lines", () => {
  const finding = {
    ruleId: "missing-object-authorization",
    severity: "error",
    message: "Anyone may read it",
    range: RANGE,
  } as const;
  const [route] = nodesOf({ findings: [finding] });
  assert.ok(route);
  assert.equal(route.description, "current_user · findings: 1");
  assert.equal(route.icon?.id, "error");
  assert.equal(childrenOf(route).at(-1)?.spoken, "error: Anyone may read it");
});

test("while the project is read, the map says that more may come", () => {
  assert.deepEqual(
    nodesOf({}, false).map(({ id }) => id),
    ["reading", ENTRY.id],
  );
});
