"""Numbers of documents as their code has them: spaces, dashes, capitals and plain slips mended."""

from __future__ import annotations

import re
from functools import cache

from extractors.wordlists import rows

_SEPARATOR = re.compile(r"[/-]")
_LETTERS = re.compile(r"[^\W\d_]+")
# Two letters that begin one syllable: "TTra" (thanh tra), "GDTrH" (trung học), "KTTh" (tổng hợp).
_DIGRAPH = re.compile(r"T[rh]|[NK]h|[CPG]h|Ng|Qu|Gi")
# A lone group of letters that closes a number: "NĐCP" of 64/2007/NĐCP; "QĐUB" was written so on purpose.
_ALONE = re.compile(r"(?<=/)(?P<type>[A-ZĐ]{2})(?P<issuer>(?!UB\Z)[A-ZĐ]+g?)\Z")
# The signs of a Party document in a number of the State: 824-QĐ/TTg.
_STATE = re.compile(
    r"\A-(?P<type>[A-ZĐ]{2,4})/(?P<issuer>TTg|CP|UBND|HĐND|(?![A-ZĐ]*(?:TW|TU|HU|BCĐ)\Z)B[A-ZĐ]{2,8})\Z"
)
# Separators other than the dash of State documents: 17/NQ/CP, 01/QĐ.UBND.
_MISDRAWN = re.compile(r"(?<=/)(?P<type>NĐ|QĐ|NQ|TT|CT|CĐ|KH|TB)[/.](?=[A-ZĐ])(?!TW|TU|HU)")


def written(match: re.Match[str]) -> str:
    """The number that the pattern of citations matched, mended ("64/2007/ND - CP": "64/2007/NĐ-CP")."""
    if match["glued"]:
        return f"{match['order']}/{match['glued_year']}/{match['glued_type']}-{match['glued_issuer']}"
    order = match["order"]
    if match["joined"]:
        year = f"/{match['joined_year']}" if match["joined_year"] else ""
        return f"{order}{year}/{match['joined_type']}-{match['joined_issuer']}"
    rest = match.group().removeprefix(order).replace("\\", "").replace(" (", "(")
    rest = re.sub(r"[–—_]", "-", re.sub(r"[ ]*([/–—_-])[ ]*", r"\1", rest)).replace(" ", "/")
    code = _separated(_LETTERS.sub(lambda group: _mended(group.group()), rest))
    return order + _STATE.sub(r"/\g<type>-\g<issuer>", code)


def groups(number: str) -> list[str]:
    """The groups of letters of a number: ["NĐ", "CP"] of "64/2007/NĐ-CP"."""
    return [group for group in _SEPARATOR.split(number)[1:] if group and not group.isdigit()]


@cache
def types_by_code() -> dict[str, str]:
    """Letters of a number -> the type of document."""
    return {
        code: row["canonical"] for row in rows("document_types") for code in row["codes"].split(";") if code
    }


def _separated(code: str) -> str:
    """The code with the dash between type and issuer that its writer left out or drew otherwise."""
    code = _MISDRAWN.sub(r"\g<type>-", code)
    alone = _ALONE.search(code)
    if alone and alone["type"] in types_by_code() and alone["issuer"] in _issuer_codes():
        return f"{code[: alone.start()]}{alone['type']}-{alone['issuer']}"
    return code


def _mended(letters: str) -> str:
    raised = letters.upper()
    if _DIGRAPH.search(letters) and raised not in (*_slips(), "TTG"):
        return letters
    if re.fullmatch(r"(?:QĐ|CT|CĐ)?TTG", raised):
        raised = f"{raised[:-3]}TTg"
    return _slips().get(raised, raised)


@cache
def _slips() -> dict[str, str]:
    return {row["written"]: row["meant"] for row in rows("code_slips")}


@cache
def _issuer_codes() -> frozenset[str]:
    listed = (code for row in rows("issuer_codes") for code in row["codes"].split(";") if code)
    return frozenset((*listed, "UBND", "UB", "HĐND"))
