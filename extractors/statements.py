"""Who says or orders what: the speaker of a sentence, whom its facts are told by (`said_by`).

"Theo Thứ trưởng X, ...", "Thủ tướng lưu ý ...", "Bộ Y tế cho biết: “...”", "“...”, ông Y nói", "Theo báo cáo
của Bộ Y tế, ...", "Số liệu từ Bộ Y tế cho thấy ...". A quotation that goes on over several sentences is said
by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extractors.roles import title_at
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Entity, Fact, Span
    from extractors.document import Document

_ACCORDING = re.compile(
    r"(?:\A|[\s“\"(.,;])(?:[Tt]heo|[Dd]ẫn lời|[Tt]heo lời)[ ](?P<between>[^,.;:“”\"]{0,60})\Z"
)
_FRONT = 100
_COMMA = re.compile(r"[ ]?[,–(-][ ]?")
_ADVERBS = (
    r"(?:(?:cũng|đã|vừa|còn|tiếp tục|một lần nữa|thẳng thắn|mới|từng|lại|thì|trực tiếp|nhiều lần|"
    r"chính thức|có văn bản|có công văn|có lời)[ ]){0,3}"
)
_SOURCE = (
    r"(?:báo cáo|thống kê|số liệu|thông tin|khảo sát|kết quả|đánh giá|dự báo|nhận định|ước tính|ý kiến|"
    r"thông cáo|thông báo|công bố|tính toán|quan điểm|yêu cầu|chỉ đạo|đề nghị|kiến nghị|phản ánh)"
    r"(?:[ ]\w+){0,7}?[ ](?:của|từ|do|trên cổng thông tin|trên website)[ ]?"
)
_FROM_SOURCE = re.compile(_SOURCE)
_SOURCE_IN_FRONT = re.compile(rf"(?<!\w){_SOURCE}\Z", re.IGNORECASE)
_SHOWS = re.compile(
    r"(?:[^.;:“”\"\n]|\.(?=\d)){0,80}?[ ,](?:cho thấy|cho biết|cho hay|cho rằng|khẳng định|nêu)(?!\w)"
)
_PAPER_OF = re.compile(
    r"(?:báo cáo|văn bản|công văn|tờ trình|quyết định|kết luận|đơn|thư)[ ](?:\w+[ ])?của[ ]\Z"
)
_OPEN, _CLOSE = "“", "”"


def told(document: Document, facts: Sequence[Fact], entities: Sequence[Entity]) -> list[Fact]:
    """The facts, those of a sentence that somebody says with `said_by`."""
    speakers = [entity for entity in entities if entity.label in ("PER", "ORG")]
    if not speakers or not facts:
        return list(facts)
    spoken = list(_spoken(document, speakers))
    starts = [sentence.start for sentence in document.sentences]
    said = []
    for fact in facts:
        name = spoken[bisect_left(starts, fact.start + 1) - 1] if starts else None
        said.append(replace(fact, said_by=name) if name else fact)
    return said


def _spoken(document: Document, speakers: Sequence[Entity]) -> Iterator[str | None]:
    """For each sentence who says it."""
    quoting: str | None = None
    starts = [speaker.start for speaker in speakers]
    for sentence in document.sentences:
        inside = speakers[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        name = next((_name(one) for one in _heads(inside) if _speaks(document, sentence, one)), None)
        yield name or quoting
        quoting = _still_open(document.text[sentence.start : sentence.end], name, quoting)


def _heads(speakers: Sequence[Entity]) -> Iterator[Entity]:
    """The speakers without the bodies whose officer is named right behind ("Thứ trưởng Bộ X | Y")."""
    for speaker, behind in zip(speakers, [*speakers[1:], None], strict=False):
        officer = behind and behind.label == "PER" and behind.start == speaker.end + 1
        if speaker.label == "PER" or not officer:
            yield speaker


def _still_open(sentence: str, name: str | None, quoting: str | None) -> str | None:
    """Whose quotation goes on behind a sentence."""
    opened, closed = sentence.rfind(_OPEN), sentence.rfind(_CLOSE)
    if opened > closed:
        return name or quoting
    return None if closed >= 0 or "\n" in sentence else quoting


def _name(speaker: Entity) -> str:
    return speaker.name or speaker.text


def _speaks(document: Document, sentence: Span, speaker: Entity) -> bool:
    """Whether a speaker is named as who says the sentence, in front of the verb or behind "Theo"."""
    text = document.text
    front = text[max(sentence.start, speaker.start - _FRONT) : speaker.start]
    if _is_source(text, front, speaker, sentence):
        return True
    if _PAPER_OF.search(front):
        return False
    if _verb().match(text, speaker.end, sentence.end):
        return True
    comma = _COMMA.match(text, speaker.end, sentence.end) if speaker.label == "PER" else None
    titled = comma and title_at(text[comma.end() : comma.end() + 40])
    return bool(comma and titled and _verb_behind().match(text, comma.end(), sentence.end))


def _is_source(text: str, front: str, speaker: Entity, sentence: Span) -> bool:
    """Whether "Theo" governs the name, or it is whose figures show something."""
    according = _ACCORDING.search(front)
    if according:
        between = according["between"]
        return not between or title_at(between) or _FROM_SOURCE.fullmatch(between) is not None
    behind = _SHOWS.match(text, speaker.end, sentence.end)
    return behind is not None and _SOURCE_IN_FRONT.search(front) is not None


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[ ]?{_ADVERBS}{_verbs()}")


@cache
def _verb_behind() -> re.Pattern[str]:
    """The verb behind an apposition: ", Chủ tịch UBND quận 2 | cho biết"."""
    return re.compile(rf"[^.;:“”\"\n]{{3,120}}?[ ,)–-]{_ADVERBS}{_verbs()}")


def _verbs() -> str:
    """A verb; two syllables and more may be glued to what follows ("cho biếtngày")."""
    verbs = [row["canonical"] for row in rows("speech_verbs")]
    short = alternation(verb for verb in verbs if " " not in verb)
    return rf"(?:{alternation(verb for verb in verbs if ' ' in verb)}|{short}(?!\w))"
