"""What a person is: the title in front of the name or behind it, and the body that it is held in.

"Thứ trưởng Bộ VHTT&DL Huỳnh Vĩnh Ái", "ông Bùi Văn Cường, Chủ tịch Tổng LĐLĐ Việt Nam", "Tổng thống Pháp X".
What an article says once of a person holds wherever it names that person.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.linking import Known, choose, key
from extractors.wordlists import alternation, classes, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.facts import Entity
    from extractors.document import Document

_REACH = 60
"""Code points of a title."""
_NEXT = re.compile(r"[ ]?[,–-][ ]")


class Role(NamedTuple):
    """A title as written, the body as it is named, and that body's id."""

    title: str
    body: str | None
    body_id: str | None


def with_roles(document: Document, entities: Sequence[Entity], day: str | None) -> list[Entity]:
    """The entities, persons with `name`, `role`, `body`; `entity_id` for those of `lexicons/persons.csv`."""
    persons = [entity for entity in entities if entity.label == "PER"]
    if not persons:
        return list(entities)
    full = _full_names(persons)
    roles: dict[str, list[Role]] = {}
    for person in persons:
        if role := _role(document, person, entities):
            roles.setdefault(full.get(person, person.text), []).append(role)
    return [_as(entity, full, roles, day) if entity.label == "PER" else entity for entity in entities]


def _as(
    person: Entity, full: Mapping[Entity, str], roles: Mapping[str, list[Role]], day: str | None
) -> Entity:
    name = full.get(person, person.text)
    held = roles.get(name, [])
    best = max(held, key=lambda role: role.body is not None, default=None)
    known = _known_person(name, held, day)
    return replace(
        person,
        name=known.name if known else name,
        entity_id=known.id if known else None,
        role=best.title if best else None,
        body=best.body if best else None,
    )


def _full_names(persons: Sequence[Entity]) -> dict[Entity, str]:
    """For each mention the name in full: "ông Thế" is the last Nguyễn Thế before, else the first after."""
    first = {name.rpartition(" ")[2]: name for name in (p.text for p in reversed(persons)) if " " in name}
    last: dict[str, str] = {}
    full: dict[Entity, str] = {}
    for person in persons:
        given = person.text.rpartition(" ")[2]
        if given != person.text:
            last[given] = person.text
        elif name := last.get(given) or first.get(given):
            full[person] = name
    return full


def _role(document: Document, person: Entity, entities: Sequence[Entity]) -> Role | None:
    front = _in_front(document, person.start, entities)
    return front if front and front.body else _behind(document, person.end, entities) or front


def _in_front(document: Document, start: int, entities: Sequence[Entity]) -> Role | None:
    text = document.text
    body = next((e for e in entities if e.end == start - 1 and text[e.end] == " " and e.label != "PER"), None)
    end = body.start if body else start
    title = _before().search(text, max(0, end - _REACH), end)
    return Role(title["title"], *_names(body)) if title else None


def _behind(document: Document, end: int, entities: Sequence[Entity]) -> Role | None:
    text = document.text
    opened = _NEXT.match(text, end)
    title = _here().match(text, opened.end()) if opened else None
    if title is None:
        return None
    body = next((e for e in entities if e.start == title.end() + 1 and e.label != "PER"), None)
    return Role(title["title"], *_names(body))


def _names(body: Entity | None) -> tuple[str | None, str | None]:
    return (body.name or body.text, body.entity_id) if body else (None, None)


def _known_person(name: str, held: Sequence[Role], day: str | None) -> Known | None:
    """A person of the lexicon, if the article gives the name a role that this person had."""
    fitting = [
        Known(row["id"], row["canonical"], "person", row["valid_from"], row["valid_to"])
        for row in _persons().get(key(name), ())
        if any(_fits(role, row) for role in held)
    ]
    there = [person for person in fitting if day is None or person.holds(day)]
    return choose(there, day) if there else None


def _fits(role: Role, row: Mapping[str, str]) -> bool:
    same = role.title.casefold() == row["role"].casefold()
    return same and (role.body_id is None or role.body_id == row["body"])


@cache
def _persons() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("persons"):
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            found.setdefault(key(name), []).append(row)
    return found


def title_at(text: str) -> bool:
    """Whether a text begins with a title or a form of address ("Thứ trưởng ...", "ông ")."""
    return _here().match(text) is not None or text.partition(" ")[0].casefold() in _addresses()


@cache
def _addresses() -> frozenset[str]:
    return frozenset(
        t for t, kind in classes("person_titles", "canonical", "kind").items() if kind == "address"
    )


@cache
def _titles() -> str:
    spoken = {
        title for title, kind in classes("person_titles", "canonical", "kind").items() if kind != "address"
    }
    return rf"(?P<title>(?:(?:nguyên|cựu|quyền|tân)[ ])?{alternation(spoken)}(?:[ ]thường[ ]trực)?)"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_titles()}[ ]\Z", re.IGNORECASE)


@cache
def _here() -> re.Pattern[str]:
    return re.compile(rf"{_titles()}(?!\w)", re.IGNORECASE)
