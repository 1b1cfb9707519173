"""by, before, after, since, about: what the words in front of a date say about its bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.facts import Modifier
    from extractors.date_phrase import Phrase

_REACH = 40
_BETWEEN = (
    r"(?:[ ](?:hết|tận|sang|là|vào|trong|thời[ ]điểm|thời[ ]gian|khoảng|mốc|kỳ[ ]báo[ ]cáo|kỳ|phiên|hồi|ngay"
    r"|lúc|các|những|khi|[0-9]{1,2}(?:h[0-9]{0,2}|[ ]giờ(?:[ ][0-9]{1,2}(?:[ ]phút)?)?)|sáng|chiều|tối)){0,3}"
)
# "tính đến 15h ngày 14/8", "tính đến thời điểm tháng 9/2016", "chậm nhất là ngày 30/6", "đến hết năm 2020"
_BY = re.compile(
    rf"(?<!\w)(?:(?:tính[ ]|cho[ ])?(?:đến|tới)|hết|chậm[ ]nhất|muộn[ ]nhất|không[ ]muộn[ ]hơn){_BETWEEN}[ ]$"
)
# "trước ngày 30/6"; "trước cuối năm" is by
_BEFORE = re.compile(rf"(?<!\w)trước{_BETWEEN}[ ]$")
# "sau năm 2020"
_AFTER = re.compile(rf"(?<!\w)sau{_BETWEEN}[ ]$")
# "kể từ ngày 1/7", "từ kỳ tháng 3/2018"
_SINCE = re.compile(rf"(?<!\w)từ{_BETWEEN}[ ]$")
# "khoảng cuối tháng 9", "gần cuối năm"
_ABOUT = re.compile(r"(?<!\w)(?:khoảng|gần|tầm|chừng)[ ]$")


def modifier(phrase: Phrase, lower: str) -> Modifier | None:
    """The modifier that stands in front of the phrase; a range has no `since` ("từ 1/7 đến 15/8")."""
    lead = lower[max(0, phrase.start - _REACH) : phrase.start]
    if phrase.rule == "date.so_far":
        return "since"
    if _BY.search(lead):
        return "by"
    if _BEFORE.search(lead):
        return "by" if lower.startswith("cuối", phrase.start) else "before"
    if _AFTER.search(lead):
        return "after"
    if _SINCE.search(lead):
        return None if _is_range(phrase) else "since"
    return "about" if _ABOUT.search(lead) else None


def _is_range(phrase: Phrase) -> bool:
    stretch = phrase.stretch
    if stretch is None or phrase.rule in ("date.range", "date.years"):
        return True
    if stretch.grain == "day":
        return stretch.first != stretch.last
    return stretch.grain == "month" and stretch.first[0] != stretch.last[0]
