"""A document: what articles say it is, when they name it, what it does to others, and what it aims at."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.routing import Route

from warehouse.web.charts import chart
from warehouse.web.marking import found
from warehouse.web.pages import page
from warehouse.web.search_question import page_number
from warehouse.web.values import amount, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from warehouse.web.pages import Visit

PAGE = 40
"""Mentions on a page."""


def decision(visit: Visit) -> Response:
    """The page of a document."""
    document = visit.request.path_params["document"]
    about = visit.row("decision", document=document)
    number = page_number(visit.request.query_params.get("page"))
    mentions = visit.rows("decision_mentions", document=document, most=PAGE + 1, skip=(number - 1) * PAGE)
    if number > 1 and not mentions:
        raise HTTPException(404)
    years = visit.rows("decision_years", document=document)
    return visit.page(
        "decision.html",
        about=about,
        said=_by(visit.rows("decision_said", document=document), "what"),
        relations=_relations(visit.rows("decision_relations", document=document)),
        targets=visit.rows("decision_targets", document=document),
        years=years,
        drawing=chart(visit, "mentions", years) if len(years) > 1 else None,
        told=_grouped(mentions[:PAGE]),
        more=len(mentions) > PAGE,
        number=number,
        found=found,
        amount=amount,
        place=place,
    )


def _by(rows: Iterable[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    """Rows in order, by what they have under a name."""
    return {str(key): list(own) for key, own in groupby(rows, itemgetter(name))}


def _grouped(mentions: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Mentions by the article that they stand in."""
    return [list(own) for _, own in groupby(mentions, itemgetter("article_id"))]


def _relations(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Related documents by what the document does (amends) or what is done to it (amended_by)."""
    named = ({**row, "way": row["relation"] + ("" if row["own"] else "_by")} for row in rows)
    return _by(named, "way")


ROUTES = [Route("/decisions/{document}", page(decision))]
