"""Names that an article says again in another way: short names, given names, places of a list.

What an article introduces in full ("huyện Mỹ Đức", "ông Sergei Morozov", "... Việt Nam (VASEP)") is the same
thing wherever its words stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.gazetteer import words
from extractors.persons import is_foreign, tied, title_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpus.facts import Entity, Label
    from extractors.gazetteer import Word

_SURE = ("entity.titled_person", "entity.credit")
_LISTING = frozenset((",", "và", "-", "–"))


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of one article mean: whole names, last words of foreign persons, given names."""

    whole: Mapping[str, Label]
    last: frozenset[str]
    given: frozenset[str]
    placed: frozenset[str]
    longest: int = field(default=1)


def recurring(lines: Sequence[Sequence[Word]], found: Sequence[Entity]) -> Iterator[tuple[Span, Label, str]]:
    """The names found, a place that looked like a person put right, and those that are said again."""
    names = _names(lines, found)
    ends = {entity.end: entity for entity in found}
    for entity in found:
        misread = entity.rule in ("entity.person", "entity.byline") and entity.text in names.placed
        yield entity, "LOC" if misread else entity.label, "entity.said_again" if misread else entity.rule
    taken = {start for entity in found for start in range(entity.start, entity.end)}
    for line in lines:
        yield from _said_again(line, names, taken, ends)


def _names(lines: Sequence[Sequence[Word]], found: Sequence[Entity]) -> Names:
    whole: dict[str, Label] = {}
    persons = [entity.text.split() for entity in found if entity.label == "PER"]
    placed = frozenset(entity.text for entity in found if entity.rule == "entity.place_of_level")
    for entity in found:
        if entity.label == "PER" and " " in entity.text and entity.rule != "entity.byline":
            whole.setdefault(_spoken(entity.text), "PER")
    whole.update(dict.fromkeys(map(_spoken, placed), "LOC"))
    whole.update(dict.fromkeys(_introduced(lines, found), "ORG"))
    foreign = frozenset(name[-1] for name in persons if len(name) > 1 and is_foreign(name[-1]))
    given = frozenset(name[-1] for name in persons if len(name) > 1)
    longest = max((len(name.split()) for name in whole), default=1)
    return Names(whole, foreign, given, placed, longest)


def _spoken(name: str) -> str:
    """A name word by word: "Ma - lu"."""
    return " ".join(word.text for word in words(name, Span(0, len(name))))


def _introduced(lines: Sequence[Sequence[Word]], found: Sequence[Entity]) -> set[str]:
    """The short names of bodies: "... Việt Nam (VASEP)"."""
    ends = {entity.end for entity in found if entity.label == "ORG"}
    return {
        name.text
        for line in lines
        for last, opening, name, closing in zip(line, line[1:], line[2:], line[3:], strict=False)
        if opening.text == "(" and closing.text == ")" and name.capital and last.end in ends
    }


def _said_again(
    line: Sequence[Word], names: Names, taken: set[int], ends: Mapping[int, Entity]
) -> Iterator[tuple[Span, Label, str]]:
    at = 0
    while at < len(line):
        if not line[at].capital or line[at].start in taken:
            at += 1
            continue
        run = _run(line, at, taken)
        length, label, rule = _known(line, at, run, names) or _listed(line, at, run, ends) or (0, "LOC", "")
        if length:
            yield Span(line[at].start, line[at + length - 1].end), label, rule
        at += length or 1


def _run(line: Sequence[Word], at: int, taken: set[int]) -> int:
    """How many capitalised words follow each other that are in no name yet."""
    run = 1 + tied(line, at + 1)
    while at + run < len(line):
        word = line[at + run]
        if not word.capital or word.start in taken or word.start - line[at + run - 1].end != 1:
            break
        run += 1 + tied(line, at + run + 1)
    return run


def _known(line: Sequence[Word], at: int, run: int, names: Names) -> tuple[int, Label, str] | None:
    for length in range(min(run, names.longest), 0, -1):
        said = " ".join(word.text for word in line[at : at + length])
        if label := names.whole.get(said):
            if length == 1 and label == "LOC" and run > 1:
                return None
            return length, label, _AGAIN if label != "ORG" else "entity.short_name"
    if line[at].text in names.last and (run == 1 or not is_foreign(line[at + 1].text)):
        return 1, "PER", _AGAIN
    if run == 1 and line[at].text in names.given and title_before(line, at):
        return 1, "PER", _AGAIN
    return None


_AGAIN = "entity.said_again"


def _listed(
    line: Sequence[Word], at: int, run: int, ends: Mapping[int, Entity]
) -> tuple[int, Label, str] | None:
    """ "các quận Ba Đình, Tây Hồ": what goes on a list of places is one."""
    if at < 2 or run not in (2, 3) or line[at - 1].text not in _LISTING:
        return None
    before = ends.get(line[at - 2].end)
    if before is None or before.rule != "entity.place_of_level":
        return None
    behind = line[at + run].text if at + run < len(line) else "."
    return (run, "LOC", "entity.place_in_list") if not behind.isalpha() or behind == "và" else None
