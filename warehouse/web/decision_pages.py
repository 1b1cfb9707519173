"""A document: what articles say it is, when they name it, what it does to others, and what it aims at."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.routing import Route

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

SAID = ("doc_type", "number", "issuer", "issued_on", "title")
"""What articles say of a document."""

Mention = dict[str, Any]


class Said(NamedTuple):
    """One wording, how many articles have it, and a mention that has."""

    said: str
    articles: int
    fact_id: str


class Year(NamedTuple):
    """How often a document is named in a year, and in how many articles."""

    year: int
    mentions: int
    articles: int


def decision(visit: Visit) -> Response:
    """The page of a document."""
    document = visit.request.path_params["document"]
    about = visit.row("decision", document=document)
    number = page_number(visit.request.query_params.get("page"))
    mentions = visit.rows("decision_mentions", document=document, most=PAGE + 1, skip=(number - 1) * PAGE)
    if number > 1 and not mentions:
        raise HTTPException(404)
    named = visit.rows("decision_named", document=document)
    return visit.page(
        "decision.html",
        about=about,
        said={what: said for what in SAID if (said := _said(named, what))},
        relations=_relations(visit.rows("decision_relations", document=document)),
        targets=visit.rows("decision_targets", document=document),
        years=_years(named),
        told=_grouped(mentions[:PAGE]),
        more=len(mentions) > PAGE,
        number=number,
        found=found,
        amount=amount,
        place=place,
    )


def _said(named: Iterable[Mention], what: str) -> list[Said]:
    """What articles say of a document, what most say first; each with a mention that says so."""
    articles: dict[str, set[str]] = defaultdict(set)
    facts: dict[str, str] = {}
    for mention in named:
        if (said := mention[what]) is not None:
            articles[said].add(mention["canonical_id"])
            facts[said] = min(mention["fact_id"], facts.get(said, mention["fact_id"]))
    ranked = sorted(articles, key=lambda said: (-len(articles[said]), said))
    return [Said(said, len(articles[said]), facts[said]) for said in ranked]


def _years(named: Iterable[Mention]) -> list[Year]:
    """How often the document is named in each year, from the first to the last; copies are left out."""
    told = [mention for mention in named if mention["year"] and not mention["aside"]]
    counts = Counter(mention["year"] for mention in told)
    articles = Counter(year for year, _ in {(each["year"], each["canonical_id"]) for each in told})
    years = range(min(counts), max(counts) + 1) if counts else ()
    return [Year(year, counts[year], articles[year]) for year in years]


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
