"""What a search can be narrowed by, with counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warehouse.web.language import Language
    from warehouse.web.search_question import SearchQuestion

ORDER = ("kind", "type", "issuer", "year", "source", "action", "index")

_SAID = {"kind", "action"}
"""Facets whose values are words of ours."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, how many hits have it (None: not counted), and the search that takes or leaves it."""

    name: str
    count: int | None
    address: str
    chosen: bool


def facets(
    question: SearchQuestion, counts: Mapping[str, Mapping[str, int]], spoken: Language
) -> dict[str, list[Choice]]:
    """The facets that have a choice to offer, in the order of the page."""
    choices = {facet: _choices(facet, question, counts.get(facet, {}), spoken) for facet in ORDER}
    return {facet: offered for facet, offered in choices.items() if offered}


def _choices(
    facet: str, question: SearchQuestion, counts: Mapping[str, int], spoken: Language
) -> list[Choice]:
    own = (question.year,) if facet == "year" and question.year else question.chosen.get(facet, ())
    known = dict.fromkeys(own) | dict(counts)
    ordered = sorted(known.items(), reverse=True) if facet == "year" else list(known.items())
    return [
        Choice(
            name=spoken.of(facet, value) if facet in _SAID else value,
            count=count,
            address=question.turned(facet, value).address(),
            chosen=question.has(facet, value),
        )
        for value, count in ordered
    ]
