"""How a figure is bounded: exactly, at least, at most, more or less than, about.

The words stand in front of the figure ("trên 70%"), to the left of its verb ("tối thiểu phải đạt 30%"),
behind it ("20% trở lên"), or in front of the first figure of a list that they govern.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import wordlists

if TYPE_CHECKING:
    from corpus.facts import Comparator, Span

WINDOW = 60
"""Code points in front of a figure in which its comparator may stand."""

# "tối thiểu [phải đạt] 30%", "ít nhất [cũng phải] gấp 5 lần", "tối đa [là] 10%", "khoảng [từ] 5 đến 7%"
_BETWEEN = (
    r"(?:[ ]{1,2}(?:là|đạt|được|có|cũng|phải|mức|ở|từ|tới|đến|bằng|tăng|giảm|cho|khoảng|chừng|tổng|số|gấp"
    r"|hơn|trên|chiếm|thêm|bình[ ]quân|tốc[ ]độ|tỷ[ ]lệ|lãi[ ]suất|trưởng))"
)
_OR_MORE = re.compile(
    r"[^.,;:()0-9\n]{0,40}?[ ](?:trở[ ]lên|đổ[ ]lên|hoặc[ ](?:cao[ ]|nhiều[ ]|lớn[ ])?hơn)(?!\w)",
    re.IGNORECASE,
)
_OR_LESS = re.compile(r"[^.,;:()0-9\n]{0,40}?[ ]trở[ ]xuống(?!\w)|[ ]trở[ ]lại(?!\w)", re.IGNORECASE)
# "cao hơn 5%" is a difference of five, not a value above five
_DIFFERENCE = re.compile(
    r"(?:cao|thấp|nhiều|ít|nhanh|chậm|dài|ngắn|đông|tốt|kém|rẻ|đắt)[ ]hơn\Z", re.IGNORECASE
)
# "lớn hơn | gấp 20 lần": the multiple is the difference, not a bound of it
_MORE_BY = re.compile(
    r"(?:cao|thấp|nhiều|ít|nhanh|chậm|dài|ngắn|đông|tốt|kém|rẻ|đắt|lớn|rộng|mạnh|nặng|sâu|xa|to)[ ]hơn[ ]\Z",
    re.IGNORECASE,
)
# "không được chiếm quá 10 ha", "chưa khi nào dưới 5%": a bound turned round by a denial
_DENIED = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|đừng)"
    r"(?:[ ](?:được|phải|nên|thể|để|bị|khi[ ]nào|bao[ ]giờ|lúc[ ]nào|có)){0,3}"
    r"(?:[ ](?:chiếm|có|làm|tăng|giảm|cao|thấp|lên|xuống|sử[ ]dụng|vay|nộp|đạt|đóng|thu|ở|mức|bán|mua|giao"
    r"|kéo[ ]dài|giữ|sở[ ]hữu)){0,3}[ ]\Z",
    re.IGNORECASE,
)
_TURNED: dict[str, Comparator] = {"gt": "max", "lt": "min"}
# "giải ngân ≥ 95%", "hộ nghèo <3%"; no "Trang chủ > Kinh tế > 5% hộ nghèo"
_SIGN = re.compile(r"(?<![<>][ ])(?P<sign>[<>]=|[<>≤≥])[ ]?\Z")
_TRAIL = re.compile(r"[<>][^\n]*[<>][ ]?\Z")
_SIGNS: dict[str, Comparator] = {"≥": "min", ">=": "min", "≤": "max", "<=": "max", ">": "gt", "<": "lt"}
# "không dùng hết 100%"
_NOT_ALL = re.compile(
    r"(?<!\w)(?:không|chưa)[ ](?:(?:thể|sử)[ ])?(?:dùng|dụng|tiêu|giải[ ]ngân|chi|làm|bán)[ ]hết[ ]\Z",
    re.IGNORECASE,
)
# "lãi suất từ 7%/năm": the lowest of what is offered, unless an upper end follows
_FROM = re.compile(
    r"(?<!tăng )(?<!giảm )(?<!nâng )(?<!hạ )(?<!điều chỉnh )(?<!đến )(?<!hơn )(?<!đi )(?<!chuyển )"
    r"(?<!nhẹ )(?<!mạnh )(?<!vọt )(?<!thêm )(?<!dần )(?<!sâu )(?<!nhanh )"
    r"(?<![\w(])từ"
    r"(?:[ ](?:mức|khoảng))?[ ]{1,2}\Z",
    re.IGNORECASE,
)
# "tăng lên 40,9% từ mức 39,7%", "tăng lãi suất hơn nữa từ mức 2%": the level that is left behind
_LEFT_BEHIND = re.compile(
    r"(?<!\w)(?:tăng|giảm|nâng|hạ|cắt|rút|lên|xuống)(?!\w)(?:[^.,;:()\n]|(?<=[0-9])[.,](?=[0-9]))*\Z",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"[^.;:()\n]{0,60}?(?<!\w)(?:đến|tới|lên|xuống|còn|thành|sang|là|về(?=[ ](?:mức[ ])?[0-9]))(?!\w)"
    r"|[ ]?[-–]",
    re.IGNORECASE,
)
# "nằm trong khoảng từ 5 đến 7%": an interval, not "about"
_WITHIN = re.compile(r"(?<!\w)trong[ ]khoảng(?:[ ]từ)?[ ]{1,2}\Z", re.IGNORECASE)
# "giá từ 100 - 150 triệu": a range, where "giá từ 100 triệu" is the least
_PRICE_FROM = re.compile(r"từ\Z", re.IGNORECASE)
_TWO_ENDS = re.compile(r"[0-9%][ ]{0,2}(?:[-–]|đến|tới)[ ]{0,2}[^ ]{0,12}[0-9]", re.IGNORECASE)
# "các đơn vị trên chiếm khoảng 85%": those above, no bound; "tính trên tổng số 500 xã": of all
_NO_BOUND = re.compile(r"[ ](?:chiếm|đạt|là|tăng|giảm|có|được|phải|cũng|tổng[ ]số)(?!\w)", re.IGNORECASE)
# "tỷ lệ tối đa lượng rác được chôn lấp là 50%": the bound is part of what is measured
_IN_THE_NOUN = re.compile(
    r"(?:mức|tỷ[ ]lệ|tỉ[ ]lệ|lãi[ ]suất|số|giá|phí)(?!\w)[^.,;:()0-9\n]{0,60}?(?<!\w)"
    r"(?P<cue>tối[ ]đa|tối[ ]thiểu)[ ][^.,;:()0-9\n]{0,80}?(?<!\w)(?:là|bằng|đạt|ở[ ]mức)[ ]{1,2}\Z",
    re.IGNORECASE,
)
_NOUN_WINDOW = 160
# what may stand between two figures of a list: words without a figure or a new clause, then "," or "và"
_GOVERNS = re.compile(r"[^.;:()\n0-9]{0,60}?(?:,|[ ]và|[ ]hoặc)[ ]{1,2}\Z")
_NEXT_TERM = re.compile(r",[ ](?:đến|tới)[ ]năm[ ]20[0-9]{2}[ ](?:là|đạt)[ ]")
_PLAIN_LIST = re.compile(r"[^.,;:()\n0-9]{0,60}?[ ]và[ ]{1,2}\Z")


def before(text: str, start: int, end: int, *, left: int) -> Comparator:
    """The comparator of the figure at [start, end); nothing left of `left` is looked at."""
    if _OR_MORE.match(text, end, end + WINDOW):
        return "min"
    if _OR_LESS.match(text, end, end + WINDOW):
        return "max"
    window = text[max(left, start - WINDOW) : start]
    if text.startswith("gấp", start) and _MORE_BY.search(window):
        return "eq"
    if _WITHIN.search(window) and _TWO_ENDS.search(text, start, end):
        return "eq"
    found = _pattern().search(window)
    if found and wordlists.key(found["cue"]) == "trên" and _NO_BOUND.match(window, found.end("cue")):
        found = _pattern().search(window, found.end("cue"))
    if found:
        opens = _PRICE_FROM.search(found["cue"]) and _TWO_ENDS.search(text, start, end)
        return "eq" if opens else _of_cue(window, found)
    return _of_sign(window) or _of_the_noun(text, max(left, start - _NOUN_WINDOW), start)


def _of_sign(window: str) -> Comparator | None:
    sign = _SIGN.search(window)
    return _SIGNS[sign["sign"]] if sign and not _TRAIL.search(window) else None


def _of_the_noun(text: str, left: int, start: int) -> Comparator:
    if text.startswith("100", start) and _NOT_ALL.search(text, left, start):
        return "lt"
    named = _IN_THE_NOUN.search(text, left, start)
    return _cues()[wordlists.key(named["cue"])] if named else "eq"


def _of_cue(window: str, found: re.Match[str]) -> Comparator:
    """What the cue in front of the figure says, unless it is a difference ("cao hơn 5%") or is denied."""
    cue = wordlists.key(found["cue"])
    if cue in ("hơn", "quá") and _DIFFERENCE.search(window[: found.end("cue")]):
        return "eq"
    if cue.endswith("khoảng") and re.search(r"(?:hơn|trên)[ ]{1,2}\Z", window, re.IGNORECASE):
        return "gt"
    bound = _cues()[cue]
    if bound in _TURNED and _DENIED.search(window[: found.start("cue")]):
        return _TURNED[bound]
    return bound


def lowest(text: str, start: int, end: int, *, left: int) -> bool:
    """Whether the rate at [start, end) is the lowest of those on offer: "lãi suất chỉ từ 7%/năm"."""
    found = _FROM.search(text, max(left, start - 20), start)
    if found is None or _UP_TO.match(text, end, end + WINDOW):
        return False
    return not _LEFT_BEHIND.search(text, max(left, found.start() - WINDOW), found.start())


def governed(text: str, earlier: Span, comparator: Comparator, start: int) -> Comparator:
    """What the comparator of the fact before says of a figure without one of its own.

    "khoảng 12% về lượng và 8% về giá": both about; "tối thiểu 70% hộ nghèo, 50% hộ mới thoát nghèo":
    both at least. `hơn` and `gần` reach only over a plain "và".
    """
    if comparator in ("min", "max") and _NEXT_TERM.fullmatch(text, earlier.end, start):
        return comparator
    reach = _GOVERNS if comparator in ("min", "max", "about") else _PLAIN_LIST
    if start - earlier.end > WINDOW + 10 or not reach.fullmatch(text, earlier.end, start):
        return "eq"
    return comparator


@cache
def _cues() -> dict[str, Comparator]:
    return wordlists.classes("comparators", "cue", "comparator")  # type: ignore[return-value]


@cache
def _pattern() -> re.Pattern[str]:
    cue = wordlists.alternation(_cues())
    return re.compile(
        r"(?<!\w)(?<!nói )(?<!nêu )(?<!kể )(?<!mầm )(?<!núi )(?!tối[ ]thiểu(?<=lương[ ]tối[ ]thiểu))"
        rf"(?P<cue>{cue}){_BETWEEN}{{0,4}}[ ]{{1,2}}\Z",
        re.IGNORECASE,
    )
