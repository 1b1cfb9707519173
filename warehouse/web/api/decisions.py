"""Documents and their mentions."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from warehouse.web.api.models import row, rows
from warehouse.web.api.reading import Pages, Reading

Year = Annotated[int | None, Query(ge=1, le=9999)]


def router() -> APIRouter:
    """The addresses below /decisions."""
    made = APIRouter(tags=["decisions"])
    made.get("/decisions", response_model=rows("decisions"))(decisions)
    made.get("/decisions/{document_id}", response_model=row("decisions"))(decision)
    made.get("/decisions/{document_id}/mentions", response_model=rows("decision_mentions"))(mentions)
    made.get("/decisions/{document_id}/relations", response_model=rows("decision_relations"))(relations)
    return made


def decisions(  # noqa: PLR0913, PLR0917  (conditions)
    reading: Reading,
    paging: Pages,
    type: Annotated[str | None, Query(description="Quyết định, Nghị định ...")] = None,  # noqa: A002
    issuer: Annotated[str | None, Query(description="Full name, such as Thủ tướng Chính phủ.")] = None,
    number: Annotated[str | None, Query(description="942/QĐ-TTg")] = None,
    year: Year = None,
) -> Any:
    """Documents, by their id."""
    where = {"doc_type = {}": type, "issuer = {}": issuer, "number = {}": number, "year = {}": year}
    return reading.page("decisions", "document_id", paging, where)


def decision(reading: Reading, document_id: str) -> Any:
    """One document."""
    return reading.one("decisions", document_id=document_id)


def mentions(reading: Reading, paging: Pages, document_id: str) -> Any:
    """Where a document is named."""
    reading.one("decisions", document_id=document_id)
    return reading.page("decision_mentions", "fact_id", paging, {"document_id = {}": document_id})


def relations(reading: Reading, paging: Pages, document_id: str) -> Any:
    """What a document does to others, and what they do to it."""
    reading.one("decisions", document_id=document_id)
    where = {"(document_id = {0} or other_document_id = {0})": document_id}
    return reading.page("decision_relations", "fact_id", paging, where)
