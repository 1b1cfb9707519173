"""Laws, codes, ordinances and constitutions that are cited by name; where such a name ends."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.citations import Citation
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# No look-behind in front: the engine finds four capitals much faster than it looks behind each place.
_HEAD = re.compile(
    r"(?:(?P<type>Bộ[ ][Ll]uật|Luật|Pháp[ ]lệnh)|BLHS|BLDS|BLTTHS|BLTTDS|BLLĐ|Hiến[ ]pháp)(?!\w)"
)
_INSIDE_WORD = re.compile(r"\w")
# "Pháp Luật TP.HCM" is a newspaper, "Công ty Luật" a firm, "Đại học Luật" a school.
_NO_LAW = re.compile(
    r"(?:[Pp]háp|[Kk]ỷ|Công[ ]ty|Cty|[Đđ]ại[ ]học|ĐH|[Tt]rường|[Vv]ăn[ ]phòng|[Kk]hoa|[Kk]hối|[Ll]ớp"
    r"|[Bb]ộ[ ]môn|[Nn]gành|[Vv]iện|[Tt]rung[ ]tâm|Đoàn|Hãng|[Cc]ử[ ]nhân|[Tt]hạc[ ]sĩ|[Tt]iến[ ]sĩ"
    r"|Kinh[ ]tế[ ]-)[ ]$"
    r"|(?:[Cc]ông[ ]ước[^.;\n]{0,40}|T(?:òa|oà)[ ]án|Hội[ ]đồng|Văn|Đình|Hữu|Quang|Minh|Đức|Thị)[ ]$"
)
_WORD = re.compile(r"(?P<gap>[ ]{1,2}|,[ ]{1,2}|[ ]?[-–][ ]?)(?P<word>[^\W_]+(?:&[^\W_]+)*)")
_LONGEST = 22
_REACH = 8
_TYPE_OPENERS = frozenset(("luật", "bộ", "nghị", "pháp", "thông", "quyết", "chỉ", "hiến"))
_AMENDING = re.compile(
    r"(?P<what>[ ][Ss]ửa[ ]đổi(?:,[ ]bổ[ ]sung)?[^.;:\n“”\"()]{0,60}?)[ ](?:của[ ])?(?:các[ ])?"
    r"(?=(?:Bộ[ ][Ll]uật|Luật|Pháp[ ]lệnh)[ ])"
)
# "Luật sửa đổi, bổ sung 11 luật", "Luật sửa đổi các luật về thuế"
_AMENDING_SEVERAL = re.compile(
    r"[ ][Ss]ửa[ ]đổi(?:,[ ]bổ[ ]sung)?(?:(?!Luật[ ])[^.;:\n“”\"()]){0,60}?"
    r"[ ](?:các|[0-9]{1,2}|một[ ]số)[ ]luật"
    r"(?:[ ](?:về|liên[ ]quan[ ]đến)(?:[ ](?!của|và|có|đã|được|tại)[^\W\d_]+){1,6})?(?!\w)"
)
# Bodies that are named after a constitution, and constitutions of other countries.
_CONSTITUTIONAL = re.compile(
    r"(?:Tòa[ ]án|Toà[ ]án|Trung[ ]tâm|Ủy[ ]ban|Hội[ ]đồng|Viện|Bảo[ ]vệ|Ngày|Đảng)[ ]\Z", re.IGNORECASE
)
_ELSEWHERE = 120
_NUMBER = re.compile(
    r"[ ,(]{1,3}(?:Luật[ ])?số[ ]{1,2}:?[ ]?"
    r"(?P<number>[0-9]{1,3}/(?:19|20)[0-9]{2}/(?:QH|Qh|UBTVQH|PL-UBTVQH)[0-9]{1,2})"
)
_YEAR = re.compile(
    r"(?:[ ]\([A-ZĐ]{2,6}\))?[ ,]{1,2}(?:sửa[ ]đổi[ ])?\(?(?:năm[ ])?(?P<year>(?:19[4-9]|20[0-4])[0-9])"
    r"(?![\w/%])(?!-[0-9])"
    r"(?![ ]và[ ](?:năm[ ])?(?:19|20)[0-9]{2}(?![0-9]))"
)
# "Bộ luật Hình sự (| BLHS)"
_SHORT_FORM = re.compile(r"(?:Bộ[ ][Ll]uật|Luật)[ ][^.,;:()\n]{4,50}[ ]\(\Z")
_FULL_TYPES = {
    "BLHS": "Bộ luật",
    "BLDS": "Bộ luật",
    "BLTTHS": "Bộ luật",
    "BLTTDS": "Bộ luật",
    "BLLĐ": "Bộ luật",
}


def named(text: str) -> Iterator[tuple[Citation, Span | None]]:
    """Citations by name, each with the span of a number that goes with the name, if one does."""
    for head in _HEAD.finditer(text):
        inside = head.start() and _INSIDE_WORD.match(text, head.start() - 1)
        if inside or _NO_LAW.search(text, max(0, head.start() - 60), head.start()):
            continue
        if head["type"] is None and _SHORT_FORM.search(text, max(0, head.start() - 60), head.start()):
            continue
        if head.group() == "Hiến pháp" and _foreign(text, head):
            continue
        name_end, confidence = _name_end(text, head)
        if name_end is not None:
            yield _citation(text, head, name_end, confidence)


def _foreign(text: str, head: re.Match[str]) -> bool:
    """Whether a constitution is another country's, or only part of a body's name."""
    if _CONSTITUTIONAL.search(text, max(0, head.start() - 12), head.start()):
        return True
    if _YEAR.match(text, head.end()):
        return False
    start, end = _line(text, head)
    return "Việt Nam" not in text[start:end] and _countries().search(text, start, end) is not None


def _line(text: str, head: re.Match[str]) -> tuple[int, int]:
    """What stands around a mention on its line."""
    left, right = max(0, head.start() - _ELSEWHERE), min(len(text), head.end() + _ELSEWHERE)
    after = text.find("\n", head.end(), right)
    return max(left, text.rfind("\n", left, head.start()) + 1), right if after < 0 else after


def _name_end(text: str, head: re.Match[str]) -> tuple[int | None, float]:
    """Where the name ends, and how sure that is; None where none follows."""
    if head["type"] is None:
        return head.end(), 0.85
    several = _AMENDING_SEVERAL.match(text, head.end())
    if several:
        return several.end(), 0.85
    words = list(_words(text, head.end()))
    if not words or words[0][0].strip():
        return None, 0.0
    known = _known(words)
    if known is not None:
        return known, 0.95
    amending = _AMENDING.match(text, head.end())
    return (amending.end("what"), 0.85) if amending else (_walked(words), 0.8)


def _citation(text: str, head: re.Match[str], end: int, confidence: float) -> tuple[Citation, Span | None]:
    doc_type = _FULL_TYPES.get(head.group(), head.group().capitalize())
    title = _title(text, head)
    amends_one = title is not None and title.end > end
    number = None if amends_one else _NUMBER.match(text, end)
    if number:
        written = number["number"].replace("Qh", "QH")
        return Citation(
            head.start(), number.end(), doc_type, "decision.law_numbered", 0.97, written, title=title
        ), Span(*number.span("number"))
    year = None if amends_one else _YEAR.match(text, end)
    said = year["year"] if year else None
    return Citation(
        head.start(), end, doc_type, "decision.law_name", confidence, year=said, title=title
    ), None


def _title(text: str, head: re.Match[str]) -> Span | None:
    """The title of a law that amends others, with their names; a name of its own is no title."""
    several = _AMENDING_SEVERAL.match(text, head.end())
    amending = _AMENDING.match(text, head.end())
    if several or amending is None:
        return Span(head.end() + 1, several.end()) if several else None
    amended = _HEAD.match(text, amending.end())
    name_end = _name_end(text, amended)[0] if amended else None
    if name_end is None:
        return None
    number = _NUMBER.match(text, name_end)
    return Span(head.end() + 1, number.end() if number else name_end)


def _words(text: str, at: int) -> Iterator[tuple[str, str, int]]:
    """The words after a type word, each with what stands before it and where it ends."""
    for _ in range(_LONGEST):
        match = _WORD.match(text, at)
        if match is None:
            return
        yield match["gap"], match["word"], match.end()
        at = match.end()


def _known(words: list[tuple[str, str, int]]) -> int | None:
    """The end of the longest listed name, whatever its letter case; one in lower case must be listed."""
    node: dict[str, object] = _names()
    best = None
    for _, word, end in words:
        following = node.get(word.lower())
        if not isinstance(following, dict):
            break
        node = following
        if "" in node:
            best = end
    return best


def _walked(words: list[tuple[str, str, int]]) -> int | None:
    """The end of a name that is not listed: from a capital to the word before one that no name has."""
    end = None
    for place, (gap, word, word_end) in enumerate(words[:_REACH]):
        lower = word.lower()
        if place == 0:
            if not word[0].isupper() or lower in ("sư", "gia", "tnhh", "plus", "tp") or word[0].isdigit():
                return None
        elif (
            gap.startswith(",")
            or lower in _stops()
            or word[0].isdigit()
            or (_abbreviated(words[0][1]) and word.islower())
        ):
            break
        elif lower == "và":
            after = words[place + 1][1] if place + 1 < len(words) else ""
            if not after[:1].isupper() or after.lower() in _TYPE_OPENERS:
                break
            continue
        elif word[0].isupper() and not gap.strip() and not _inside_name(words, place):
            break
        end = word_end
    return end


def _abbreviated(word: str) -> bool:
    """Whether a word is a whole name in short: "Luật BHXH", "Luật HTX"."""
    return len(word) > 1 and word.isupper()


def _inside_name(words: list[tuple[str, str, int]], place: int) -> bool:
    """Whether a capital inside a name belongs to it: behind "và", in capitals all through, "Việt Nam"."""
    if words[place][1].isupper() or words[place - 1][1].lower() == "và":
        return True
    pair = " ".join(word for _, word, _ in words[place : place + 2])
    return (
        pair in ("Việt Nam", "Nhà nước", "Quốc hội", "Tổ quốc", "Quân đội", "Hội đồng")
        or words[place - 1][1][0].isupper()
    )


@cache
def _countries() -> re.Pattern[str]:
    """Other countries, and "nước này" for one that was named before."""
    countries = (row["canonical"] for row in rows("places") if row["kind"] == "country")
    names = {*countries, "Mỹ", "Hoa Kỳ", "nước này", "liên bang", "Tổng thống"} - {"Việt Nam"}
    return re.compile(rf"(?<!\w){alternation(names)}(?!\w)")


@cache
def _stops() -> frozenset[str]:
    """Syllables that a name of a law never goes on with: verbs, particles, prepositions."""
    return frozenset(row["syllable"] for row in rows("law_name_stops"))


@cache
def _names() -> dict[str, object]:
    """The listed names as a trie over their words in lower case; the key "" marks an end."""
    root: dict[str, object] = {}
    for row in rows("law_names"):
        node = root
        for word in re.findall(r"[^\W_]+", row["name"].lower()):
            following = node.setdefault(word, {})
            assert isinstance(following, dict)  # noqa: S101 - narrows the type of a trie's node
            node = following
        node[""] = True
    return root
