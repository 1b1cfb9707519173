"""An article: its text with the facts marked, what each is worth, and where it was fetched from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.routing import Route

from warehouse.rows import TABLES
from warehouse.web.annotated import paragraphs
from warehouse.web.pages import page
from warehouse.web.stored_copies import is_here, is_taken_down, stored_copy
from warehouse.web.values import KINDS, value

if TYPE_CHECKING:
    from starlette.responses import Response

    from warehouse.web.pages import Visit


def article(visit: Visit) -> Response:
    """The page of an article; facts are marked in the wording that was fetched last."""
    places = visit.opened.places
    pages = places.pages(visit.request.path_params["article"])
    wordings = [row for number in pages for row in _rows(visit, "articles", "article", number)]
    asked = visit.request.query_params.get("version")
    about = next((one for one in wordings if asked in {None, one["version"]}), None)
    if about is None:
        gone = not pages and is_taken_down(visit, visit.request.path_params["article"])
        raise HTTPException(410 if gone else 404)
    newest = about["version"] == wordings[0]["version"]
    facts = {kind: _facts(visit, kind, pages[0]) if newest else [] for kind in KINDS}
    (text,) = _rows(visit, "articles", "article_text", about["page"])
    return visit.page(
        "article.html",
        about=about,
        newest=newest,
        canonical=places.canonical(about["article_id"]),
        facts=facts,
        kinds=KINDS,
        value=value,
        paragraphs=paragraphs(text["text"], [fact for own in facts.values() for fact in own]),
        versions=list({one["version"]: one for one in wordings}.values()),
        copies=_copies(visit, about["article_id"]),
        stored=is_here(visit.site.settings.archive),
        permalink=str(visit.request.base_url).rstrip("/") + visit.request.url.path,
    )


def _facts(visit: Visit, kind: str, number: int) -> list[dict[str, Any]]:
    found = _rows(visit, TABLES[kind], f"article_{TABLES[kind]}", number)
    return sorted(found, key=lambda fact: (fact["span_start"], -fact["span_end"]))


def _rows(visit: Visit, table: str, question: str, number: int) -> list[dict[str, Any]]:
    """What a table has of a page."""
    place = visit.opened.places.of(table, number)
    return visit.rows(question, first=place[0], last=place[1], page=number) if place else []


def _copies(visit: Visit, article_id: str) -> list[dict[str, Any]]:
    """The other articles that tell the same, as they were fetched last."""
    places = visit.opened.places
    others = [other for other in places.story(article_id) if other != article_id]
    pages = [places.pages(other)[0] for other in others if places.pages(other)]
    return visit.rows("article_copies", pages=pages, canonical=places.canonical(article_id)) if pages else []


ROUTES = [
    Route("/articles/{article}", page(article)),
    Route("/articles/{article}/{version}/stored", page(stored_copy)),
]
