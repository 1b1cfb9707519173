"""An article: its text with the facts marked, what each is worth, and where it was fetched from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from warehouse.web.annotated import paragraphs
from warehouse.web.pages import page
from warehouse.web.stored_copies import is_here, stored_copy
from warehouse.web.values import KINDS, value

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit

_QUESTIONS = {
    "decision": "article_decisions",
    "date": "article_dates",
    "percentage": "article_percentages",
    "ranking": "article_rankings",
    "quantity": "article_quantities",
    "entity": "article_entities",
}


def article(visit: Visit) -> Response:
    """The page of an article; facts are marked in the wording that was fetched last."""
    asked = visit.request.path_params["article"]
    about = visit.row("article", article=asked, version=visit.request.query_params.get("version"))
    facts = _facts(visit, about["page"]) if about["is_current"] else {}
    return visit.page(
        "article.html",
        about=about,
        facts=facts,
        kinds=KINDS,
        value=value,
        paragraphs=paragraphs(about["text"], [fact for own in facts.values() for fact in own]),
        versions=visit.rows("article_versions", article=asked) if about["changed"] else [],
        copies=visit.rows("article_copies", article=asked, canonical=about["canonical_id"]),
        stored=is_here(visit.site.settings.archive),
        permalink=str(visit.request.base_url).rstrip("/") + visit.request.url.path,
    )


def _facts(visit: Visit, number: int) -> dict[str, list[dict[str, Any]]]:
    return {kind: visit.rows(_QUESTIONS[kind], page=number) for kind in KINDS}


ROUTES = [
    Route("/articles/{article}", page(article)),
    Route("/articles/{article}/{version}/stored", page(stored_copy)),
]
