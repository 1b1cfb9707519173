"""Whose a fact is: issuers and ranked subjects as linked things, and who is to reach a target.

"Bộ Y tế phấn đấu ... đạt 90%", "Đến năm 2025, tỉnh Nghệ An xây dựng đề án, phấn đấu ...": the actor stands
in front of a verb of `lexicons/target_verbs.csv`, or opens the sentence that has one; that of the figure, or
the line that opens the list in which it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Decision, Percentage, Ranking
from extractors import linking
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpus.facts import Entity, Fact, Span
    from extractors.document import Document

_YEAR_OF_NUMBER = re.compile(r"/((?:19|20)\d\d)(?=/|\Z)")
_ITEM = re.compile(r"[-–•+*]|[a-zđ]\)|\d{1,2}[.)]")
_FRONT = re.compile(r"(?:[^,;:“”]{0,40},[ ])?(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện)[ ])?\Z")
"""What may stand in front of the entity that opens a sentence."""
_ALONE = re.compile(
    r"(?:\A|[,;:.“\"(–-][ ]?|(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|rằng|[Hh]iện|nay)[ ])\Z"
)
"""Where a place stands for itself, and is no part of "ngành tôm Việt Nam"."""
_ADVERBS = r"(?:(?:cũng|đã|sẽ|đang|còn|tiếp tục|chính thức|đều|tập trung|quyết tâm)[ ]){0,3}"


def attributed(
    document: Document, facts: Sequence[Fact], entities: Sequence[Entity], day: str | None
) -> list[Fact]:
    """The facts; decisions with `issuer_id`, rankings with `subject_id`, percentages with `actor`."""
    actors = _actors(document, facts, entities)
    return [_attributed(fact, actors, day) for fact in facts]


def _attributed(fact: Fact, actors: Mapping[Fact, Entity], day: str | None) -> Fact:
    if isinstance(fact, Decision) and fact.issuer:
        issuer = linking.meant(fact.issuer, _issued(fact) or day)
        return replace(fact, issuer_id=issuer.id) if issuer else fact
    if isinstance(fact, Ranking) and fact.subject:
        subject = linking.meant(fact.subject, _until(fact.year, day))
        return replace(fact, subject_id=subject.id) if subject else fact
    if isinstance(fact, Percentage) and fact in actors:
        actor = actors[fact]
        return replace(fact, actor=actor.name or actor.text, actor_id=actor.entity_id)
    return fact


def _issued(decision: Decision) -> str | None:
    """The day, month or year of issue."""
    year = _YEAR_OF_NUMBER.search(decision.number or "")
    return decision.issued_on or (year[1] if year else None)


def _until(year: int | None, day: str | None) -> str | None:
    """The last day of a year that is over on a day, else that day."""
    end = f"{year}-12-31" if year else None
    return min(end, day) if end and day else day or end


def _actors(document: Document, facts: Sequence[Fact], entities: Sequence[Entity]) -> dict[Fact, Entity]:
    targets = [fact for fact in facts if isinstance(fact, Percentage) and fact.status == "target"]
    able = [entity for entity in entities if entity.label != "PER"]
    if not targets or not able:
        return {}
    named = list(_named(document, able))
    starts = [sentence.start for sentence in document.sentences]
    found: dict[Fact, Entity] = {}
    for target in targets:
        actor = named[bisect_left(starts, target.start + 1) - 1]
        if actor and actor.start < target.start:
            found[target] = actor
    return found


def _named(document: Document, able: Sequence[Entity]) -> Iterator[Entity | None]:
    """For each sentence the actor whose targets it tells; a list has that of the line that opens it."""
    starts = [entity.start for entity in able]
    opening: Entity | None = None
    for sentence in document.sentences:
        inside = able[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        actor = next((one for one in inside if _aims(document, one, sentence)), None)
        text = document.text[sentence.start : sentence.end].strip()
        if not _ITEM.match(text):
            opening = actor if text.endswith(":") else None
        yield actor or opening


def _aims(document: Document, entity: Entity, sentence: Span) -> bool:
    opens = _FRONT.match(document.text[sentence.start : entity.start])
    if opens and not document.text.startswith(",", entity.end):
        return bool(_verb().search(document.text, entity.end, sentence.end))
    if entity.label == "LOC" and not _ALONE.search(document.text[sentence.start : entity.start]):
        return False
    return bool(_verb_at_once().match(document.text, entity.end, sentence.end))


@cache
def _verb() -> re.Pattern[str]:
    verbs = alternation(row["canonical"] for row in rows("target_verbs"))
    return re.compile(rf"(?<!\w){verbs}(?!\w)")


@cache
def _verb_at_once() -> re.Pattern[str]:
    return re.compile(rf"[ ]?{_ADVERBS}{_verb().pattern}")
