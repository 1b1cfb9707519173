"""What a fact is worth, in words and figures of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from warehouse.web.language import Language

    Fact = Mapping[str, Any]

KINDS = ("decision", "date", "percentage", "ranking", "quantity", "entity")
"""The kinds of facts in the order of the legend."""

_SIGNS = {"eq": "", "min": "≥ ", "max": "≤ ", "gt": "> ", "lt": "< ", "about": "≈ ", None: ""}
_UNITS = {"percent": "%", "VND": "₫", "USD": "US$"}
_UNIT_WORDS = {"times", "point"}


def value(fact: Fact, spoken: Language) -> str:
    """The normalised value of a row of any view of facts."""
    return " · ".join(part for part in _SAID[fact["kind"]](fact, spoken) if part)


def amount(fact: Fact, spoken: Language) -> str:
    """The figure of a percentage or a quantity: ≥ 80 %, 8–10 %, 62/63."""
    low, high, unit = fact["low"], fact["high"], fact["unit"]
    if low is None:
        return ""
    figures = (
        spoken.number(low) if low == high or high is None else f"{spoken.number(low)}–{spoken.number(high)}"
    )
    if fact.get("out_of") is not None:
        figures = f"{figures}/{spoken.number(fact['out_of'])}"
    shown = spoken(f"unit.{unit}") if unit in _UNIT_WORDS else _UNITS.get(unit, unit or "")
    space = "" if shown == "%" else " "
    return f"{_SIGNS.get(fact['comparator'], '')}{figures}{space}{shown}".strip()


def place(fact: Fact, spoken: Language) -> str:
    """A place in a ranking: 71/193, top 50."""
    if fact["rank"] is not None:
        of = f"/{fact['out_of']}" if fact.get("out_of") else ""
        return f"{fact['rank']}{of}"
    return spoken("ranking.top", n=fact["top_n"]) if fact["top_n"] is not None else ""


def _decision(fact: Fact, spoken: Language) -> list[str]:
    named = " ".join(filter(None, (fact["doc_type"], fact["number"])))
    return [named, spoken.of("action", fact["action"]), spoken.day(fact["issued_on"]), fact["issuer"] or ""]


def _date(fact: Fact, spoken: Language) -> list[str]:
    modified = spoken.of("modifier", fact["modifier"]) if fact["modifier"] else ""
    return [f"{modified} {_days(fact, spoken)}".strip()]


def _days(fact: Fact, spoken: Language) -> str:
    """The interval as people write one of its grain: 2024, 06/2024, quarter 4/2024, else its two days."""
    start, end, grain = fact["start_date"], fact["end_date"], fact["grain"]
    if start is None or end is None:
        return fact["value"] or ""
    if grain == "year":
        return str(start.year)
    if grain == "month":
        return f"{start.month:02}/{start.year}"
    if grain == "quarter":
        return f"{spoken('grain.quarter')} {(start.month + 2) // 3}/{start.year}"
    return spoken.day(start) if start == end else f"{spoken.day(start)} – {spoken.day(end)}"


def _percentage(fact: Fact, spoken: Language) -> list[str]:
    change = spoken.of("change", fact["change"]) if fact["change"] else ""
    status = spoken.of("status", fact["status"]) if fact["status"] else ""
    actor = fact["actor"] or ""
    return [amount(fact, spoken), change, status, actor, fact["subject"] or "", fact["period"] or ""]


def _ranking(fact: Fact, spoken: Language) -> list[str]:
    moved = f"{fact['change']:+d}" if fact["change"] is not None else ""
    status = spoken.of("status", fact["status"]) if fact["status"] == "target" else ""
    year = str(fact["year"] or "")
    return [place(fact, spoken), moved, status, fact["subject"] or "", fact["index"] or "", year]


def _quantity(fact: Fact, spoken: Language) -> list[str]:
    return [amount(fact, spoken)]


def _entity(fact: Fact, spoken: Language) -> list[str]:
    """What a name means in full, where that is more than the name."""
    name = fact["name"] if fact["name"] != fact["surface"] else None
    role = " ".join(filter(None, (fact["role"], fact["body"])))
    return [spoken.of("label", fact["label"]), name or "", role]


_SAID: dict[str, Callable[[Fact, Language], list[str]]] = {
    "decision": _decision,
    "date": _date,
    "percentage": _percentage,
    "ranking": _ranking,
    "quantity": _quantity,
    "entity": _entity,
}
