"""Names of bodies: those that are known, and those that a head word (Cục, Sở, UBND, Công ty) opens."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.gazetteer import Gazetteer
from extractors.persons import OFFICES, name_at, person_at
from extractors.places import known_place, level, numbered, place_name
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
_DESCRIPTION = 5
"""Lower-case words between a head word and the name that ends a body's ("các nhà sản xuất ôtô Việt Nam")."""
# "các Bộ chuyên ngành", "Ban lãnh đạo", "Phòng họp": what follows in lower case is no name.
_PLURAL = frozenset(("Đảng", "Bộ", "Ban", "Sở", "Tổ", "Phòng", "Cục", "Vụ", "Văn", "Ủy", "Hội", "Đoàn"))
_OF_COUNTRIES = frozenset(("chinh-phu", "quoc-hoi"))
# "BV Bạch Mai", "Trường THPT Trần Phú": what is called after people.
_CALLED_AFTER = frozenset(
    ("BV", "Bệnh", "Trường", "ĐH", "Đại", "Quỹ", "Học", "NXB", "Nhà", "Cty", "Công", "CTCP", "Tập")
)
_DASHES = frozenset("-–")
_JOINTS = frozenset(("và", "-", "–", "&"))
_OBJECT = 7
"""Words of an object, and what must come behind it."""
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
    if body in _OF_COUNTRIES and following and (country := known_place(sentence, at + length)):
        return length + country
    if body == "nha-nuoc" and at and sentence[at - 1].text.lower() in _ADJECTIVAL:
        return 0
    return length


def headed_body(document: Document, sentence: Sequence[Word], at: int) -> int:
    """How many words the body has that a head word opens here; 0: none does.

    UBND, Tỉnh ủy and their like are followed by their level and its name ("UBND quận Đống Đa"); the others
    by their field, whose first syllable is a capital ("Cục An toàn thông tin"). The parent body is part
    of the name ("Ban Pháp chế HĐND tỉnh").
    """
    if sentence[at].text == "đảng" and at and sentence[at - 1].text == "sự":
        return 0
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
    if tail != "field":
        end = _level_tail(sentence, at + length)
        if tail == "level" or end > at + length:
            return end - at
    end = _field(document, sentence, at + length, person=sentence[at].text in _CALLED_AFTER)
    if not end and sentence[at].capital and sentence[at].text not in _PLURAL:
        end = _described(document, sentence, at, at + length)
    return end - at if end else _of_parent(sentence, at, length)


def _of_parent(sentence: Sequence[Word], at: int, length: int) -> int:
    """A head word without a field is a name where its parent body follows ("Ban Thường vụ Tỉnh ủy")."""
    behind = at + length
    follows = behind < len(sentence) and sentence[behind].capital
    return length if follows and (_heads().longest(sentence, behind) or known_body(sentence, behind)) else 0


def _parent(document: Document, sentence: Sequence[Word], at: int, end: int) -> int:
    """How many words the parent body's or the place's name has that follows without a word between."""
    if end + 1 >= len(sentence) or sentence[end].start - sentence[end - 1].end != 1:
        return 0
    if sentence[end].text in _DASHES and (parent := _tailed(document, sentence, end + 1)):
        return parent + 1
    if sentence[end].text == "tại" and (place := known_place(sentence, end + 1)):
        return place + 1
    if parent := _tailed(document, sentence, end):
        return parent
    place = known_place(sentence, end) if sentence[end].capital and end > at + 1 else 0
    return max(known_body(sentence, end), place)


def _level_tail(sentence: Sequence[Word], at: int) -> int:
    """The end of "tỉnh", "TP. Hà Nội", "Nghệ An", "quận 2" behind a body of a level; `at`: there is none."""
    if at < len(sentence) and (figure := numbered(sentence, at)):
        return at + figure
    if at >= len(sentence):
        return at
    behind = at + level(sentence, at)
    named = known_place(sentence, behind)
    if named or behind == at:
        return behind + named
    # "UBND tỉnh Đặng Thị Hòa": the province's own body needs no name, a ward's always has one.
    bare = sentence[at].text in _BARE_LEVELS and person_at(sentence, behind)
    return behind if bare else behind + place_name(sentence, behind)


def _field(document: Document, sentence: Sequence[Word], at: int, *, person: bool) -> int:
    """The end of the field behind a head word; 0 where it does not begin with a capital.

    Words go by underthesea's segmentation: one that begins with a capital belongs to the name whole
    ("Nội vụ"); lower-case ones do where a capitalised one follows soon, or the first asks for an object
    ("Quản lý chất lượng"). Known fields (`lexicons/body_fields.csv`) need neither. `person`: it may be a
    person's name.
    """
    if at >= len(sentence) or not sentence[at].capital:
        return 0
    known = _fields().longest(sentence, at)
    known_end = at + known[0] if known else 0
    if _another_name(sentence, at, person=person):
        return known_end
    spelled = _spelled_field(document, sentence, at)
    goes_on = not known or any(word.capital for word in sentence[known_end:spelled])
    return spelled if goes_on else known_end


