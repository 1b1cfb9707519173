"""What a request to the API reads: one generation, page by page."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from warehouse.web.generations import Opened
from warehouse.web.pages import etag
from warehouse.web.site import Site


class Unchanged(Exception):
    """The client has the answer already."""

    def __init__(self, etag: str) -> None:
        """`etag` is what both call it."""
        super().__init__(etag)
        self.etag = etag


@dataclass(frozen=True, slots=True)
class Paging:
    """How much, and from where on."""

    limit: Annotated[int, Query(ge=1, le=200, description="Items on a page.")] = 50
    cursor: Annotated[
        str | None, Query(max_length=200, description="`next` of the page before; the first without.")
    ] = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The generation that a request reads."""

    opened: Opened
    site: Site
    client: str

    def one(self, view: str, **key: str) -> dict[str, Any]:
        """The row of a view that has a key; HTTPException 404 where there is none."""
        ((column, value),) = key.items()
        for row in self.opened.rows(f"select * from {view} where {column} = $value limit 1", value=value):
            return row
        raise HTTPException(404)

    def page(self, view: str, key: str, paging: Paging, where: Mapping[str, object]) -> dict[str, Any]:
        """Rows of a view in the order of a unique column; conditions of value None are none."""
        asked = {f"v{at}": value for at, value in enumerate(where.values()) if value is not None}
        conditions = [each.format(f"$v{at}") for at, each in enumerate(where) if f"v{at}" in asked]
        if paging.cursor is not None:
            conditions.append(f"{key} > $after")
            asked["after"] = _after(paging.cursor)
        limited = f"where {' and '.join(conditions)}" if conditions else ""
        sql = f"select * from {view} {limited} order by {key} limit {paging.limit + 1}"
        rows = self.opened.rows(sql, **asked)
        more = len(rows) > paging.limit
        return {"items": rows[: paging.limit], "next": cursor(rows[paging.limit - 1][key]) if more else None}


def cursor(key: object) -> str:
    """Where the next page begins, for the client to hand back."""
    return urlsafe_b64encode(json.dumps(key).encode()).decode()


def after(cursor: str) -> object:
    """The key in a cursor; HTTPException 400 where it is none of ours."""
    try:
        return json.loads(urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError):
        raise HTTPException(400, "no such cursor") from None


def _after(cursor: str) -> str:
    key = after(cursor)
    if not isinstance(key, str):
        raise HTTPException(400, "no such cursor")
    return key


def _reader(request: Request, response: Response) -> Iterator[Reader]:
    site: Site = request.app.state.site
    with site.generations.current() as opened:
        version = etag(opened)
        if request.headers.get("if-none-match") == version:
            raise Unchanged(version)
        response.headers["etag"] = version
        response.headers["cache-control"] = "no-cache"
        yield Reader(opened, site, request.client.host if request.client else "")


Reading = Annotated[Reader, Depends(_reader)]
Pages = Annotated[Paging, Depends()]
