"""What a reader sees where there is no page: a page that says why, or problem+json from the API."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

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
        HTTPException: lambda request, error: _refused(request, error),  # type: ignore[arg-type,return-value]
        RequestValidationError: lambda request, error: _answer(request, 422, _wrong(error)),  # type: ignore[arg-type]
        WarehouseError: lambda request, error: _answer(request, 503, str(error)),
        NothingPublished: lambda request, _error: _answer(request, 503, "nothing is published yet"),
        500: lambda request, _error: _answer(request, 500, None),
    }


def _refused(request: Request, error: HTTPException) -> Response:
    said = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    return _answer(request, error.status_code, said, error.headers)


def _wrong(error: RequestValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())


def _answer(
    request: Request, status: int, said: str | None, headers: Mapping[str, str] | None = None
) -> Response:
    if request.url.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
        detail = {"detail": said} if said else {}
        return JSONResponse(
            problem | detail,
            status,
            {**(headers or {}), "access-control-allow-origin": "*"},
            "application/problem+json",
        )
    spoken = language(request.cookies.get("language"))
    return HTMLResponse(
        filled(request, spoken, "failure.html", status=status, said=said), status, headers or {}
    )
