"""What a clause leaves out because another says it: whose rate, of what a part is done, what grows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors import clauses, predicates, topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Span
    from extractors.clauses import Word

# "tỷ lệ đi học ở mầm non là 90%, tiểu học 100%": the rate of each
RATE = re.compile(
    r"(?:(?:tỷ|tỉ)[ ]lệ|(?:mức[ ])?lãi[ ]suất|(?:mức[ ])?thuế[ ]suất|tốc[ ]độ)(?!\w)", re.IGNORECASE
)
"""Nouns that name a rate, of which a place or a branch has its own."""
# "Lào chiếm 5%", "Lào tăng 5%": said of the place itself
_OF_ITS_OWN = re.compile(r"(?:chiếm|tăng|giảm|đóng[ ]góp|rớt|sụt)", re.IGNORECASE)
# "Lào đạt nhịp độ tăng trưởng 5%": the growth, not who has it
_GROWTH = re.compile(r"(?:mức|tốc[ ]độ|nhịp[ ]độ|đà)[ ]tăng[ ]trưởng", re.IGNORECASE)
# "tỷ lệ tiêm cao | như ..."
_WITHOUT_LEVEL = re.compile(r"[ ](?:rất[ ])?(?:cao|thấp|lớn|nhỏ)(?:[ ]nhất)?\Z")
_CLAUSES = 3
"""Clauses over which a figure looks for what its own leaves out."""


def meant(text: str, found: Span, front: Sequence[Sequence[Word]]) -> str | None:
    """What the last clause measures where `found` but names who has it: a growth, or a rate named before."""
    return _growth(text, found, front[-1]) or _rate(text, found, front)


def done(text: str, front: Sequence[Sequence[Word]]) -> str | None:
    """What has been done in part, spoken of before who did it: "vốn vay còn lớn, sở mới trả được 30%"."""
    last = [word for word in front[-1] if word.kind != "bound"][-2:]
    if len(last) < 2 or last[1].written != "được" or last[0].kind != "verb":
        return None
    for clause in front[-2 : -2 - _CLAUSES : -1]:
        topic = topics.of_clause(text, clause, closing=False)
        if topic and clauses.measure_at(text, topic.start):
            return text[topic.start : topic.end]
    return None


def _growth(text: str, found: Span, clause: Sequence[Word]) -> str | None:
    """The growth that the clause says a country reaches: "Lào đạt nhịp độ tăng trưởng"."""
    verbal = any(word.start == found.start and word.kind == "verb" for word in clause)
    if not verbal and not is_name(text[found.start : found.end]):
        return None
    growths = (word.written for word in clause if word.start > found.end and _GROWTH.match(word.written))
    return next(growths, None)


def _rate(text: str, found: Span, front: Sequence[Sequence[Word]]) -> str | None:
    """The rate of whose places the clause names one: "các xã có tỷ lệ tiêm cao như Phú An đạt 90%"."""
    if not is_name(text[found.start : found.end]) or is_its_own(front[-1]):
        return None
    for clause in front[-2 : -2 - _CLAUSES : -1]:
        if clause and clause[-1].kind == "percent":
            return None
        topic = topics.of_clause(text, clause, closing=True)
        if topic and RATE.match(text, topic.start):
            return _WITHOUT_LEVEL.sub("", text[topic.start : topic.end])
    return None


def is_name(written: str) -> bool:
    """Whether every syllable begins with a capital."""
    return all(syllable[:1].isupper() for syllable in written.split(" "))


def is_its_own(clause: Sequence[Word]) -> bool:
    """Whether the clause tells a share or a change of its own, not one more value of what was measured."""
    verb = predicates.verb(clause)
    return verb is not None and _OF_ITS_OWN.match(verb) is not None
