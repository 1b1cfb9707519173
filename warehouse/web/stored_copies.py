"""The page that an article was read from, byte for byte as it was stored, shown as text that does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from corpus.encodings import DecodeError, decode
from corpus.ledger import Ledger
from corpus.store import Store, StoreError
from warehouse.web.security import SANDBOX

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.article import Page
    from warehouse.web.pages import Visit


def is_here(archive: Path | None) -> bool:
    """Whether stored pages can be read without writing anything."""
    ledger = archive and archive / "ledger.sqlite"
    return bool(ledger and ledger.exists() and not Ledger.is_older(ledger))


def is_taken_down(visit: Visit, article: str) -> bool:
    """Whether the archive tells that an article was taken down."""
    home = visit.site.settings.archive
    if home is None or not is_here(home):
        return False
    try:
        with Store.reading(home) as store:
            return store.takedowns.of_article(article) is not None
    except StoreError:
        return False  # Where nobody can tell, the page is just not there.


def stored_copy(visit: Visit) -> Response:
    """The source of the page that this wording of an article was read from."""
    asked = visit.request.path_params
    row = visit.row("stored_page", article=asked["article"], version=asked["version"])
    page = _page(visit, row["archive"], row["page"])
    headers = {
        "content-security-policy": SANDBOX,
        "content-disposition": f'inline; filename="{row["page"]}.txt"',
    }
    return Response(_text(page), headers=headers, media_type="text/plain; charset=utf-8")


def _page(visit: Visit, archive: str | None, number: int) -> Page:
    """A stored page by its number; nothing of the address takes part in where it is looked for."""
    home = visit.site.settings.archive
    if home is None or not is_here(home):
        raise HTTPException(404, visit.language("article.no_archive"))
    try:
        with Store.reading(home) as store:
            if store.identity == archive:
                for _, page in store.pages([number]):
                    return page
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    raise HTTPException(404, visit.language("article.other_archive"))


def _text(page: Page) -> str:
    try:
        return decode(page.body)
    except DecodeError:
        return page.body.decode("latin-1")
