"""What a figure without a noun counts, from what stands near it: "189 nước, thay vì 183"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors import numerals, phrases, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Span
    from extractors.units import Unit

_BORROWS = re.compile(r"(?:là|thay[ ]vì|so[ ]với|còn|xuống[ ]còn|lên)[ ]{1,2}\Z", re.IGNORECASE)
_ENDS = re.compile(r"[ ]?(?:[,;.)]|[ ](?:như|chưa)[ ])")
# "..., trong đó (đã có) khoảng | 880 |", "mới có | 200 |"
_PART_OF_THEM = re.compile(
    r"(?<!\w)(?:trong[ ](?:đó|số[ ](?:này|đó))(?:,|[ ](?:đã[ ])?có)?|mới[ ](?:chỉ[ ])?có"
    r"|(?:mới|chỉ|đã)[ ](?:tiếp[ ]nhận|xử[ ]lý|giải[ ]quyết|đáp[ ]ứng|thực[ ]hiện"
    r"|hoàn[ ]thành|cấp)(?:[ ]được)?)[ ]"
    r"(?:(?:khoảng|gần|hơn|trên|tới|đến|chừng|ít[ ]nhất|tối[ ]thiểu)[ ]){0,2}\Z",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[ ](?:đã|được|chưa|đang|bị|còn|ở|thuộc|nộp|gửi|đạt(?![ ][0-9]))[ ]|[ ]?(?:[,;.)]|\Z)", re.IGNORECASE
)
# "lần lượt đưa vào sử dụng | 1.215 | và 1.672 phòng học"; "12 | và 15 ha"
_NEXT = re.compile(
    rf"(?:,[ ]{numerals.NUMBER}){{0,4}}[ ]và[ ]{numerals.NUMBER}(?:[ ](?P<scale>{numerals.SCALE}))?(?=[ ])",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r"lần[ ]lượt", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"[0-9]{1,3}(?:[.][0-9]{3})*|[0-9]+")
_SCALED = re.compile(rf"{numerals.NUMBER}[ ]{numerals.SCALE}", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"(?<!\w)(?<!hệ )(?<!chỉ )(?<!mã )(?<!điểm )(?<!chữ )(?<!con )(?<!dân )"
    r"(?:tổng[ ]số|số[ ]lượng|số|lượng)[ ]",
    re.IGNORECASE,
)
_IS = re.compile(
    r"[^.,;:()0-9]{0,50}?[ ](?:là|đạt|còn|lên|tới|đến|trên|hơn|gần|dưới|khoảng|vượt|chỉ|bằng|ở[ ]mức)[ ]",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"{numerals.NOT_INSIDE}{numerals.NUMBER}(?:[ ](?P<scale>{numerals.SCALE}))?"
    rf"(?=[ ])(?![ ]{numerals.SCALE})",
    re.IGNORECASE,
)
_REACH = 300
"""Code points in front of a figure in which what it is set beside stands."""


def find(text: str, sentence: Span, start: int, end: int) -> Unit | None:
    """The unit of the figure at [start, end), which has none behind it."""
    found = _borrowed(text, sentence, start, end) or _part(text, sentence, start, end)
    return found or _shared(text, sentence, start, end) or _named_before(text, sentence, start, end)


def _borrowed(text: str, sentence: Span, start: int, end: int) -> Unit | None:
    """The noun of a count before it in the sentence: "189 nước, thay vì 183"."""
    if not (_BORROWS.search(text, max(sentence.start, start - 12), start) and _ENDS.match(text, end)):
        return None
    counted = (unit for unit in _units_before(text, sentence, start) if unit.kind == "count")
    return _without_surface(next(counted, None), end)


def _part(text: str, sentence: Span, start: int, end: int) -> Unit | None:
    """The unit of what it is a part of: "98 triệu hồ sơ, trong đó 88 triệu được gửi qua mạng"."""
    front = max(sentence.start, start - 50)
    if not (_PART_OF_THEM.search(text, front, start) and _GOES_ON.match(text, end)):
        return None
    return _without_surface(next(_units_before(text, sentence, start), None), end)


def _shared(text: str, sentence: Span, start: int, end: int) -> Unit | None:
    """The unit of the next figure that is told with it: "lần lượt 1.215 và 1.672 phòng học"."""
    following = _NEXT.match(text, end, sentence.end)
    if following is None:
        return None
    unit = units.after(text, following.end(), sentence.end, scale=following["scale"])
    in_turn = _IN_TURN.search(text, max(sentence.start, start - _REACH), start)
    if unit is None or following["scale"] or not (in_turn or unit.kind == "measure"):
        return None
    return _without_surface(unit, end)


def _units_before(text: str, sentence: Span, start: int) -> Iterator[Unit]:
    """The units of the figures in front, the nearest first."""
    front = max(sentence.start, start - _REACH)
    for count in reversed(list(_COUNTED.finditer(text, front, start))):
        unit = units.after(text, count.end(), sentence.end, scale=count["scale"])
        if unit and unit.end <= start and not units.is_year(count[0], unit):
            yield unit


def _without_surface(unit: Unit | None, end: int) -> Unit | None:
    return units.Unit(unit.name, unit.kind, end) if unit else None


def _named_before(text: str, sentence: Span, start: int, end: int) -> Unit | None:
    """The noun whose number a bare figure is: "số ca mắc là 1.234", "lượng xe mỗi ngày đều trên 9.000"."""
    ends = end >= sentence.end or _ENDS.match(text, end)
    if not ends or not (_WHOLE_NUMBER.fullmatch(text, start, end) or _SCALED.fullmatch(text, start, end)):
        return None
    front = text[max(sentence.start, start - 90) : start]
    for number in reversed(list(_NUMBER_OF.finditer(front))):
        noun = phrases.after(front, number.end(), len(front))
        if noun and _IS.fullmatch(front, noun.end):
            return units.Unit(front[noun.start : noun.end], "count", end)
    return None
