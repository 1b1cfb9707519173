"""Names of persons (PER), bodies (ORG) and places (LOC), from lexicons and the way names are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.facts import Decision, Entity, Label, Span
from extractors.bodies import headed_body, known_body
from extractors.gazetteer import Word, words
from extractors.persons import byline_at, credited_at, person_at
from extractors.places import known_place, level, place_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.document import Document
    from extractors.ownership import Ownership

_CONFIDENCE = {
    "entity.known_body": 0.9,
    "entity.headed_body": 0.7,
    "entity.known_place": 0.9,
    "entity.place_of_level": 0.8,
    "entity.person": 0.85,
    "entity.credit": 0.8,
    "entity.byline": 0.7,
    "entity.short_name": 0.85,
}
_NAMED_DOCUMENTS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


def find(document: Document, owned: Ownership, decisions: Sequence[Decision]) -> list[Entity]:
    """Entities in order; the longest reading at a place wins, and a law's name is nobody's name."""
    laws = [decision for decision in decisions if decision.doc_type in _NAMED_DOCUMENTS]
    lines = [list(words(document.text, line)) for line in document.lines]
    found = [entity for line in lines for entity in _in_line(document, line)]
    found += _short_names(document, lines, found)
    free = [entity for entity in found if owned.free(entity.start, entity.end)]
    return sorted(
        (entity for entity in free if not any(map(entity.overlaps, laws))), key=lambda entity: entity.start
    )


def _short_names(
    document: Document, lines: Sequence[Sequence[Word]], found: Sequence[Entity]
) -> Iterator[Entity]:
    """The names that the article itself introduces, "... Việt Nam (VASEP)", wherever they stand in it."""
    ends = {entity.end for entity in found if entity.label == "ORG"}
    taken = {word for entity in found for word in range(entity.start, entity.end)}
    introduced = {
        name.text
        for line in lines
        for last, opening, name, closing in zip(line, line[1:], line[2:], line[3:], strict=False)
        if opening.text == "(" and closing.text == ")" and name.capital and last.end in ends
    }
    for line in lines:
        for word in line:
            if word.text in introduced and word.start not in taken:
                yield _entity(document, Span(word.start, word.end), "ORG", "entity.short_name")


def _in_line(document: Document, line: Sequence[Word]) -> Iterator[Entity]:
    at = 0
    while at < len(line):
        reading = _longest_reading(document, line, at)
        if reading is None:
            at += 1
            continue
        begin, length, label, rule = reading
        if not (label == "ORG" and _is_title_of_person(line, at, length)):
            yield _entity(document, Span(line[begin].start, line[begin + length - 1].end), label, rule)
        at = begin + length


def _longest_reading(document: Document, line: Sequence[Word], at: int) -> tuple[int, int, Label, str] | None:
    """Where the longest name that begins here begins (behind its level), its words, label and rule."""
    if (levels := level(line, at)) and (named := place_name(line, at + levels)):
        return at + levels, named, "LOC", "entity.place_of_level"
    if not (line[at].capital or line[at].text in _LOWER_CASE_HEADS):
        return None
    readings: list[tuple[int, Label, str]] = [
        (known_body(line, at), "ORG", "entity.known_body"),
        (known_place(line, at), "LOC", "entity.known_place"),
        (headed_body(document, line, at), "ORG", "entity.headed_body"),
        (credited_at(line, at), "PER", "entity.credit"),
        (person_at(line, at), "PER", "entity.person"),
        (byline_at(line, at), "PER", "entity.byline"),
    ]
    length, label, rule = max(readings, key=lambda reading: reading[0])
    return (at, length, label, rule) if length else None


_LOWER_CASE_HEADS = frozenset(("châu", "miền"))


def _is_title_of_person(line: Sequence[Word], at: int, length: int) -> bool:
    """ "Thủ tướng Chính phủ Nguyễn Xuân Phúc": the office is the person's title, no actor of its own."""
    office = line[at].text in ("Thủ", "Chủ")
    behind = at + length
    return office and behind < len(line) and person_at(line, behind) > 0


def _entity(document: Document, span: Span, label: Label, rule: str) -> Entity:
    return Entity(
        start=span.start,
        end=span.end,
        text=document.text[span.start : span.end],
        rule=rule,
        confidence=_CONFIDENCE[rule],
        label=label,
    )
