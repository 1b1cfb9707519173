"""The word lists of the ranking rules (`lexicons/rank_words.csv`): each role with its phrases."""

from __future__ import annotations

import re
from functools import cache

from extractors import wordlists


@cache
def any_of(role: str) -> str:
    """The phrases of a role as a group to build expressions with, the longest first."""
    return wordlists.alternation(row["phrase"] for row in wordlists.rows("rank_words") if row["role"] == role)


@cache
def begins(role: str) -> re.Pattern[str]:
    """To `match` where a phrase of the role should begin."""
    return re.compile(rf"{any_of(role)}(?!\w)", re.IGNORECASE)


@cache
def ends(role: str) -> re.Pattern[str]:
    """To `search` in a text that a phrase of the role and a space should end."""
    return re.compile(rf"(?<!\w){any_of(role)}[ ]{{1,2}}\Z", re.IGNORECASE)
