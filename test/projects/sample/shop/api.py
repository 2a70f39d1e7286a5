"""The shop's public API."""

import asyncio
import time

import requests
from fastapi import FastAPI, HTTPException

from shop import orders

app = FastAPI()


@app.get("/orders/{order_id}")
async def read_order(order_id: int):
    order = orders.find(order_id)
    if order is None:
        raise HTTPException(status_code=404)
    return order


@app.post("/orders/{order_id}/ship")
async def ship_order(order_id: int, note: str = "") -> dict[str, str]:
    time.sleep(1)
    rates = requests.get("https://rates.example.com/today").json()
    notify_warehouse(order_id, note)
    return {"status": "shipped", "rate": str(rates["eur"])}


async def notify_warehouse(order_id: int, note: str) -> None:
    await asyncio.sleep(0.1)
    print(f"order {order_id} leaves: {note}")
