"""The application of the API: every answer a JSON object, every refusal an RFC 9457 problem."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response

from warehouse.errors import WarehouseError
from warehouse.web.api import articles, claims, decisions, facts, searching
from warehouse.web.api.models import Problem
from warehouse.web.api.reading import Unchanged
from warehouse.web.generations import NothingPublished

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from warehouse.web.site import Site

    Handlers = dict[int | type[Exception], Callable[[Request, Any], Any]]

_PROBLEM = "application/problem+json"


def create_api(site: Site) -> FastAPI:
    """The API over the generations of a site, to be mounted under its version."""
    api = FastAPI(
        title="Trích tin",
        version="1",
        summary="Decisions, articles and the facts in them, each with its source.",
        description="Rows are those of the views of docs/warehouse.md. Cursors hold for one generation.",
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET"],
                allow_headers=["If-None-Match"],
                expose_headers=["ETag"],
            )
        ],
        exception_handlers=_handlers(),
        responses={
            status: {"description": HTTPStatus(status).phrase, "content": {_PROBLEM: {"schema": _schema()}}}
            for status in (400, 404, 422, 429, 503)
        },
    )
    api.state.site = site
    for part in (searching, decisions, articles, facts, claims):
        api.include_router(part.router())
    return api


def _schema() -> dict[str, Any]:
    return Problem.model_json_schema()


def _handlers() -> Handlers:
    return {
        Unchanged: lambda _request, same: Response(status_code=304, headers={"etag": same.etag}),
        HTTPException: lambda _request, error: _problem(error.status_code, error.detail, error.headers),
        RequestValidationError: lambda _request, error: _problem(422, _wrong(error)),
        NothingPublished: lambda _request, _error: _problem(503, "nothing is published yet"),
        WarehouseError: lambda _request, error: _problem(503, str(error)),
        500: lambda _request, _error: _problem(500),
    }


def _problem(
    status: int, detail: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status}
    said = {"detail": detail} if detail and detail != title else {}
    return JSONResponse(problem | said, status, headers, _PROBLEM)


def _wrong(error: RequestValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
