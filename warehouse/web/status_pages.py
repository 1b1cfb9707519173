"""How it is with the site: what is published, how the last crawls went; a word for who watches over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from warehouse.errors import WarehouseError
from warehouse.web.charts import chart
from warehouse.web.generations import NothingPublished
from warehouse.web.pages import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from warehouse.web.pages import Visit
    from warehouse.web.site import Site


def status(visit: Visit) -> Response:
    """The page of the status."""
    growth = visit.rows("growth")
    return visit.page(
        "status.html",
        generation=visit.opened.generation,
        failure=visit.site.generations.failure,
        runs=visit.rows("last_runs"),
        sources=visit.rows("sources"),
        growth=growth,
        drawing=chart(visit, "growth", growth) if len(growth) > 1 else None,
    )


def health(request: Request) -> Response:
    """200 where the newest generation is shown, 503 where it cannot be."""
    site: Site = request.app.state.site
    try:
        with site.generations.current() as opened:
            told = {"status": "ok", "generation": opened.generation.number}
    except (NothingPublished, WarehouseError) as error:
        return JSONResponse({"status": "failing", "reason": str(error) or "nothing is published yet"}, 503)
    if site.generations.failure:
        return JSONResponse(told | {"status": "failing", "reason": site.generations.failure}, 503)
    return JSONResponse(told, headers={"cache-control": "no-store"})


ROUTES = [Route("/status", page(status, lasting=False)), Route("/healthz", health)]
