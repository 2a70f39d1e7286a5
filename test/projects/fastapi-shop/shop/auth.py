from typing import Annotated

from fastapi import Depends, Header, HTTPException, Security, status
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

from shop.models import User
from shop.users import user_of

scheme = OAuth2PasswordBearer(tokenUrl="token", scopes={"orders": "Read orders"})


def get_current_user(token: Annotated[str, Depends(scheme)]) -> User:
    user = user_of(token)
    if user is None:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED)
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


def get_optional_user(authorization: Annotated[str | None, Header()] = None) -> User | None:
    return user_of(authorization) if authorization else None


def require_admin(user: CurrentUser) -> User:
    if not user.is_superuser:
        raise HTTPException(status_code=403)
    return user


def with_scopes(scopes: SecurityScopes, user: CurrentUser) -> User:
    if not set(scopes.scopes) <= set(user.scopes):
        raise HTTPException(status_code=403)
    return user


OrdersUser = Annotated[User, Security(with_scopes, scopes=["orders"])]


class Page:
    def __init__(self, limit: int = 50, offset: int = 0) -> None:
        self.limit = limit
        self.offset = offset
