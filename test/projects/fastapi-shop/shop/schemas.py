from pydantic import BaseModel


class OrderIn(BaseModel):
    sku: str


class OrderOut(BaseModel):
    id: int
