"""Measures with their unit in the middle: "cao 1m74", "dài 2m5", "nặng 1kg2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Quantity
from extractors import comparators, numerals

if TYPE_CHECKING:
    from extractors.document import Document
    from extractors.ownership import Ownership

# Not "100m2", "5m3": areas and volumes.
_SPLIT = re.compile(
    rf"{numerals.NOT_INSIDE}(?P<whole>[0-9]{{1,2}})(?P<unit>m(?![23](?!\w))|kg)"
    r"(?P<part>[0-9]{1,2})(?!\w)(?![.,/][0-9])"
)
_HINT = re.compile(r"[0-9](?:m|kg)[0-9]")


def find(document: Document, owned: Ownership) -> list[Quantity]:
    """The measures of the article whose figures are free."""
    found = []
    for match in _SPLIT.finditer(document.text) if _HINT.search(document.text) else ():
        start, end = match.span()
        if not owned.free(start, end):
            continue
        owned.claim(start, end)
        value = float(f"{match['whole']}.{match['part']}")
        found.append(
            Quantity(
                start=start,
                end=end,
                text=match.group(),
                rule="quantity.split_measure",
                confidence=0.9,
                low=value,
                high=value,
                unit=match["unit"],
                comparator=comparators.before(
                    document.text, start, end, left=document.sentence_at(start).start
                ),
            )
        )
    return found
