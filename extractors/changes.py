"""Whether a figure is itself a rise or a fall: "tăng 7,5%", "giảm 9 phòng (11,8%)".

A level is none: "tăng lên 1,5%", "giảm từ 32% xuống còn 14,5%", "đạt 111,7% kế hoạch".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from extractors import passages
from extractors.status_cues import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Percentage, Span
    from extractors.document import Document

Change = Literal["up", "down"]

_UP = (
    r"tăng[ ]trưởng|tăng[ ]thêm|tăng(?![ ](?:cường|ca|tốc))|nâng[ ]thêm|cộng[ ]thêm|ghi[ ]thêm"
    r"|tiến(?=[ ][0-9])|nhích|đội(?=[ ](?:lên|thêm)[ ])|nâng(?=[^.;:()0-9\n]{1,60}[ ]thêm[ ])"
)
_DOWN = (
    r"cắt[ ]giảm|sụt[ ]giảm|suy[ ]giảm|giảm(?![ ](?:nghèo|tải|nhẹ[ ]thiên))"
    r"|hạ(?![ ](?:tầng|nguồn|viện|lưu|cánh))|sụt|hụt|rớt"
)
_WORD = re.compile(rf"(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!\w)", re.IGNORECASE)
_NOUN = re.compile(r"(?:tốc[ ]độ|mức|tỷ[ ]lệ|tỉ[ ]lệ|nhịp[ ]độ|đà|độ|mục[ ]tiêu)[ ]{1,2}\Z", re.IGNORECASE)
# between a verb of change and its figure: its object and its adverbs, but no new verb and no level
_LEVEL = re.compile(
    r"(?<!\w)(?:lên|xuống|còn|đạt|chiếm|bằng|có|đã|để|nhằm|sẽ|cho|tương[ ]đương|từ[ ]mức|(?:hiện|,)[ ]ở[ ]mức"
    r"|trong[ ]đó|là|đóng[ ]góp)(?!\w)"
    r"|[0-9;:)“”\"…]",
    re.IGNORECASE,
)
_FROM = re.compile(r"từ[ ]{1,2}(?:mức[ ])?\Z", re.IGNORECASE)
_GOES_TO = re.compile(r"[^.;:\n]{0,60}?(?<!\w)(?<!trở[ ])(?:lên|xuống|còn|đến)(?!\w)", re.IGNORECASE)
_TO_LEVEL = re.compile(r"(?:lên|xuống|còn)(?:[ ](?:còn|đến|tới|mức|khoảng|hơn|gần|trên))*[ ]{1,2}\Z")
# "(22,5%)" after "giảm được 46 phòng ban"
_PAREN = re.compile(r"[(][^()]{0,20}\Z")
_BESIDE = re.compile(r"[^.;:()\n0-9]{0,40}(?:,|[ ]và|[ ]nhưng)[ ][^.;:()\n0-9]{0,20}", re.IGNORECASE)
_JOINED = re.compile(r"(?:,|[ ]và|[ ]hoặc)[ ](?:(?:khoảng|gần|hơn|tối[ ]thiểu|ít[ ]nhất)[ ])?", re.IGNORECASE)
# "tốc độ tăng trưởng đạt 4%, trong đó tháng 2 (5%) vượt tháng 1 (3%)"
_SAME_SERIES = re.compile(r"[^.;\n0-9]{0,80}?[ ](?:quý|tháng|năm|kỳ)[^.;\n]{0,12}[ ][(]", re.IGNORECASE)
# "tăng trưởng GDP đạt 6%", "GDP quý I chỉ đạt 5%": what grows is named by its growth
_GROWTH = re.compile(
    r"(?:(?:mức|tốc[ ]độ|nhịp[ ]độ|đà)[ ])?tăng(?:[ ]trưởng)?(?!\w)|(?:GDP|GRDP)\Z", re.IGNORECASE
)
# "thấp hơn 4% so với đỉnh", not "thấp hơn mức 4%"
_THAN = re.compile(
    r"(?<!\w)(?<!không[ ])(?<!chẳng[ ])(?:(?P<up>cao|nhiều|lớn)|(?P<down>thấp|ít))[ ]hơn[ ]"
    r"(?:(?:cùng[ ]kỳ|năm|tháng|quý)[ ][^.,;:()\n]{0,14}[ ])?(?:(?:khoảng|gần|tới|đến|hơn|trên)[ ]){0,2}\Z",
    re.IGNORECASE,
)
# "tăng 12 điểm, tương đương 0,6%"
_SAME_AS = re.compile(
    r"[ ](?:thêm[ ]|gần[ ]|hơn[ ]|khoảng[ ]){0,2}[0-9][^;:()%\n]{1,30}?"
    r"(?:,?[ ][(]?(?:tương[ ](?:đương|ứng)|tỷ[ ]lệ|tỉ[ ]lệ|tức)[ ](?:(?:với|khoảng|mức|là)[ ]){0,2})\Z",
    re.IGNORECASE,
)
# "20% thủ tục ... được cắt giảm"
_PASSIVE = re.compile(r"[^.;:,()\n0-9]{0,80}?[ ]được[ ](?:(?P<down>cắt[ ]giảm|giảm)|(?P<up>tăng))(?!\w)")
_REACH = 90


def change_at(
    document: Document, span: Span, dates: Sequence[Date], before: Percentage | None, subject: str | None
) -> Change | None:
    """`up`, `down`, or None where the figure is no change; `before`: the percentage before it, if any,
    `subject`: what is measured."""
    said = _said(document, span, dates, before, subject)
    return said or ("up" if subject and _GROWTH.match(subject) else None)


def _said(
    document: Document, span: Span, dates: Sequence[Date], before: Percentage | None, subject: str | None
) -> Change | None:
    text = document.text
    start = max(passages.item_before(document, span.start).start, span.start - _REACH)
    if before:
        start = max(start, before.end)
    if than := _THAN.search(text, start, span.start):
        return "up" if than["up"] else "down"
    words = list(_WORD.finditer(text, start, span.start))
    if words:
        return _of_word(document, words[-1], span, dates)
    if passive := _PASSIVE.match(text, span.end):
        return "up" if passive["up"] else "down"
    if before and before.change and _shares_verb(text, span, before, subject):
        return before.change
    if before and before.change and _goes_on(_without(text, before.end, span.start, dates), before, subject):
        return before.change
    return None


def _shares_verb(text: str, span: Span, before: Percentage, subject: str | None) -> bool:
    """Whether both figures are of objects of one verb: "giảm 50% phí trước bạ và 30% phí kiểm định"."""
    first = f" {before.subject}"
    if not (subject and before.subject and text.startswith(first, before.end)):
        return False
    joined = _JOINED.fullmatch(text, before.end + len(first), span.start)
    return joined is not None and text.startswith(f" {subject}", span.end)


def _goes_on(between: str, before: Percentage, subject: str | None) -> bool:
    """Whether the figure is one more of the series of the one before, not a level or of something else."""
    if _SAME_SERIES.fullmatch(between):
        return True
    return bool(_BESIDE.fullmatch(between)) and subject == before.subject and not _LEVEL.search(between)


def _of_word(document: Document, word: re.Match[str], span: Span, dates: Sequence[Date]) -> Change | None:
    text = document.text
    change: Change = "up" if word["up"] else "down"
    between = _without(text, word.end(), span.start, dates)
    if _SAME_AS.fullmatch(between) or (_is_noun(text, word) and not re.search(r"[;:“”]", between)):
        return change
    if _is_noun(text, word):
        return None
    if (bracket := _PAREN.search(between)) and len(between) < 60:
        return None if _LEVEL.search(bracket[0][1:]) else change
    is_level = _TO_LEVEL.search(between) or _LEVEL.search(between.replace("(", ""))
    of_another = between.endswith(", ") and between.strip(", ")
    from_level = _FROM.search(between) and _GOES_TO.match(text, span.end)
    return None if is_level or of_another or from_level else change


def _is_noun(text: str, word: re.Match[str]) -> bool:
    return word[0].lower() == "tăng trưởng" or bool(
        _NOUN.search(text[max(0, word.start() - 10) : word.start()])
    )


def _without(text: str, start: int, end: int, dates: Sequence[Date]) -> str:
    """The text between without the dates in it, whose figures mean nothing here."""
    pieces, at = [], start
    for found in dates_in(dates, start, end):
        pieces.append(text[at : found.start])
        at = max(at, found.end)
    return "".join((*pieces, text[at:end]))
