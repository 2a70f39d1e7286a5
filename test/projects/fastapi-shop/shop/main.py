from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Mount, Route

from shop.api import api


@asynccontextmanager
async def lifespan(app: FastAPI):
    yield


async def ready(request):
    return None


def create_app() -> FastAPI:
    app = FastAPI(lifespan=lifespan)
    app.include_router(api, prefix="/api")

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app


inner = Mount("/internal", routes=[Route("/ready", ready, methods=["GET"])])
