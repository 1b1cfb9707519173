"""Cites a fact: the article that states it, with day, address and the words themselves."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from warehouse.errors import WarehouseError
from warehouse.querying import query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

Form = Literal["text", "json", "csl", "bibtex"]

FACT = """
select f.fact_id, f.kind, f.surface, f.sentence as quote, a.title, f.source, f.published, f.url,
    a.fetched::date as accessed, f.article_id, f.version, f.span_start, f.span_end
from facts f join articles a using (article_id, version)
where f.fact_id = '{fact_id}'
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands: `quote` is its sentence, `surface` the words of it that state the fact."""

    fact_id: str
    kind: str
    surface: str
    quote: str
    title: str | None
    source: str | None
    published: date | None
    url: str | None
    accessed: date
    article_id: str
    version: str
    span_start: int
    span_end: int


def cite(database: Path, fact_id: str) -> Citation:
    """The citation of a fact of a published file; raises WarehouseError where there is no such fact."""
    named = re.fullmatch("[0-9a-f]{16}", fact_id)
    found = query(database, FACT.format(fact_id=fact_id)).to_pylist() if named else []
    if not found:
        raise WarehouseError(f"there is no fact {fact_id!r}; fact_id names one in every view of facts")
    return Citation(**found[0])


def written(citations: Sequence[Citation], form: Form) -> str:
    """Citations as text, a line each; as JSON, an object a line; as one CSL-JSON list; or as BibTeX."""
    if form == "csl":
        return json.dumps([_csl(one) for one in citations], ensure_ascii=False, indent=2) + "\n"
    write = {"text": _text, "json": _json, "bibtex": _bibtex}[form]
    return "".join(f"{write(one)}\n" for one in citations)


def _text(one: Citation) -> str:
    parts = (one.source, f"“{_line(one.title)}”" if one.title else None, one.published, one.url)
    where = ", ".join(str(part) for part in parts if part)
    return f"{where}: “{_line(one.quote)}”" if where else f"“{_line(one.quote)}”"


def _json(one: Citation) -> str:
    return json.dumps(asdict(one), ensure_ascii=False, default=str)


def _csl(one: Citation) -> dict[str, Any]:
    """An item as citeproc, Zotero and Pandoc read it."""
    known = {
        "id": f"trichtin-{one.fact_id}",
        "type": "article-newspaper",
        "title": one.title,
        "container-title": one.source,
        "issued": _date_parts(one.published),
        "accessed": _date_parts(one.accessed),
        "URL": one.url,
        "language": "vi",
        "note": one.quote,
    }
    return {name: value for name, value in known.items() if value is not None}


def _date_parts(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _bibtex(one: Citation) -> str:
    known = {
        "title": f"{{{_latex(one.title)}}}" if one.title else None,
        "howpublished": _latex(one.source) if one.source else None,
        "year": one.published and str(one.published.year),
        "month": one.published and str(one.published.month),
        "url": one.url,
        "urldate": str(one.accessed),
        "note": _latex(f"“{_line(one.quote)}”"),
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in known.items() if value)
    return f"@misc{{trichtin-{one.fact_id},\n{fields}}}"


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def _latex(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())
