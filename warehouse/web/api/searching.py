"""Search."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException

from warehouse.errors import WarehouseError
from warehouse.search import Filters, Hit, Sort
from warehouse.web.api.models import Results
from warehouse.web.api.reading import Pages, Paging, Reader, Reading, after, cursor

FARTHEST = 10_000
"""Hits that can be paged through; who wants more asks in SQL."""

Values = Annotated[list[str], Query()]


def router() -> APIRouter:
    """/search."""
    made = APIRouter(tags=["search"])
    made.get("/search", response_model=Results)(search)
    return made


def search(  # noqa: PLR0913, PLR0917  (conditions)
    reading: Reading,
    paging: Pages,
    q: Annotated[str, Query(max_length=2000, description='Words, "phrases", document numbers.')] = "",
    kind: Annotated[list[Literal["article", "decision"]], Query()] = [],  # noqa: B006  (FastAPI copies it)
    type: Values = [],  # noqa: A002, B006
    issuer: Values = [],  # noqa: B006
    action: Values = [],  # noqa: B006
    index: Values = [],  # noqa: B006
    source: Values = [],  # noqa: B006
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    sort: Annotated[Sort, Query()] = "relevance",
) -> Any:
    """Articles and documents that have all that is asked for; values of facets in any spelling."""
    filters = Filters(
        kind=kind,
        type=type,
        issuer=issuer,
        action=action,
        index=index,
        source=source,
        years=(year, year) if year else None,
        since=first,
        until=last,
    )
    return _found(reading, q, filters, sort, paging)


def _found(reading: Reader, text: str, filters: Filters, sort: Sort, paging: Paging) -> dict[str, Any]:
    if wait := reading.site.search_rate.wait(reading.client):
        raise HTTPException(429, "too many searches", {"retry-after": str(int(wait) + 1)})
    if reading.opened.index is None:
        raise HTTPException(503, "this generation has no search index")
    offset = _offset(paging)
    try:
        answer = reading.opened.index.search(
            text, filters, sort=sort, limit=paging.limit, offset=offset, facets=True
        )
    except WarehouseError as error:
        raise HTTPException(400, str(error)) from None
    end = offset + paging.limit
    return {
        "total": answer.total,
        "facets": answer.facets,
        "suggestion": answer.suggestion,
        "items": [_item(hit) for hit in answer.hits],
        "next": cursor(end) if end < min(answer.total, FARTHEST) else None,
    }


def _offset(paging: Paging) -> int:
    offset = after(paging.cursor) if paging.cursor else 0
    if not isinstance(offset, int) or not 0 <= offset <= FARTHEST:
        raise HTTPException(400, "no such cursor")
    return offset


def _item(hit: Hit) -> dict[str, Any]:
    names = ("kind", "id", "title", "number", "day", "found", "source", "url", "articles", "article_id")
    return {name: getattr(hit, name) for name in names} | {
        "passage": hit.snippet.text,
        "passage_start": hit.snippet.start,
        "marks": [(mark.start, mark.end) for mark in hit.snippet.marks],
    }
