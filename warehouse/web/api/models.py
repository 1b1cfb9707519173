"""What the API answers with; rows of views are described by the comments of the views themselves."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

import duckdb
from pydantic import BaseModel, Field, create_model

from warehouse.contract import View, views
from warehouse.schema import bundled, update

_TYPES: dict[str, Any] = {
    "VARCHAR": str,
    "VARCHAR[]": list[str],
    "BOOLEAN": bool,
    "INTEGER": int,
    "BIGINT": int,
    "HUGEINT": int,
    "DOUBLE": float,
    "DATE": date,
    "TIMESTAMP": datetime,
}


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None


class Found(BaseModel):
    """An article or a document that a search found."""

    kind: str = Field(description="article or decision")
    id: str = Field(description="article_id or document_id")
    title: str
    number: str | None
    day: date | None = Field(description="Day of publication, of a document that of issue.")
    source: str | None
    url: str | None
    articles: int = Field(description="Articles that tell the same story, or that name the document.")
    article_id: str
    passage: str
    passage_start: int = Field(description="Where the passage begins in the text of the article.")
    marks: list[tuple[int, int]] = Field(description="Where in the passage the words of the question stand.")


class Results(BaseModel):
    """A page of what a search found."""

    total: int
    facets: dict[str, dict[str, int]]
    suggestion: str | None = Field(description="A question with hits, where this one has none.")
    items: list[Found]
    next: str | None = Field(description="Cursor of the next page, null on the last.")


class Citation(BaseModel):
    """How to cite a fact."""

    text: str
    bibtex: str
    csl: list[dict[str, Any]]


def row(view: str) -> type[BaseModel]:
    """A row of a view."""
    return _rows()[view]


@cache
def rows(view: str) -> type[BaseModel]:
    """A page of rows of a view."""
    return create_model(
        f"{view}_page",
        __doc__=f"A page of rows of {view}.",
        items=(list[row(view)], ...),  # type: ignore[arg-type,misc]  # mypy knows no types made here
        next=(str | None, Field(description="Cursor of the next page, null on the last.")),
    )


@cache
def _rows() -> dict[str, type[BaseModel]]:
    with duckdb.connect() as connection:
        update(connection, bundled())
        return {view.name: _model(view) for view in views(connection)}


def _model(view: View) -> type[BaseModel]:
    columns: dict[str, Any] = {
        column.name: (_TYPES.get(column.type, Any) | None, Field(description=column.comment))
        for column in view.columns
    }
    return create_model(view.name, __doc__=view.comment, **columns)
