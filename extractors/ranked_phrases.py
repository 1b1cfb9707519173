"""Where the name in a phrase begins and ends: "Ngân | tham gia", "bà Lan đại diện | Dược Lâm Sơn"."""

from __future__ import annotations

import re
from functools import cache

from extractors import rank_words, wordlists
from extractors.letters import CAPITAL

# "bà Lan Tổng giám đốc đại diện Dược Lâm Sơn"
_REPRESENTS = re.compile(r"[ ]đại[ ]diện[ ](?:cho[ ])?(?P<who>[" + CAPITAL + r"][^,;]*)\Z")


def name_alone(phrase: str) -> str:
    """A phrase that begins with a name, up to the verb behind it: "Ngân tham gia ..." -> "Ngân".

    Of a person who stands for a body, that body.
    """
    if spoken_for := _REPRESENTS.search(phrase):
        phrase = spoken_for["who"]
    words = list(re.finditer(r"\S+", phrase))
    title = rank_words.begins("anyone").match(phrase)
    for number, word in enumerate(words[1:], start=1):
        if title and word.start() < title.end():
            continue
        if words[number - 1][0][0].isupper() and word[0].islower() and is_verb(phrase, word.start()):
            return phrase[: words[number - 1].end()]
    return phrase


def is_verb(phrase: str, at: int) -> bool:
    """Whether a verb of two syllables or more begins there; one alone is too often part of a name."""
    found = _classes().at(phrase, at)
    if found is None or " " not in phrase[at : found[1]]:
        return False
    return found[0] in ("verb", "predicate", "auxiliary")


@cache
def _classes() -> wordlists.Phrasebook:
    return wordlists.Phrasebook(wordlists.classes("phrase_ends", "word", "class"))
