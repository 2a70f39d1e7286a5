"""Tests that would pass whatever the code does."""

import time

from shop import orders


def test_find_order():
    orders.find(1)


def test_cancel_is_eventually_visible():
    orders.cancel(1, "changed my mind")
    time.sleep(2)
    assert orders.find(1) is None
