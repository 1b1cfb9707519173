"""The number of a document in one spelling: what runs through, who numbers, and in which year or term.

Numbers of the State start again each year (942/QĐ-TTg), those of the Party and of the National Assembly each
term (52-NQ/TW, 45/2019/QH14).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.text import fold
from warehouse.lexicon import lexicon

# 942/QĐ-TTg, 64/2007/NĐ-CP, 19-2017/NQ-CP, 36a/NQ-CP, 52-NQ/TW, 3010-1/TB-ĐHHV, 17
_NUMBER = re.compile(r"0*(\d+(?:[a-z](?![a-z]))?(?:-\d\d?(?=/))?)(?:[-/ ](\d{4})(?!\d))?", re.IGNORECASE)
_PIECE = re.compile(r"[^\W_]+")
# QH14, UBTVQH13
_ASSEMBLY = re.compile(r"(QH|UBTVQH)(\d*)")
_OFFICE = re.compile(r"^(?:bo truong|thu truong|chu tich|pho chu tich|thong doc|tong) (?=\S)")
_UNPLACED = re.compile(r"(?:uy ban|hoi dong) nhan dan(?: (?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa))?")
_PARTY = {"TW", "TU", "HU", "ĐU", "VPTW", "BTCTW", "BTGTW", "UBKTTW", "BTGDVTW"}
_ASSEMBLY_CODES = {"QH", "UBTVQH"}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SAME = {("QĐ", "CP"): "TTG", ("CT", "CP"): "TTG", ("CĐ", "CP"): "TTG", ("NQ", "TTG"): "CP"}
"""What is said to be the Government's and can only be the Prime Minister's, and the other way round."""


class Citation(NamedTuple):
    """What one mention says of its document's number; what it does not say is empty.

    `issuer` is the code of a national issuer, or the letters as written; `place` is whose local body it is.
    `period` is the year or term that the number runs in, `day` the ISO day of issue. `bare`: no code.
    """

    kind: str
    ordinal: str
    issuer: str
    place: str
    period: str
    day: str
    bare: bool


def cited(doc_type: str, number: str, issuer: str | None, issued_on: str | None) -> Citation | None:
    """The citation that a mention makes, None where its number is none."""
    found = _NUMBER.match(number)
    if found is None:
        return None
    kind, code, term = _letters(doc_type, number[found.end() :].upper())
    bare = not code
    code = code or _code(kind, issuer)
    day = issued_on if issued_on and len(issued_on) == len("2021-06-15") else ""
    return Citation(
        kind,
        found[1].lower(),
        code,
        "" if code in national() else placed(issuer),
        _period(code, term, found[2], issued_on),
        day,
        bare,
    )


@lru_cache(maxsize=10_000)
def _letters(doc_type: str, tail: str) -> tuple[str, str, str]:
    """Kind, issuer and term as the letters behind the number say them."""
    pieces = ["TW" if piece in {"TƯ", "T"} else piece for piece in _PIECE.findall(tail)]
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


def _national(pieces: list[str]) -> str:
    """The issuer that numbers, where it is a national one: of a joint circular the first."""
    return national().get(pieces[0], "") if pieces else ""


def _code(kind: str, issuer: str | None) -> str:
    """The code of a national issuer that is named in words."""
    if kind == "NĐ":
        return "CP"
    code = _codes().get(_named(issuer), "") if issuer else ""
    return _SAME.get((kind, code), code)


def placed(issuer: str | None) -> str:
    """Whose local body an issuer is; empty where the name says no place."""
    name = _named(issuer) if issuer else ""
    return "" if _UNPLACED.fullmatch(name) else name


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
        return term_of("party", when)
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
    if written.isdecimal():
        return f"khoa-{int(written)}"
    values = [_ROMAN[letter] for letter in written]
    signed = [-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)]
    return f"khoa-{sum(signed)}"


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
