"""The dates of an article as days of issue: where they stand, and how much of a date they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.facts import Date, Span
    from extractors.actions import Governor
    from extractors.citations import Citation
    from extractors.passives import Done

_YEARS = re.compile(r"(?:19|20)[0-9]{2}")
_OF_NUMBER = re.compile(r"/(?P<year>(?:19[4-9]|20[0-4])[0-9])/")

REACH = 140
"""Code points in front of a verb or a citation in which its subject or its day may stand."""
# Between a number and its date or issuer: ", ", " (", " được ban hành ", " ký ".
TO_DATE = re.compile(
    r"""[ ]{0,2}[,(]?[ ]{0,2}
    (?:(?:đã[ ]|vừa[ ])?(?:được[ ])?
    (?:ký[ ]ban[ ]hành|ban[ ]hành|ký|đề|ra|thông[ ]qua|phê[ ]duyệt)[ ]
    (?:vào[ ]|từ[ ]|hôm[ ](?!qua|nay|kia|trước))?
    |(?<=[ ])(?<!,[ ])vào[ ])?""",
    re.VERBOSE,
)
BROKEN = re.compile(r"[;:\n]|\.[ ]|(?<!\w)(?<!làm[ ])việc(?!\w)")
# "Ngày 6/2, Bộ cho hay đã ký ...": the day of the news.
_REPORTED = re.compile(r"(?<!\w)(?:cho[ ](?:biết|hay)|khẳng[ ]định|xác[ ]nhận|nói)(?!\w)")
_UNDATED = re.compile(
    r"(?:từ|đến|trước|sau|tới|hết|kể từ|các|liên tiếp trong các)(?:[ ]các)?[ ]\Z", re.IGNORECASE
)
# "Đến ngày 9/1, Tỉnh ủy có ...", "nhưng tới 1/7 Bộ mới ban hành ...": that day.
_OPENING = re.compile(r"(?:\A|[.,;:][ ]|(?:nhưng|nhiên|đó|rồi),?[ ])(?:từ|đến|tới)[ ]\Z", re.IGNORECASE)
_PART = re.compile(r"(?:đầu|giữa|cuối)[ ](?:tháng|năm)(?!\w)(?!.*(?:đến|tới)[ ])", re.IGNORECASE)
_DATED_TOPIC = re.compile(r",[ ]tại[ ]\Z")
# "theo bản đồ địa chính 2011, UBND xã đã ban hành ..."
_BARE_YEAR = re.compile(r"[0-9]{4}")
_PLURAL = re.compile(r"(?:các|những|nhiều)[ ]\Z")


class Calendar:
    """The dates of an article by where they begin and end."""

    def __init__(self, dates: Iterable[Date]) -> None:
        """In any order."""
        self._by_end = sorted(dates, key=lambda found: found.end)
        self._ends = [found.end for found in self._by_end]
        self._by_start = {found.start: found for found in self._by_end}

    def starting(self, offset: int) -> Date | None:
        """The longest date that begins at the offset."""
        return self._by_start.get(offset)

    def last_between(self, start: int, end: int) -> Date | None:
        """The last date that ends in front of `end`, if it does not begin in front of `start`."""
        place = bisect_right(self._ends, end) - 1
        found = self._by_end[place] if place >= 0 else None
        return found if found and found.start >= start else None


def said(date: Date) -> str | None:
    """The day, or the month or year where only that is said; None for other intervals."""
    start, end = date.start_date, date.end_date
    if start == end:
        return start.isoformat()
    if start.day != 1 or start.year != end.year or end.day != monthrange(end.year, end.month)[1]:
        return None
    if start.month == end.month:
        return f"{start.year:04}-{start.month:02}"
    return f"{start.year:04}" if (start.month, end.month) == (1, 12) else None


def said_beside(date: Date, number: str | None) -> str | None:
    """The same behind a number, whose year a date without one is of ("56/2017/NĐ-CP ngày 9/5")."""
    day = said(date)
    of_number = _OF_NUMBER.search(number) if number else None
    if day is None or of_number is None or len(day) == len("2017") or _YEARS.search(date.text):
        return day
    return of_number["year"] + day[len("2017") :]


@dataclass(frozen=True, slots=True)
class Front:
    """A sentence, and the other documents in front of one, each with the date that is its own."""

    sentence: Span
    taken: tuple[Span, ...] = ()


def around(
    text: str, front: Front, citation: Citation, verb: Governor | Done | None, calendar: Calendar
) -> str | None:
    """The date of the issuing verb: behind a passive, in front of the clause of an active one."""
    sentence = front.sentence
    if verb is None or verb.action != "issue" or not verb.direct:
        return None
    if verb.start > citation.start:
        gap = TO_DATE.match(text, verb.end, sentence.end)
        date = calendar.starting(gap.end()) if gap else None
        return said(date) if date else None
    date = calendar.last_between(sentence.start, verb.start)
    if date is None or any(other.start < date.start < other.end for other in front.taken):
        return None
    if verb.start - date.end > REACH or BROKEN.search(text, date.end, verb.start):
        return None
    if _REPORTED.search(text, date.end, verb.start):
        return None
    plural = _PLURAL.search(text, max(sentence.start, citation.start - 8), citation.start)
    before = text[max(sentence.start, date.start - 24) : date.start]
    undated = _UNDATED.search(before) and not _OPENING.search(before)
    several = plural and not (citation.number and date.start_date == date.end_date)
    of_map = citation.number is None and _BARE_YEAR.fullmatch(date.text)
    return None if several or undated or of_map else said(date) or roughly(date)


def roughly(date: Date) -> str | None:
    """The month or year of which a date names the beginning, middle or end: "cuối tháng 5/2021"."""
    begin, end = date.start_date, date.end_date
    if not _PART.match(date.text) or begin.year != end.year:
        return None
    return f"{begin.year:04}-{begin.month:02}" if begin.month == end.month else f"{begin.year:04}"


def of_topic(text: str, citation: Citation, calendar: Calendar) -> str | None:
    """The day in front of "tại": "đầu tháng 6, tại Chỉ thị 26, Thủ tướng giao ..."."""
    at = _DATED_TOPIC.search(text, max(0, citation.start - 8), citation.start)
    date = calendar.last_between(max(0, at.start() - 40), at.start()) if at else None
    if at is None or date is None or date.end != at.start():
        return None
    begin = date.start_date
    of_year = re.search(r"/((?:19|20)[0-9]{2})/", citation.number or "")
    if of_year and int(of_year[1]) != begin.year:
        return None
    return said(date) or roughly(date)
