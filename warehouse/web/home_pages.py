"""The first page: the box, what was found last, and where sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from warehouse.web.pages import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit


def home(visit: Visit) -> Response:
    """The first page."""
    return visit.page(
        "home.html",
        counts=visit.opened.generation.rows,
        articles=visit.rows("latest_articles"),
        decisions=visit.rows("latest_decisions"),
        conflicts=visit.rows("conflicts", most=4),
    )


ROUTES = [Route("/", page(home))]
