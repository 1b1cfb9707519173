"""Figures that belong to a name, a code or a clock and count nothing (`lexicons/numbered_names.csv`).

"Điều 5", "quận 1", "lần thứ 4", "Ban Chỉ đạo 389", "mức độ 3, 4", "9h30", "1. ", "4.0", "0912 345 678".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import wordlists

if TYPE_CHECKING:
    from corpus.facts import Span

_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:[.)]|[.][ ]|[ ]?[-–/][ ])")
_VERSION = re.compile(r"[0-9][.]0(?![0-9])")
_PHONE = re.compile(r"0[0-9]{2,3}[ .]?[0-9]{3,4}[ .]?[0-9]{3,4}|0[0-9.]{8,12}")
_LAST_WORD = re.compile(r"(?<=\w[ ])(?P<word>[^\W\d_]+)[ ]\Z")
# "được cấp 1 xe": what gives something names nothing
_GIVES = re.compile(r"(?<!\w)(?:được|đã|sẽ|xin|đề[ ]nghị|cho|chỉ|vừa|phải|mới)[ ]cấp\Z", re.IGNORECASE)
# "Cần Thơ 3 ca": counted beside a name, where "Vinasat 1" is one
_COUNTED = re.compile(
    r"(?:người|ca|hộ|em|cháu|con|vụ|trường[ ]hợp|học[ ]sinh|thí[ ]sinh|giáo[ ]viên|cán[ ]bộ|doanh[ ]nghiệp"
    r"|dự[ ]án|xã|huyện|hồ[ ]sơ|đơn[ ]vị|cơ[ ]sở)(?!\w)"
)
_SMALL = re.compile(r"[0-9]{1,4}(?:[ ]?[-–,/][ ]?[0-9]{1,4})?")


def is_part_of_name(text: str, left: int, figure: Span, unit: str | None) -> bool:
    """Whether the figure is no count; `unit`: the noun behind it, "" for money or measures, else None.

    Nothing left of `left` (the sentence's start) is looked at.
    """
    written = text[figure.start : figure.end]
    if _PHONE.match(text, figure.start) or text.endswith(("#", "№"), left, figure.start):
        return True
    if unit != "" and _VERSION.fullmatch(written):
        return True
    if unit == "" or not _SMALL.fullmatch(written):
        return False
    if figure.start == left and _LIST_NUMBER.match(text, figure.start):
        return True
    front = text[max(left, figure.start - 40) : figure.start]
    named = _before().search(front)
    if named:
        return _names(named, unit)
    return _ends_in_proper_name(front) and not (unit and _COUNTED.match(unit))


def numbers_a_name(text: str, left: int, start: int) -> bool:
    """Whether the figure at `start` is the number in a name whatever follows it: "quận 1 - 100.000 đồng"."""
    named = _before().search(text[max(left, start - 40) : start])
    if named is None or named["more"] or _GIVES.search(named.string, 0, named.end("word")):
        return False
    return _kinds()[wordlists.key(named["word"])] == "strong"


def _names(named: re.Match[str], unit: str | None) -> bool:
    """Whether the word in front makes a name of the figure.

    A noun behind the figure is counted all the same after words that are names now and then only
    ("nhóm 4 nước"), and after a figure of its own ("mức 3 và 2 dịch vụ công").
    """
    kind = _kinds()[wordlists.key(named["word"])]
    if unit and kind == "strong" and _GIVES.search(named.string, 0, named.end("word")):
        return False
    own = unit is not None and unit[:1].islower()
    return not (own and named["more"]) if kind == "strong" else kind == "weak" and not own


def _ends_in_proper_name(front: str) -> bool:
    """Whether a capitalised word stands in front ("Vinasat 1"), other than an abbreviation ("UBND 5 xã")."""
    last = _LAST_WORD.search(front)
    return last is not None and last["word"][0].isupper() and not last["word"].isupper()


@cache
def _kinds() -> dict[str, str]:
    return wordlists.classes("numbered_names", "word", "kind")


@cache
def _before() -> re.Pattern[str]:
    # "mức độ 3, 4", "Điều 5 và 6", "khoản 1, 2 và 3"
    more = r"(?P<more>(?:[0-9]{1,3}[a-zđ]?(?:[ ]?,[ ]?|[ ](?:và|đến|hoặc)[ ]|[ ]?[-–/][ ]?)){0,5})"
    word = wordlists.alternation(_kinds())
    return re.compile(rf"(?<!\w)(?P<word>{word})(?:[ ](?:số|thứ))?[ :.]{{1,2}}{more}\Z", re.IGNORECASE)
