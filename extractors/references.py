"""Which mention in full a short one points to in its article: "Nghị quyết 17" -> "Nghị quyết số 17/NQ-CP".

Only mentions that are facts are resolved: "Quyết định này", which has no number, is none by the guide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import document_numbers

if TYPE_CHECKING:
    from corpus.facts import Decision

# 942, 36a, 19-2017, 105/2014
_SHORT = re.compile(r"(?P<order>[0-9]+[^\W\d_]?)(?:[/-](?P<year>[0-9]{4}))?")


def resolved(decisions: list[Decision]) -> list[Decision]:
    """The decisions, each short one with where the first full mention of the one that fits begins."""
    in_full: dict[tuple[str, str], dict[str, Decision]] = defaultdict(dict)
    for decision in decisions:
        number = decision.number or ""
        order = _SHORT.match(number)
        if order and document_numbers.groups(number):
            in_full[decision.doc_type, _order(order)].setdefault(number, decision)
    return [_resolved(decision, in_full) for decision in decisions]


def _resolved(decision: Decision, in_full: dict[tuple[str, str], dict[str, Decision]]) -> Decision:
    """Stays open where no document fits, or more than one."""
    short = _SHORT.fullmatch(decision.number or "")
    if short is None:
        return decision
    candidates = in_full.get((decision.doc_type, _order(short)), {}).values()
    year = short["year"] or (decision.issued_on or "")[:4]
    fitting = [full for full in candidates if _fits(decision, full, year)]
    fitting = [full for full in fitting if full.issuer and full.issuer == decision.issuer] or fitting
    return replace(decision, refers_to=fitting[0].start) if len(fitting) == 1 else decision


def _fits(short: Decision, full: Decision, year: str) -> bool:
    """Whether nothing that both say is different."""
    same_issuer = None in (short.issuer, full.issuer) or short.issuer == full.issuer
    written = re.search(r"[/-]((?:19|20)[0-9]{2})(?:[/-]|\Z)", full.number or "")
    stated = written[1] if written else (full.issued_on or "")[:4]
    return same_issuer and (not year or not stated or year == stated)


def _order(match: re.Match[str]) -> str:
    """The running number without leading zeros: "Nghị quyết 1" is "Nghị quyết số 01/NQ-CP"."""
    return match["order"].lstrip("0").lower()
