"""A search as an Atom feed (RFC 4287): what is found later is told to who follows it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from warehouse.web.links import article_link, decision_link
from warehouse.web.pages import templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.search import Hit
    from warehouse.web.pages import Visit
    from warehouse.web.search_question import SearchQuestion

ENTRIES = 50


def feed(visit: Visit, question: SearchQuestion, hits: Sequence[Hit]) -> Response:
    """The hits that were found last, in this order."""
    base = str(visit.request.base_url).rstrip("/")
    made = datetime.fromisoformat(visit.opened.generation.made_at)
    text = (
        templates()
        .get_template("search.atom")
        .render(
            say=visit.language,
            base=base,
            question=question,
            identity=visit.opened.generation.warehouse,
            updated=_moment(max((hit.found for hit in hits if hit.found), default=made)),
            entries=[(hit, base + _link(hit), _moment(hit.found or made)) for hit in hits],
        )
    )
    return Response(text, media_type="application/atom+xml")


def _link(hit: Hit) -> str:
    return decision_link(hit.id) if hit.kind == "decision" else article_link(hit.id)


def _moment(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
