"""Reads the word lists in `lexicons/*.csv` and turns them into patterns."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SYLLABLE = re.compile(r"\w+")
_LEXICONS = Path(__file__).parent / "lexicons"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicons/NAME.csv`, as the header row names them."""
    with (_LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def classes(name: str, key: str, value: str) -> dict[str, str]:
    """One column of a list by another, keys in lower case: `classes("status_cues", "cue", "status")`."""
    return {row[key].lower(): row[value] for row in rows(name)}


def key(written: str) -> str:
    """What a pattern matched in any letter case, as the lists hold it: "ſẽ" and "trİệu" match, too."""
    return written.upper().lower().replace("i\u0307", "i")


def alternation(phrases: Iterable[str]) -> str:
    """A non-capturing group of literal phrases, the longest first."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", "[ ]") for phrase in longest_first) + ")"


def words(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words, in any letter case."""
    return re.compile(rf"(?<!\w){alternation(phrases)}(?!\w)", re.IGNORECASE)


class Phrasebook:
    """Phrases of one or more syllables with a value each, looked up at a place in a text.

    A dictionary step instead of an alternation of a thousand words, which is ten times as dear.
    """

    def __init__(self, values: dict[str, str]) -> None:
        """Keys are phrases in lower case with single spaces."""
        self._values = values
        self._most: dict[str, int] = {}
        for phrase in values:
            syllables = phrase.split(" ")
            self._most[syllables[0]] = max(self._most.get(syllables[0], 0), len(syllables))

    def at(self, text: str, start: int) -> tuple[str, int] | None:
        """The value of the longest phrase that begins at `start` in any letter case, and where it ends."""
        word = _SYLLABLE.match(text, start)
        most = self._most.get(word[0].lower(), 0) if word else 0
        found = None
        for count in range(1, most + 1):
            if word is None:
                break
            value = self._values.get(text[start : word.end()].lower())
            found = (value, word.end()) if value else found
            goes_on = count < most and text.startswith(" ", word.end())
            word = _SYLLABLE.match(text, word.end() + 1) if goes_on else None
        return found

    def all_in(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The phrases of a text from left to right, the longest at each place, none inside another: the
        value of each, where it starts and ends."""
        most, past = self._most, 0
        for word in _SYLLABLE.finditer(text):
            start = word.start()
            if start >= past and word[0].lower() in most and (found := self.at(text, start)):
                value, past = found
                yield value, start, past
