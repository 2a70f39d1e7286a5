from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, File, Query, Request, UploadFile, WebSocket

from shop.auth import CurrentUser, OrdersUser, Page, get_optional_user
from shop.schemas import OrderIn, OrderOut

router = APIRouter()


@router.get("", response_model=list[OrderOut])
async def list_orders(user: OrdersUser, page: Annotated[Page, Depends()], q: str | None = None):
    return user.orders


@router.post("/", status_code=201)
async def create_order(order: OrderIn, user: CurrentUser, tasks: BackgroundTasks) -> OrderOut:
    return user.add(order)


@router.api_route("/{order_id:int}", methods=["GET", "HEAD"])
def read_order(order_id: int, user=Depends(get_optional_user)) -> OrderOut:
    return OrderOut(id=order_id)


@router.put("/{order_id}/invoice")
async def upload_invoice(
    order_id: int, request: Request, user: CurrentUser, invoice: UploadFile = File(...)
) -> None:
    await invoice.read(1000)


@router.get("/search/{term}", include_in_schema=False)
def search(term: str, size: Annotated[int, Query(le=100)] = 20) -> list[OrderOut]:
    return []


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
