"""Articles and the facts in them."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException

from warehouse.web.api.models import row, rows
from warehouse.web.api.reading import Pages, Reading


def router() -> APIRouter:
    """The addresses below /articles."""
    made = APIRouter(tags=["articles"])
    made.get("/articles", response_model=rows("articles"))(articles)
    made.get("/articles/{article_id}", response_model=row("articles"))(article)
    made.get("/articles/{article_id}/facts", response_model=rows("facts"))(facts)
    return made


def articles(  # noqa: PLR0913, PLR0917  (conditions)
    reading: Reading,
    paging: Pages,
    source: Annotated[str | None, Query(description="Publisher.")] = None,
    first: Annotated[date | None, Query(alias="from", description="Published on this day or later.")] = None,
    last: Annotated[date | None, Query(alias="to", description="Published on this day or earlier.")] = None,
    copies: Annotated[bool, Query(description="Copies of other articles too.")] = False,
) -> Any:
    """The newest version of each article, by its id."""
    where = {
        "is_current = {}": True,
        "source = {}": source,
        "published >= {}": first,
        "published <= {}": last,
        "is_copy = {}": None if copies else False,
    }
    return reading.page("articles", "article_id", paging, where)


def article(reading: Reading, article_id: str) -> Any:
    """The newest version of an article, with its text."""
    return reading.one("(from articles where is_current)", article_id=article_id)


def facts(reading: Reading, paging: Pages, article_id: str) -> Any:
    """The facts of the newest version of an article."""
    if not reading.opened.places.pages(article_id):
        raise HTTPException(404)
    return reading.page("facts", "fact_id", paging, {"article_id = {}": article_id})
