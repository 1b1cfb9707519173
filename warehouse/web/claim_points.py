"""Claims as the points of a chart: where each stands, what it says, and which of them bear a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.web.links import fact_link
from warehouse.web.values import amount, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.web.language import Language

    Row = dict[str, Any]

_WIDTH, _HEIGHT = 410, 200
"""Pixels between the first and last point of a chart."""

_LETTER, _LINE = 7, 17
"""Pixels of a letter in width, and of a line in height: labels stand so much apart."""


def ranked(claims: Sequence[Row], spoken: Language) -> list[Row]:
    """Places with a year, a band at its end; the line goes through what most articles say."""
    points = [
        _point(claim, spoken, place(claim, spoken))
        | {
            "shape": "disputed" if claim["disputed"] else claim["status"],
            "y": claim["rank"] if claim["rank"] is not None else claim["top_n"],
            "label": str(claim["rank"] or f"≤{claim['top_n']}"),
            "articles": claim["articles"],
        }
        for claim in claims
        if claim["year"]
    ]
    return _drawn(points)


def measured(figures: Sequence[Sequence[Row]], spoken: Language) -> list[Row]:
    """Figures with a year, each with all who say it; a range at its middle, and no rises and falls."""
    points = [
        _point(claims[0], spoken, amount(claims[0], spoken))
        | {
            "shape": claims[0]["status"],
            "y": (claims[0]["low"] + claims[0]["high"]) / 2,
            "label": amount(claims[0], spoken),
            "articles": len({claim["canonical_id"] for claim in claims}),
        }
        for claims in figures
        if claims[0]["year"] and claims[0]["change"] is None
    ]
    return _drawn(points)


def _point(claim: Row, spoken: Language, said: str) -> Row:
    return {
        "year": claim["year"],
        "link": fact_link(claim["fact_id"]),
        "said": f"{claim['year']}: {said} ({spoken.of('status', claim['status'])})",
    }


def _drawn(points: list[Row]) -> list[Row]:
    """The points with those that the line goes through, and labels where they do not hide each other."""
    likely = sorted(points, key=lambda point: -point["articles"])
    years: set[int] = set()
    labelled: list[Row] = []
    for point in likely:
        point["line"] = point["shape"] != "target" and point["year"] not in years
        if point["line"]:
            years.add(point["year"])
    for point in sorted(likely, key=lambda point: not point["line"]):
        if any(_near(point, other, points) for other in labelled):
            point["label"] = ""
        else:
            labelled.append(point)
    return points


def _near(one: Row, other: Row, points: Sequence[Row]) -> bool:
    letters = (len(one["label"]) + len(other["label"])) / 2 + 1
    return all(
        abs(one[axis] - other[axis]) * pixels < apart * (_range(points, axis) or 1)
        for axis, pixels, apart in (("year", _WIDTH, letters * _LETTER), ("y", _HEIGHT, _LINE))
    )


def _range(points: Sequence[Row], axis: str) -> float:
    values = [point[axis] for point in points]
    return float(max(values) - min(values))
