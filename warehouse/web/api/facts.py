"""Facts of all kinds, and how to cite one."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from warehouse.citing import FACT, written
from warehouse.citing import Citation as Cited
from warehouse.web.api.models import Citation, row, rows
from warehouse.web.api.reading import Pages, Reading

Kind = Literal["decision", "date", "percentage", "ranking", "quantity", "entity"]
FactId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


def router() -> APIRouter:
    """The addresses below /facts, and those of each kind."""
    made = APIRouter(tags=["facts"])
    made.get("/facts", response_model=rows("facts"))(facts)
    made.get("/facts/{fact_id}", response_model=row("facts"))(fact)
    made.get("/facts/{fact_id}/citation", response_model=Citation)(citation)
    made.get("/percentages", response_model=rows("percentages"))(percentages)
    return made


def facts(
    reading: Reading,
    paging: Pages,
    kind: Annotated[Kind | None, Query()] = None,
    source: Annotated[str | None, Query(description="Publisher.")] = None,
    noise: Annotated[bool, Query(description="Those beside the article on its page too.")] = False,
) -> Any:
    """Facts, by their id; /articles/{article_id}/facts has those of one article."""
    where = {"kind = {}": kind, "source = {}": source, "noise = {}": None if noise else False}
    return reading.page("facts", "fact_id", paging, where)


def fact(reading: Reading, fact_id: FactId) -> Any:
    """One fact."""
    return reading.one("facts", fact_id=fact_id)


def citation(reading: Reading, fact_id: FactId) -> Any:
    """A fact as text, BibTeX and CSL-JSON."""
    reading.one("facts", fact_id=fact_id)
    cited = [Cited(**found) for found in reading.opened.rows(FACT.format(fact_id=fact_id))]
    forms = {form: written(cited, form) for form in ("text", "bibtex", "csl")}
    return {**forms, "csl": json.loads(forms["csl"])}


def percentages(
    reading: Reading,
    paging: Pages,
    status: Annotated[Literal["target", "actual"] | None, Query()] = None,
    source: Annotated[str | None, Query(description="Publisher.")] = None,
) -> Any:
    """Percentages with what they are of, by fact_id."""
    where = {"status = {}": status, "source = {}": source, "noise = {}": False}
    return reading.page("percentages", "fact_id", paging, where)
