"""Remembers the language that a reader has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from warehouse.web.language import CODES

if TYPE_CHECKING:
    from starlette.requests import Request

_YEAR = 365 * 24 * 3600


async def choose(request: Request) -> Response:
    """Back to where the reader was, on this site only."""
    code = request.path_params["code"]
    if code not in CODES:
        raise HTTPException(404)
    back = request.query_params.get("back", "/")
    # Browsers take // and /\ for the beginning of another site's address.
    own = back.startswith("/") and back[1:2] not in {"/", "\\"} and back.isprintable()
    response = RedirectResponse(back if own else "/", 303)
    response.set_cookie("language", code, max_age=_YEAR, samesite="lax", httponly=True)
    return response


ROUTES = [Route("/language/{code}", choose)]
