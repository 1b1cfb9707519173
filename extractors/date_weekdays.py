"""Weekdays: "hôm thứ Hai", "thứ Tư tuần trước", "Chủ nhật tới"; "thứ hai" of a list is none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractors.calendar import of_dates
from extractors.date_guards import follows_ordinal_noun
from extractors.date_parts import SHIFTED_UNIT, SHIFTS, TENSE

if TYPE_CHECKING:
    from extractors.calendar import Stretch

_PLACES = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4,
    "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip
WEEKDAY = r"(?:thứ[ ](?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w)|ch(?:ủ|úa)[ ]nhật)"
WEEKDAY_PHRASE = re.compile(
    r"(?P<hom>hôm[ ])?(?:ngày[ ])?"
    r"(?P<weekday>thứ[ ](?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w)|ch(?:ủ|úa)[ ]nhật)"
    rf"(?:[ ]tuần[ ](?P<week>{SHIFTED_UNIT})|{TENSE})"
)
_WINDOW = 16
_DIGITS = tuple("234567")
_EACH = re.compile(r"(?:các|những|mỗi|hằng|hàng)[ ](?:ngày[ ]|buổi[ ]|sáng[ ]|chiều[ ]|tối[ ])*$")
_EACH_AFTER = re.compile(
    r"[ ](?:hằng|hàng|hoặc|đầu[ ]tiên|cuối[ ]cùng)(?!\w)"
    r"|[ ]?(?:và|,|-|đến)[ ](?:thứ[ ](?:hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|chủ[ ]nhật)"
)
_ON = re.compile(r"(?:vào|ngày|phiên|phiên[ ]giao[ ]dịch)[ ]$")


def weekday_number(written: str) -> int | None:
    """Monday is 0, Sunday 6; of "thứ hai", "thứ 3", "chủ nhật"."""
    return 6 if written.startswith("ch") else _PLACES.get(written.removeprefix("thứ "))


def is_weekday(text: str, lower: str, match: re.Match[str], *, after_part: bool) -> bool:
    """Whether the match of WEEKDAY_PHRASE is one plain day: no "thứ hai" of a list, no day of every week."""
    lead = lower[max(0, match.start() - _WINDOW) : match.start()]
    if _EACH.search(lead) or _EACH_AFTER.match(lower, match.end()):
        return False
    if after_part or any(match[cue] for cue in ("hom", "week", "past", "future")):
        second_night = lead.endswith("đêm ") and match[0].endswith(_DIGITS)
        return match["name"] is None or not (second_night or follows_ordinal_noun(lead))
    if match["name"] is None or not text[match.start("name")].isupper():
        return False
    return _ON.search(lead) is not None or match[0].startswith("ngày")


def read_weekday(match: re.Match[str], today: date | None) -> Stretch | None:
    """The day nearest to today that the words allow; of the running week where they don't say."""
    if today is None:
        return None
    place = weekday_number(match["weekday"]) or 0
    day = today + timedelta(days=place - today.weekday())
    if match["week"]:
        day += timedelta(weeks=SHIFTS[match["week"]])
    elif match["future"] and match["future"] != "này":
        day += timedelta(weeks=day <= today)
    elif match["hom"] or match["past"]:
        day -= timedelta(weeks=day > today or (day == today and match["past"] is not None))
    return of_dates("day", day, day)
