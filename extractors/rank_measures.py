"""What is counted or measured beside a place: "với 9 học sinh đạt điểm 10", "có 9.000 ha cam, ..."."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_extents, rank_words

_AMOUNT = (
    r"(?:(?:gần|hơn|trên|khoảng|tới|đến|tổng[ ]cộng)[ ]){0,2}[0-9][0-9.,]{0,12}[ ]?"
    r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)[ ])?(?:(?:tấn|ha|kg|m2|lượt)[ ])?"
)
_UNIT = re.compile(r"[KMG]?bps|[KMG]Hz|[KMG]Wh?|USD")
_POINTS = re.compile(r"(?:tổng[ ])?(?:số[ ])?điểm(?:[ ]số)?", re.IGNORECASE)
_COUNTED_NOUN = 3
"""Words of what is counted beside a place, at least: "hồ sơ đăng ký"; a unit says too little."""


@cache
def _measured_behind() -> re.Pattern[str]:
    """ "(dẫn đầu) với 9 học sinh đạt điểm 10", "với tổng vốn đăng ký 5 tỷ USD"."""
    return re.compile(
        rf"(?:[ ][^,.;:()\n]{{0,40}}?)?,?[ ]với[ ](?:(?=(?:tổng[ ]|{rank_words.any_of('measure')}))"
        rf"(?P<measure>[^\W\d][^,.;:()\n0-9]{{1,40}}?)(?=[ ](?:(?:đạt|là|lên|hơn|gần|trên|khoảng|tới|đến)[ ]"
        rf"){{0,2}}[0-9])|{_AMOUNT}(?P<topic>[^\W\d][^,.;:()\n]{{2,90}}?){rank_extents.COUNT_STOP})",
        re.IGNORECASE,
    )


@cache
def _measured_before() -> re.Pattern[str]:
    """ "có gần 9.000 ha cam, (đứng thứ ba ...)"."""
    return re.compile(
        rf"(?:(?<!\w)(?:có|đạt|được|thu[ ]hút|đón|trồng)[ ]|(?<=[;:][ ])|(?<=\n)"
        rf"|\A){_AMOUNT}(?P<topic>[^\W\d][^,.;:()\n]{{2,90}})",
        re.IGNORECASE,
    )


def measured(text: str, left: Span, right: Span) -> str | None:
    """What is counted or measured beside the place: "với 9 học sinh đạt điểm 10", "có 9.000 ha cam, ..."."""
    if text.endswith(", ", left.start, left.end):
        clause = Span(max(left.start, left.end - 120), left.end - 2)
        for match in _measured_before().finditer(text, clause.start, clause.end):
            unit = rank_words.begins("counted").match(match["topic"]) or _UNIT.fullmatch(match["topic"])
            if match.end() == clause.end and not unit:
                return match["topic"]
    beside = _measured_behind().match(text, right.start, right.end)
    if beside is None or beside["measure"]:
        points = beside and _POINTS.fullmatch(beside["measure"])
        return beside["measure"] if beside and not points else None
    topic = str(beside["topic"]).split(" và ", maxsplit=1)[0]
    unit = rank_words.begins("counted").match(topic)
    return None if unit or len(topic.split()) < _COUNTED_NOUN or topic != topic.lower() else topic


@cache
def _with_amount() -> re.Pattern[str]:
    """ "Với dân số 98 triệu người, Lào (đứng thứ ...)"."""
    return re.compile(
        rf"(?:\A|(?<=[.;:\n][ ])|(?<=\n))Với[ ](?P<topic>{rank_words.any_of('measure')}(?!\w)"
        r"[^,.;:()\n0-9]{0,40}?)[ ](?:(?:đạt|là|gần|hơn|trên|khoảng)[ ]){0,2}[0-9][^;:\n]{0,40}?,[ ]",
        re.IGNORECASE,
    )


def with_amount(text: str, left: Span) -> str | None:
    """What the sentence begins with an amount of."""
    found = _with_amount().match(text, left.start, left.end)
    return found["topic"] if found else None


@cache
def _reported() -> re.Pattern[str]:
    """ "Chỉ số Hạnh phúc 2020 | ghi nhận ..."."""
    return re.compile(
        r"(?<!\w)(?<!một[ ])(?<!các[ ])(?P<topic>(?:bộ[ ])?chỉ[ ]số[ ][^,.;:()\n]{2,70}?)"
        r"(?:[ ](?:năm[ ])?(?:19|20)[0-9]{2})?[ ]"
        r"(?:ghi[ ]nhận|cho[ ]thấy|xác[ ]định|đánh[ ]giá|xếp[ ](?!hạng[ ](?:thứ|[0-9])|thứ))",
        re.IGNORECASE,
    )


@cache
def _counted_by() -> re.Pattern[str]:
    """ "Xét về quy mô dân số (thì) ...", "..., tính theo GDP (PPP), ..."."""
    return re.compile(
        r"(?:(?<=[.,;][ ])|(?<=[\n“\"])|\A)(?:(?:nếu|tuy|khi)[ ])?(?:xét|tính)[ ](?:về|theo|trên)[ ]"
        rf"(?:mặt[ ])?(?!(?:đó|từng|mỗi|các)(?!\w)|giá[ ]trị[ ]tuyệt){rank_extents.topic()}",
        re.IGNORECASE,
    )


def counted_by(text: str, left: Span) -> str | None:
    """What the sentence says that it counts by."""
    found = [match["topic"] for match in _counted_by().finditer(text, left.start, left.end)]
    return found[-1] if found else None


def reported(text: str, left: Span) -> str | None:
    """The index that itself says who is placed where."""
    found = _reported().search(text, left.start, left.end)
    return found["topic"] if found else None
