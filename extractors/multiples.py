"""How many times as much: "gấp đôi", "gấp rưỡi", "gấp hơn 3 lần", "tăng 2,5 lần", "cao gấp 2-3 lần"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Quantity
from extractors import comparators, numerals, wordlists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Comparator
    from extractors.document import Document
    from extractors.ownership import Ownership

_WORDS = {
    "rưỡi": 1.5, "đôi": 2, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_WORD = re.compile(r"lần|[Gg]ấp|GẤP|LẦN")
_AROUND = 100
"""Code points around the words in which a multiple may begin and end."""
_BOUND = r"(?:(?:khoảng|gần|hơn|trên|tới|đến|ít[ ]nhất|tối[ ]thiểu|xấp[ ]xỉ|chừng|từ|những|có)[ ]{1,2}){0,2}"
_FIGURES = rf"(?P<low>{numerals.NUMBER})(?:{numerals.TO}(?P<high>{numerals.NUMBER}))?"
# "gấp đôi", "gấp ba lần"; "gấp hơn 3 lần", "gấp 3"
_TIMES = re.compile(
    rf"(?<!\w)gấp[ ]{{1,2}}{_BOUND}(?:(?P<word>{'|'.join(_WORDS)})(?!\w)(?:[ ]lần(?!\w))?"
    rf"|{_FIGURES}(?:[ ]{{0,2}}lần(?!\w)|(?=[ ]?(?:so|[,.;])(?!\w))))",
    re.IGNORECASE,
)
# "tăng 2,5 lần", "bằng 1,2 lần", "nhiều hơn 3 lần", "5 lần so với"
_BY = re.compile(
    r"(?<!\w)(?:tăng|giảm|bằng|(?:(?:cao|nhiều|lớn|nhanh|rẻ|thấp|ít)[ ])?hơn|tăng[ ]lên|lên)"
    rf"[ ]{{1,2}}{_BOUND}(?P<times>{_FIGURES}[ ]{{1,2}}lần)(?!\w)"
    rf"|{numerals.NOT_INSIDE}(?P<times2>(?P<low2>{numerals.NUMBER})[ ]lần)"
    r"(?=[ ](?:so|mức|lương|giá|vốn|thu[ ]nhập|diện[ ]tích|số[ ](?:tiền|thuế|vốn))(?!\w))",
    re.IGNORECASE,
)


def find(document: Document, owned: Ownership) -> list[Quantity]:
    """The multiples of the article whose figures are free, as quantities of unit `times`."""
    text = document.text
    found: list[Quantity] = []
    for match in _matches(document):
        low, high = _ends(match)
        group = next((name for name in ("times", "times2") if match.groupdict().get(name)), 0)
        start, end = match.span(group)
        figures = match.span("word") if match.groupdict().get("word") else _figures(match)
        if not owned.free(*figures):
            continue
        owned.claim(*figures)
        found.append(
            Quantity(
                start=start,
                end=end,
                text=text[start:end],
                rule="quantity.times",
                confidence=0.9,
                low=low,
                high=high,
                unit="times",
                comparator=_comparator(document, start, end, figures[0]),
            )
        )
    return found


def _matches(document: Document) -> Iterator[re.Match[str]]:
    """The multiples of the lines that hold a word of multiples at all."""
    text = document.text
    if not _WORD.search(text):
        return
    for line in document.lines:
        words = [word.start() for word in _WORD.finditer(text, line.start, line.end)]
        if words:
            start, end = max(line.start, words[0] - _AROUND), min(line.end, words[-1] + _AROUND)
            yield from _TIMES.finditer(text, start, end)
            yield from _BY.finditer(text, start, end)


def _ends(match: re.Match[str]) -> tuple[float, float]:
    parts = match.groupdict()
    if parts.get("word"):
        return _WORDS[wordlists.key(parts["word"])], _WORDS[wordlists.key(parts["word"])]
    if parts.get("low2"):
        value = numerals.read(parts["low2"], rate=True).value
        return value, value
    low = numerals.read(parts["low"], rate=True).value
    high = numerals.read(parts["high"], rate=True).value if parts.get("high") else low
    return (low, high) if low <= high else (high, low)


def _figures(match: re.Match[str]) -> tuple[int, int]:
    if match.groupdict().get("low2"):
        return match.span("low2")
    return match.start("low"), match.end("high") if match["high"] else match.end("low")


def _comparator(document: Document, start: int, end: int, figure: int) -> Comparator:
    """The bound inside ("gấp hơn 3 lần"), else the one in front ("ít nhất cũng phải gấp 5 lần")."""
    left = document.sentence_at(start).start
    inside = comparators.before(document.text, figure, end, left=start)
    return inside if inside != "eq" else comparators.before(document.text, start, end, left=left)
