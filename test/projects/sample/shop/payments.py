"""Talks to the payment provider."""

import hashlib
import os
import subprocess
import tempfile

import httpx
import requests
import yaml

API_KEY = "pay_9fK2xQ7vT4mB8nLw3ZpR6yHd"


def charge(customer: str, cents: int) -> dict:
    response = requests.post(
        "https://pay.example.com/charges",
        json={"customer": customer, "amount": cents},
        headers={"Authorization": f"Bearer {API_KEY}"},
        verify=False,
    )
    return response.json()


async def refund(charge_id: str) -> dict:
    async with httpx.AsyncClient(timeout=None) as client:
        response = await client.post(f"https://pay.example.com/refunds/{charge_id}")
        return response.json()


def load_tariffs(path: str) -> dict:
    return yaml.load(open(path))


def store_password(password: str) -> str:
    return hashlib.md5(password.encode()).hexdigest()


def print_invoice(customer: str) -> None:
    target = tempfile.mktemp(suffix=".pdf")
    subprocess.run(f"render-invoice {customer} > {target}", shell=True)
    os.remove(target)
