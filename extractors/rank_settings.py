"""When a ranking holds, what its move is measured from, and whether it is a target."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import passages, rank_words, wordlists
from extractors.letters import CAPITAL
from extractors.status import status_at
from extractors.status_cues import dates_in, reference_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from corpus.facts import Date, Status
    from extractors.document import Document
    from extractors.rank_context import Phrase

_COMPARED = re.compile(
    r"(?:so[ ]với|hơn|từ|kể[ ]từ|cùng[ ]kỳ)[ ](?:[^\W\d]+[ ]){0,3}\Z"
    r"|(?<!\w)từ[ ](?:(?![ ](?:lên|xuống)[ ])[^,.;]){0,28}\Z"
    r"|(?<!\w)so[ ]với[ ][^,.;:()\n]{0,50}\Z"
    r"|(?<!\w)(?<!nếu[ ])(?:như|bằng)[ ](?:hồi[ ]|của[ ]|vào[ ]|ở[ ])?\Z",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_YEAR_BEFORE = re.compile(r"năm[ ]trước(?![ ]nữa)", re.IGNORECASE)
_DONE = re.compile(r"(?<!\w)đã[ ]", re.IGNORECASE)
_COMPARED_FIRST = re.compile(r"(?:\w+,[ ])?So[ ]với[ ](?P<base>[^,;:\n]{3,60}),[ ]", re.IGNORECASE)
_BASE_END = re.compile(r"[,.;)\n]|\Z")
_CLAUSE_END = re.compile(r"[,;]|[ ](?:nhưng|thay[ ]vì|trong[ ]khi)[ ]")
_HEADING_END = re.compile(r"(?:\)[ ]|[ ]{2,})(?=[" + CAPITAL + r"])")
"""Behind the date in the name of a list that a heading ends with, run into the sentence."""
_TOLD_BY = re.compile(r"[^,.;:()\n]{0,60},[ ]theo[ ]")
"""Who tells of the place, and mostly when: "..., theo thống kê của Cục A, Bộ B năm 2019"."""
_UP_TO = re.compile(r"tính[ ](?:đến|tới)[ ](?:hết[ ]|cuối[ ])?\Z", re.IGNORECASE)
_A_MONTH = 27
"""Days of the shortest deadline that says something is aimed at."""
_IN_A_ROW = 6
"""Code points between the years of a row."""
_LEADS = ("", "thì", "đã", "là")
"""What may stand between a year and the place that it leads: "năm 2020 | xếp thứ 37"."""
_NEAR = 120
"""Code points between a ranking and the day of the event at which it came about."""
_AIMS_ITSELF = re.compile(r"(?:hướng|nhắm)[ ](?:tới|đến)[ ]", re.IGNORECASE)
# what a list of tasks asks for, nobody measures so
_AT_LEAST = re.compile(
    r"(?<!\w)(?:tăng|lên|nâng|cải[ ]thiện)[ ](?:được[ ])?(?:ít[ ]nhất|tối[ ]thiểu)[ ]\w{1,4}[ ](?:bậc|hạng)",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(r"[,(:“”\"]")
# A sentence that goes on with what a passage aims at: a list item, or one that begins with its verb
_GOES_ON = re.compile(
    r"[-–+•*●▪]|[a-zđ0-9][).]|(?:Đồng[ ]thời|Ngoài[ ]ra|Bên[ ]cạnh[ ]đó|Theo[ ]đó|Trong[ ]đó|Cụ[ ]thể"
    r"|Duy[ ]trì|Nâng|Đưa|Xếp|Thuộc|Nằm|Lọt|Tăng|Giữ|Cải[ ]thiện|Đạt|Thứ[ ]hạng|Chỉ[ ]số|Xếp[ ]hạng)(?!\w)"
)


def since(
    document: Document, group: Sequence[Phrase], dates: Sequence[Date], held: int | None
) -> int | None:  # fmt: skip
    """The year that a move is measured from; "năm trước" is the one before the year the place is held."""
    front = _compared_in_front(document, group)
    for base in [*_bases(document, group), *([front] if front else [])]:
        if held and _YEAR_BEFORE.search(document.text, base.start, base.end):
            return held - 1
        for found in dates_in(dates, base.start, base.end):
            return found.start_date.year
        written = _YEAR.search(document.text, base.start, base.end)
        if written:
            return int(written[0])
    return None


def _compared_in_front(document: Document, group: Sequence[Phrase]) -> Span | None:
    """What the sentence begins to compare a move with: "So với năm 2019, ... | tăng 4 bậc"."""
    if all(part.change is None for part in group):
        return None
    sentence = document.sentence_at(group[0].start)
    found = _COMPARED_FIRST.match(document.text, sentence.start, group[0].start)
    return Span(*found.span("base")) if found else None


def _bases(document: Document, group: Sequence[Phrase]) -> list[Span]:
    """Where the group says what a move is measured from."""
    spans = [part.base for part in group if part.base]
    for part in group:
        if part.earlier:
            stop = _BASE_END.search(document.text, part.end, part.end + 40)
            spans.append(Span(max(0, part.start - 20), stop.start() if stop else part.end))
    return spans


def year(
    document: Document, reach: Span, span: Span, group: Sequence[Phrase], dates: Sequence[Date]
) -> int | None:  # fmt: skip
    """The year that the ranking holds for: said inside it, right behind it, or before it."""
    sentence = document.sentence_at(span.start)
    bases = _bases(document, group)
    single = [
        found for found in dates_in(dates, sentence.start, sentence.end)
        if found.start_date.year == found.end_date.year and found.modifier != "since"
        and not any(base.overlaps(found) for base in bases) and not _is_compared(document, found)
        and not _of_another_event(document, found, span)
    ]  # fmt: skip
    inside = [found for found in single if span.overlaps(found)]
    stop = _CLAUSE_END.search(document.text, span.end, reach.end)
    if _TOLD_BY.match(document.text, span.end, reach.end):
        stop = None
    behind = [found for found in single if span.end <= found.start < (stop.start() if stop else reach.end)]
    before = [found for found in single if found.end <= span.start]
    if len(before) > 1 and before[-1].start - before[-2].end <= _IN_A_ROW and _years_differ(before[-2:]):
        before = []
    if before and any(
        found.start_date.year != found.end_date.year and found.modifier != "since"
        for found in dates_in(dates, before[-1].end, span.start)
    ):  # "năm 2022 ...; giai đoạn 2023 - 2025 vào nhóm 40 tỉnh"
        before = []
    beside = [found for found in before if document.text[found.end : span.start].strip(" ,(") in _LEADS]
    for candidates, which in ((inside, -1), (beside, -1), (behind, 0), (before, -1)):
        if candidates:
            return candidates[which].start_date.year
    edition = _EDITION.match(document.text, sentence.start, span.start)
    return int(edition["year"]) if edition else None


# "PCI 2019 của tỉnh ...", "Xếp hạng chuyển đổi số 2020: ..."
_EDITION = re.compile(
    r"(?:[-–+•][ ]?)?(?:[A-Z]{3,6}|(?:(?:Bảng[ ])?[Xx]ếp[ ]hạng|[Cc]hỉ[ ]số)[ ][^,.;:()\n0-9]{3,60})"
    r"[ ](?P<year>(?:19|20)[0-9]{2})(?=:|[ ](?:của|đạt|cho|tăng|giảm|xếp|lên|đứng)(?!\w))"
)


def _years_differ(dates: Sequence[Date]) -> bool:
    """Whether several years are told in a row: "năm 2015, 2016, 2017"."""
    return len({found.start_date.year for found in dates}) > 1


# "thành lập | năm 1980"
_FOUNDED = re.compile(r"(?:thành[ ]lập|ra[ ]đời|khánh[ ]thành|sinh)[ ](?:từ[ ]|vào[ ])?\Z", re.IGNORECASE)


def _of_another_event(document: Document, found: Date, span: Span) -> bool:
    """Whether a day far in front dates something else: no list is published on it."""
    if _HEADING_END.match(document.text, found.end) or "cùng ngày" in found.text.lower():
        return True
    if _FOUNDED.search(document.text, max(0, found.start - 24), found.start):
        return True
    if found.start_date != found.end_date or span.start - found.end < _NEAR:
        return False
    return not _announces().search(document.text, found.end, span.start)


def _is_compared(document: Document, found: Date) -> bool:
    return bool(_COMPARED.search(document.text[max(0, found.start - 60) : found.start]))


def status(document: Document, span: Span, dates: Sequence[Date], held: int | None) -> Status:
    """`target` where the ranking's own sentence aims at it, or the passage that its list goes on with.

    A place told of a year gone by (`held`) is actual.
    """
    today, sentence = reference_day(document, dates), document.sentence_at(span.start)
    past = held is not None and today is not None and held < today.year
    asked = not past and _AT_LEAST.search(document.text, sentence.start, sentence.end)
    if asked or _AIMS_ITSELF.match(document.text, span.start):
        return "target"
    if past or status_at(document, span, dates) == "actual":
        return "actual"
    if _DONE.search(document.text, max(sentence.start, span.start - 12), span.end):
        return "actual"
    item = passages.item_before(document, span.start)
    stop = _CLAUSE_END.search(document.text, span.end, span.end + 60)
    ahead = stop.start() if stop else min(span.end + 60, sentence.end)
    if _aims(document.text, item) or _has_future(document, Span(item.start, ahead), dates):
        return "target"
    head = Span(sentence.start, item.start)
    aimed = _aims(document.text, head) or _has_future(document, head, dates)
    return "target" if aimed or _GOES_ON.match(document.text, sentence.start) else "actual"


def _aims(text: str, item: Span) -> bool:
    """Whether a word of aiming governs the end of the item; most of them only their own clause."""
    for match in _targets().finditer(text, item.start, item.end):
        row = _target_cues()[match[0].lower()]
        if row["status"] == "none":
            continue
        if row["carries"] or not _OWN_CLAUSE.search(text, match.end(), item.end):
            return True
    return False


def _has_future(document: Document, around: Span, dates: Sequence[Date]) -> bool:
    today = reference_day(document, dates)
    return any(
        _is_future(found, today)
        and not _is_compared(document, found)
        and not _UP_TO.search(document.text, max(0, found.start - 12), found.start)
        for found in dates_in(dates, around.start, around.end)
    )


def _is_future(found: Date, today: date | None) -> bool:
    """Whether the date lies ahead; where nothing says what day it is, a deadline of a month or longer."""
    if today is None:
        return found.modifier == "by" and (found.end_date - found.start_date).days >= _A_MONTH
    return found.start_date > today or (found.modifier in ("by", "before") and found.end_date > today)


@cache
def _target_cues() -> dict[str, dict[str, str]]:
    return {row["cue"]: row for row in wordlists.rows("status_cues") if row["status"] != "actual"}


@cache
def _targets() -> re.Pattern[str]:
    return wordlists.words(_target_cues())


@cache
def _announces() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){rank_words.any_of('announces')}(?!\w)", re.IGNORECASE)
