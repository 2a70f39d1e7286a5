from fastapi.testclient import TestClient

from shop.api import app


def test_an_order_is_read():
    answer = TestClient(app).get("/orders/1")
    assert answer.status_code == 200
    assert answer.json() == {"id": 1}
