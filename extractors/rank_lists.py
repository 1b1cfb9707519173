"""What the rankings of one list share: the tail behind the last, the scope, the subjects told in turn."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from corpus.facts import Ranking, Span
    from extractors.rank_context import Phrase

_BY_A_YEAR = r"(?:vào|đến|tới|trong)[ ]năm[ ](?:19|20)[0-9]{2}"
_BESIDE = re.compile(rf"(?:[ ]{_BY_A_YEAR})?,?[ ](?:và[ ]|cùng[ ])?(?:{_BY_A_YEAR},?[ ])?")
# "(Cả ba tỉnh) Lào Cai, Yên Bái và Hà Giang"
_SEVERAL = re.compile(
    r"(?:cả[ ])?(?:các|hai|ba|bốn|năm|sáu|[0-9]{1,2})[ ]"
    r"(?:tỉnh|thành[ ]phố|huyện|xã|nước|quốc[ ]gia|bộ|sở)[ ]",
    re.IGNORECASE,
)
_AND = re.compile(r",[ ]|[ ]và[ ]")
_NAME = rf"[{CAPITAL}](?:\w|\.(?=\w))*(?:[ ][{CAPITAL}]\w*){{0,4}}"
_BODY = rf"(?:Sở|Bộ|Cục|[Hh]uyện|[Tt]hành[ ]phố)[ ][{CAPITAL}]\w*(?:[ ]\w+){{0,3}}"
_NAME = rf"(?:{_BODY}|{_NAME})"
_NAMES = re.compile(
    rf"(?P<names>{_NAME}(?:,[ ]{_NAME}){{0,9}}(?:(?:,|,?[ ]và)[ ]{_NAME}))[ ]"
    rf"(?:[^\W\d]+[ ]){{0,3}}?lần[ ]lượt"
)
_NAMES_BEHIND = re.compile(
    rf"[ ]lần[ ]lượt[ ](?:là|thuộc[ ]về|gồm|có|cho)[ ](?P<names>{_NAME}(?:,[ ]{_NAME}){{0,9}}[ ]và[ ]{_NAME})"
)
_IN_TURN = 60
"""Code points in front of the first place in which "lần lượt" may stand."""


def share_tail(text: str, found: list[Ranking]) -> None:
    """Index and year of places that nothing stands between: "top 10 châu Á và top 30 thế giới về ..."."""
    if len(found) < 2 or not _is_beside(text, found[-2], found[-1]):
        return
    before, last = found[-2:]
    if last.index is None and last.rule == "ranking.superlative":
        found[-1] = last = replace(last, index=before.index)
    own = "nhất" in before.text or (before.index and "nhất" in last.text)
    index = before.index if own else last.index or before.index
    found[-2] = replace(before, index=index, year=before.year or last.year)
    for number in range(len(found) - 3, -1, -1):
        if found[number].index or not _is_beside(text, *found[number : number + 2]):
            return
        found[number] = replace(found[number], index=index)


def _is_beside(text: str, one: Ranking, other: Ranking) -> bool:
    return _BESIDE.fullmatch(text, one.end, max(one.end, other.start)) is not None


def share_scope(found: list[Ranking], last: Phrase) -> None:
    """The scope behind a list of bare places holds for all: "ở vị trí 50 và 44 trên thế giới"."""
    number = len(found) - 1
    while last.rule == "ranking.item" and last.out_of is None and number and found[number - 1].scope is None:
        found[number - 1] = replace(found[number - 1], scope=found[number].scope)
        number -= 1
        if found[number].rule != "ranking.item":
            return


def share_out(text: str, found: list[Ranking], sentence: Span) -> None:
    """Subjects told in turn: "A và B lần lượt đứng thứ 11 và 12"."""
    for number, first in enumerate(found):
        if first.start < sentence.start or first.rule == "ranking.item" or not first.subject:
            continue
        if "lần lượt" not in text[max(sentence.start, first.start - _IN_TURN) : first.start]:
            continue
        row = _NAMES.search(text, sentence.start, first.start)
        names = _AND.split(row["names"] if row else _SEVERAL.sub("", first.subject))
        _hand_out(found, number, names)


def _hand_out(found: list[Ranking], number: int, names: list[str]) -> None:
    """Each of so many places to its name."""
    places = found[number : number + len(names)]
    if (
        len(names) > 1
        and len(places) == len(names)
        and {place.rule for place in places[1:]} == {"ranking.item"}
    ):
        found[number : number + len(names)] = [
            replace(place, subject=name) for place, name in zip(places, names, strict=True)
        ]


def share_out_behind(text: str, found: list[Ranking], sentence: Span) -> None:
    """Subjects told in turn behind their places: "xếp thứ hai và thứ ba lần lượt là A và B"."""
    last = found[-1] if found else None
    row = _NAMES_BEHIND.match(text, last.end, sentence.end) if last and last.end <= sentence.end else None
    if row is None:
        return
    names = _AND.split(row["names"])
    _hand_out(found, max(0, len(found) - len(names)), names)
