"""What all pages have in common: they read one generation, in one language, and know when nothing is new."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from warehouse.web.kept import Made
from warehouse.web.language import Language, language
from warehouse.web.links import (
    article_link,
    copy_link,
    decision_link,
    fact_link,
    language_link,
    measure_link,
    page_link,
    ranking_link,
    search_link,
)
from warehouse.web.queries import sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from warehouse.web.generations import Opened
    from warehouse.web.site import Site

    Handler = Callable[["Visit"], Response]

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page: what it reads, and in which language."""

    request: Request
    site: Site
    opened: Opened
    language: Language

    def rows(self, question: str, **values: object) -> list[dict[str, Any]]:
        """The rows of a question of queries/."""
        return self.opened.rows(sql(question), **values)

    def row(self, question: str, **values: object) -> dict[str, Any]:
        """The one row of a question; where there is none, there is no such page."""
        for row in self.rows(question, **values):
            return row
        raise HTTPException(404)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A template filled."""
        return HTMLResponse(filled(self.request, self.language, template, **values), status)


def filled(request: Request, spoken: Language, template: str, **values: object) -> str:
    """A template with what every page shows."""
    return (
        templates()
        .get_template(template)
        .render(
            request=request,
            say=spoken,
            here=request.url.path,
            turned=lambda number: page_link(request, number),
            **values,
        )
    )


def page(handler: Handler, *, lasting: bool = True) -> Callable[[Request], Response]:
    """The endpoint of a page; a lasting one hangs on address, language and generation alone."""

    def endpoint(request: Request) -> Response:
        site: Site = request.app.state.site
        with site.generations.current() as opened:
            spoken = language(request.cookies.get("language"))
            visit = Visit(request, site, opened, spoken)
            return _lasting(handler, visit) if lasting else _noted(handler(visit), "no-store")

    return endpoint


def _lasting(handler: Handler, visit: Visit) -> Response:
    """The page as it was made for this generation before, or made now; nothing where the reader has it."""
    version = etag(visit.opened, visit.language.code)
    if visit.request.headers.get("if-none-match") == version:
        return _noted(Response(status_code=304), "private, no-cache", version)
    key = (str(visit.request.url), visit.language.code)
    made = visit.opened.kept.get(key)
    if made is None:
        response = _noted(handler(visit), "private, no-cache", version)
        if response.status_code != 200:
            return response
        del response.headers["content-length"]
        made = Made(gzip.compress(bytes(response.body), 4), dict(response.headers))
        visit.opened.kept.put(key, made)
    return _unpacked(made, visit.request)


def _unpacked(made: Made, request: Request) -> Response:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.body, headers={**made.headers, "content-encoding": "gzip"})
    return Response(gzip.decompress(made.body), headers=made.headers)


def _noted(response: Response, kept: str, version: str | None = None) -> Response:
    """The response with how long it may be kept; it is another one in another language."""
    if version and response.status_code in {200, 304}:
        response.headers["etag"] = version
    response.headers["cache-control"] = kept
    response.headers["vary"] = "cookie, accept-encoding"
    return response


def etag(opened: Opened, spoken: str = "") -> str:
    """What an answer is called that hangs on a generation and this version of the pages."""
    generation = opened.generation
    return f'W/"{generation.warehouse}-{generation.revision}-{generation.number}-{look()}{spoken}"'


@cache
def look() -> str:
    """A name for templates, messages and static files as they are: another one where any is another."""
    files = sorted(
        path for folder in ("templates", "messages", "static") for path in (_HERE / folder).iterdir()
    )
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


@cache
def templates() -> Environment:
    """Where the templates are; whatever is put into one is escaped."""
    environment = Environment(
        loader=PackageLoader("warehouse.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["xml"] = lambda text: _NOT_XML.sub("\ufffd", text)
    environment.globals.update(
        article_link=article_link,
        copy_link=copy_link,
        decision_link=decision_link,
        search_link=search_link,
        fact_link=fact_link,
        language_link=language_link,
        measure_link=measure_link,
        ranking_link=ranking_link,
        look=look,
    )
    return environment
