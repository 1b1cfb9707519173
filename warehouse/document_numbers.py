"""The number of a document in one spelling: what runs through, who numbers, and in which year or term.

Numbers of the State start again each year (942/QĐ-TTg), those of the Party and of the National Assembly each
term (52-NQ/TW, 45/2019/QH14).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from corpus.text import fold
from warehouse.document_words import roman
from warehouse.lexicon import lexicon

# 942/QĐ-TTg, 64/2007/NĐ-CP, 19-2017/NQ-CP, 36a/NQ-CP, 52-NQ/TW, 3010-1/TB-ĐHHV, 17
_NUMBER = re.compile(r"0*(\d+(?:[a-z](?![a-z]))?(?:-\d\d?(?=/))?)(?:[-/ ](\d{4})(?!\d))?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PIECE = re.compile(r"[^\W_]+")
# QH14, UBTVQH13
_ASSEMBLY = re.compile(r"(QH|UBTVQH)(\d*)")
_OFFICE = re.compile(r"^(?:bo truong|thu truong|chu tich|pho chu tich|thong doc|tong) (?=\S)")
_UNPLACED = re.compile(
    r"(?:(?:uy ban|hoi dong) nhan dan|thanh tra)(?: (?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa))?"
    r"|(?:ban thuong vu )?(?:tinh|thanh|huyen|quan) uy"
)
_SIGNS_FOR_GOVERNMENT = re.compile(r"(?:(?:pho )?thu tuong(?: chinh phu)?|chinh phu)")
_PLACE = re.compile(r"^(?:(?:uy ban|hoi dong) nhan dan )?(?:tinh |thanh pho |tp )?")
_LOCAL_BODY = ((re.compile(r"\buy ban nhan dan\b"), "UBND"), (re.compile(r"\bhoi dong nhan dan\b"), "HĐND"))
_ORGAN = re.compile(r"bo chinh tri|ban bi thu|ban chap hanh trung uong")
LOCAL = {"UBND", "HĐND", "TU", "HU", "XPVPHC", "TTR", "CQCSĐT"}
"""Codes that any place has."""
_PARTY = {"TW", "TU", "HU", "ĐU", "VPTW", "BTCTW", "BTGTW", "UBKTTW", "BTGDVTW"}
_ASSEMBLY_CODES = {"QH", "UBTVQH"}
_SAME = {
    ("QĐ", "CP"): "TTG",
    ("CT", "CP"): "TTG",
    ("CĐ", "CP"): "TTG",
    ("NQ", "TTG"): "CP",
    ("CĐ", "TW"): "TWPCTT",
}
"""What is said to be the Government's and can only be the Prime Minister's, and so on; telegrams `CĐ-TW` are
of the committee on disasters, not of the Party."""
_JOINT = {"TTLT", "NQLT"}


Series = Literal["", "act", "single"]


class Citation(NamedTuple):
    """What one mention says of its document's number; what it does not say is empty.

    `issuer` is the code of a national issuer, or the letters as written; `place` is whose local body it is.
    `period` is the year or term that the number runs in, `day` the ISO day of issue. `bare`: no code.
    `bodies` are the codes of all that issue a joint document without a code, `organ` speaks for the Party.
    `series`: whether a decision with its code is numbered among the acts of law, with the year in its number
    (12/2017/QĐ-TTg), or among the single ones (12/QĐ-TTg; Decree 34/2016/NĐ-CP).
    """

    kind: str
    ordinal: str
    issuer: str
    place: str
    period: str
    day: str
    bare: bool
    bodies: frozenset[str] = frozenset()
    organ: str = ""
    series: Series = ""

    @property
    def local(self) -> bool:
        """Whether it is of a body that every place has."""
        return self.issuer in LOCAL

    @property
    def project(self) -> bool:
        """Whether the number is a name: `Đề án 06` is one for the whole country."""
        return self.kind == "ĐA" and self.bare and not self.place


def cited(doc_type: str, number: str, issuer: str | None, issued_on: str | None) -> Citation | None:
    """The citation that a mention makes, None where its number is none."""
    found = _NUMBER.match(number)
    if found is None:
        return None
    kind, written, term = _letters(doc_type, number[found.end() :].upper())
    code = _issuing(kind, written, issuer)
    bodies = _bodies(issuer) if kind in _JOINT and issuer and not written else frozenset()
    return Citation(
        kind,
        found[1].lower(),
        code,
        "" if bodies or code in national() else placed(issuer),
        _period(code, term, found[2] or _last_year(number), issued_on),
        issued_on if issued_on and len(issued_on) == len("2021-06-15") else "",
        not written,
        bodies,
        _organ(issuer) if code == "TW" and issuer else "",
        "" if kind != "QĐ" or not written else "act" if found[2] else "single",
    )


def _last_year(number: str) -> str | None:
    """The year that stands last: 92/CP/2015."""
    last = number.rsplit("/", 1)[-1]
    return last if _YEAR.fullmatch(last) else None


def _issuing(kind: str, written: str, issuer: str | None) -> str:
    """The code of the issuer: as written, unless the name in words shows that to be a slip."""
    named = _code(kind, issuer)
    code = named if written == "TU" and named in national() else written or named
    return _SAME.get((kind, code), code)


@lru_cache(maxsize=10_000)
def _letters(doc_type: str, tail: str) -> tuple[str, str, str]:
    """Kind, issuer and term as the letters behind the number say them."""
    pieces = _parted(
        ["TW" if piece in {"TƯ", "T"} else piece for piece in _PIECE.findall(tail) if not piece.isdecimal()]
    )
    kind = kinds().get(doc_type, "")
    term = ""
    for at, piece in enumerate(pieces):
        assembly = _ASSEMBLY.fullmatch(piece)
        if assembly:
            pieces[at], term = assembly[1], assembly[2]
    if len(pieces) > 1 and (pieces[0] in set(kinds().values()) or _national(pieces[1:])):
        if pieces[0] not in national():
            return pieces[0], _national(pieces[1:]) or "-".join(pieces[1:]), term
        return "CV", pieces[0], term
    if pieces and kind in {"", "CV"}:
        return "CV", _national(pieces) or pieces[0], term
    return kind, _national(pieces) or "-".join(pieces), term


def _parted(pieces: list[str]) -> list[str]:
    """The pieces with a type that is glued to its issuer parted from it: TTLTBCA, CTUBND."""
    for kind in sorted(set(kinds().values()), key=len, reverse=True):
        rest = pieces[0].removeprefix(kind) if pieces else ""
        if rest and rest != pieces[0] and (rest in national() or rest in {"UB", "UBND", "HĐND"}):
            return [kind, rest, *pieces[1:]]
    return pieces


def _national(pieces: list[str]) -> str:
    """The issuer that numbers, where its letters are known: of a joint circular the first.

    `UB` is how People's Committees signed until 2004, `UBND-TL` names the unit that wrote.
    """
    if not pieces:
        return ""
    return "UBND" if pieces[0] in {"UB", "UBND"} else national().get(pieces[0], "")


def _code(kind: str, issuer: str | None) -> str:
    """The code of an issuer that is named in words."""
    if kind == "NĐ":
        return "CP"
    if not issuer or kind in _JOINT:
        return ""
    name = _named(issuer)
    return _codes().get(name) or next((code for body, code in _LOCAL_BODY if body.match(name)), "")


@lru_cache(maxsize=10_000)
def _bodies(issuer: str) -> frozenset[str]:
    """The codes of all national bodies that are named."""
    names = f" {_named(issuer)} "
    return frozenset(national()[code] for name, code in _codes().items() if f" {name} " in names)


def _organ(issuer: str) -> str:
    organ = _ORGAN.search(_named(issuer))
    return organ[0] if organ else ""


def placed(issuer: str | None) -> str:
    """Whose local body an issuer is; empty where the name says no place."""
    name = _named(issuer) if issuer else ""
    return "" if _UNPLACED.fullmatch(name) else name


@lru_cache(maxsize=10_000)
def issuing(issuer: str) -> str:
    """The body that an issuer signs for: the ministry of a minister, the Government of its Prime Minister."""
    name = _named(issuer)
    return "chinh phu" if _SIGNS_FOR_GOVERNMENT.fullmatch(name) else _PLACE.sub("", name) or name


@lru_cache(maxsize=10_000)
def _named(issuer: str) -> str:
    return _OFFICE.sub("", " ".join(_PIECE.findall(fold(issuer))))


def _period(code: str, term: str, year: str | None, issued_on: str | None) -> str:
    """The year of a State document, the term of one of the Party or the National Assembly."""
    when = issued_on or ""
    if code in _ASSEMBLY_CODES:
        told = term_of("assembly", year or when)
        return told or (f"khoa-{term}" if term else "")
    if code in _PARTY:
        return when[:4] if when and when < _terms("party")[0][0] else term_of("party", when)
    return year or when[:4]


def term_of(body: str, when: str) -> str:
    """The term (`khoa-12`) of a date, a month or a year; empty where there is none or it falls into two."""
    begins, terms = _terms(body)
    if not when:
        return ""
    at = {bisect_right(begins, when.ljust(10, filler)) - 1 for filler in ("-", "~")}
    if len(at) == 2 and body == "assembly":
        at = {max(at)}  # A law's year is said with its term's code; terms begin in July.
    (first, *more) = sorted(at)
    return "" if more or first < 0 else f"khoa-{terms[first]}"


def said_term(issuer: str, written: str) -> str:
    """The term that is said behind a number (`khóa XII`), where its issuer's numbers run through terms."""
    if issuer not in _PARTY | _ASSEMBLY_CODES:
        return ""
    return f"khoa-{int(written) if written.isdecimal() else roman(written)}"


