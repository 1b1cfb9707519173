"""What the API offers, read from its own OpenAPI schema: no page of somebody else's is needed to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from warehouse.web.pages import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit


def docs(visit: Visit) -> Response:
    """The page of the API."""
    schema = visit.request.app.state.api.openapi()
    asked = [(path, methods["get"]) for path, methods in schema["paths"].items()]
    return visit.page("api.html", asked=asked, info=schema["info"])


ROUTES = [Route("/api/docs", page(docs))]
