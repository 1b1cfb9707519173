"""Search: one box, facets, an address for every search, and its hits as a feed, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from warehouse.errors import WarehouseError
from warehouse.web.facets import facets
from warehouse.web.feeds import ENTRIES, feed
from warehouse.web.marking import parts
from warehouse.web.pages import page
from warehouse.web.search_question import LAST_PAGE, PAGE, SORTS, SearchQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.search import Answer, Hit, Sort
    from warehouse.web.pages import Visit

MOST_ROWS = 1000
"""Hits in a file of them."""


def asked(
    visit: Visit, limit: int = PAGE, *, sort: Sort | None = None, counted: bool = False
) -> tuple[SearchQuestion, Answer]:
    """The search of the address with its answer; HTTPException where it is none, or there are too many."""
    client = visit.request.client
    if wait := visit.site.search_rate.wait(client.host if client else ""):
        raise HTTPException(429, visit.language("failure.too_often"), {"retry-after": str(int(wait) + 1)})
    if visit.opened.index is None:
        raise HTTPException(503, visit.language("search.no_index"))
    question = SearchQuestion.of(visit.request.query_params)
    ordered = question.sorted(sort) if sort else question
    try:
        return question, ordered.ask(visit.opened.index, limit, facets=counted)
    except WarehouseError as error:
        raise HTTPException(400, str(error)) from None


def search(visit: Visit) -> Response:
    """The page of a search."""
    question, answer = asked(visit, counted=True)
    pages = min(-(-answer.total // PAGE), LAST_PAGE)
    return visit.page(
        "search.html",
        question=question,
        sorts=SORTS,
        answer=answer,
        facets=facets(question, answer.facets, visit.language),
        mentions=_mentions(visit, answer.hits),
        parts=parts,
        pages=pages,
    )


def atom(visit: Visit) -> Response:
    """A feed of what a search finds, what was found last first."""
    question, answer = asked(visit, ENTRIES, sort="found")
    return feed(visit, question, answer.hits)


def as_csv(visit: Visit) -> Response:
    """The hits of a search as a table."""
    rows = _rows(visit)
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    # Spreadsheets read UTF-8 only where it begins with this mark.
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", "csv")


def as_json(visit: Visit) -> Response:
    """The hits of a search as a list of objects."""
    text = json.dumps(_rows(visit), ensure_ascii=False, default=str, indent=1)
    return _file(text, "application/json", "json")


_COLUMNS = ("kind", "id", "title", "number", "day", "source", "url", "articles", "article_id", "passage")


def _rows(visit: Visit) -> list[dict[str, Any]]:
    _, answer = asked(visit, MOST_ROWS)
    return [_row(hit) for hit in answer.hits]


def _row(hit: Hit) -> dict[str, Any]:
    row = asdict(hit) | {"passage": hit.snippet.text}
    return {name: row[name] for name in _COLUMNS}


def _file(text: str, kind: str, ending: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="trichtin-search.{ending}"'}
    return Response(text, headers=headers, media_type=kind)


def _mentions(visit: Visit, hits: Iterable[Hit]) -> dict[str, int]:
    """How often each document that was found is named."""
    documents = [hit.id for hit in hits if hit.kind == "decision"]
    rows = visit.rows("mentions_of", documents=documents) if documents else []
    return {row["document_id"]: row["mentions"] for row in rows}


ROUTES = [
    Route("/search", page(search)),
    Route("/search.atom", page(atom)),
    Route("/search.csv", page(as_csv)),
    Route("/search.json", page(as_json)),
]
