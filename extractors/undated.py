"""Times that no date tells but a figure may hold for: "năm tài chính hiện tại", "5 năm qua", "cả tuần"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Date, Span

# times that are no dates: "trong 5 năm qua", "năm tài chính hiện tại", "tính chung 9 tháng", "cả tuần"
_TIME = re.compile(
    r"(?<!\w)(?:(?:[0-9]{1,2}|hai|ba|bốn|năm|mười)[ ]năm[ ](?:qua|gần[ ]đây|tới)"
    r"|(?:năm[ ]tài[ ]chính|tài[ ]khóa|niên[ ]độ|năm[ ]học|niên[ ]vụ)[ ]"
    r"(?:này|hiện[ ](?:tại|nay|hành)|vừa[ ]qua|trước|tới)"
    r"|(?:(?<=bình[ ]quân[ ])|(?<=tính[ ]chung[ ])|(?<=lũy[ ]kế[ ]))[0-9]{1,2}[ ]tháng(?![ ](?:đầu|cuối))"
    r"|đêm[ ](?:trước|qua)|cả[ ](?:tuần|tháng|quý|năm))(?!\w)",
    re.IGNORECASE,
)
# "5 năm qua", "tuần qua", "năm vừa qua", "cả năm", "phiên trước"
_LOOSE = re.compile(
    r"(?<!\w)(?:(?:[0-9]{1,2}|hai|ba|bốn|năm|mười)[ ]năm[ ](?:qua|gần[ ]đây|tới|trước)"
    r"|(?:tuần|năm|tháng|quý)[ ](?:vừa[ ])?qua|cả[ ](?:tuần|tháng|quý|năm)(?:[ ]qua)?"
    r"|(?:năm[ ]tài[ ]chính|tài[ ]khóa|niên[ ]độ|năm[ ]học|niên[ ]vụ)[ ]"
    r"(?:này|hiện[ ](?:tại|nay)|trước|tới))(?!\w)",
    re.IGNORECASE,
)
# "tuần kết thúc vào ngày 31/10"
_ENDING = re.compile(
    r"(?<!\w)(?:tuần|tháng|quý|năm(?:[ ]tài[ ]chính)?|tài[ ]khóa)[ ]kết[ ]thúc[ ](?:vào[ ])?(?:ngày[ ])?\Z",
    re.IGNORECASE,
)
# "tính đến cuối 2016, ... Những năm gần đây, lãi suất là 5%"
SOMETIME = re.compile(
    r"(?<!\w)(?:những[ ]năm[ ](?:gần[ ]đây|qua)|hiện[ ]nay|(?<!trước[ ])đến[ ]nay"
    r"|(?<!thực[ ])(?<!thể[ ])hiện(?=[ ](?:chiếm|đang|có|đã|ở|đạt|vẫn|chỉ)(?!\w))"
    r"|thời[ ]điểm[ ]hiện[ ]tại|thời[ ]gian[ ]qua)(?!\w)",
    re.IGNORECASE,
)
"""A time that no date tells, behind which an earlier date holds no more."""
_REACH_BEHIND = 40
"""Code points behind a figure in which a time without a date still belongs to it."""
NEAR = 200
"""Code points in which a time without a date ("hiện nay", "5 năm qua") still belongs to a figure."""


def times(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """All times in the span that no date tells, those included that a figure holds for loosely."""
    yield from _LOOSE.finditer(text, start, end)


def right_behind(text: str, at: int) -> str | None:
    """The surface of the time that begins at `at`."""
    found = _TIME.match(text, at)
    return found[0] if found else None


def beside(text: str, sentence: Span, span: Span, since: Date | None) -> str | None:
    """The surface of a time in front of the figure, behind the date `since`; without one also behind it."""
    if since:
        found = _TIME.search(text, max(span.start - NEAR, since.end), span.start)
    else:
        start = max(sentence.start, span.start - NEAR)
        found = _TIME.search(text, start, min(sentence.end, span.end + _REACH_BEHIND))
    return found[0] if found else None


def written(text: str, date: Date) -> str:
    """The surface of the date, with the span of time that it ends: "tuần kết thúc vào ngày 31/10"."""
    ending = _ENDING.search(text, max(0, date.start - 40), date.start)
    return text[ending.start() if ending else date.start : date.end]
