from fastapi import APIRouter

router = APIRouter()


@router.delete("/orders/{order_id}", status_code=204)
def drop_order(order_id: int) -> None:
    print(order_id)
