"""Names of persons: a family name and what follows it, or what stands behind a title or a form of address."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus.syllables import is_syllable
from extractors.wordlists import classes, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.gazetteer import Word

MOST_SYLLABLES = 5
"""Of a Vietnamese name: "Tôn Nữ Thị Ninh" has four, names of the upland peoples up to five."""
LONGEST_TITLE = 4
"""Words of a title ("phó tổng cục trưởng")."""


def person_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the person's name that begins here has; 0: none does.

    Two syllables and more need a family name in front ("Nguyễn Huy Dũng"); one is enough behind
    "ông", "bà", "anh", "chị", "đồng chí" ("ông Tuấn").
    """
    length = _syllables(sentence, at)
    if length >= 2 and sentence[at].text.title() in _surnames():
        return length
    if at and title_before(sentence, at) == "address" and sentence[at].text not in OFFICES:
        return max(length, name_at(sentence, at))
    return initialled_at(sentence, at)


def titled_at(sentence: Sequence[Word], at: int, title: str | None) -> int:
    """How many words the name behind a title of this class (`person_titles.csv`) has; 0: none stands there.

    Behind "Tổng thống", "Bộ trưởng" a single foreign word is a name, behind "Giám đốc" it may be a firm's;
    Vietnamese syllables without a family name may belong to the office ("Bộ trưởng Quốc phòng").
    """
    if title in (None, "office"):
        return 0
    length = name_at(sentence, at)
    return length if _foreign(sentence[at : at + length]) > (title == "firm") else 0


def name_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the run of capitalised words has that begins here, with initials and hyphens.

    "V.I. Lenin", "Kim Jong-un", "Chaichan Changmongkol", "H'Hen Niê"; nothing is said about whose name it is.
    """
    end = at
    while end < len(sentence) and end - at < 3 * MOST_SYLLABLES:
        length = _initial(sentence, end) or _part(sentence, end)
        if not length or (end > at and not _joined(sentence, end)):
            break
        end += length
    return end - at if end > at and any(len(word.text) > 1 for word in sentence[at:end]) else 0


def _foreign(name: Sequence[Word]) -> int:
    """How many words of a name no Vietnamese name has, transcribed ones ("Đờ-ray-ờ") among them."""
    return sum(is_foreign(word.text) or word.text in _TIES for word in name)


def is_foreign(word: str) -> bool:
    """Whether a capitalised word is none that Vietnamese could spell, and no abbreviation either."""
    return len(word) > 1 and word[0].isupper() and not word.isupper() and not is_syllable(word)


def title_before(sentence: Sequence[Word], at: int) -> str | None:
    """The class of the title that ends right in front of a word: state, profession, firm, address."""
    spoken = ""
    best = None
    for word in reversed(sentence[max(0, at - LONGEST_TITLE) : at]):
        spoken = f"{word.text.lower()} {spoken}".rstrip()
        best = _titles().get(spoken, best)
    return best


def initialled_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the name with initials has ("N.Huyền", "Đ.TRUNG") that begins here; 0: none."""
    end = at
    while initial := _initial(sentence, end):
        end += initial
    if end == at or sentence[end].start != sentence[end - 1].end or len(sentence[end].text) == 1:
        return 0
    return end + 1 - at


def credited_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the pen name has that a photograph is credited to here ("Ảnh: Thu Giang"); 0: none.

    What comes next is often glued on ("Ảnh: Thu Giang Sáng 3/7, ..."): without a family name, two syllables.
    """
    if at < 2 or sentence[at - 1].text != ":" or sentence[at - 2].text.lower() not in ("ảnh", "họa", "hoạ"):
        return 0
    return person_at(sentence, at) or min(_syllables(sentence, at), 2)


def byline_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the writer's name has that ends the line here, alone or behind a full stop; 0: none."""
    if at and sentence[at - 1].text not in _STOPS:
        return 0
    length = _syllables(sentence, at)
    initials = all(len(word.text) < 3 for word in sentence[at : at + length])
    return length if 2 <= length <= 4 and not initials and _signs(sentence, at, at + length) else 0


def _signs(sentence: Sequence[Word], at: int, end: int) -> bool:
    """Whether what stands behind a name at the end of a line leaves it a byline.

    Nothing, its paper in brackets or behind a stroke, or a second writer or the body that the writer is of.
    """
    behind = [word.text for word in sentence[end : end + _SIGNATURE + 1]]
    if not behind:
        return True
    short = len(behind) <= _SIGNATURE and all(word[0].isupper() or not word[0].isalpha() for word in behind)
    bracketed = behind[0] == "(" and behind[-1] == ")"
    written = behind[0] in "-–/" and (at > 0 or sentence[at].text.isupper())
    return short and (bracketed or written)


_SIGNATURE = 5
"""Words behind a byline: "- Sở TTTT", "(TTXVN/Vietnam+)"."""
_STOPS = frozenset(".…!?”)/-–")
# "đồng chí Phó Chủ tịch": an office, and no name yet.
OFFICES = frozenset(
    ("Phó", "Chủ", "Trưởng", "Giám", "Bí", "Tổng", "Thứ", "Bộ", "Cục", "Ủy", "Thường", "Chánh")
)


def _syllables(sentence: Sequence[Word], at: int) -> int:
    """How many capitalised syllables of one letter case (Dũng or DŨNG) follow each other from here."""
    run = 0
    for word in sentence[at : at + MOST_SYLLABLES]:
        if not (word.text.isalpha() and word.capital and len(word.text) <= 7):
            break
        if run and (word.start - sentence[at + run - 1].end != 1):
            break
        if run and word.text.isupper() != sentence[at].text.isupper() and len(word.text) > 1:
            break
        run += 1
    return run + tied(sentence, at + run) if run else 0


def _part(sentence: Sequence[Word], at: int) -> int:
    """One word of a name with what is tied to it: "Jong-un", "H'Hen"."""
    word = sentence[at]
    if not (word.capital and word.text.isalpha()):
        return 0
    return 1 + tied(sentence, at + 1)


def tied(sentence: Sequence[Word], at: int) -> int:
    """How many words "-un", "-ray-ờ", "'Hen" have that are tied to the word in front."""
    end = at
    while end + 1 < len(sentence) and sentence[end].text in _TIES and _fits(sentence, end):
        end += 2
    return end - at


def _fits(sentence: Sequence[Word], at: int) -> bool:
    close = sentence[at - 1].end == sentence[at].start and sentence[at].end == sentence[at + 1].start
    part = sentence[at + 1].text
    foreign = part.islower() or (part.isascii() and not part.isupper())
    return close and part.isalpha() and foreign


_TIES = frozenset("-'’")


def _initial(sentence: Sequence[Word], at: int) -> int:
    """2 where an initial stands here ("V."), tied to a capital or followed by one; else 0."""
    if at + 2 >= len(sentence) or len(sentence[at].text) != 1 or not sentence[at].capital:
        return 0
    dot, behind = sentence[at + 1], sentence[at + 2]
    tied = dot.text == "." and dot.start == sentence[at].end and behind.start - dot.end <= 1
    return 2 if tied and behind.capital and behind.text.isalpha() else 0


def _joined(sentence: Sequence[Word], at: int) -> bool:
    """Whether a word stands one space (or an initial's full stop) behind the one in front."""
    gap = sentence[at].start - sentence[at - 1].end
    return gap == 1 or (gap == 0 and sentence[at - 1].text == ".")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["canonical"] for row in rows("surnames"))


@cache
def _titles() -> dict[str, str]:
    return classes("person_titles", "canonical", "kind")
