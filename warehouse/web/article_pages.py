"""An article: its text with the facts marked, what each is worth, and where it was fetched from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.routing import Route

from warehouse.rows import TABLES
from warehouse.web.annotated import paragraphs
from warehouse.web.pages import page
from warehouse.web.stored_copies import is_here, stored_copy
from warehouse.web.values import KINDS, value

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit


def article(visit: Visit) -> Response:
    """The page of an article; facts are marked in the wording that was fetched last."""
    wordings = visit.rows("article", article=visit.request.path_params["article"])
    asked = visit.request.query_params.get("version")
    about = next((one for one in wordings if asked in {None, one["version"]}), None)
    if about is None:
        raise HTTPException(404)
    newest = about["version"] == wordings[0]["version"]
    facts = {kind: _rows(visit, TABLES[kind], wordings[0]["page"]) if newest else [] for kind in KINDS}
    (text,) = _rows(visit, "text", about["page"])
    return visit.page(
        "article.html",
        about=about,
        newest=newest,
        facts=facts,
        kinds=KINDS,
        value=value,
        paragraphs=paragraphs(text["text"], [fact for own in facts.values() for fact in own]),
        versions=list({one["version"]: one for one in wordings}.values()),
        copies=visit.rows("article_copies", article=about["article_id"], canonical=about["canonical_id"]),
        stored=is_here(visit.site.settings.archive),
        permalink=str(visit.request.base_url).rstrip("/") + visit.request.url.path,
    )


def _rows(visit: Visit, what: str, number: int) -> list[dict[str, Any]]:
    """What was read from a page: the rows of a table of facts, or its text."""
    place = visit.opened.places.of("articles" if what == "text" else what, number)
    return visit.rows(f"article_{what}", first=place[0], last=place[1], page=number) if place else []


ROUTES = [
    Route("/articles/{article}", page(article)),
    Route("/articles/{article}/{version}/stored", page(stored_copy)),
]
