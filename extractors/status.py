"""Whether a clause speaks of what shall be (a target) or of what is (an actual figure).

The nearest cue in front of the figure decides: first in its own item of the sentence, then in the head of
the sentence, then in the passage before it. Cues are words (`lexicons/status_cues.csv`) and dates that
lie after the day the article was published.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from extractors import passages, wordlists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from corpus.facts import Date, Span, Status
    from extractors.document import Document

_COMPARED = re.compile(
    r"(?:(?:so[ ]với|so|cùng[ ]kỳ|từ|kể[ ]từ)[ ]{1,2}(?:cuối[ ]|đầu[ ])?"
    r"|(?:tính|lũy[ ]kế)[ ](?:đến|tới)[ ](?:hết[ ])?)\Z",
    re.IGNORECASE,
)
# "vượt 7% so với dự toán đến năm 2040"
_WITH_A_PLAN = re.compile(
    r"so[ ]với[ ](?:quy[ ]hoạch|kế[ ]hoạch|mục[ ]tiêu|chỉ[ ]tiêu|dự[ ]kiến)(?!\w)", re.IGNORECASE
)
_YARDSTICK = re.compile(
    r"[^.;,]{0,40}?(?:so[ ]với[ ]cùng[ ]kỳ|cùng[ ]kỳ|so[ ]với[ ](?:năm|tháng|quý)[ ])", re.IGNORECASE
)
# "giá giao tháng 9/2021": the month of a contract
_CONTRACT = re.compile(
    r"(?<!\w)(?:giao|kỳ[ ]hạn|đáo[ ]hạn)[ ](?:trong[ ]|vào[ ])?(?=tháng|quý)", re.IGNORECASE
)
# "so với mức tăng 5% trong năm ngoái", "(từ mức 62% hiện nay)": what a forecast is compared with has been
_BASE = re.compile(
    r"(?<!\w)(?:so[ ]với|từ)[ ](?:mức[ ])?(?:tăng[ ]|giảm[ ]|tăng[ ]trưởng[ ])?(?:hơn[ ]|gần[ ])?\Z",
    re.IGNORECASE,
)
_HAS_BEEN = re.compile(
    r"[ ](?:(?:trong|của|hồi|vào)[ ])?(?:năm[ ](?:ngoái|trước)|hiện[ ](?:nay|tại|hành)|trước[ ]đó)(?!\w)",
    re.IGNORECASE,
)
# "so với dự báo trước đó là 7%": the figure that was forecast
_IS_SAID = re.compile(r"[ ](?:là|ở[ ]mức)[ ]", re.IGNORECASE)
# "sẽ được nâng từ 0,9% lên 1,2%": the first of the two is what is now, unless a forecast moves
_FROM = re.compile(r"(?<!\w)từ[ ](?:mức[ ])?\Z", re.IGNORECASE)
_TO = re.compile(r"(?:[ ][^.;,0-9]{0,24})?(?<!trở)[ ](?:lên|xuống|còn)(?!\w)", re.IGNORECASE)
_PLANS = re.compile(r"(?:dự[ ]báo|mục[ ]tiêu|chỉ[ ]tiêu|triển[ ]vọng|dự[ ]toán)", re.IGNORECASE)
# "với 83,5% đại biểu tán thành", "100% vốn nhà nước" of a kind of enterprise
_VOTES = re.compile(
    r"(?:[ ](?:số|tổng[ ]số))?[ ](?:đại[ ]biểu|ĐBQH|đbqh|phiếu)(?:[ ][^\W\d_]+){0,6}?[ ]"
    r"(?:tán[ ]thành|đồng[ ]ý|thuận|biểu[ ]quyết|bỏ[ ]phiếu|có[ ]mặt)(?!\w)",
    re.IGNORECASE,
)
_KIND_OF_OWNER = re.compile(r"(?:doanh[ ]nghiệp|công[ ]ty|đơn[ ]vị|dự[ ]án|DN)[ ](?:có[ ])?\Z", re.IGNORECASE)
_CAPITAL = re.compile(r"[ ]vốn[ ](?:nhà[ ]nước|nước[ ]ngoài|đầu[ ]tư|FDI|tư[ ]nhân)(?!\w)", re.IGNORECASE)
# "trong 5 năm tới", which is no date, behind the figure
_AHEAD = re.compile(r"[^.;,]{0,25}?[ ](?:năm|tháng|quý|thời[ ]gian)[ ](?:sắp[ ])?tới(?!\w)", re.IGNORECASE)
# "dự báo tăng trưởng ... đã giảm từ": the forecast changed, which makes it no fact
_FORECAST_CHANGED = re.compile(
    r"(?<!\w)dự[ ]báo[ ][^.,;:]{0,80}?[ ]đã[ ](?:[^\W\d_]+[ ]){0,3}?(?:giảm|tăng|hạ|nâng|điều[ ]chỉnh)(?!\w)",
    re.IGNORECASE,
)
# a statement of its own, which no deadline before it governs
_OWN_STATEMENT = re.compile(
    r"(?:Cũng[ ]theo|Theo[ ](?:ông|bà|anh|chị|chuyên[ ]gia)|Nhưng|Tuy[ ]nhiên|Trong[ ]khi[ ]đó"
    r"|Trước[ ]đó)(?!\w)"
)
# "phải đạt 80%, ..." reaches no further than its clause; a list of figures is one clause
_CLAUSE_END = re.compile(
    r"\((?![A-ZĐ&]{2,10}\))|[:“”\"]|,(?![ ][0-9])|[ ]nhưng[ ]|[ ]trong[ ]đó[ ]|[ ]rằng(?!\w)|[ ]sau[ ]khi[ ]"
)
# "44,7% cho biết sẽ ...": the share of an answer is reported, whatever the answer says of the future
_ANSWERS = re.compile(
    r"(?:[ ][^\W\d_]+){0,9}?[ ](?:cho[ ]biết|cho[ ]rằng|trả[ ]lời|nhận[ ]định|khẳng[ ]định|tin[ ]rằng"
    r"|tin[ ]tưởng"
    r"|dự[ ]định|dự[ ]kiến|có[ ]kế[ ]hoạch|có[ ]ý[ ]định|kỳ[ ]vọng|lo[ ]ngại|lạc[ ]quan|mong[ ]muốn)(?!\w)",
    re.IGNORECASE,
)
# a sentence that goes on with a passage under a deadline does not compare what has been reached
_COMPARES = re.compile(
    r"[^.;,()0-9]{0,25}?[ ](?:so[ ]với|cùng[ ]kỳ)(?!\w)|,?[ ](?:xuống|lên|còn)[ ](?:mức[ ])?[0-9]",
    re.IGNORECASE,
)
_REACH = 500
"""Code points in front of a figure (or at the end of a sentence before) in which its cue may stand."""
_REACH_OF_PLAN = 120
_RIGHT_BEHIND = 12
_JOINS = (" ", " (", " của ", " trong ", " vào ", " hồi ")
_FIRST = 50
"""How many dates are asked for the day an article without a publish date speaks on."""
_PASSAGES: WeakKeyDictionary[Document, dict[int, Status]] = WeakKeyDictionary()
"""What the passage before a sentence says, by document and number of the sentence."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue at [start, end); `reach`: the last offset at which it still holds."""

    start: int
    end: int
    status: Status
    carries: bool
    reach: int = 0


