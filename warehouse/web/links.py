"""The addresses of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from starlette.requests import Request


def decision_link(document_id: str) -> str:
    """The page of a document."""
    return f"/decisions/{quote(document_id, safe='')}"


def article_link(article_id: str, version: str | None = None) -> str:
    """The page of an article, or of one wording of it."""
    return f"/articles/{article_id}" + (f"?version={version}" if version else "")


def copy_link(article_id: str, version: str) -> str:
    """The page that was fetched, as it was stored."""
    return f"/articles/{article_id}/{version}/stored"


def search_link(words: str) -> str:
    """What names the words, one behind the other."""
    phrase = f'"{words}"'
    return f"/search?{urlencode({'q': phrase})}"


def fact_link(fact_id: str) -> str:
    """A fact: it leads to the place in the article that states it."""
    return f"/facts/{fact_id}"


def ranking_link(index_id: str, subject_id: str, scope: str) -> str:
    """The places of somebody in an index over the years."""
    return f"/rankings/{index_id}/{quote(subject_id, safe='')}?{urlencode({'scope': scope})}"


def measure_link(measure_id: str, subject_id: str) -> str:
    """A measure's targets and figures over the years."""
    return f"/targets/{quote(measure_id, safe='')}/{quote(subject_id, safe='')}"


def language_link(request: Request, code: str) -> str:
    """The same page in another language."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/language/{code}?{urlencode({'back': request.url.path + query})}"


def page_link(request: Request, number: int) -> str:
    """Another page of what the address asks for."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "page"]
    return f"{request.url.path}?{urlencode([*pairs, ('page', str(number))])}"
