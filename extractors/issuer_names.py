"""Names of issuers as texts write them, and in full: "Sở GD&ĐT", "UBND TP.HCM", "Công an TP Huế"."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from extractors.letters import CAPITAL
from extractors.wordlists import alternation, rows

_CITY = re.compile(r"(?<!\w)(?:T[Pp]|tp)\.?[ ]?(?=[^\W\d_])(?![a-zđ])")
_LONGEST_SHORT = len("Bộ GD-ĐT")
_WORDS = re.compile(r"[^\W\d_]+")


def canonical(known: str) -> str:
    """The canonical name of a listed body, from one of its written forms."""
    return _canonical()[_key(known)]


def headquarters(branching: str) -> str:
    """The central body of which "BHXH tỉnh Sơn La" is a branch; what is written where none is listed."""
    full = expanded(branching)
    listed = (_canonical().get(_key(name)) for name in (branching, full, f"{full} Việt Nam"))
    return next(filter(None, listed), full)


def written() -> set[str]:
    """All forms in which the listed bodies are written; a Sở is not complete without its province."""
    names = set()
    for row in (row for row in rows("issuer_codes") if not row["canonical"].startswith("Sở ")):
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            names |= {name, name.title(), name.replace("-", "–"), name.replace("Ủy", "Uỷ")}
            if name.startswith("Bộ ") and len(name) > _LONGEST_SHORT:
                names.add(name.capitalize())
    return names - {"Trung ương", "Trung Ương", "TW", "Tw", "TƯ", "Tư"}  # part of too many other names


def ministries() -> set[str]:
    """What follows "Bộ" in the forms of the ministries: "Bộ trưởng Công Thương" leaves it out."""
    return {name.removeprefix("Bộ ") for name in written() if name.startswith("Bộ ")} - {"Chính trị"}


def expanded(name: str) -> str:
    """A name with its abbreviations written out, a Sở's like its ministry's."""
    head, _, rest = name.partition(" ")
    if head in ("Sở", "Phòng") and (ministry := _ministry(rest)):
        name = head + ministry.removeprefix("Bộ")
    if head == "Thanh" and (ministry := _ministry(name.removeprefix("Thanh tra Bộ "))):
        return f"Thanh tra {ministry}"
    name = _CITY.sub("TP ", name).replace("TP HCM", "TPHCM")
    return _WORDS.sub(lambda word: _abbreviations().get(word.group(), word.group()), name)


def spelled(name: str) -> str:
    """A listed name that was mistyped ("Bộ Chính chị"), as it is listed."""
    if not name.startswith("Bộ "):
        return name
    ministries = [canonical for canonical in _canonical().values() if canonical.startswith("Bộ ")]
    return next(iter(get_close_matches(name, ministries, 1, cutoff=0.82)), name)


def local(match: re.Match[str]) -> tuple[str, int]:
    """The full name of a local body, and where it ends: a person's name may follow the place's."""
    body = expanded(match["local"]) or "Ủy ban nhân dân"
    body = body[0] + body[1:].lower() if "an nhân" in body.lower() or "đồng" in body else body
    unit, place, end = match["unit"], match["place"], match.end()
    unit = "thành phố" if unit and unit.lower().startswith("tp") else unit and unit.lower()
    if not place:
        return (f"{body} {unit}" if unit else body), end
    if place.endswith("HCM") or place.startswith(("Hồ Chí Minh", "Thành phố Hồ Chí Minh")):
        return f"{body} Thành phố Hồ Chí Minh", end
    name = _place_name(place, of_province=unit in ("tỉnh", "thành phố"))
    if not name:
        return f"{body} {unit}", match.start("place") - 1
    end = match.start("place") + len(name)
    name = _short_names().get(name, name)
    kind = unit or ("" if body.endswith(("ủy", "bộ")) else provinces().get(undashed(name), ""))
    return " ".join(filter(None, (body, kind, name))), end


def is_person(name: str) -> bool:
    """Whether a name is a person's: a surname and two words or more."""
    person = _person().match(f" {name}")
    return person is not None and person.start("person") == 0


def without_person(name: str) -> str:
    """A name without a person's behind it: "Sở Xây dựng Mai Thanh Tùng"."""
    person = _person().match(name)
    if person and person["person"].strip() not in provinces():
        name = name[: person.start("person")]
    return name.rstrip(" –-")


def undashed(name: str) -> str:
    """A province's name as the list has it: "Thừa Thiên - Huế" is Thừa Thiên Huế."""
    return name.replace("–", "-").replace(" - ", " ")


@cache
def provinces() -> dict[str, str]:
    """Provinces and cities -> "tỉnh" or "thành phố"."""
    return {undashed(row["name"]): row["kind"] for row in rows("province_names")}


@cache
def _short_names() -> dict[str, str]:
    """Short forms of provinces -> their names: "TT-Huế", "BR-VT"."""
    return {
        short: row["name"] for row in rows("province_names") for short in row["variants"].split(";") if short
    }


def _ministry(field: str) -> str | None:
    """The ministry of a field that stands first in a name, with what follows: "TT&TT Hà Nội"."""
    words = field.split(" ")
    for length in range(len(words), 0, -1):
        ministry = _canonical().get(_key(f"Bộ {' '.join(words[:length])}"))
        if ministry and words[length : length + 1] not in (["-"], ["–"], ["và"]):
            return " ".join((ministry, *words[length:]))
    return None


def _place_name(name: str, *, of_province: bool) -> str:
    """A place without the name of the person who is named behind it; nothing if it is a person only."""
    words = name.split(" ")
    for length in range(len(words), 0, -1):
        written = " ".join(words[:length])
        if undashed(written) in provinces() or written in _short_names():
            return written
    words = without_person(name).split(" ")
    if of_province and is_person(name):
        return ""
    return " ".join(words[:3]) if len(words) <= 3 else " ".join(words[:2])


def _key(name: str) -> str:
    return name.lower().replace("–", "-").replace("uỷ", "ủy")


@cache
def _canonical() -> dict[str, str]:
    return {
        _key(name): row["canonical"]
        for row in rows("issuer_codes")
        for name in (row["canonical"], *filter(None, row["variants"].split(";")))
    }


@cache
def _abbreviations() -> dict[str, str]:
    return {row["written"]: row["meant"] for row in rows("issuer_abbreviations")}


@cache
def _person() -> re.Pattern[str]:
    """The last surname with two or three names behind it: "Đông Hà Nguyễn Chiến Thắng"."""
    surnames = alternation(row["canonical"] for row in rows("surnames"))
    return re.compile(rf".*(?P<person>[ ]{surnames}(?:[ ][{CAPITAL}]\w*){{2,3}})\Z")
