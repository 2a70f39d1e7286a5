"""A file that no test opens before the workspace is checked."""

import requests


def rates() -> dict:
    return requests.get("https://rates.example.com/today", timeout=5, verify=False).json()
