"""What a clause is about: the noun phrase in front of a figure that the figure measures.

A clause is cut into stretches between its verbs, figures and dates; a noun of measure
(`lexicons/measure_nouns.csv`: "lãi suất", "kim ngạch") goes before other nouns, and the clause that ends at
the figure before the clauses to the left of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import phrases, wordlists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# names a level or a growth without saying of what
_VAGUE = re.compile(
    r"(?:mức|con[ ]số|(?:những|các|nhiều|một[ ]số|số)\Z|(?:mục[ ]tiêu|chỉ[ ]tiêu|kế[ ]hoạch)\Z"
    r"|thực[ ]tế\Z|kết[ ]quả|(?:tỷ|tỉ)[ ]lệ[ ]này|số[ ]này)(?!\w)",
    re.IGNORECASE,
)
_VAGUE_FIRST = re.compile(rf"{_VAGUE.pattern}|(?:tốc[ ]độ[ ])?tăng[ ]trưởng\Z", re.IGNORECASE)
# a noun of measure behind these belongs to another phrase: "mức tăng của giá", "so với giá"
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:của|trong|trên|theo|so[ ]với|vào|cho|từ|về|do|nhờ|bằng|một|các|những|vì)[ ]\Z", re.IGNORECASE
)
_VAGUE_MEASURE = re.compile(
    r"(?:(?:mức|tốc[ ]độ|nhịp[ ]độ|mục[ ]tiêu)[ ])?(?:tăng(?:[ ]trưởng)?|giảm)"
    r"(?:[ ](?:bình[ ]quân|ngoạn[ ]mục|ấn[ ]tượng"
    r"|cao|khá|mạnh|thấp|tích[ ]cực|âm|dương|vượt[ ]bậc|đều|nhanh|chậm|ổn[ ]định))?"
    r"|(?:(?:tỷ|tỉ)[ ]lệ|số|mức|tổng)(?:[ ](?:này|đó|trên))?",
    re.IGNORECASE,
)
_NAME = re.compile(r"\w*[A-ZĐ][\w-]*[A-ZĐ]|[A-ZĐ]\w* [A-ZĐ]")
_PASSIVE = re.compile(r"(?<!đạt)(?<!thu)[ ](?:được|bị)[ ]\Z")
# "mục tiêu tăng trưởng", "tình hình nợ đọng": what is measured stands behind
_LEAD = re.compile(
    r"(?:mục[ ]tiêu|chỉ[ ]tiêu|kế[ ]hoạch|tình[ ]hình|thực[ ]tế|thực[ ]chất)[ ]", re.IGNORECASE
)
# the start of a span of time in words ("trong ba tháng")
_IN_FEW = re.compile(r"[ ]trong[ ](?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nhiều|những)[ ]?\Z")
_LETTER = re.compile(r"[^\W\d_]")
_COPULA = re.compile(r"(?:[ ](?:này|đó|trên))?[ ](?:(?:đang|vẫn|cũng|chính)[ ])?là[ ]")
_SEGMENT_END = re.compile(
    r",(?![ ](?:trung|dài)[ ])|[;:()“”\"…?!]|[.](?![0-9])|[ ][–-][ ]"
    r"|[ ](?:nhưng|song|trong[ ]đó|thì|riêng)[ ]"
)


def before(text: str, start: int, end: int, holes: Sequence[Span] = ()) -> Span | None:
    """The noun phrase nearest to `end` in [start, end) that a clause is about; dates (`holes`) are cut out.

    The clause that ends at `end` is looked at first, then the clauses before it.
    """
    if not _LETTER.search(text, start, end):
        return None
    for left, right in _segments(text, start, end):
        if right < end and (_is_setting(text, left) or text[right - 1] == ")"):
            continue
        if topic := _topic(text, list(_pieces(text, left, right, holes)), phrases.skip_spaces(text, left)):
            return topic
    return None


def _topic(text: str, pieces: list[Span], first: int) -> Span | None:
    """Of the stretches of a clause that begins at `first` the one it is about: a measured noun if there is
    one ("lãi suất ..."), else what stands before "là", else the last phrase of more than one syllable."""
    measured = [
        span for span in _joined(text, pieces) if not _VAGUE_MEASURE.fullmatch(text, span.start, span.end)
    ]
    if measured:
        return _bare(text, measured[-1])
    nouns = [
        piece for piece in pieces if _is_noun_phrase(text, piece, first) and not _follows_passive(text, piece)
    ]
    if defined := [piece for piece in nouns if _COPULA.match(text, piece.end)]:
        return defined[-1]
    long = [piece for piece in nouns if " " in text[piece.start : piece.end]]
    return _bare(text, (long or nouns)[-1]) if nouns else None


def _bare(text: str, piece: Span) -> Span:
    """The phrase without a noun in front that only says it is aimed at, or the verb behind a name."""
    lead = _LEAD.match(text, piece.start, piece.end)
    start = at = lead.end() if lead and lead.end() < piece.end else piece.start
    if not _NAME.match(text, start):
        return Span(start, piece.end)
    while at < piece.end:
        kind, stop = phrases.word_class(text, at)
        if kind == "verb" and at > start:
            return Span(start, phrases.trim(text, start, at))
        at = phrases.skip_spaces(text, stop)
    return Span(start, piece.end)


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    """The pieces that begin with a noun of measure, with what hangs on them over "đối với" and "và"."""
    joined: list[Span] = []
    for number, piece in enumerate(pieces):
        measure = _measured(text, piece)
        if measure is None:
            continue
        before = joined[-1] if joined else None
        if before and measure.start == piece.start and text[before.end : piece.start] == " và ":
            joined[-1] = Span(before.start, piece.end)
            continue
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        reaches = following and text[piece.end : following.start] in (" đối với ", " với ")
        joined.append(Span(measure.start, following.end if following and reaches else piece.end))
    return joined


def _measured(text: str, piece: Span) -> Span | None:
    """The part of the piece that begins with a noun of measure: "các nước phát triển nợ công" -> "nợ công".

    Inside a piece a noun of one syllable is part of another word more often than not ("trả nợ").
    """
    at = piece.start
    while at < piece.end:
        found = _measures().at(text, at)
        if found is None and text[at : at + 4].lower() == "mức ":
            found = _measures().at(text, at + 4)
        whole = found and (at == piece.start or found[1] - at > 5 or text[at : found[1]].isupper())
        if whole and not _OF_ANOTHER.search(text, max(at - 12, 0), at):
            return Span(at, piece.end)
        at = phrases.skip_spaces(text, phrases.word_class(text, at)[1])
    return None


def _follows_passive(text: str, piece: Span) -> bool:
    """Whether the piece is the verb behind "được" or "bị"."""
    return bool(_PASSIVE.search(text, max(0, piece.start - 12), piece.start))


def hole_at(holes: Sequence[Span], at: int) -> Span | None:
    """The hole that covers `at`; holes are in reading order and do not overlap."""
    number = bisect_right(holes, at, key=lambda hole: hole.start) - 1
    return holes[number] if number >= 0 and at < holes[number].end else None


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [match.end() for match in _SEGMENT_END.finditer(text, start, end)]
    edges = [start, *cuts, end]
    for number in range(len(edges) - 2, -1, -1):
        yield edges[number], edges[number + 1]


def _pieces(text: str, start: int, end: int, holes: Sequence[Span]) -> Iterator[Span]:
    """The stretches of a clause between its verbs, figures and dates."""
    at = begin = phrases.skip_spaces(text, start)
    while at < end:
        hole = hole_at(holes, at)
        kind, stop = ("hole", hole.end) if hole else phrases.word_class(text, at)
        if hole is None and (level := phrases.level_end(text, begin, at)):
            at = phrases.skip_spaces(text, level)
        elif kind == "preposition" and at == begin and _measures().at(text, at) is None:
            begin = at = phrases.skip_spaces(text, stop)
        elif text[at] == "," and at + 1 < end:
            at = phrases.skip_spaces(text, at + 1)
        elif kind in _BREAKS_BEFORE or not text[at].isalpha():
            if at > begin:
                yield _piece(text, begin, at)
            begin = at = phrases.skip_spaces(text, max(stop, at + 1))
        else:
            at = phrases.skip_spaces(text, stop)
    if min(at, end) > begin:
        yield _piece(text, begin, min(at, end))


def _piece(text: str, begin: int, end: int) -> Span:
    end = phrases.trim(text, begin, end)
    few = _IN_FEW.search(text, begin, end)
    return Span(begin, phrases.without_dangling(text, begin, few.start() if few else end))


_BREAKS_BEFORE = frozenset(("hole", "auxiliary", "predicate", "relative", "adverb"))


def _is_setting(text: str, start: int) -> bool:
    first = phrases.skip_spaces(text, start)
    setting = _settings().at(text, first)
    return setting is not None and setting[1] >= phrases.word_class(text, first)[1]


def _is_noun_phrase(text: str, piece: Span, first: int) -> bool:
    if piece.end <= piece.start:
        return False
    kind, _ = phrases.word_class(text, piece.start)
    vague = _VAGUE if piece.start > first else _VAGUE_FIRST
    return kind in (None, "noun", "head") and not vague.match(text[piece.start : piece.end])


@cache
def _measures() -> wordlists.Phrasebook:
    nouns = wordlists.classes("measure_nouns", "noun", "noun")
    return wordlists.Phrasebook(nouns)


@cache
def _settings() -> wordlists.Phrasebook:
    words = wordlists.classes("phrase_ends", "word", "setting")
    return wordlists.Phrasebook({word: setting for word, setting in words.items() if setting})
