"""Names of persons (PER), bodies (ORG) and places (LOC), from lexicons and the way names are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from corpus.facts import Decision, Entity, Label, Span
from extractors import namer
from extractors.bodies import headed_body, known_body
from extractors.gazetteer import Word, words
from extractors.persons import byline_at, credited_at, is_foreign, name_at, person_at, title_before, titled_at
from extractors.places import known_place, level, numbered, place_name
from extractors.recurring_names import recurring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractors.document import Document
    from extractors.ownership import Ownership

_CONFIDENCE = {
    "entity.known_body": 0.9,
    "entity.headed_body": 0.7,
    "entity.domain": 0.8,
    "entity.known_place": 0.9,
    "entity.place_of_level": 0.8,
    "entity.numbered_place": 0.8,
    "entity.person": 0.85,
    "entity.titled_person": 0.85,
    "entity.credit": 0.8,
    "entity.byline": 0.7,
    "entity.short_name": 0.85,
    "entity.said_again": 0.8,
    "entity.place_in_list": 0.7,
    "entity.model": 0.6,
}
_NAMED_DOCUMENTS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


class Reading(NamedTuple):
    """A name in a line: its first word (behind a level), how many words it has, its label and rule."""

    begin: int
    length: int
    label: Label
    rule: str


def find(document: Document, owned: Ownership, decisions: Sequence[Decision]) -> list[Entity]:
    """Entities in order: those of the rules, and persons that only the model knows for such."""
    lines = _lines(document)
    found = _ruled(document, lines, owned, decisions)
    taken = {at for entity in found for at in range(entity.start, entity.end)}
    more = [_entity(document, span, "PER", "entity.model") for span in namer.unknown_persons(lines, taken)]
    return sorted(found + _free(more, owned, decisions), key=lambda entity: entity.start)


def find_by_rules(document: Document, owned: Ownership, decisions: Sequence[Decision]) -> list[Entity]:
    """The entities that need no model."""
    return _ruled(document, _lines(document), owned, decisions)


def _lines(document: Document) -> list[list[Word]]:
    return [list(words(document.text, line)) for line in document.lines]


def _ruled(
    document: Document, lines: Sequence[Sequence[Word]], owned: Ownership, decisions: Sequence[Decision]
) -> list[Entity]:
    """The longest reading at a place wins, and what the article introduces is known wherever it stands."""
    found = [_entity(document, *named) for line in lines for named in _in_line(document, line)]
    found = [_entity(document, *named) for named in recurring(lines, found)]
    return sorted(_free(found, owned, decisions), key=lambda entity: entity.start)


def _free(found: Sequence[Entity], owned: Ownership, decisions: Sequence[Decision]) -> list[Entity]:
    """Without what is part of a number, a date or a law's name: that is nobody's name."""
    laws = [decision for decision in decisions if decision.doc_type in _NAMED_DOCUMENTS]
    free = [entity for entity in found if owned.free(entity.start, entity.end)]
    return [entity for entity in free if not any(map(entity.overlaps, laws))]


def _in_line(document: Document, line: Sequence[Word]) -> Iterator[tuple[Span, Label, str]]:
    at = 0
    begun: dict[int, int] = {}
    while at < len(line):
        reading = _longest_reading(document, line, at, begun)
        if reading is None:
            at += 1
            continue
        begin, length, label, rule = reading
        if not (label == "ORG" and _is_title_of_person(line, at, length)):
            yield Span(line[begin].start, line[begin + length - 1].end), label, rule
            begun[begin + length] = at
        at = begin + length


def _longest_reading(
    document: Document, line: Sequence[Word], at: int, begun: Mapping[int, int]
) -> Reading | None:
    """The longest name that begins at a word, its level in front or not."""
    if levels := level(line, at):
        if figure := numbered(line, at):
            return Reading(at, figure, "LOC", "entity.numbered_place")
        name = at + levels
        if name < len(line) and (named := place_name(line, name)) and known_body(line, name) < named:
            # "TP.HCM" is written with its level
            begin = at if line[name].text == "HCM" else name
            return Reading(begin, name + named - begin, "LOC", "entity.place_of_level")
    if not (line[at].capital or line[at].text in _LOWER_CASE_HEADS):
        return None
    place = _place(line, at, begun)
    body = known_body(line, at) if line[at].capital else 0
    titled = 0 if place.length or body else titled_at(line, at, _title(line, at, begun))
    readings = [
        Reading(at, body, "ORG", "entity.known_body"),
        place,
        Reading(at, headed_body(document, line, at), "ORG", "entity.headed_body"),
        Reading(at, _domain(line, at), "ORG", "entity.domain"),
        Reading(at, credited_at(line, at), "PER", "entity.credit"),
        Reading(at, _person(line, at, place.length), "PER", "entity.person"),
        Reading(at, titled, "PER", "entity.titled_person"),
        Reading(at, byline_at(line, at), "PER", "entity.byline"),
    ]
    best = max(readings, key=lambda reading: reading.length)
    return best if best.length else None


def _person(line: Sequence[Word], at: int, place: int) -> int:
    """The words of a person's name; "Bộ trưởng Thái Lan Somsak": the country ends before the foreign one."""
    behind = at + place
    if place > 1 and behind < len(line) and line[behind].capital and is_foreign(line[behind].text):
        return 0
    return person_at(line, at)


