"""Who issues documents: bodies and offices as texts name them, and as the letters of a number name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFF)) if c.isupper() and c.isalpha())
_NAME_WORD = rf"[{_UPPER}][\w’'-]{{0,20}}"
# UBND TP. Hà Nội, HĐND tỉnh Nghệ An, Thành ủy Hà Nội, Ủy ban nhân dân quận 1
_LOCAL = rf"""
    (?P<local>UBND|HĐND|(?:Ủy|Uỷ)[ ]ban[ ][Nn]hân[ ]dân|Hội[ ]đồng[ ][Nn]hân[ ]dân
      |(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)[ ](?:ủy|uỷ)|Đảng[ ]bộ)
    (?:[ ](?P<unit>(?i:tỉnh|thành[ ]phố|quận|huyện|thị[ ]xã|thị[ ]trấn|phường|xã|đặc[ ]khu)|T[Pp]\.?))?
    (?:(?:[ ]|(?<=\.))
      (?P<place>TP\.?[ ]?HCM|HCM|(?:{_NAME_WORD}|[0-9]{{1,2}})(?:[ ](?:-[ ])?{_NAME_WORD}){{0,3}}))?
"""
_ABBREVIATIONS = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành",
    "TAND": "Tòa án nhân dân", "VKSND": "Viện kiểm sát nhân dân", "BHXH": "Bảo hiểm xã hội",
    "NHNN": "Ngân hàng Nhà nước", "Uỷ": "Ủy", "uỷ": "ủy", "TW": "Trung ương",
    "TP": "thành phố", "THADS": "Thi hành án dân sự", "CSGT": "Cảnh sát giao thông",
    "KBNN": "Kho bạc Nhà nước",
}  # fmt: skip
# "Cục Quản lý Dược Bộ Y tế" is the department; "Thanh tra Bộ Công an" is one name.
_OF_MINISTRY = re.compile(r"(?<=\w)(?<!Thanh[ ]tra)[ ]Bộ[ ].*\Z")
_WORDS = re.compile(r"[^\W\d_]+")
# "Chính phủ điện tử" is no government.
_NOT_AFTER = r"(?![ ](?:điện[ ]tử|số(?!\w)|kiến[ ]tạo|liêm[ ]chính|và[ ]Văn[ ]hóa))(?!\w)"


@dataclass(frozen=True, slots=True)
class Issuer(Span):
    """A body or office in the text; `name` is canonical, `body` the same without the office.

    `signer`: a deputy signs for the body; `listed`: the name is a known one.
    """

    name: str
    body: str
    signer: bool = False
    listed: bool = True


def mentions(text: str, start: int, end: int) -> Iterator[Issuer]:
    """The issuers named between two offsets, in reading order."""
    for match in _pattern().finditer(text, start, end):
        yield _issuer(match)


def at(text: str, start: int, end: int) -> Issuer | None:
    """The issuer that begins exactly at an offset."""
    match = _pattern().match(text, start, end)
    return _issuer(match) if match else None


def of_number(number: str) -> str | None:
    """The issuer that the letters of a number name; None where they name none, or several bodies share them.

    >>> of_number("942/QĐ-TTg")
    'Thủ tướng Chính phủ'
    """
    groups = [group for group in re.split(r"[/-]", number)[1:] if group and not group.isdigit()]
    if groups and groups[0] in ("TTLT", "TTLB", "NQLT"):
        joint = [_codes()[group] for group in groups[1:] if group in _codes()]
        return ", ".join(joint) or None
    groups += ["-".join(groups[-2:])]
    for group in groups:
        found = _codes().get(group) or _codes().get(re.sub(r"[0-9]+$", "", group))
        if found and not (group in _type_codes() and len(groups) > 1 and group is groups[0]):
            return found
    return None


def agrees(issuer: Issuer, by_letters: str) -> bool:
    """Whether an issuer in the text can be the one that a number's letters name."""
    return issuer.body == by_letters or issuer.body.startswith(f"{by_letters} ")


def _issuer(match: re.Match[str]) -> Issuer:
    start, end = match.span()
    if match["known"]:
        name = _canonical()[_key(match["known"])]
    elif match["local"]:
        name, end = _local(match)
    else:
        written = _OF_MINISTRY.sub("", _without_person(match["headed"]))
        name, end = _spelled(_expanded(written)), match.start("headed") + len(written)
    signer = match["deputy"] is not None
    office = match["office"] and _office(match["office"])
    full = f"{_expanded(office)} {name}" if office and not name.startswith(office) else name
    return Issuer(start, end, full, name, signer, match["headed"] is None)


def _office(written: str) -> str:
    """An office in the letter case that it is listed in: "ban thường vụ" is "Ban Thường vụ"."""
    return _offices()[written.lower()]


def _local(match: re.Match[str]) -> tuple[str, int]:
    """The full name of a local body, and where it ends: a person's name may follow the place's."""
    body = _expanded(match["local"])
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
    kind = unit or ("" if body.endswith(("ủy", "bộ")) else _provinces().get(_undashed(name), ""))
    return " ".join(filter(None, (body, kind, name))), end