def years_of(issuer: str, period: str) -> tuple[int, int] | None:
    """The first and the last year of a year or a term, None where it is not known."""
    if period.isdecimal():
        return int(period), int(period)
    begins, terms = _terms("assembly" if issuer in _ASSEMBLY_CODES else "party")
    if not period or period.removeprefix("khoa-") not in terms:
        return None
    at = terms.index(period.removeprefix("khoa-"))
    after = begins[at + 1] if at + 1 < len(begins) else "9999"
    return int(begins[at][:4]), int(after[:4])


@cache
def _terms(body: str) -> tuple[list[str], list[str]]:
    rows = sorted((row["begins"], row["term"]) for row in lexicon("terms") if row["body"] == body)
    return [begins for begins, _ in rows], [term for _, term in rows]


@cache
def kinds() -> dict[str, str]:
    """The code of each type of document."""
    return {row["type"]: row["code"] for row in lexicon("document_types")}


@cache
def national() -> dict[str, str]:
    """The codes of national issuers, each with the first of the codes of that body."""
    return {row["code"]: _codes()[_named(row["issuer"])] for row in lexicon("issuer_codes")}


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in lexicon("issuer_codes"):
        for name in (row["issuer"], *filter(None, row["aliases"].split(";"))):
            codes.setdefault(_named(name), row["code"])
    return codes
