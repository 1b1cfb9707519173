"""Local bodies that are written without their place: the place is the one that the sentence names.

"Nghị quyết số 12/NQ-HĐND của HĐND tỉnh về thủy lợi tỉnh Yên Bái" is the resolution of the People's
Council of that province. Two places, or none, leave the body as it is written, and letters that every
local body has ("QĐ-UBND") without an issuer.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import issuer_names, issuers
from extractors.issuer_letters import KINDS
from extractors.issuers import Issuer
from extractors.letters import CAPITAL
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Span

_OPEN = re.compile(
    r"(?:Ủy ban nhân dân|Hội đồng nhân dân|Đảng bộ|Công an)"
    r" (?P<unit>tỉnh|thành phố|quận|huyện|thị xã|phường|xã)\Z"
    r"|(?P<party>Tỉnh|Thành|Huyện|Quận|Thị) ủy\Z"
)
_PARTY_UNITS = {"Tỉnh": "tỉnh", "Thành": "thành phố", "Huyện": "huyện", "Quận": "quận", "Thị": "thị xã"}
_WORD = rf"[{CAPITAL}][^\W\d_]{{0,7}}"
# "huyện Bắc Trà My", "quận 7", "TP. Thủ Đức"
_NAMED = re.compile(
    rf"(?<!\w)(?P<unit>(?i:tỉnh|thành[ ]phố|quận|huyện|thị[ ]xã|phường|xã)|T[Pp]\.?)[ ]{{0,2}}"
    rf"(?P<name>HCM(?!\w)|{_WORD}(?:[ ](?:[-–][ ])?{_WORD}){{0,3}}|[0-9]{{1,2}}(?![\w.,/%]))"
)
# Who a document goes to, or what is compared, is not who issues it.
_ELSEWHERE = re.compile(
    r"(?:gửi|với|sang|sang[ ]cả)[ ](?:các[ ])?(?:UBND[ ]|HĐND[ ])?(?:tỉnh[ ]|thành[ ]phố[ ]|TP\.?[ ]?)?\Z"
)
# Whose documents have no such numbers in the news.
_SMALL = ("xã", "phường")
_OF_YEAR = re.compile(r"/(?:19|20)[0-9]{2}/")
# The letters of a number are no mention: "89/2016/QĐ - UBND Quy định về ..."
_CODED = re.compile(r"[A-ZĐ0-9][ ]?[-–/][ ]?\Z")
_UNIT = re.compile(r"(?:tỉnh|thành phố|quận|huyện|thị xã|phường|xã)(?: |\Z)")
_ADDRESSED = re.compile(r"(?:gửi|tới|đến|cho|giao|nghị|trình|xin|cùng|với)[ ]\Z")


class Places:
    """The places that the sentences of a text name, each sentence looked through once."""

    def __init__(self, text: str) -> None:
        """Nothing is looked at yet."""
        self._text = text
        self._sentence: tuple[int, int] = (0, 0)
        self._named: dict[str, str | None] = {}
        self._areas: list[tuple[str, str, bool]] = []
        self._bodies: set[str] = set()

    def completed(self, issuer: str, sentence: Span, number: str = "") -> str | None:
        """The issuer with its place, where the sentence names one and only one that fits.

        A kind of body that only the letters of a number name, and of no known place, is nobody.
        """
        if issuer in KINDS or issuer.startswith("Sở "):
            self._look(sentence)
            named = {body for body in self._bodies if body.startswith(f"{issuer} ")}
            if named:
                issuer = _only(named) or issuer
            elif issuer in KINDS:
                issuer = self._of_area(issuer, number)
            if issuer in KINDS and issuer not in self._bodies:
                return None
        body = _OPEN.search(issuer)
        if body is None:
            return issuer
        self._look(sentence)
        unit = body["unit"] or _PARTY_UNITS[body["party"]]
        name = self._named.get(unit)
        if name is None:
            return issuer
        if name == "Hồ Chí Minh" and body["unit"]:
            return f"{issuer.removesuffix(unit)}Thành phố Hồ Chí Minh"
        return f"{issuer} {name}"

    def _of_area(self, kind: str, number: str) -> str:
        """The body of the one area that a sentence speaks of: "các trường thuộc tỉnh Nghệ An".

        Rules in force, whose numbers have a year, are a province's where a province is named.
        """
        areas = {(unit, name) for unit, name, _ in self._areas if unit not in _SMALL}
        if not self._areas:  # "Hà Nội vừa ban hành Quyết định 3098/QĐ-UBND"
            areas = {(unit, name) for unit, name in self._named.items() if name}
        if len(areas) > 1 and _OF_YEAR.search(number):
            areas = {(unit, name) for unit, name in areas if unit in ("tỉnh", "thành phố")}
        if None in self._named.values() or len(areas) != 1:
            return kind
        unit, name = areas.pop()
        if self._named.get(unit) != name:
            return kind
        return f"{kind} {unit} {name}"

    def _look(self, sentence: Span) -> None:
        if self._sentence != (sentence.start, sentence.end):
            self._sentence = (sentence.start, sentence.end)
            self._areas = list(_with_unit(self._text, sentence))
            self._named = _named(self._text, sentence, self._areas)
            self._bodies = _bodies(self._text, sentence)


def area(text: str, start: int, end: int) -> Issuer | None:
    """A place that is named for those who govern it: "Công văn 9 của huyện Gò Dầu"."""
    named = _NAMED.match(text, start, end)
    if named is None:
        bare = _provinces_bare().match(text, start, end)
        kind = _provinces()[_key(bare.group())] if bare else ""
        return Issuer(*bare.span(), bare.group(), f"{kind} {bare.group()}") if bare else None
    unit = "thành phố" if named["unit"].lower().startswith("tp") else named["unit"].lower()
    name = _of_province(named["name"]) or named["name"]
    if unit in ("tỉnh", "thành phố") and issuer_names.is_person(name):
        return None
    full = "Thành phố Hồ Chí Minh" if name in ("HCM", "Hồ Chí Minh") else f"{unit} {name}"
    return Issuer(start, named.start("name") + len(name), full, full)


def _bodies(text: str, sentence: Span) -> set[str]:
    """The bodies that a sentence names and does not address, but for letters of numbers."""
    found = set()
    for issuer in issuers.mentions(text, sentence.start, sentence.end):
        front = max(sentence.start, issuer.start - 12)
        coded = _CODED.search(text, front, issuer.start) and not _UNIT.search(issuer.body)
        if not coded and not _ADDRESSED.search(text, front, issuer.start):
            found.add(issuer.body)
    return found


def _only(names: set[str]) -> str | None:
    """The one body that all the names are of: "UBND TP Huế" and, said again, "UBND thành phố"."""
    longest = max(names, key=len)
    return longest if all(f"{longest} ".startswith(f"{name} ") for name in names) else None


def _named(text: str, sentence: Span, areas: list[tuple[str, str, bool]]) -> dict[str, str | None]:
    """For each kind of place the one that a sentence names; None where it names several."""
    found: dict[str, dict[str, str]] = {}
    for unit, name in ((unit, name) for unit, name, elsewhere in areas if not elsewhere):
        found.setdefault(unit, {}).setdefault(_key(name), name)
    for match in _provinces_bare().finditer(text, sentence.start, sentence.end):
        if not _elsewhere(text, sentence, match.start()):
            unit = _provinces()[_key(match.group())]
            found.setdefault(unit, {}).setdefault(_key(match.group()), match.group())
    return {unit: next(iter(names.values())) if len(names) == 1 else None for unit, names in found.items()}


def _with_unit(text: str, sentence: Span) -> Iterator[tuple[str, str, bool]]:
    """The places that are named with what they are ("tỉnh Lai Châu"), and whether they are written to."""
    for match in _NAMED.finditer(text, sentence.start, sentence.end):
        unit = match["unit"].lower()
        unit = "thành phố" if unit.startswith("tp") else unit
        name = _of_province(match["name"]) or match["name"]
        person = unit in ("tỉnh", "thành phố") and issuer_names.is_person(name)
        if not person:
            yield unit, "Hồ Chí Minh" if name == "HCM" else name, _elsewhere(text, sentence, match.start())


def _elsewhere(text: str, sentence: Span, at: int) -> bool:
    """Whether a place is only who is written to."""
    return _ELSEWHERE.search(text, max(sentence.start, at - 24), at) is not None


def _of_province(name: str) -> str | None:
    """A province's name with which a longer stretch of capitals begins ("Lai Châu Lò Văn")."""
    words = name.split(" ")
    for length in range(len(words), 0, -1):
        if _key(" ".join(words[:length])) in _provinces():
            return " ".join(words[:length])
    return None


def _key(name: str) -> str:
    return name.replace(" - ", " ").replace(" – ", " ")


@cache
def _provinces() -> dict[str, str]:
    return {_key(row["name"]): row["kind"] for row in rows("province_names")}


@cache
def _provinces_bare() -> re.Pattern[str]:
    """Provinces by name alone, "tỉnh" or "TP" in front or not."""
    names = {row["name"] for row in rows("province_names")} | {"Thừa Thiên - Huế", "Thừa Thiên – Huế"}
    return re.compile(rf"(?<!\w){alternation(names)}(?![ ][{CAPITAL}])(?!\w)")
