"""A search as its address says it: the address is the search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode

from starlette.exceptions import HTTPException

from warehouse.search import Filters, Sort
from warehouse.search.schema import FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import QueryParams

    from warehouse.search import Answer, SearchIndex

PAGE = 20
"""Hits on a page."""

LAST_PAGE = 50
"""Who has read so many pages narrows the search."""

SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is searched for; `chosen` are the values of each facet, `year` one year as text."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: str = ""
    first: str = ""
    last: str = ""
    sort: Sort = "relevance"
    page: int = 1

    @classmethod
    def of(cls, asked: QueryParams) -> SearchQuestion:
        """The search of an address; HTTPException 400 where it is none."""
        question = cls(
            text=asked.get("q", "").strip(),
            chosen={name: tuple(filter(None, asked.getlist(name))) for name in FACETS if asked.get(name)},
            year=asked.get("year", "").strip(),
            first=asked.get("from", "").strip(),
            last=asked.get("to", "").strip(),
            sort=next((sort for sort in SORTS if sort == asked.get("sort")), "relevance"),
            page=min(page_number(asked.get("page")), LAST_PAGE),
        )
        _ = question.filters
        return question

    @property
    def filters(self) -> Filters:
        """The same for the index."""
        year = _number(self.year) if self.year else None
        return Filters(
            **self.chosen,
            years=(year, year) if year else None,
            since=_day(self.first),
            until=_day(self.last),
        )

    @property
    def narrowed(self) -> bool:
        """Whether there is any filter."""
        return self.filters != Filters()

    def ask(self, index: SearchIndex, limit: int = PAGE, *, facets: bool = False) -> Answer:
        """The hits of this page; raises WarehouseError where a value of a filter is unknown."""
        offset = (self.page - 1) * PAGE
        return index.search(
            self.text, self.filters, sort=self.sort, limit=limit, offset=offset, facets=facets
        )

    def address(self, path: str = "/search") -> str:
        """The address of this search."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [("year", self.year), ("from", self.first), ("to", self.last)]
        pairs += [("sort", self.sort if self.sort != "relevance" else "")]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        query = urlencode([(name, value) for name, value in pairs if value])
        return f"{path}?{query}" if query else path

    def on(self, page: int) -> SearchQuestion:
        """Another page of it."""
        return replace(self, page=page)

    def sorted(self, sort: Sort) -> SearchQuestion:
        """It in another order."""
        return replace(self, sort=sort, page=1)

    def asking(self, text: str) -> SearchQuestion:
        """Other words with the same filters."""
        return replace(self, text=text, page=1)

    def has(self, facet: str, value: str) -> bool:
        """Whether a value is chosen."""
        return value == self.year if facet == "year" else value in self.chosen.get(facet, ())

    def turned(self, facet: str, value: str) -> SearchQuestion:
        """It with a value chosen, or without where it is chosen already."""
        if facet == "year":
            return replace(self, year="" if value == self.year else value, page=1)
        before = self.chosen.get(facet, ())
        after = tuple(each for each in before if each != value) if value in before else (*before, value)
        chosen = {**self.chosen, facet: after}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def wide(self) -> SearchQuestion:
        """It without filters."""
        return SearchQuestion(self.text, sort=self.sort)


def page_number(text: str | None) -> int:
    """The number of a page in an address; HTTPException 400 where it is none."""
    return _number(text) if text else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HTTPException(400, f"no day: {text}; such as 2021-06-15") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) < 10**6):
        raise HTTPException(400, f"no number: {text[:40]}")
    return int(text[:9])
