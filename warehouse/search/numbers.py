"""Document numbers in any spelling: 942/QĐ-TTg, 942 qd ttg, QĐ 942, 942QĐTTg, Quyết định 942 năm 2021.

A number is kept under every key that it may be asked by: its first figure with any of the other parts
(codes, year, type of document) in any order. What people type is a number where such a key is in the index,
so nothing has to know which codes there are.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from warehouse.search.words import folded, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_LONGEST = 10
"""Words of a number as people type it: nghị định số 64 năm 2007 NĐ CP."""

_PARTS = 6
"""Parts that are looked at; real numbers have up to five."""

_NAME = 4
"""Words that the name of a type of document may have: nghị quyết liên tịch."""

_JOINED = re.compile(r"(?P<figure>[0-9]+)(?P<code>[^\W\d_].*)", re.DOTALL)
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
_LINKS = frozenset({"so", "nam"})
"""Words of a number that are no part of it: số 942, năm 2007."""

_DAY = r"((ngay )?[0-9]{1,2} (thang )?|thang )[0-9]{1,2} "
_DATE = re.compile(rf"(?P<day>{_DAY})?(nam )?(?P<year>(19|20)[0-9]{{2}})(?= |$)")
"""What stands behind a number: năm 2021, tháng 6/2021, ngày 15/6/2021, ngày 15 tháng 6 năm 2021."""


class Mention(NamedTuple):
    """Where among the words of a question a number stands (half-open), and its key.

    Behind it may stand the day or the year of the document, up to `dated`.
    """

    start: int
    end: int
    key: str
    dated: int
    year: int | None


def keys(number: str, doc_type: str | None) -> set[str]:
    """All the keys of a number such as 942/QĐ-TTg; none where it has no figure."""
    parts = [part for word in words(number) for part in _apart(folded(word))]
    figure = next((part for part in parts if part.isdecimal()), None)
    if figure is None:
        return set()
    parts.remove(figure)
    codes = [part for part in parts if not part.isdecimal()]
    named = {*parts[: _PARTS - 1], *([joined(doc_type)] if doc_type else [])}
    chosen = (some for count in range(1, len(named) + 1) for some in combinations(sorted(named), count))
    return {_key(figure, some) for some in chosen} | ({_key(figure, ["".join(codes)])} if codes else set())


def pieces(word: str) -> list[str]:
    """The figures and letters that a word is written together of: qd942 is qd and 942."""
    return _PIECES.findall(word)


def joined(doc_type: str) -> str:
    """The name of a type of document as one part of a key: quyetdinh."""
    return "".join(map(folded, words(doc_type)))


def mentions(typed: Sequence[str], types: Collection[str], known: Callable[[str], bool]) -> Iterator[Mention]:
    """The numbers among the words of a question, left to right, the longest at each place.

    `types` are the joined names of all types of documents; `known` says whether a key is in the index.
    """
    plain = [folded(word) for word in typed]
    start = 0 if any(character.isdecimal() for word in plain for character in word) else len(plain)
    while start < len(plain):
        ends = range(min(len(plain), start + _LONGEST), start, -1)
        found = ((end, key) for end in ends for key in _readings(plain[start:end], types) if known(key))
        date = _date(plain, start)
        if date and date["day"]:
            start += len(date[0].split())
        elif first := next(found, None):
            yield (mention := _mention(plain, start, *first))
            start = mention.dated
        else:
            start += 1


def _mention(plain: Sequence[str], start: int, end: int, key: str) -> Mention:
    date = _date(plain, end)
    if date is None:
        return Mention(start, end, key, end, None)
    return Mention(start, end, key, end + len(date[0].split()), int(date["year"]))


def _date(plain: Sequence[str], start: int) -> re.Match[str] | None:
    return _DATE.match(" ".join(plain[start : start + _LONGEST]))


def _readings(run: Sequence[str], types: Collection[str]) -> Iterator[str]:
    """The keys that a run of folded words may mean, if all of it is one number."""
    named = [count for count in range(1, _NAME + 1) if "".join(run[:count]) in types]
    kind = ["".join(run[: named[-1]])] if named else []
    rest = run[named[-1] if named else 0 :]
    for split in (_apart, pieces):
        parts = [part for word in rest for part in split(word) if part not in _LINKS]
        figure = next((part for part in parts if part.isdecimal()), None)
        bare = not kind and all(map(str.isdecimal, parts)) and "nam" in run  # 5 năm 2021: five years
        if figure and len(parts) <= _PARTS and len(parts) + len(kind) > 1 and not bare:
            parts.remove(figure)
            yield _key(figure, sorted({*parts, *kind}))


def _key(figure: str, parts: Sequence[str]) -> str:
    return f"{figure.lstrip('0') or '0'}:{'+'.join(parts)}"


def _apart(word: str) -> list[str]:
    """A figure and the code that is written onto it; codes such as QH14 stay whole."""
    match = _JOINED.fullmatch(word)
    return [match["figure"], match["code"]] if match else [word]
