"""Where a noun phrase beside a figure begins and ends, without parsing the sentence.

A phrase runs from syllable to syllable until a word that can't belong to it (`lexicons/phrase_ends.csv`:
verbs, auxiliaries, prepositions, conjunctions ...). Compounds listed there as `noun` are taken whole, and
a comma or "và" is crossed only between nouns of one group (`lexicons/coordinates.csv`: "bộ, ngành").
"""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import word_pairs, wordlists

MOST_WORDS = 6
"""Syllables of a counted noun, where nothing ends it before."""
MOST_FULL = 14
"""Syllables of a full noun phrase, with what hangs on it ("của ...", "tại ...")."""

_WORD = re.compile(r"[^\W_]+(?:[-/&.][^\W_]+)*")
_GAP = re.compile(r"[ ]{1,2}(?=\w)")
_COMMA = re.compile(r"[ ]?,[ ]{1,2}(?:và[ ]{1,2}|hoặc[ ]{1,2})?|[ ]{1,2}(?:và|hoặc|và/hoặc|hay)[ ]{1,2}")
_LEVEL = re.compile(
    r"(?:độ|mức|cấp|số|loại|đợt|hạng|bậc|lớp|quận|thầu|vành[ ]đai|hữu[ ]hạn)[ ]{1,2}\Z", re.IGNORECASE
)
_LEVELS = re.compile(r"[0-9]{1,2}[A-Z]?(?:,[ ]?[0-9]{1,2}|[ ]và[ ][0-9]{1,2})*(?!\w|[.,][0-9])")
_DETERMINER = re.compile(r"(?:các|những|số|tất[ ]cả[ ]các|toàn[ ]bộ[ ]các)[ ]", re.IGNORECASE)


def after(text: str, start: int, end: int, *, full: bool = False) -> Span | None:
    """The noun phrase that begins at `start` (spaces passed over), inside [start, end); None if a verb, a
    preposition or a sign stands there. `full` takes what hangs on the noun too."""
    at = begin = skip_spaces(text, start)
    last = word = begin
    group, count, most = _group(text, at), 0, MOST_FULL if full else MOST_WORDS
    while at < end and count < most:
        step = _step(text, at, begin, full=full)
        if step is None or step > end:
            break
        count += 1 + text.count(" ", at, step)
        if word_class(text, at)[0] != "preposition" or (full and _places().at(text, at)):
            last, word = step, at
        at = step
        if gap := _GAP.match(text, at):
            at = gap.end()
        elif _COMMA.match(text, at) is None:
            break
        comma = _COMMA.match(text, step)
        if comma and text[step] == "," and word_pairs.joins(text, step, step + 1):
            at = comma.end()
        elif comma:
            group = group or _group(text, text.rfind(" ", begin, step) + 1)
            if group is None or _group(text, comma.end()) != group:
                break
            at = comma.end()
    if count >= most and not full:
        last = max(last, _word_end_at(text, word, end))
    return Span(begin, last) if last > begin else None


def _word_end_at(text: str, at: int, end: int) -> int:
    """Where the word of several syllables that begins at `at` ends, if one does and lies inside."""
    found = _words().at(text, at)
    return found[1] if found and found[1] <= end else at


def compound_at(text: str, at: int) -> int | None:
    """Where the listed compound noun that begins at `at` ends, if one does: "hạng mục", "điểm trường"."""
    kind, stop = word_class(text, at)
    return stop if kind == "noun" else None


def _follows_head(text: str, begin: int, at: int) -> bool:
    """Whether the word before `at` is a noun that verbs hang on: "vụ ngộ độc", "tiền sử dụng đất"."""
    head = word_class(text, begin)
    return head[0] == "head" and head[1] + 1 == at


def _step(text: str, at: int, begin: int, *, full: bool) -> int | None:
    """Where the word at `at` ends, or None if it ends the phrase."""
    kind, stop = word_class(text, at)
    if kind is None:
        return _plain_word_end(text, at, begin, full=full)
    inside = at > begin
    fits = (
        kind in ("noun", "head")
        or (kind == "adjective" and inside)
        or (kind == "verb" and inside and _follows_head(text, begin, at))
        or (kind == "preposition" and inside and full and text[at].islower())
    )
    return stop if fits else None


def _plain_word_end(text: str, at: int, begin: int, *, full: bool) -> int | None:
    """Where a word without a class ends; None for a figure that is no level, and for a name in a count."""
    word = _WORD.match(text, at)
    if word is None:
        return None
    if text[at].isdecimal():
        return level_end(text, begin, at) if full else None
    is_name = at > begin and word[0][0].isupper() and not word[0].isupper()
    return None if is_name and not full else word.end()


def level_end(text: str, begin: int, at: int) -> int | None:
    """Where the figures of a level end, whose noun is part of the phrase: "dịch vụ công mức độ 3, 4"."""
    levels = _LEVELS.match(text, at) if _LEVEL.search(text, max(begin, at - 10), at) else None
    return levels.end() if levels else None


def word_class(text: str, at: int) -> tuple[str | None, int]:
    """The class of the listed word at `at`, or None; and where the word ends."""
    return _ends().at(text, at) or (None, word_end(text, at))


def word_end(text: str, at: int) -> int:
    """Where the syllable (or the hyphened name) that begins at `at` ends."""
    word = _WORD.match(text, at)
    return word.end() if word else at + 1


def _group(text: str, at: int) -> str | None:
    determiner = _DETERMINER.match(text, at)
    found = _heads().at(text, determiner.end() if determiner else at)
    return found[0] if found else None


def skip_spaces(text: str, at: int) -> int:
    """The first offset from `at` that holds no space."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


@cache
def _ends() -> wordlists.Phrasebook:
    return wordlists.Phrasebook(wordlists.classes("phrase_ends", "word", "class"))


@cache
def _words() -> wordlists.Phrasebook:
    """Words of several syllables."""
    listed = wordlists.classes("word_clusters", "word", "cluster")
    return wordlists.Phrasebook({word: group for word, group in listed.items() if " " in word})


@cache
def _places() -> wordlists.Phrasebook:
    """The prepositional phrases that need no noun: "trên địa bàn", "cả nước"."""
    roles = wordlists.classes("clause_words", "word", "role")
    return wordlists.Phrasebook({word: role for word, role in roles.items() if role == "place"})


@cache
def _heads() -> wordlists.Phrasebook:
    return wordlists.Phrasebook(wordlists.classes("coordinates", "noun", "group"))
