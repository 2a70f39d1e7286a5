/** The endpoint map over the wire: asked for, told of changes, and shown on handlers. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  ENDPOINTS_CHANGED_NOTIFICATION,
  ENDPOINTS_REQUEST,
  type EndpointsResult,
} from "../../server/src/protocol/endpoints.ts";
import { startClient, type TestClient } from "./support/client.ts";
import { createFolder } from "./support/folder.ts";

const API = `from fastapi import APIRouter, Depends

from auth import get_current_user

router = APIRouter(prefix="/orders")


@router.get("/{order_id}")
def read_order(order_id: int, user=Depends(get_current_user)) -> dict[str, int]:
    return {"id": order_id}
`;
const MAIN = `from fastapi import FastAPI

from api import router

app = FastAPI()
app.include_router(router, prefix="/v1")
`;
const AUTH = `from fastapi import HTTPException


def get_current_user(token: str) -> str:
    if not token:
        raise HTTPException(status_code=401)
    return token
`;

async function setting(t: TestContext) {
  const folder = createFolder(t, { "api.py": API, "main.py": MAIN, "auth.py": AUTH });
  const client = await startClient({ folders: [folder.path] });
  t.after(() => client.stop());
  return { folder, client };
}

async function mapOf(client: TestClient): Promise<EndpointsResult> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const result: EndpointsResult = await client.connection.sendRequest(ENDPOINTS_REQUEST, {});
    if (result.complete || performance.now() > deadline) return result;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

test("the map has the routes of closed files, once the folder was read", async (t) => {
  const { client, folder } = await setting(t);
  const before: EndpointsResult = await client.connection.sendRequest(ENDPOINTS_REQUEST, {});
  assert.deepEqual(before, { complete: false, endpoints: [] });
  await client.open(folder.uri("main.py"), MAIN);
  const { endpoints } = await mapOf(client);
  assert.deepEqual(
    endpoints.map(({ methods, path, guards, handler, uri, range }) => ({
      route: `${methods} ${path}`,
      ...{ guards, handler, uri },
      line: range.start.line,
    })),
    [
      {
        route: "GET /v1/orders/{order_id}",
        guards: ["get_current_user"],
        handler: "api.read_order",
        uri: folder.uri("api.py"),
        line: 8,
      },
    ],
  );
});

test("who asked hears when a route changes", async (t) => {
  const { client, folder } = await setting(t);
  const changed = new Promise<void>((resolve) => {
    client.connection.onNotification(ENDPOINTS_CHANGED_NOTIFICATION, () => resolve());
  });
  await client.open(folder.uri("api.py"), API);
  await mapOf(client);
  await client.change(folder.uri("api.py"), {
    text: API.replace("/{order_id}", "/by-id/{order_id}"),
  });
  await changed;
  const { endpoints } = await mapOf(client);
  assert.deepEqual(
    endpoints.map(({ path }) => path),
    ["/v1/orders/by-id/{order_id}"],
  );
});

test("a hover on a handler tells its route and its guards in two lines", async (t) => {
  const { client, folder } = await setting(t);
  const uri = folder.uri("api.py");
  await client.open(uri, API);
  await mapOf(client);
  const line = API.split("\n").findIndex((text) => text.startsWith("def read_order"));
  const hover = (await client.connection.sendRequest("textDocument/hover", {
    textDocument: { uri },
    position: { line, character: 6 },
  })) as { readonly contents: { readonly value: string } } | null;
  assert.equal(
    hover?.contents.value,
    "`GET /v1/orders/{order_id}` → `dict[str, int]`  \nGuarded by get_current_user",
  );
});
