"""Which body the letters of a number name: "TTg" in 942/QĐ-TTg is the Prime Minister."""

from __future__ import annotations

import re
from functools import cache

from extractors import document_numbers
from extractors.wordlists import rows

# UBND serves every place and level; a text tells which.
_LOCAL = {
    "UBND": "Ủy ban nhân dân",
    "UB": "Ủy ban nhân dân",
    "QĐUB": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
}
KINDS = frozenset(_LOCAL.values())
"""What the letters of every local body name alike: a kind of body, which is not yet an issuer."""
_PARTY_CENTRE = re.compile(r"/T(?:W|Ư)\Z")
_STATE = re.compile(
    r"(?:Bộ(?! Chính trị)|Sở|Cục|Tổng cục|Ủy ban nhân dân|Hội đồng nhân dân|Chính phủ|Thủ tướng)(?!\w)"
)
_JOINT = frozenset(("TTLT", "TTLB", "NQLT"))


def forbid(number: str, body: str) -> bool:
    """Whether a body of the State is named beside letters of the Party's centre ("476-QĐ/TW")."""
    return _PARTY_CENTRE.search(number) is not None and _STATE.match(body) is not None


def of_number(number: str) -> str | None:
    """The issuer that the letters of a number name; None where they name none, or several bodies share them.

    >>> of_number("942/QĐ-TTg")
    'Thủ tướng Chính phủ'
    """
    groups = document_numbers.groups(number)
    if groups and groups[0] in _JOINT:
        joint = [_codes()[group] for group in groups[1:] if group in _codes()]
        return ", ".join(joint) or None
    groups += ["-".join(groups[-2:])]
    for place, group in enumerate(one.replace("&", "") for one in groups):
        found = _codes().get(group) or _codes().get(re.sub(r"[0-9]+$", "", group))
        is_type = place == 0 and len(groups) > 1 and group in document_numbers.types_by_code()
        if found and not is_type:
            return found
    return None


@cache
def _codes() -> dict[str, str]:
    """Letters of numbers -> issuer; of two bodies that share letters, the one that still stands."""
    ordered = sorted(rows("issuer_codes"), key=lambda row: row["valid_to"] or "9999")
    codes = {code: row["canonical"] for row in ordered for code in row["codes"].split(";") if code}
    return codes | _LOCAL