_LOWER_CASE_HEADS = frozenset(("châu", "miền", "đảng"))
_TOP_DOMAINS = frozenset(("vn", "com", "net", "org"))


def _domain(line: Sequence[Word], at: int) -> int:
    """How many words a publisher's domain has ("VOV.VN"); 0: none stands here."""
    end = at + 1
    while end + 1 < len(line) and line[end].text == "." and line[end + 1].start == line[end - 1].end + 1:
        end += 2
    return end - at if end > at + 1 and line[end - 1].text.lower() in _TOP_DOMAINS else 0


def _title(line: Sequence[Word], at: int, begun: Mapping[int, int]) -> str | None:
    """The class of the title in front, over the body's and the place's name: "Đại sứ Nga tại Việt Nam X"."""
    begin = at
    while begin in begun:
        begin = begun[begin]
        if begin - 1 in begun and line[begin - 1].text in ("tại", "của"):
            begin -= 1
    return title_before(line, begin)


def _place(line: Sequence[Word], at: int, begun: Mapping[int, int]) -> Reading:
    """A known place; the name of Hồ Chí Minh is the city's among other places, else the man's."""
    length = known_place(line, at)
    if length == 3 and line[at].key == "hồ" and line[at + 1].key == "chí":
        listed = (
            at - 1 in begun and line[at - 1].text in _LISTING and title_before(line, begun[at - 1]) is None
        )
        goes_on = at + 4 < len(line) and line[at + 3].text in _LISTING and known_place(line, at + 4)
        if not (listed or goes_on):
            return Reading(at, length, "PER", "entity.person")
    return Reading(at, length, "LOC", "entity.known_place")


_LISTING = frozenset((",", "-", "–", "và", "/", ";"))


def _is_title_of_person(line: Sequence[Word], at: int, length: int) -> bool:
    """ "Thủ tướng Chính phủ Nguyễn Xuân Phúc": the office is the person's title, no actor of its own."""
    if line[at].text not in ("Thủ", "Chủ"):
        return False
    behind = at + length
    if behind < len(line) and (person_at(line, behind) or _foreign_name(line, behind)):
        return True
    behind += known_place(line, behind) if behind < len(line) else 0
    return behind < len(line) and _foreign_name(line, behind)


def _foreign_name(line: Sequence[Word], at: int) -> bool:
    return any(is_foreign(word.text) for word in line[at : at + name_at(line, at)]) and not known_place(
        line, at
    )


def _entity(document: Document, span: Span, label: Label, rule: str) -> Entity:
    return Entity(
        start=span.start,
        end=span.end,
        text=document.text[span.start : span.end],
        rule=rule,
        confidence=_CONFIDENCE[rule],
        label=label,
    )