def _place_name(written: str, *, of_province: bool) -> str:
    """A place without the name of the person who is named behind it; nothing if it is a person only."""
    words = written.split(" ")
    for length in range(len(words), 0, -1):
        if _undashed(" ".join(words[:length])) in _provinces():
            return " ".join(words[:length])
    words = _without_person(written).split(" ")
    if of_province and is_person(written):
        return ""
    return " ".join(words[:3]) if len(words) <= 3 else " ".join(words[:2])


def is_person(written: str) -> bool:
    """Whether a name is a person's: a surname and two words or more."""
    return _person().fullmatch(f" {written}") is not None


def _without_person(written: str) -> str:
    """A name without a person's behind it: "Sở Xây dựng Mai Thanh Tùng"."""
    person = _person().search(written)
    return written[: person.start()] if person and person.group().strip() not in _provinces() else written


def _undashed(name: str) -> str:
    """A province's name as the list has it: "Thừa Thiên - Huế" is Thừa Thiên Huế."""
    return name.replace("–", "-").replace(" - ", " ")


@cache
def _person() -> re.Pattern[str]:
    surnames = alternation(row["canonical"] for row in rows("surnames"))
    return re.compile(rf"[ ]{surnames}(?:[ ][{_UPPER}]\w*){{2,3}}\Z")


def _expanded(written: str) -> str:
    """A name with its abbreviations written out, a Sở's like its ministry's."""
    head, _, rest = written.partition(" ")
    if head in ("Sở", "Phòng"):
        ministry = _canonical().get(_key(f"Bộ {rest}"))
        if ministry:
            return head + ministry.removeprefix("Bộ")
    return _WORDS.sub(lambda word: _ABBREVIATIONS.get(word.group(), word.group()), written)


def _spelled(name: str) -> str:
    """A listed name that was mistyped ("Bộ Chính chị"), as it is listed."""
    if not name.startswith("Bộ "):
        return name
    ministries = [canonical for canonical in _canonical().values() if canonical.startswith("Bộ ")]
    return next(iter(get_close_matches(name, ministries, 1, cutoff=0.82)), name)


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
def _codes() -> dict[str, str]:
    """Letters of numbers -> issuer; of two bodies that share letters, the one that still stands."""
    ordered = sorted(rows("issuer_codes"), key=lambda row: row["valid_to"] or "9999")
    codes = {code: row["canonical"] for row in ordered for code in row["codes"].split(";") if code}
    return codes | {"UBND": "Ủy ban nhân dân", "UB": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}


@cache
def _type_codes() -> frozenset[str]:
    return frozenset(code for row in rows("document_types") for code in row["codes"].split(";") if code)


@cache
def _offices() -> dict[str, str]:
    """Offices in lower case -> as they are listed first."""
    found: dict[str, str] = {}
    for row in rows("issuer_words"):
        if row["role"] == "office":
            found.setdefault(row["phrase"].lower(), row["phrase"])
    return found


@cache
def _provinces() -> dict[str, str]:
    return {_undashed(row["name"]): row["kind"] for row in rows("province_names")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\w)(?<!Phó[ ])(?<!Thủ[ ]tướng[ ])
        (?:(?P<deputy>{_either_case("deputy")})[ ]|(?P<office>{_either_case("office")})[ ])?
        (?:(?P<known>{alternation(_written_names())}|(?<=của[ ])Trung[ ]ương){_NOT_AFTER}
          |{_LOCAL}(?!\w)|(?P<headed>{_headed()})(?!\w))""",
        re.VERBOSE,
    )


def _headed() -> str:
    """Bodies that are not listed: a head word and what follows, to the next word that no name has."""
    heads = _phrases("head")
    joined = rf"(?:và[ ](?=[{_UPPER}])(?!{heads}|UBND|HĐND|Chính))?"
    return rf"{heads}(?:[ ]{joined}(?!{_phrases('stop')}(?!\w))[\w&]+(?:-[\w&]+){{0,3}}){{1,9}}"


def _phrases(role: str) -> str:
    return alternation(row["phrase"] for row in rows("issuer_words") if row["role"] == role)


def _either_case(role: str) -> str:
    """Offices are written with a small letter too: "do chủ tịch UBND tỉnh ... ký"."""
    phrases = {row["phrase"] for row in rows("issuer_words") if row["role"] == role}
    phrases |= {phrase.capitalize() for phrase in phrases if phrase.startswith("Ban ")}
    return alternation(phrases | {phrase[0].lower() + phrase[1:] for phrase in phrases})


def _written_names() -> set[str]:
    names = set()
    for row in rows("issuer_codes"):
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            names |= {name, name.title(), name.replace("-", "–"), name.replace("Ủy", "Uỷ")}
    return names - {"Trung ương", "Trung Ương"}  # part of too many other names
