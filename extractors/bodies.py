"""Names of bodies: those that are known, and those that a head word (Cục, Sở, UBND, Công ty) opens."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.gazetteer import Gazetteer
from extractors.persons import person_at
from extractors.places import known_place, level, place_name
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.document import Document
    from extractors.gazetteer import Word

LONGEST = 90
"""Code points of the field behind a head word."""
MOST_WORDS = 20
"""Words of a name with its parent bodies."""
_BARE_LEVELS = frozenset(("tỉnh", "thành", "TP", "Tp"))
_JOINTS = frozenset(("và", "-", "&"))
_REACH = 3
"""Lower-case words between two capitalised ones of a name ("Trồng trọt và xuất khẩu gạo Việt Nam")."""

# "Chính phủ điện tử", "Đảng viên" are no bodies although they begin like one.
_NO_BODY = {"phủ": ("điện", "số", "kiến", "liêm"), "Đảng": ("viên", "phái", "bộ", "phí")}
# "cơ quan nhà nước", "quản lý Nhà nước": the adjective, not the actor.
_ADJECTIVAL = frozenset(("lý", "quan", "sách", "chính", "chức", "nghiệp", "vốn", "bạc", "toán", "nhà"))


def known_body(sentence: Sequence[Word], at: int) -> int:
    """How many words the known body that begins here has; 0: none does."""
    found = _known().longest(sentence, at)
    if found is None:
        return 0
    length, body = found
    last, following = sentence[at + length - 1].text, sentence[at + length : at + length + 1]
    if following and following[0].text in _NO_BODY.get(last, ()):
        return 0
    if body == "nha-nuoc" and at and sentence[at - 1].text.lower() in _ADJECTIVAL:
        return 0
    return length


def headed_body(document: Document, sentence: Sequence[Word], at: int) -> int:
    """How many words the body has that a head word opens here; 0: none does.

    UBND, Tỉnh ủy and their like are followed by their level and its name ("UBND quận Đống Đa"); the others
    by their field, whose first syllable is a capital ("Cục An toàn thông tin"). The parent body is part
    of the name ("Ban Pháp chế HĐND tỉnh").
    """
    length = _tailed(document, sentence, at)
    while length and length < MOST_WORDS and (more := _parent(document, sentence, at, at + length)):
        length += more
    return length


def _tailed(document: Document, sentence: Sequence[Word], at: int) -> int:
    """How many words the head word that stands here has with its own level or field; 0: it has neither."""
    head = _heads().longest(sentence, at)
    if head is None:
        return 0
    length, tail = head
    if (known := known_body(sentence, at)) > length:
        return known
    if tail == "level":
        return _level_tail(sentence, at + length) - at
    end = _field(document, sentence, at + length)
    return end - at if end > at + length else _of_parent(sentence, at, length)


def _of_parent(sentence: Sequence[Word], at: int, length: int) -> int:
    """A head word without a field is a name where its parent body follows ("Ban Thường vụ Tỉnh ủy")."""
    behind = at + length
    follows = behind < len(sentence) and sentence[behind].capital
    return length if follows and (_heads().longest(sentence, behind) or known_body(sentence, behind)) else 0


def _parent(document: Document, sentence: Sequence[Word], at: int, end: int) -> int:
    """How many words the parent body's or the place's name has that follows without a word between."""
    if end >= len(sentence) or sentence[end].start - sentence[end - 1].end != 1:
        return 0
    if parent := _tailed(document, sentence, end):
        return parent
    place = known_place(sentence, end) if sentence[end].capital and end > at + 1 else 0
    return max(known_body(sentence, end), place)


def _level_tail(sentence: Sequence[Word], at: int) -> int:
    """The end of "tỉnh", "TP. Hà Nội", "Nghệ An" behind a body of a level; `at` where there is none."""
    behind = at + level(sentence, at)
    named = known_place(sentence, behind)
    if named or behind == at:
        return behind + named
    # "UBND tỉnh Đặng Thị Hòa": the province's own body needs no name, a ward's always has one.
    bare = sentence[at].text in _BARE_LEVELS and person_at(sentence, behind)
    return behind if bare else behind + place_name(sentence, behind)


def _field(document: Document, sentence: Sequence[Word], at: int) -> int:
    """The end of the field behind a head word; `at` where it does not begin with a capital.

    Words go by underthesea's segmentation: one that begins with a capital belongs to the name whole
    ("Nội vụ"); lower-case ones do where a capitalised one follows soon.
    """
    if at >= len(sentence) or not sentence[at].capital or _another_name(sentence, at):
        return at
    window = Span(sentence[at].start, min(sentence[-1].end, sentence[at].start + LONGEST))
    end, gap = window.start, 0
    for token in document.tokens(window):
        surface = document.text[token.start : token.end]
        if gap > _REACH or surface.lower() in _closers() or not surface[0].isalpha():
            break
        if any(map(str.isupper, surface)):
            if end > window.start and _another_name(sentence, _word_at(sentence, token.start)):
                break
            end, gap = token.start + len(surface.rstrip(".")), 0
        elif surface not in _JOINTS:
            gap += 1
    return _word_at(sentence, end) if end > window.start else at


def _another_name(sentence: Sequence[Word], at: int) -> bool:
    return bool(_heads().longest(sentence, at) or known_body(sentence, at) or person_at(sentence, at))


def _word_at(sentence: Sequence[Word], offset: int) -> int:
    """The place of the first word that begins at or after an offset."""
    return bisect_left(sentence, offset, key=lambda word: word.start)


@cache
def _known() -> Gazetteer:
    return Gazetteer(_names())


def _names() -> Iterator[tuple[str, str]]:
    for row in rows("bodies"):
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            yield name, row["id"]


@cache
def _heads() -> Gazetteer:
    return Gazetteer((row["canonical"], row["tail"]) for row in rows("body_heads"))


@cache
def _closers() -> frozenset[str]:
    """Words that no body's name runs over: verbs of saying and doing, and most prepositions."""
    return frozenset(row["canonical"] for row in rows("name_closers"))
