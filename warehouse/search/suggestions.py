"""Did you mean: what to ask instead of a question that finds nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from warehouse.search.questions import Unit
from warehouse.search.words import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LONGEST = 24
"""Letters of a word that is taken for one mistyped; longer ones are something else."""

_WORDS = 20
"""Words of a question that is worth mending; every one more costs as much again."""

_NEAREST = 3
"""Words that are tried in place of one that is in the index, but not with the others."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def alternatives(units: Sequence[Unit], frequency: Callable[[str], int]) -> Iterator[list[Unit]]:
    """What may have been meant, the nearest first: another date, diacritics, a letter mistyped, a word less.

    `frequency` says how many entries have a folded word.
    """
    if sum(len(unit.words) for unit in units) > _WORDS:
        return
    if any(unit.year for unit in units):
        yield [unit for unit in units if unit.year is None]
    meant = [Unit(tuple(_known(folded(word), frequency) for word in unit.words)) for unit in units]
    yield meant
    loose = [Unit((word,)) for unit in meant for word in unit.words]
    yield loose
    for place, unit in enumerate(loose):
        for near in sorted(_near(unit.words[0], frequency), key=frequency, reverse=True)[:_NEAREST]:
            yield [*loose[:place], Unit((near,)), *loose[place + 1 :]]
    if len(loose) > 2:
        rarest_first = sorted(range(len(loose)), key=lambda number: frequency(loose[number].words[0]))
        for left_out in rarest_first:
            yield loose[:left_out] + loose[left_out + 1 :]


def spelled(units: Sequence[Unit], written: Sequence[str | None]) -> str:
    """A question of these units in a text's words for them; phrases in quotes, numbers as typed."""
    return " ".join(_said(unit, own) for unit, own in zip(units, written, strict=True))


def _said(unit: Unit, own: str | None) -> str:
    text = " ".join(own.split() if own and not unit.key else unit.words).lower()
    return text if len(unit.words) == 1 or unit.key else f'"{text}"'


def _known(word: str, frequency: Callable[[str], int]) -> str:
    """The word itself if it is in the index, else the most frequent one that is a letter away."""
    return word if frequency(word) else max(_near(word, frequency), key=frequency, default=word)


def _near(word: str, frequency: Callable[[str], int]) -> list[str]:
    """The words of the index that are a slip away, in alphabetical order."""
    return sorted({near for near in _slips(word) if frequency(near)}) if len(word) <= _LONGEST else []


def _slips(word: str) -> Iterator[str]:
    """All that one slip makes of a word: a letter left out, put in, mistyped or in the wrong place."""
    for cut in range(len(word) + 1):
        head, tail = word[:cut], word[cut:]
        if tail:
            yield head + tail[1:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
    for cut, (one, two) in enumerate(pairwise(word)):
        yield word[:cut] + two + one + word[cut + 2 :]
