"""Figures that are reported whatever is aimed at around them: votes, answers, bases of a comparison."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.status_cues import dates_in, reference_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Span
    from extractors.document import Document
    from extractors.status_cues import Cue

# "so với mức tăng 5% trong năm ngoái", "(từ mức 62% hiện nay)": what a forecast is compared with has been
_BASE = re.compile(
    r"(?<!\w)(?:so[ ]với|từ)[ ](?:mức[ ])?(?:tăng[ ]|giảm[ ]|tăng[ ]trưởng[ ])?(?:hơn[ ]|gần[ ])?\Z",
    re.IGNORECASE,
)
_HAS_BEEN = re.compile(
    r"[ ](?:(?:trong|của|hồi|vào)[ ])?(?:năm[ ](?:ngoái|trước)|hiện[ ](?:nay|tại|hành)|trước[ ]đó)(?!\w)",
    re.IGNORECASE,
)
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
# "biểu quyết thông qua kế hoạch năm 2022 (với tỷ lệ 88,8%)"
_VOTED = re.compile(
    r"(?<!\w)(?:biểu[ ]quyết|được[ ]thông[ ]qua)(?!\w)[^.;:\n]{0,200}?(?<!\w)với[ ](?:t[ỷỉ][ ]lệ"
    r"|số[ ]phiếu)(?:[ ](?:tán[ ]thành|đồng[ ]ý|thuận|nhất[ ]trí))?(?:[ ](?:đạt|là))?[ ]\Z",
    re.IGNORECASE,
)
_KIND_OF_OWNER = re.compile(r"(?:doanh[ ]nghiệp|công[ ]ty|đơn[ ]vị|dự[ ]án|DN)[ ](?:có[ ])?\Z", re.IGNORECASE)
_CAPITAL = re.compile(r"[ ]vốn[ ](?:nhà[ ]nước|nước[ ]ngoài|đầu[ ]tư|FDI|tư[ ]nhân)(?!\w)", re.IGNORECASE)
# "44,7% cho biết sẽ ...": the share of an answer is reported, whatever the answer says of the future
_ANSWERS = re.compile(
    r"(?:[ ][^\W\d_]+){0,9}?[ ](?:cho[ ]biết|cho[ ]rằng|trả[ ]lời|nhận[ ]định|khẳng[ ]định|tin[ ]rằng"
    r"|tin[ ]tưởng"
    r"|dự[ ]định|dự[ ]kiến|có[ ]kế[ ]hoạch|có[ ]ý[ ]định|kỳ[ ]vọng|lo[ ]ngại|lạc[ ]quan|mong[ ]muốn)(?!\w)",
    re.IGNORECASE,
)
_REACH_OF_PLAN = 120
_REACH_OF_VOTE = 260
_RIGHT_BEHIND = 12
_JOINS = (" ", " (", " của ", " trong ", " vào ", " hồi ")


def is_given(text: str, span: Span, after: Span) -> bool:
    """Whether the figure is a vote or names a kind of enterprise, which no cue around it makes an aim."""
    if _VOTES.match(text, after.start, after.end):
        return True
    if _VOTED.search(text, max(0, span.start - _REACH_OF_VOTE), span.start):
        return True
    owner = _KIND_OF_OWNER.search(text, max(0, span.start - 16), span.start)
    return bool(owner and _CAPITAL.match(text, after.start, after.end))


def is_reported(document: Document, cue: Cue, span: Span, after: Span, dates: Sequence[Date]) -> bool:
    """Whether the figure is reported, though the cue in front of it may speak of an aim."""
    return (
        _is_answer(document, cue, span, after)
        or _is_base(document, cue, span, after)
        or _is_dated_back(document, span, dates)
    )


def _is_answer(document: Document, cue: Cue, span: Span, after: Span) -> bool:
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


def _is_base(document: Document, own: Cue, span: Span, after: Span) -> bool:
    """Whether the figure is what another is compared with, at a time that is over or runs."""
    text = document.text
    if _FROM.search(text, max(0, span.start - 10), span.start) and _TO.match(text, after.start, after.end):
        return not _PLANS.search(text, min(own.start, max(0, span.start - _REACH_OF_PLAN)), span.start)
    led = _BASE.search(text, max(0, span.start - 32), span.start)
    return bool(led and _HAS_BEEN.match(text, after.start, after.end))
