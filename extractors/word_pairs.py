"""Two words that are said as one, the comma inside: "ngành, lĩnh vực", "phản ánh, kiến nghị"."""

from __future__ import annotations

from functools import cache

from extractors import wordlists

_LONGEST = 16
"""Code points of the longest word of a pair (`lexicons/word_pairs.csv`), or more."""


def joins(text: str, start: int, end: int) -> bool:
    """Whether the comma at [start, end) stands in such a pair."""
    front = text[max(0, start - _LONGEST) : start].casefold()
    behind = text[end : end + _LONGEST].casefold()
    return any(
        front.endswith(first)
        and behind.startswith(f" {second}")
        and not front[: -len(first)][-1:].isalpha()
        and not behind[len(second) + 1 :][:1].isalpha()
        for first, second in _pairs()
    )


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((row["first"], row["second"]) for row in wordlists.rows("word_pairs"))
