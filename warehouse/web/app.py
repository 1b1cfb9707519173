"""The web application over a directory of generations."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from warehouse.web import (
    api_pages,
    article_pages,
    claim_pages,
    decision_pages,
    fact_pages,
    home_pages,
    language_choice,
    metrics,
    search_pages,
    sql_pages,
    status_pages,
)
from warehouse.web.api import create_api
from warehouse.web.charts import warm
from warehouse.web.failures import handlers
from warehouse.web.generations import Generations
from warehouse.web.limits import Rate
from warehouse.web.security import Guarded
from warehouse.web.site import Site
from warehouse.web.sql_asking import Asking
from warehouse.web.static_files import Static

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
    *metrics.ROUTES,
    *language_choice.ROUTES,
    *api_pages.ROUTES,
]


def create_app(settings: Settings) -> Starlette:
    """The application, to be run by any ASGI server; it opens nothing before the first request."""
    site = Site(
        settings=settings,
        generations=Generations(settings.published),
        search_rate=Rate(settings.search_rate),
        sql_rate=Rate(settings.sql_rate),
        sql=Asking(settings),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        Thread(target=warm, name="warm", daemon=True).start()
        with site.sql:
            yield
        site.generations.close()

    api, requests = create_api(site), metrics.Requests()
    app = Starlette(
        routes=[
            *PAGES,
            Mount("/api/v1", api),
            Mount("/static", Static(directory=Path(__file__).parent / "static")),
        ],
        lifespan=lifespan,
        middleware=[
            Middleware(metrics.Measured, requests=requests),
            Middleware(Guarded, hosts=settings.hosts),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
        ],
        exception_handlers=handlers(),
    )
    app.state.site, app.state.api, app.state.requests = site, api, requests
    return app
