"""Shares and rates: 15,9%, 1-2%, 7,5%/năm, 2‰, 0,5 điểm phần trăm, with what they say of what.

The figure is a pattern; its comparator, direction, status, subject and period are read from the clause
around it by `comparators`, `changes`, `status`, `subjects` and `periods`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.facts import Percentage, Span
from extractors import changes, comparators, figures, numerals, periods, subjects
from extractors.status import status_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Comparator, Date
    from extractors.document import Document
    from extractors.ownership import Ownership

# "%", " %", "phần trăm", "‰"; "điểm phần trăm", "điểm %"; "%/năm", "% một năm"
_POINT = r"[ ]{0,2}điểm[ ]{1,2}(?:phần[ ]{1,2}trăm|%)"
_PERCENT = r"[ ]{0,2}(?:%|(?P<mille>‰|phần[ ]{1,2}nghìn(?!\w))|phần[ ]{1,2}trăm(?!\w))"
_PLAIN = r"[ ]{0,2}(?:%|‰|phần[ ]{1,2}(?:trăm|nghìn)(?!\w))"
_RATE = r"(?:[ ]?/[ ]?(?:năm|tháng|quý|tuần|ngày|vụ)(?!\w)|[ ](?:một|mỗi)[ ](?:năm|tháng)(?!\w))?"
# "10% đến dưới 30%", "1%-2%", "1 - 2%", "20 đến 30%"; "98, 99%"
_LOW = rf"(?P<low>{numerals.NUMBER})(?:{_PLAIN})?{_RATE}"
_BOUND = r"(?:(?:không[ ]quá|dưới|gần|hơn|trên|khoảng)[ ]{1,2})?"
# "tương đương10,4%": a space was lost
_GLUED = rf"(?<=(?-i:[a-zđà-ỹ]))(?={numerals.NUMBER}[ ]?%)"
_SHARE = re.compile(
    rf"(?:{numerals.NOT_INSIDE}|{_GLUED})"
    rf"(?:{_LOW}(?:{numerals.TO}{_BOUND}|(?<=[0-9]),[ ](?=[0-9]{{1,2}}[ ]?%)))?"
    rf"(?P<high>{numerals.NUMBER})(?:(?P<point>{_POINT})|{_PERCENT}){_RATE}",
    re.IGNORECASE,
)
_SIGNS = ("‰", "phần trăm", "phần  trăm", "phần nghìn", "phần  nghìn")
_NEGATIVE = re.compile(r"(?:[\w(,:][ ]|\()[-–]\Z")
# a grade of goods, not a share: "gạo 5% tấm"
_GRADE = re.compile(r"[ ]tấm(?!\w)")


@dataclass(frozen=True, slots=True)
class _Values:
    span: Span
    low: float
    high: float
    unit: Literal["percent", "point"]
    malformed: bool


def find(document: Document, owned: Ownership, dates: Sequence[Date]) -> list[Percentage]:
    """All percentages of the article whose figures are free; `dates` are its dates in reading order."""
    found: list[Percentage] = []
    known: figures.Figures | None = None
    for match in _shares(document):
        for values in _values(match, owned):
            owned.claim(values.span.start, values.span.end)
            sentence = document.sentence_at(values.span.start)
            if known is None or known.sentence != sentence:
                known = figures.read(document, sentence, dates)
            figure = subjects.Figure(document, values.span, known, dates, found)
            found.append(_percentage(figure, values))
    return found


def _shares(document: Document) -> Iterator[re.Match[str]]:
    """The shares of the lines that hold a sign at all, grades of goods passed over."""
    text = document.text
    lowered = text.lower()
    in_words = any(sign in lowered for sign in _SIGNS)
    if not in_words and "%" not in text:
        return
    for line in document.lines:
        if in_words or text.find("%", line.start, line.end) >= 0:
            shares = _SHARE.finditer(text, line.start, line.end)
            yield from (share for share in shares if not _GRADE.match(text, share.end()))


def _values(match: re.Match[str], owned: Ownership) -> Iterator[_Values]:
    """The figures of the match: one value, or one range; the second value where it only looked so."""
    if not owned.free(match.start("high"), match.end("high")):
        return
    high = numerals.read(match["high"], rate=True)
    low = numerals.read(match["low"], rate=True) if match["low"] else high
    adjacent = match["low"] and "," not in match.string[match.end("low") : match.start("high")]
    ranges = low.value < high.value and (adjacent or high.value == low.value + 1)
    whole = ranges and owned.free(match.start(), match.end())
    start = match.start() if whole else match.start("high")
    ends = (low.value if whole else high.value, high.value)
    if match["mille"]:
        ends = (ends[0] / 10, ends[1] / 10)
    unit: Literal["percent", "point"] = "point" if match["point"] else "percent"
    malformed = high.malformed or bool(whole and low.malformed)
    yield _Values(Span(start, match.end()), *ends, unit, malformed)


def _percentage(figure: subjects.Figure, values: _Values) -> Percentage:
    """The fact of the figures."""
    document, span, dates, before = figure.document, figure.span, figure.dates, figure.before
    text, sentence = document.text, figure.known.sentence
    sign = -1 if _NEGATIVE.search(text[max(sentence.start, span.start - 3) : span.start]) else 1
    low, high = sorted((sign * values.low, sign * values.high))
    start = span.start + min(sign, 0)
    status = status_at(document, span, dates)
    subject = subjects.subject_of(figure)
    return Percentage(
        start=start,
        end=span.end,
        text=text[start : span.end],
        rule="percentage.range" if low != high else f"percentage.{values.unit}",
        confidence=0.95,
        low=low,
        high=high,
        unit=values.unit,
        comparator=_comparator(document, span, before) if low == high else _range_comparator(document, span),
        change=changes.change_at(document, span, dates, before, subject),
        status=status,
        subject=subject,
        period=periods.period_at(document, span, dates, status),
        malformed=values.malformed,
    )


def _comparator(document: Document, span: Span, before: Percentage | None) -> Comparator:
    left = document.sentence_at(span.start).start
    own = comparators.before(document.text, span.start, span.end, left=left)
    if own == "eq" and comparators.lowest(document.text, span.start, span.end, left=left):
        return "min"
    if own != "eq" or before is None:
        return own
    return comparators.governed(document.text, before, before.comparator, span.start)


def _range_comparator(document: Document, span: Span) -> Comparator:
    left = document.sentence_at(span.start).start
    own = comparators.before(document.text, span.start, span.end, left=left)
    return own if own in ("about", "min", "max") else "eq"
