from fastapi import APIRouter, Depends

from shop.auth import require_admin

from .admin import router as admin_router
from .orders import router as orders_router

api = APIRouter(prefix="/v1")
api.include_router(orders_router, prefix="/orders", tags=["orders"])
api.include_router(admin_router, prefix="/admin", dependencies=[Depends(require_admin)])
