"""What was asked for: loose words, phrases in quotes, and document numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.text import clean
from warehouse.errors import RefusalError
from warehouse.search.numbers import mentions
from warehouse.search.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

LONGEST = 200
"""Words of a question; who pastes an article in has mistaken the field."""

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?')


_LINKING = frozenset({"của", "cua", "do", "ngày", "ngay", "về", "ve", "việc", "viec"})
"""What people link a number to its issuer and title with; the names of documents are kept without it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Words as typed that belong together: a loose word, a phrase, a number with its key, or its date."""

    words: tuple[str, ...]
    key: str | None = None
    year: int | None = None

    @property
    def loose(self) -> bool:
        """Whether it may stand anywhere in a text."""
        return len(self.words) == 1 and self.key is None


def units(question: str, types: Collection[str], known: Callable[[str], bool]) -> list[Unit]:
    """The units of a question in order; `types` and `known` are those of `numbers.mentions`.

    Raises RefusalError where it is no Unicode, or endless.
    """
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise RefusalError("the question is not valid Unicode")
    text = clean(question)
    if len(words(text)) > LONGEST:
        raise RefusalError(f"the question has more than {LONGEST} words")
    found: list[Unit] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        found += _unquoted(text[end : quoted.start()], types, known)
        found += [Unit(tuple(words(quoted[1])))] if words(quoted[1]) else []
        end = quoted.end()
    found += _unquoted(text[end:], types, known)
    numbered = any(unit.key for unit in found)
    return [unit for unit in found if not (numbered and unit.loose and unit.words[0].lower() in _LINKING)]


def _unquoted(text: str, types: Collection[str], known: Callable[[str], bool]) -> Iterator[Unit]:
    typed = words(text)
    end = 0
    for mention in mentions(typed, types, known):
        yield from (Unit((word,)) for word in typed[end : mention.start])
        yield Unit(tuple(typed[mention.start : mention.end]), mention.key)
        if mention.year:
            yield Unit(tuple(typed[mention.end : mention.dated]), year=mention.year)
        end = mention.dated
    yield from (Unit((word,)) for word in typed[end:])
