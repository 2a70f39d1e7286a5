"""The monthly report."""

import pandas as pd


def revenue_by_country(orders: pd.DataFrame) -> dict[str, float]:
    totals: dict[str, float] = {}
    for _, row in orders.iterrows():
        totals[row["country"]] = totals.get(row["country"], 0.0) + row["amount"]
    return totals


def monthly(paths: list[str]) -> pd.DataFrame:
    everything = pd.DataFrame()
    for path in paths:
        everything = pd.concat([everything, pd.read_csv(path)])
    return everything
