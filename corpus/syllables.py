"""Which words can be Vietnamese syllables: the shape of the orthography, not a dictionary.

A syllable is written onset + rhyme with at most one tone mark. Rhymes and their codas follow the usual
description of the phonology (Thompson 1965, Đoàn Thiện Thuật 1977), tone placement allows both the old
(hòa) and the new (hoà) style, and rhymes closed by a stop bear only the sắc or the nặng tone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACUTE, _DOT_BELOW = "\u0301", "\u0323"
_TONES = frozenset("\u0300\u0309\u0303" + _ACUTE + _DOT_BELOW)
_STOPS = ("c", "ch", "k", "p", "t")

_SINGLE_ONSETS = frozenset("bcdđghklmnpqrstvx")
_ONSETS = _SINGLE_ONSETS | {"", "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"}
_BEFORE_FRONT = ("ngh", "gh")
_NEVER_BEFORE_FRONT = ("c", "ng")

# nucleus with its glide: codas; "-" is the open rhyme. The coda k is that of Đắk Lắk.
_CODAS = {
    "a": "- c ch i k m n ng nh o p t u y",
    "ă": "c k m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- a ch m n nh p t u",
    "y": "-",
    "o": "- c i m n ng p t",
    "oo": "c n ng",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- a c i m n ng p t",
    "ư": "- a c i m n ng t u",
    "iê": "c m n ng p t u",
    "yê": "m n ng t u",
    "uô": "c i m n ng t",
    "ươ": "c i m n ng p t u",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng p t",
    "oe": "- m n o t",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uơ": "- n",
    "uy": "- a ch n nh p t u",
    "uyê": "n t",
}
_RHYMES = frozenset(nucleus + coda.strip("-") for nucleus, codas in _CODAS.items() for coda in codas.split())
_VOWELS = re.compile("[aăâeêioôơuưy]+")


def is_syllable(word: str) -> bool:
    """Whether a word (NFC, any case) is spelled as one Vietnamese syllable."""
    return len(word) <= len("nghiêng") and _is_spelled(word.lower())


@lru_cache(maxsize=1 << 15)
def _is_spelled(word: str) -> bool:
    letters, tone, place = _without_tone(word)
    if tone and place < 0:
        return False
    return any(_fits(onset, letters[len(onset) :], tone, place - len(onset)) for onset in _onsets(letters))


def _without_tone(word: str) -> tuple[str, str, int]:
    """The letters, the tone mark ("" for none) and the index of the letter that bears it (-1: not one)."""
    letters, tones = "", []
    for letter in word:
        marks = unicodedata.normalize("NFD", letter)
        tones += [(mark, len(letters)) for mark in marks if mark in _TONES]
        letters += unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if not tones:
        return letters, "", -1
    return letters, tones[0][0], tones[0][1] if len(tones) == 1 else -1


def _onsets(letters: str) -> set[str]:
    """All that the word can begin with: gìn is g + in, giàn gi + an; quỳnh is q + uynh, quán qu + an."""
    return {letters[:length] for length in range(4)} & _ONSETS


def _fits(onset: str, rhyme: str, tone: str, place: int) -> bool:
    front = rhyme[:1] in ("i", "e", "ê")
    if (
        rhyme not in _RHYMES
        or (onset in _NEVER_BEFORE_FRONT and front)
        or (onset in _BEFORE_FRONT and not front)
    ):
        return False
    vowels = _VOWELS.match(rhyme)
    coda = rhyme[vowels.end() :] if vowels else rhyme
    if coda in _STOPS and tone not in (_ACUTE, _DOT_BELOW):
        return False
    return not tone or place in _tone_places(rhyme[: len(rhyme) - len(coda)], coda)


def _tone_places(vowels: str, coda: str) -> tuple[int, ...]:
    marked = [index for index, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    if vowels in ("oa", "oe", "uy") and not coda:
        return (0, 1)
    return (1,) if len(vowels) == 3 or (len(vowels) == 2 and coda) else (0,)
