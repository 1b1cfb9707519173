"""A fact: the place in the article that states it, and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from warehouse.citing import FACT, Citation, written
from warehouse.web.links import article_link
from warehouse.web.marking import found
from warehouse.web.pages import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit


def fact(visit: Visit) -> Response:
    """To the mark of the fact in its article."""
    row = visit.row("fact", fact=visit.request.path_params["fact"])
    return RedirectResponse(f"{article_link(row['article_id'])}#fact-{row['fact_id']}", 303)


def cite(visit: Visit) -> Response:
    """The fact with its sentence, in the forms that people and programs cite in."""
    row = visit.row("fact", fact=visit.request.path_params["fact"])
    (citation,) = (Citation(**row) for row in visit.opened.rows(FACT.format(fact_id=row["fact_id"])))
    forms = {form: written([citation], form) for form in ("text", "bibtex", "csl")}
    return visit.page(
        "cite.html", citation=citation, quote=found(citation.quote, citation.surface), forms=forms
    )


ROUTES = [Route("/facts/{fact}", page(fact)), Route("/facts/{fact}/cite", page(cite))]