def _spelled_field(document: Document, sentence: Sequence[Word], at: int) -> int:
    """The end of a field that is in no lexicon."""
    window = Span(sentence[at].start, min(sentence[-1].end, sentence[at].start + LONGEST))
    tokens = list(document.tokens(window))
    end, gap = window.start, 0
    for token in tokens:
        surface = document.text[token.start : token.end]
        if gap > _REACH or surface.lower() in _closers() or _closes(document, sentence, token):
            break
        if any(map(str.isupper, surface)):
            if end > window.start and _begins_another(sentence, token):
                break
            end, gap = token.start + len(surface.rstrip(".")), 0
        elif surface not in _JOINTS:
            gap += 1
    if tokens and end == tokens[0].end and document.text[tokens[0].start : end] in _open_fields():
        end = _object(document, tokens[1:]) or end
    return _numbered_tail(sentence, _word_at(sentence, end)) if end > window.start else 0


def _closes(document: Document, sentence: Sequence[Word], token: Span) -> bool:
    """Whether a name ends before a mark, a figure ("Vận tải 57 Hà Nội" goes on) or "các tỉnh ..."."""
    surface = document.text[token.start : token.end]
    if surface in _JOINTS:
        return False
    behind = _word_at(sentence, token.end)
    if behind >= len(sentence):
        return not surface[0].isalpha()
    if surface.isdigit():
        return not sentence[behind].capital
    return not surface[0].isalpha() or (surface == "các" and level(sentence, behind) > 0)


def _object(document: Document, tokens: Sequence[Span]) -> int:
    """The end of the lower-case words up to a verb or a mark; 0 where neither comes soon."""
    end = 0
    for token in tokens[:_OBJECT]:
        surface = document.text[token.start : token.end]
        if surface.lower() in _closers() or not surface[0].isalpha():
            return end
        end = token.end
    return 0


def _described(document: Document, sentence: Sequence[Word], head: int, at: int) -> int:
    """The end of a field that begins in lower case and ends in a name ("Công ty gạch Hà Nội"); else 0.

    "Báo" of "Báo cáo Quốc hội" and "Trường" of "Trường hợp" are no head words.
    """
    first = next(
        iter(document.tokens(Span(sentence[head].start, sentence[min(at, len(sentence) - 1)].end))), None
    )
    if first and at < len(sentence) and first.end >= sentence[at].end:
        return 0
    for place in range(at, min(at + _DESCRIPTION + 1, len(sentence))):
        word = sentence[place]
        if not word.text.isalpha() or word.key in _closers() or word.start - sentence[place - 1].end != 1:
            return 0
        if word.capital:
            name = known_place(sentence, place) or name_at(sentence, place)
            return place + name if place > at and not _heads().longest(sentence, place) else 0
    return 0


def _numbered_tail(sentence: Sequence[Word], at: int) -> int:
    """Behind "Trường Phổ thông trung học số" its figure belongs to the name."""
    follows = at < len(sentence) and sentence[at].text.isdigit()
    if at < len(sentence) and sentence[at].text == "số" and sentence[at + 1 : at + 2]:
        return at + 2 if sentence[at + 1].text.isdigit() else at
    return at + 1 if follows and sentence[at - 1].text == "số" else at


def _begins_another(sentence: Sequence[Word], token: Span) -> bool:
    """Whether a token begins another name; "Phòng" of "Phòng không" is no head word."""
    at = _word_at(sentence, token.start)
    if at >= len(sentence) or sentence[at].text in OFFICES:
        return True
    head = _heads().longest(sentence, at)
    if head and sentence[at + head[0] - 1].end >= token.end:
        return True
    return bool(known_body(sentence, at) or _person(sentence, at))


def _another_name(sentence: Sequence[Word], at: int, *, person: bool) -> bool:
    known = _heads().longest(sentence, at) or known_body(sentence, at)
    return bool(known) or (not person and _person(sentence, at))


def _person(sentence: Sequence[Word], at: int) -> bool:
    """ "Hà Nội" begins like a family name and is none."""
    return not known_place(sentence, at) and bool(person_at(sentence, at))


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
def _fields() -> Gazetteer:
    return Gazetteer((row["canonical"], "") for row in rows("body_fields"))


@cache
def _open_fields() -> frozenset[str]:
    """Words of a field that ask for an object."""
    return frozenset(row["canonical"] for row in rows("open_fields"))


@cache
def _closers() -> frozenset[str]:
    """Words that no body's name runs over: verbs of saying and doing, and most prepositions."""
    return frozenset(row["canonical"] for row in rows("name_closers"))
