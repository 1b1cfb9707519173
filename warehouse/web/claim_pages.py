"""Places in indexes and targets over the years, each with who says so, and where they disagree."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.routing import Route

from warehouse.web.charts import chart
from warehouse.web.claim_points import measured, ranked
from warehouse.web.pages import page
from warehouse.web.search_question import page_number
from warehouse.web.values import amount, place

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from starlette.responses import Response

    from warehouse.web.language import Language
    from warehouse.web.pages import Visit

    Row = dict[str, Any]

PAGE = 50
"""Targets on a page."""


def rankings(visit: Visit) -> Response:
    """All indexes, with who has most claims in each."""
    rows = visit.rows("rankings")
    return visit.page(
        "rankings.html", indexes=_grouped(rows, "index_id"), conflicts=visit.rows("conflicts", most=20)
    )


def index(visit: Visit) -> Response:
    """Everybody who has a place in an index."""
    rows = visit.rows("index", index=visit.request.path_params["index"])
    if not rows:
        raise HTTPException(404)
    return visit.page("index.html", rows=rows)


def ranking(visit: Visit) -> Response:
    """The places of somebody in an index over the years."""
    asked = {name: visit.request.path_params[name] for name in ("index", "subject")}
    scopes = visit.rows("ranking_scopes", **asked)
    known = [row["scope"] for row in scopes]
    scope = visit.request.query_params.get("scope") or next(iter(known), None)
    if scope not in known:
        raise HTTPException(404)
    claims = visit.rows("ranking_claims", **asked, scope=scope)
    sources = _grouped(visit.rows("ranking_sources", **asked, scope=scope), *_CLAIM)
    points = ranked(claims, visit.language)
    return visit.page(
        "ranking.html",
        about=claims[0],
        scope=scope,
        scopes=scopes,
        claims=claims,
        sources=sources,
        key=lambda claim: _key(claim, *_CLAIM),
        place=place,
        drawing=chart(visit, "ranking", points) if points else None,
    )


_CLAIM = ("year", "status", "rank", "top_n")
_FIGURE = ("year", "status", "low", "high", "unit", "comparator", "change")


def targets(visit: Visit) -> Response:
    """What is aimed at, beside what came of it."""
    number = page_number(visit.request.query_params.get("page"))
    known = visit.request.query_params.get("all") is None
    rows = visit.rows("targets", known=known, most=PAGE + 1, skip=(number - 1) * PAGE)
    if number > 1 and not rows:
        raise HTTPException(404)
    return visit.page(
        "targets.html", rows=rows[:PAGE], more=len(rows) > PAGE, number=number, known=known, aim=_aim
    )


def measure(visit: Visit) -> Response:
    """The targets for a measure and its figures over the years."""
    asked = {name: visit.request.path_params[name] for name in ("measure", "subject")}
    rows = visit.rows("measure", **asked)
    if not rows:
        raise HTTPException(404)
    figures = _grouped(rows, *_FIGURE)
    points = measured(list(figures.values()), visit.language)
    return visit.page(
        "measure.html",
        about=rows[0],
        figures=list(figures.values()),
        amount=amount,
        drawing=chart(visit, "measure", points) if points else None,
    )


def _grouped(rows: Sequence[Row], *names: str) -> dict[Hashable, list[Row]]:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_key(row, *names)].append(row)
    return dict(groups)


def _key(row: Row, *names: str) -> Hashable:
    return tuple(row[name] for name in names)


def _aim(row: Row, spoken: Language) -> str:
    """What is aimed at in a row of targets."""
    sign = {"min": "≥ ", "max": "≤ "}.get(row["direction"], "≈ ")
    if row["kind"] == "ranking":
        return f"{sign}{spoken.number(row['high'])}"
    return amount(row | {"unit": row["scope"], "comparator": row["direction"]}, spoken)


ROUTES = [
    Route("/rankings", page(rankings)),
    Route("/rankings/{index}", page(index)),
    Route("/rankings/{index}/{subject}", page(ranking)),
    Route("/targets", page(targets)),
    Route("/targets/{measure}/{subject}", page(measure)),
]
