"""What a reader sees where there is no page: one that says why."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from warehouse.errors import WarehouseError
from warehouse.web.generations import NothingPublished
from warehouse.web.language import language
from warehouse.web.pages import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request


def handlers() -> dict[int | type[Exception], Callable[[Request, Exception], Response]]:
    """What answers each kind of failure."""
    return {
        HTTPException: _refused,  # type: ignore[dict-item]
        WarehouseError: lambda request, error: _answer(request, 503, str(error)),
        NothingPublished: lambda request, _error: _answer(request, 503, "nothing is published yet"),
        500: lambda request, _error: _answer(request, 500, None),
    }


def _refused(request: Request, error: HTTPException) -> Response:
    said = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    return _answer(request, error.status_code, said, error.headers)


def _answer(
    request: Request, status: int, said: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    spoken = language(request.cookies.get("language"))
    return HTMLResponse(
        filled(request, spoken, "failure.html", status=status, said=said), status, headers or {}
    )