def status_at(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """`target` where the clause around the span must, shall or aims to reach it, else `actual`.

    `dates` are those found in the article, in reading order.
    """
    item, after = passages.item_before(document, span.start), passages.item_after(document, span.end)
    own = _nearest(document, item, dates)
    if _is_given(document.text, span, after):
        own = _Cue(span.start, span.start, "actual", carries=False)
    if own:
        given = _is_answer(document, own, span, after) or _is_base(document, own, span, after)
        return "actual" if given or _is_dated_back(document, span, dates) else own.status
    head = passages.head(document, span.start)
    governing = _nearest(document, head, dates) if head else None
    if governing and governing.status == "target":
        return "target"
    if _YARDSTICK.match(document.text, after.start, after.end):
        return "actual"
    if _future_follows(document, after, dates) or _AHEAD.match(document.text, after.start, after.end):
        return "target"
    if governing:
        return governing.status
    over = _speaks_of_the_past(document, item, dates) or _COMPARES.match(document.text, span.end, after.end)
    return "actual" if over else _carried(document, span, dates)


def _is_answer(document: Document, cue: _Cue, span: Span, after: Span) -> bool:
    """Whether the share is of those who answer something, in a clause of its own behind the cue."""
    own_clause = not cue.carries and document.text.find(",", cue.end, span.start) >= 0
    return own_clause and bool(_ANSWERS.match(document.text, span.end, after.end))


def _is_dated_back(document: Document, span: Span, dates: Sequence[Date]) -> bool:
    """Whether a time that is over stands right behind the figure: "so với mức 18% năm 2014"."""
    today = reference_day(document, dates)
    if _PLANS.search(document.text, max(0, span.start - _REACH_OF_PLAN), span.start):
        return False  # a forecast has days of its own
    behind = dates_in(dates, span.end, span.end + _RIGHT_BEHIND)
    return today is not None and any(
        found.end_date < today and document.text[span.end : found.start] in _JOINS for found in behind
    )


def _is_given(text: str, span: Span, after: Span) -> bool:
    """Whether the figure is a vote or names a kind of enterprise, which no cue around it makes an aim."""
    if _VOTES.match(text, after.start, after.end):
        return True
    owner = _KIND_OF_OWNER.search(text, max(0, span.start - 16), span.start)
    return bool(owner and _CAPITAL.match(text, after.start, after.end))


def _is_base(document: Document, own: _Cue, span: Span, after: Span) -> bool:
    """Whether the figure is what another is compared with, at a time that is over or runs."""
    text = document.text
    if _FROM.search(text, max(0, span.start - 10), span.start) and _TO.match(text, after.start, after.end):
        return not _PLANS.search(text, min(own.start, max(0, span.start - _REACH_OF_PLAN)), span.start)
    led = _BASE.search(text, max(0, span.start - 32), span.start)
    return bool(led and _HAS_BEEN.match(text, after.start, after.end))


def _speaks_of_the_past(document: Document, item: Span, dates: Sequence[Date]) -> bool:
    """Whether the item names a time that is over, other than as a yardstick."""
    today = reference_day(document, dates)
    return today is not None and any(
        found.end_date < today and not _is_compared(document, found)
        for found in dates_in(dates, item.start, item.end)
    )


def _carried(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """What the passage before says, read once for all figures of a sentence."""
    known = _PASSAGES.setdefault(document, {})
    sentence = document.sentence_number(span.start)
    if _OWN_STATEMENT.match(document.text, document.sentences[sentence].start):
        return "actual"
    if sentence not in known:
        known[sentence] = _read_passage(document, span, dates)
    return known[sentence]


def _read_passage(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """What the sentences before say, if the nearest cue there is one that a passage goes on under."""
    for sentence in passages.before(document, span.start):
        cue = _nearest(document, sentence, dates, carrying=True)
        if cue:
            return cue.status
        if _speaks_of_the_past(document, sentence, dates):
            return "actual"
    return "actual"


def _nearest(document: Document, span: Span, dates: Sequence[Date], *, carrying: bool = False) -> _Cue | None:
    """The last cue inside the span; `carrying`: of those that hold beyond their own sentence."""
    cues = (*_words(document, span), *_deadlines(document, span, dates))
    fitting = (cue for cue in cues if cue.carries or cue.status == "actual" or not carrying)
    return max(fitting, key=lambda cue: cue.end, default=None)


def _words(document: Document, span: Span) -> Iterator[_Cue]:
    """The cues inside the span that still hold at its end."""
    sentence = document.sentence_at(span.start)
    start, end = max(span.start, span.end - _REACH) - sentence.start, span.end - sentence.start
    cues = _cues_of(document.text[sentence.start : sentence.end])
    for number in range(bisect_right(cues, end, key=lambda cue: cue.end) - 1, -1, -1):
        cue = cues[number]
        if cue.start < start:
            return
        if cue.reach >= end:
            yield _Cue(cue.start + sentence.start, cue.end + sentence.start, cue.status, cue.carries)


@lru_cache(maxsize=128)
def _cues_of(text: str) -> tuple[_Cue, ...]:
    """The cues of a sentence, which is asked again for each figure of its passage."""
    return tuple(_cues_in(text))


def _cues_in(text: str) -> Iterator[_Cue]:
    breaks = [found.span() for found in _CLAUSE_END.finditer(text)]
    changed = [found.span() for found in _FORECAST_CHANGED.finditer(text)]
    for match in _pattern().finditer(text):
        if text.endswith("% ", 0, match.start()):  # "đạt 85% chỉ tiêu": the aim is what is measured against
            continue
        compared = _COMPARED.search(text, max(0, match.start() - 16), match.start())
        if compared and not _IS_SAID.match(text, match.end()):
            continue
        row = _cues()[wordlists.key(match[0])]
        told = any(start < match.start() < end for start, end in changed)
        if row["status"] == "none" or (told and row["status"] == "actual"):
            continue
        status: Status = "target" if row["status"] == "target" else "actual"
        after = bisect_left(breaks, (match.end(), 0))
        stops = row["reach"] == "clause" and after < len(breaks)
        reach = breaks[after][1] - 1 if stops else len(text)
        yield _Cue(match.start(), match.end(), status, row["carries"] == "yes", reach)


def _deadlines(document: Document, span: Span, dates: Sequence[Date]) -> Iterator[_Cue]:
    for found in dates_in(dates, span.start, span.end):
        if _is_future(found, reference_day(document, dates)) and not _is_compared(document, found):
            yield _Cue(found.start, found.end, "target", carries=True)


def _future_follows(document: Document, span: Span, dates: Sequence[Date]) -> bool:
    today = reference_day(document, dates)
    return any(
        _is_future(found, today)
        and not _is_compared(document, found)
        and not _WITH_A_PLAN.search(document.text, span.start, found.start)
        for found in dates_in(dates, span.start, min(span.end, span.start + 60))
    )


def _is_future(found: Date, today: date | None) -> bool:
    if today is None:
        return found.modifier == "by" and (found.end_date - found.start_date).days >= 27
    return found.start_date > today or (found.modifier in ("by", "before") and found.end_date > today)


def _is_compared(document: Document, found: Date) -> bool:
    """Whether the date is only the yardstick: "so với năm 2015"; or a contract's."""
    begin = max(0, found.start - 16)
    compared = _COMPARED.search(document.text, begin, found.start)
    return bool(compared or _CONTRACT.search(document.text, begin, found.start + 6))


def reference_day(document: Document, dates: Sequence[Date]) -> date | None:
    """The day the article speaks on: its publish date, else the latest single day that it names."""
    single = (found.start_date for found in dates[:_FIRST] if found.start_date == found.end_date)
    return document.article.published or max(single, default=None)


def dates_in(dates: Sequence[Date], start: int, end: int) -> Iterator[Date]:
    """The dates that begin in [start, end); the dates are in reading order."""
    for number in range(bisect_left(dates, start, key=lambda found: found.start), len(dates)):
        if dates[number].start >= end:
            return
        yield dates[number]


@cache
def _cues() -> dict[str, dict[str, str]]:
    return {row["cue"]: row for row in wordlists.rows("status_cues")}


@cache
def _pattern() -> re.Pattern[str]:
    return wordlists.words(_cues())
