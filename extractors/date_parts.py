"""The atoms that date expressions are built from: fragments for lower-cased text, and what they are worth.

No fragment matches a line end, and every repetition is bounded, so that a match costs a bounded time.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractors import date_words
from extractors.calendar import shifted_month
from extractors.date_words import YEAR_WORDS

if TYPE_CHECKING:
    from extractors.calendar import Portion

DASH = r"[ ]{0,2}[-–—][ ]{0,2}"
TO = rf"(?:{DASH}|[ ](?:cho[ ])?(?:đến|tới)(?:[ ]hết)?[ ])"
"""Between the ends of a range: "2021-2025", "1/7 đến 15/8"."""

DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
MONTH_NUMBER = r"(?:1[0-2]|0?[1-9])(?![0-9])"
YEAR = r"(?:1[0-9]|20|21)[0-9]{2}(?![0-9])"

# "tháng ba", "tháng Mười một"; lunar "tháng Chạp" has no place on the calendar here.
MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười một": 11, "mười hai": 12, "mười": 10,
}  # fmt: skip
# "tháng năm 2025" writes no May: "đồng/tháng năm 2025".
MONTH_WORD = (
    r"(?:giêng|mười[ ]một|mười[ ]hai|mười|một|hai|ba|tư|bốn|sáu|bảy|bẩy|tám|chín"
    r"|năm(?![ ](?:nay|ngoái|[0-9])))(?!\w)"
)
MONTH = rf"(?:{MONTH_NUMBER}|{MONTH_WORD})"

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
QUARTER = r"(?:(?:iii|ii|iv|i|một|hai|ba|tư|bốn)(?!\w)|0?[1-4](?![0-9]))"

COUNTS = MONTHS | {"mười": 10}
COUNT = r"(?:[0-9]{1,2}(?![0-9])|(?:mười[ ]một|mười|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)(?!\w))"
"""How many months: "6", "chín"."""

# "đầu", "cuối", "nửa đầu": a third, a half of what follows.
PORTIONS: dict[str, Portion] = {
    "đầu": "start", "giữa": "middle", "cuối": "end", "nửa đầu": "first_half", "nửa cuối": "second_half",
    "nửa sau": "second_half", "thượng tuần": "start", "trung tuần": "middle", "hạ tuần": "end",
}  # fmt: skip
PORTION = r"(?:nửa[ ]đầu|nửa[ ]cuối|nửa[ ]sau|thượng[ ]tuần|trung[ ]tuần|hạ[ ]tuần|đầu|giữa|cuối)"

OPTIONAL_PORTION = rf"(?:(?P<portion>{PORTION})[ ](?:của[ ])?)?"

# "năm nay", "tháng trước", "tuần vừa qua": how many units from the running one.
SHIFTS = {
    "nay": 0, "này": 0, "ngoái": -1, "trước": -1, "qua": -1, "vừa qua": -1, "vừa rồi": -1, "rồi": -1,
    "trước đó": -1, "kia": -2, "trước nữa": -2, "kìa": -3, "tới": 1, "sau": 1, "sắp tới": 1,
    "tới đây": 1, "kế tiếp": 1, "sau nữa": 2,
}  # fmt: skip
SHIFTED_YEAR = (
    r"(?:nay|ngoái|kia|kìa|trước[ ]nữa|sau[ ]nữa|trước(?![ ](?:đó|đây))|sau(?![ ](?:đó|khi))|tới|rồi"
    r"|kế[ ]tiếp)(?!\w)"
)
SHIFTED_UNIT = (
    r"(?:này|trước[ ]nữa|sau[ ]nữa|trước(?![ ](?:đó|đây))|vừa[ ]qua|vừa[ ]rồi|qua|rồi|sắp[ ]tới|tới"
    r"|sau(?![ ](?:đó|khi|này)))(?!\w)"
)

PART_OF_DAY = (
    r"(?:rạng[ ]sáng|sáng[ ]sớm|đầu[ ]giờ[ ](?:sáng|chiều)|sáng|trưa"
    r"|chiều[ ]tối|chiều[ ]muộn|chiều|tối[ ]muộn|tối|(?:nửa[ ])?đêm|khuya)"
)
# "hôm qua", "sáng nay", "ngày mai": days from today.
DAY_SHIFTS = {"nay": 0, "qua": -1, "mai": 1, "kia": -2, "kìa": -3, "hôm kia": -2, "mốt": 2}
_AFTER_TOMORROW = {"ngày kia": 2, "ngày kìa": 3}
RELATIVE_DAY = (
    r"(?:(?:ngày[ ])?hôm[ ](?:nay|qua|kia|kìa)|hồi[ ]hôm|bữa[ ](?:nay|qua|kia|kìa)|đêm[ ]qua"
    r"|ngày[ ](?:mai|k[iì]a(?=[ ]?[,.;)(]|$)|mốt))(?!\w)"
)

YEAR_OF = rf"""(?:
    [ ]?[/.–-][ ]?(?P<slash_year>{YEAR})(?![./][0-9])
  | (?:,?[ ]{{1,3}}(?:của[ ])?năm|[ ]năm,)[ ]{{0,3}}(?P<year>{YEAR})
  | [ ]năm[ ]['’]?(?P<last_century>[3-9][0-9])(?![\w%]|[.,/-][0-9]|[ ](?:tuổi|người|tỷ|tỉ|triệu|nghìn|ngàn))
  | [ ](?:của[ ])?năm[ ](?P<year_words>{YEAR_WORDS})
  | [ ](?:của[ ])?năm[ ](?P<shifted_year>{SHIFTED_YEAR})
  | [ ](?P<next_year>sang[ ]năm)(?!\w|[ ][0-9])
  | ,?[ ](?P<bare_year>(?:19|20)[0-9]{{2}}(?![\w]|[.,/-][0-9]))
)"""
"""The year of a month, quarter or day, for verbose patterns: "/2017", " năm 2017", " năm ngoái", " 2017"."""

TENSE = (
    r"(?:[ ](?:(?P<past>vừa[ ]qua|vừa[ ]rồi|qua(?=[ ]?[,.;)]|$|[ ]đã))"
    r"|(?P<future>sắp[ ]tới|tới[ ]đây|tới(?![ ](?:ngày|tháng|năm|quý|cuối|đầu|giữa|hết|nay|[0-9])))"
    r"|này)(?!\w))?"
)
"""What follows a month or day and puts it before or after today: "vừa qua", "tới"."""


def verbose(pattern: str) -> re.Pattern[str]:
    """The pattern compiled; spaces in it count in brackets only."""
    return re.compile(pattern, re.VERBOSE)


def portion(match: re.Match[str]) -> Portion | None:
    """The third or half that OPTIONAL_PORTION caught."""
    return PORTIONS[match["portion"]] if match["portion"] else None


def month_number(written: str) -> int:
    """1-12, from figures or words."""
    return MONTHS.get(written) or int(written)


def year_of(match: re.Match[str], today: date | None) -> int | None:
    """The year that YEAR_OF caught; None where none was written or "năm ngoái" has no today to count from."""
    groups = match.groupdict()
    written = groups.get("slash_year") or groups.get("year") or groups.get("bare_year")
    if written:
        return int(written)
    if groups.get("last_century"):
        return 1900 + int(groups["last_century"])
    if groups.get("year_words"):
        return date_words.year(groups["year_words"])
    if groups.get("next_year"):
        return today.year + 1 if today else None
    shifted = groups.get("shifted_year")
    return today.year + SHIFTS[shifted] if shifted and today else None


def full_year(two_digits: int) -> int:
    """The year that was cut to two digits: 1950-2049."""
    return two_digits + (1900 if two_digits >= 50 else 2000)


def lacks_today(match: re.Match[str], today: date | None) -> bool:
    """Whether the match counts from a day that nobody knows."""
    groups = match.groupdict()
    return today is None and bool(groups.get("shifted_year") or groups.get("next_year"))


def shifted_month_year(written: str, today: date) -> tuple[int, int]:
    """(year, month) of "tháng trước", "tháng này"."""
    return shifted_month(today, SHIFTS[written])


def shifted_day(written: str, today: date) -> date:
    """The day of "hôm qua", "sáng nay", "ngày mai"."""
    if written == "hồi hôm":
        return today - timedelta(days=1)
    shift = _AFTER_TOMORROW.get(written)
    return today + timedelta(days=DAY_SHIFTS[written.rsplit(maxsplit=1)[-1]] if shift is None else shift)
