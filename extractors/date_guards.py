"""What stands around an expression and forbids it, or makes a date of bare figures.

The words are in `lexicons/date_company.csv`, by their role. All windows are bounded; the text is
lower-cased, letter for letter as long as the article.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import wordlists

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractors.date_phrase import Phrase

_WINDOW = 32
_NAME = 64
"""Characters in front of a day in which its name is looked for."""
_FIGURE = re.compile(r"[0-9][ ](?:(?:ngày|tháng|tuần|quý)[ ])?$")
# "tháng 12 hằng năm", "tháng 2 âm lịch"
_EVERY_YEAR = re.compile(r"[ ](?:hằng|hàng|mỗi)[ ](?:năm|tháng)|[ ]\(?âm lịch")
_LUNAR_DAY = re.compile(r"(?:mùng|mồng)[ ][0-9]{1,2}[ ]$")
_YEAR_LIST = re.compile(r"(?:19|20)[0-9]{2}(?:,| và| hoặc| hay)[ ]$")
_BRACKETED_YEAR = re.compile(r"\((?:[^()\n]{0,24}[ ])?$")
_NAMED_YEAR = re.compile(r"(?:[^\W\d_](?:[ ]|[ ]?[-–][ ]?|['’]s[ ])|\((?!usd|vnd|eur)[a-z]{2,8}\)[ ])$")
_SENTENCE_OPENS = re.compile(r"(?:^|[.\n“\"])[ ]?$")
# "ngày Thần tài (6.2)", "25/05"
_DAY_WORD_BRACKET = re.compile(r"(?<!\w)(?:ngày|hôm|sáng|chiều|tối|đêm|trưa)(?!\w)[^()\n]{0,24}\($")
_DAY_BRACKET = re.compile(r"\((?:(?:từ|ngày|sáng|chiều)[ ])?$")
_DAY_AND_MONTH = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})")
_PADDED = re.compile(r"/0[1-9]")
_COMMA = re.compile(r",[ ]$")
# No count follows: a sign, or a word that goes on with the sentence.
_CLOSED = re.compile(
    r"[ ]?(?:[,.;:)!?\n\"”]|$|[-–])"
    r"|[ ](?:đến|tới|tại|và|của|ở|là|năm|do|cho|để|với|vì|qua|ra|phải|chưa|không|theo|lúc"
    r"|khi|thì|đã|sẽ|vừa|này|nay|có|nhưng|mà|nên|cũng|tức|được|bị|đang|trước|sau|với)(?!\w)"
    r"|[ ](?:quy[ ]định|nêu[ ]rõ|yêu[ ]cầu|bắt[ ]đầu|chính[ ]thức)(?!\w)"
)
# "Ngày Thương binh - Liệt sĩ | 27/7", "quốc khánh Mỹ | 4/7"; no "mỗi ngày bán 3/5"
_NAMED_DAY = re.compile(
    r"(?<!\w)(?<!mỗi )(?<!các )(?<!cả )(?<!hằng )(?<!hàng )(?<!mấy )(?<!một )(?<!trong )(?<![0-9] )"
    r"(?:ngày[ ](?!càng|nay|mai|một|hai|ba|công)|quốc[ ]khánh[ ])"
    r"(?:(?!(?:bằng|chỉ|có|còn|là|được|tăng|giảm|chiếm|gần|hơn|khoảng|lên|xuống|mất|chia|từ)[ ])"
    r"[^\W\d_]+[ ]|[-–,][ ]){1,9}$"
)
# "trong 2 ngày: | 12/6 và 13/6", "đến 17 giờ | 30/5"
_DAY_LED_IN = re.compile(
    r"(?<!\w)(?:ngày:|(?:lúc|vào|hồi|đến|tới|từ|trước|sau)[ ](?:khoảng[ ])?"
    r"[0-2]?[0-9](?:[ ]?giờ|h)[ ]?(?:[0-5][0-9](?:[ ]phút)?)?)[ ]$"
)
# "kéo dài đến hết 15.6", "từ nay đến 19-8": a term, where dots and hyphens are no decimals
_TERM = re.compile(
    r"(?<!\w)(?:(?:đến|tới)[ ]hết|(?:từ[ ]nay|tính|l(?:ũy|uỹ)[ ]kế)[ ](?:đến|tới)(?:[ ]hết)?)[ ]$"
)
# "từ 28-7 đến ngày 15-9"
_TO_A_DAY = re.compile(r"[ ](?:đến|tới)[ ](?:hết[ ])?ngày[ ][0-9]")
# "Bản tin 27/6:"
_HEADLINE_ENDS = re.compile(r"[ ]?[:|\n]|$")
_OPENS_CLAUSE = re.compile(r"(?:^|[.\n“\"])[ ]{0,2}$")
_NEXT_AND_LAST = re.compile(r"(?P<unit>năm|quý|tháng|tuần)[ ]sau[ ][^\n.;]{0,24}(?P=unit)[ ]trước")
_NEXT_THAN = re.compile(r"[ ]sau[ ][^\n.;]{0,20}(?:hơn|so với)[ ]$")
# "3 năm 9 tháng": a duration
_AFTER_YEARS = re.compile(r"(?<!\w)(?:[0-9]{1,3}|một|hai|ba|bốn|sáu|bảy|tám|chín|mười)[ ]năm[ ](?:và[ ])?$")
# "trong 5 tháng, ...", "trong 5 tháng là 900 người"
_GOES_ON = re.compile(r",[ ]|[ ](?:(?:có|đã|cả nước|toàn (?:tỉnh|ngành|quốc))(?!\w)|là[ ][0-9])|[ ]?(?:\n|$)")
# "tính chung 5 tháng"; "kết quả 6 tháng", "bức tranh kinh tế 10 tháng"
_SUMMED_UP = re.compile(
    r"(?<!\w)(?:bình quân|tính chung|lũy kế|cộng dồn|trung bình"
    r"|(?:kết quả|tình hình|bức tranh|số liệu|sơ kết|tổng kết)(?:[ ][^\W\d_]+){0,4})[ ]$"
)
# "sản lượng 5 tháng được công bố tăng 6% so với cùng kỳ"
_BESIDE_A_YEAR_AGO = re.compile(
    r"[ ](?:được|do|theo|tại|ở|của|ước|đạt|tăng|giảm)(?!\w)[^.;:\n]{0,100}?(?<!\w)so(?:[ ]với)?[ ]cùng[ ]kỳ"
)
# "đến 2025 | thành phố phải có": the place is not what is counted
_PLACE_ACTS = re.compile(
    r"[ ](?:thành[ ]phố|tỉnh|nước[ ]ta|cả[ ]nước|toàn[ ](?:tỉnh|quốc|ngành))[ ]"
    r"(?:phải|sẽ|có|đạt|phấn[ ]đấu|cần|hoàn[ ]thành|đã|cơ[ ]bản|không|trở[ ]thành|đặt)(?!\w)"
)
# "Lâm Sơn: | 7 tháng, xuất khẩu ...": the months open a headline or a sentence
_OPENS = re.compile(r"(?:^|[\n:.][ ]?)$")
_THEN = re.compile(r",[ ](?!một|mỗi|lần|[0-9])")
_ENDS = re.compile(r"[ ]là[ ]|[ ]?[,.;)]")
_CURRENCY = re.compile(r"[ ]?[%°$]")


def allowed(phrase: Phrase, lower: str) -> bool:
    """Whether nothing around the phrase makes it a duration, a habit, a name or a count."""
    guard = _GUARDS.get(phrase.rule)
    return guard is None or guard(phrase, lower, lower[max(0, phrase.start - _WINDOW) : phrase.start])


def keeps_company(phrase: Phrase, lower: str) -> bool:
    """Whether a bare "15/6" stands after a preposition or in brackets, as dates do."""
    lead = lower[max(0, phrase.start - _WINDOW) : phrase.start]
    if _ends(lead, "place") or _ends(lead, "document"):
        return False
    closed = _CLOSED.match(lower, phrase.end) is not None
    if phrase.rule == "date.figure_month" and lead.endswith("(") and lower.startswith(")", phrase.end):
        return True
    if "/" not in lower[phrase.start : phrase.end] and phrase.rule != "date.figure_month":
        bracketed = _ends(lead, "feast") or _DAY_WORD_BRACKET.search(lead)
        return closed and bool(
            bracketed or is_term(lower, phrase.start, phrase.end) or is_named(lower, phrase.start)
        )
    if _DAY_BRACKET.search(lead):
        return True
    if _HEADLINE_ENDS.match(lower, phrase.end) and _bulletin().search(lead.rpartition("\n")[2]):
        return True
    deadline = _ends(lead, "day")
    led_in = deadline or _COMMA.search(lead) or _DAY_LED_IN.search(lead) or is_named(lower, phrase.start)
    plain = led_in or _PADDED.search(lower, phrase.start, phrase.end)
    return (closed and bool(plain)) or (deadline and _is_no_share(phrase, lower))


def is_named(lower: str, start: int) -> bool:
    """Whether the day of bare figures has a name in front of it: "Ngày Gia đình Việt Nam 28-6"."""
    return _NAMED_DAY.search(lower, max(0, start - _NAME), start) is not None


def _is_no_share(phrase: Phrase, lower: str) -> bool:
    """Whether "30/9" has more parts than the whole."""
    figures = _DAY_AND_MONTH.fullmatch(lower, phrase.start, phrase.end)
    return figures is not None and int(figures["day"]) > int(figures["month"])


def is_term(lower: str, start: int, end: int) -> bool:
    """Whether the words around bare figures make them a first or last day: "từ nay đến 19-8"."""
    lead = lower[max(0, start - _WINDOW) : start]
    return bool(_TERM.search(lead) or (lead.endswith("từ ") and _TO_A_DAY.match(lower, end)))


def recurs(phrase: Phrase, lower: str) -> bool:
    """Whether it is "tháng 12 hằng năm", or a month of the moon."""
    return _EVERY_YEAR.match(lower, phrase.end) is not None


def follows_ordinal_noun(lead: str) -> bool:
    """Whether "thứ 3" is the third of something: "kỳ họp thứ 3"."""
    return _ends(lead, "ordinal")


@cache
def _before(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_alternation(role)}[ ]$")


@cache
def _after(role: str) -> re.Pattern[str]:
    return re.compile(rf"[ ]?{_alternation(role)}(?!\w)")


@cache
def _bulletin() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_alternation('bulletin')}(?!\w)")


def _alternation(role: str) -> str:
    return wordlists.alternation(
        row["words"] for row in wordlists.rows("date_company") if row["role"] == role
    )


def _ends(lead: str, role: str) -> bool:
    return _before(role).search(lead) is not None


def _no_span_of_time(phrase: Phrase, lower: str, lead: str) -> bool:
    """No "3 năm trước", "những tháng tới", "quý sau cao hơn quý trước"."""
    if _NEXT_AND_LAST.match(lower, phrase.start) or _NEXT_THAN.search(lead):
        return False
    if lower.endswith("ngoái", phrase.start, phrase.end):  # "hạng 3 năm ngoái"
        return True
    return not (_FIGURE.search(lead) or _ends(lead, "counting"))


def _plainly_running(phrase: Phrase, lower: str, lead: str) -> bool:
    """ "cả năm" always; "cuối năm" after a preposition, not in "không khí cuối năm"."""
    if not _no_span_of_time(phrase, lower, lead):
        return False
    if lower.startswith(("cả", "trọn", "nửa"), phrase.start):
        return True
    if _ends(lead, "habit"):
        return False
    if lower.startswith(" mới", phrase.end):  # "đầu năm mới"
        return False
    return _ends(lead, "running_year") or (
        _OPENS_CLAUSE.search(lead) is not None and lower[phrase.end : phrase.end + 1] == ","
    )


def _reported_or_spoken_of(phrase: Phrase, lower: str, lead: str) -> bool:
    """ "6 tháng ước đạt", "9 tháng qua", "trong 4 tháng, ..."; no "hơn 6 tháng", "6 tháng tập sự"."""
    if _ends(lead, "duration") or _ends(lead, "term") or _AFTER_YEARS.search(lead):
        return False
    if set_beside_a_year_ago(phrase, lower):
        return True
    opens = _OPENS.search(lead) is not None and _THEN.match(lower, phrase.end) is not None
    return opens or summed_up(phrase, lower) or _goes_on(phrase, lower) or reported(phrase, lower)


def _goes_on(phrase: Phrase, lower: str) -> bool:
    return lower.endswith("trong ", 0, phrase.start) and _GOES_ON.match(lower, phrase.end) is not None


def summed_up(phrase: Phrase, lower: str) -> bool:
    """Whether the months are those of a balance: "tính chung 5 tháng", "kết quả 6 tháng"."""
    return _SUMMED_UP.search(lower, max(0, phrase.start - _WINDOW), phrase.start) is not None


def reported(phrase: Phrase, lower: str) -> bool:
    """Whether figures for the months follow: "6 tháng ước đạt", "9 tháng qua"."""
    return (
        lower.endswith("qua", phrase.start, phrase.end)
        or _after("reported").match(lower, phrase.end) is not None
    )


def set_beside_a_year_ago(phrase: Phrase, lower: str) -> bool:
    """Whether its sentence compares the months with those of a year ago: "5 tháng ... so với cùng kỳ"."""
    return _BESIDE_A_YEAR_AGO.match(lower, phrase.end) is not None


def _no_month_of_a_name(_phrase: Phrase, _lower: str, lead: str) -> bool:
    return not (_ends(lead, "month_name") or _LUNAR_DAY.search(lead))


def _no_day_of_any_kind(_phrase: Phrase, _lower: str, lead: str) -> bool:
    """No "đi và về trong cùng ngày"."""
    return not lead.endswith("trong ") or lead.endswith("cũng trong ")


def _no_habit(_phrase: Phrase, _lower: str, lead: str) -> bool:
    return not _ends(lead, "habit")


def _plainly_a_year(phrase: Phrase, lower: str, lead: str) -> bool:
    counted = _after("unit").match(lower, phrase.end)
    if _CURRENCY.match(lower, phrase.end) or (counted and not _PLACE_ACTS.match(lower, phrase.end)):
        return False
    if lead.endswith(("có đến ", "có tới ", "lên đến ", "lên tới ")) and not _ENDS.match(lower, phrase.end):
        return False
    if _YEAR_LIST.search(lead) or _BRACKETED_YEAR.search(lead):
        return True
    year = int(lower[phrase.start : phrase.end])
    if _ends(lead, "year"):
        return 1900 <= year <= 2060
    if _ends(lead, "counted"):
        return False
    return 1990 <= year <= 2049 and bool(_NAMED_YEAR.search(lead) or _SENTENCE_OPENS.search(lead))


_GUARDS: dict[str, Callable[[Phrase, str, str], bool]] = {
    "date.shifted_month": _no_span_of_time,
    "date.shifted_quarter": _no_span_of_time,
    "date.shifted_year": _no_span_of_time,
    "date.year_before": _no_span_of_time,
    "date.unit_before": _no_span_of_time,
    "date.week": _no_span_of_time,
    "date.running_year": _plainly_running,
    "date.cumulative": _reported_or_spoken_of,
    "date.month": _no_month_of_a_name,
    "date.relative_day": _no_habit,
    "date.bare_year": _plainly_a_year,
    "date.same_day": _no_day_of_any_kind,
}
