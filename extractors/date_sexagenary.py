"""Years of the moon by their names of sixty: "Đinh Dậu" is 2017, 1957, 1897."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from datetime import date

_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ|kỉ", "canh", "tân", "nhâm", "quý|quí")
_BRANCHES = (
    *("tý|tí", "sửu", "dần", "mão|mẹo", "thìn", "tỵ|tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi"),
)
_CYCLE = 60
_FIRST = 4
"""The first year of our era that is a Giáp Tý."""

NAMED = rf"(?:[ ](?:năm[ ]|xuân[ ])?(?P<stem>{'|'.join(_STEMS)})[ ](?P<branch>{'|'.join(_BRANCHES)})(?!\w))?"
"""The name of a year behind a day, over lower-cased text."""


def year_named(match: re.Match[str], today: date | None) -> int | None:
    """The year of the name nearest to today; None where none is named, it is none, or today is unknown."""
    if not match["stem"] or today is None:
        return None
    stem, branch = _place(_STEMS, match["stem"]), _place(_BRANCHES, match["branch"])
    for place in range(_CYCLE):
        if place % len(_STEMS) == stem and place % len(_BRANCHES) == branch:
            back = (today.year - _FIRST - place + _CYCLE // 2) % _CYCLE - _CYCLE // 2
            return today.year - back
    return None


def _place(names: tuple[str, ...], written: str) -> int:
    return next(place for place, name in enumerate(names) if written in name.split("|"))
