"""The web application over a directory of generations."""

from __future__ import annotations

from asyncio import Semaphore
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from warehouse.web import (
    article_pages,
    claim_pages,
    decision_pages,
    fact_pages,
    home_pages,
    language_choice,
    search_pages,
    sql_pages,
    status_pages,
)
from warehouse.web.api import router
from warehouse.web.failures import handlers
from warehouse.web.generations import Generations
from warehouse.web.limits import Rate
from warehouse.web.security import Guarded
from warehouse.web.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from warehouse.web.settings import Settings

PAGES: list[Route] = [
    *home_pages.ROUTES,
    *search_pages.ROUTES,
    *decision_pages.ROUTES,
    *article_pages.ROUTES,
    *fact_pages.ROUTES,
    *claim_pages.ROUTES,
    *sql_pages.ROUTES,
    *status_pages.ROUTES,
    *language_choice.ROUTES,
]


def create_app(settings: Settings) -> FastAPI:
    """The application, to be run by any ASGI server; it opens nothing before the first request."""
    site = Site(
        settings=settings,
        generations=Generations(settings.published),
        search_rate=Rate(settings.search_rate),
        sql_rate=Rate(settings.sql_rate),
        sql_running=Semaphore(settings.sql_at_once),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        site.generations.close()

    app = FastAPI(
        title="Trích tin",
        version="1",
        summary="Decisions, articles and the facts in them, each with its source.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(Guarded, hosts=settings.hosts),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
        ],
        exception_handlers=handlers(),
    )
    app.state.site = site
    app.include_router(router(), prefix="/api/v1")
    app.router.routes += PAGES
    app.router.routes.append(Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")))
    return app
