"""Orders in the database."""

import logging
import sqlite3

logger = logging.getLogger(__name__)


def find(order_id: int, columns: list[str] = []) -> dict | None:
    columns.append("id")
    connection = sqlite3.connect("shop.db")
    cursor = connection.cursor()
    cursor.execute(f"SELECT {', '.join(columns)} FROM orders WHERE id = {order_id}")
    return cursor.fetchone()


def by_customer(name):
    connection = sqlite3.connect("shop.db")
    rows = connection.execute("SELECT * FROM orders WHERE customer = '%s'" % name).fetchall()
    logger.info(f"{len(rows)} orders of {name}")
    return rows


def cancel(order_id: int, reason: str) -> bool:
    assert reason, "a reason is required"
    try:
        sqlite3.connect("shop.db").execute("DELETE FROM orders WHERE id = ?", (order_id,))
    except:
        pass
    finally:
        return True
