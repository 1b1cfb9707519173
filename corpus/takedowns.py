"""Articles that may not be kept: whoever brings one home again, it is not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.addresses import identity
from corpus.archive import Place
from corpus.article import article_id
from corpus.records import Takedown

if TYPE_CHECKING:
    from corpus.ledger import Ledger

_HOLDING = """
    SELECT * FROM takedowns AS one WHERE reason IS NOT NULL AND number > coalesce(
        (SELECT max(number) FROM takedowns AS other WHERE other.identity = one.identity AND reason IS NULL), 0
    )
"""
"""Those since the article was allowed last."""


class Takedowns:
    """The takedowns of a ledger; each holds for all URLs of an article. All methods raise StoreError."""

    def __init__(self, ledger: Ledger) -> None:
        """The takedowns of a ledger."""
        self._ledger = ledger

    def holds(self, url: str) -> bool:
        """Whether the article of a URL is taken down, under it or under another one."""
        query = "SELECT reason FROM takedowns WHERE identity = ? ORDER BY number DESC LIMIT 1"
        return any(reason is not None for (reason,) in self._ledger.rows(query, (identity(url),)))

    def all(self) -> list[Takedown]:
        """What is taken down now, each URL that was stored, the earliest first."""
        query = f"SELECT url, day, reason FROM ({_HOLDING}) ORDER BY number"
        return [Takedown(*row) for row in self._ledger.rows(query)]

    def of_article(self, name: str) -> Takedown | None:
        """The takedown of the article with an id, None where there is none."""
        return next((takedown for takedown in self.all() if article_id(takedown.url) == name), None)

    def urls(self, url: str) -> list[str]:
        """Under which URLs pages of the article are stored."""
        query = """
            SELECT DISTINCT url FROM pages WHERE url IN (SELECT url FROM urls WHERE identity = ?) ORDER BY url
        """
        return [stored for (stored,) in self._ledger.rows(query, (identity(url),))]

    def add(self, number: int, takedown: Takedown, place: Place) -> None:
        """Notes a takedown that is in the archive."""
        self._ledger.rows(
            """
            INSERT INTO takedowns (number, url, identity, day, reason, file, offset, length)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                *(number, takedown.url, identity(takedown.url), takedown.day, takedown.reason),
                *(place.file, place.offset, place.length),
            ),
        )

    def pages(self) -> list[tuple[int, str, Place]]:
        """Number, URL and place of each page that is stored and must not be."""
        query = f"""
            SELECT number, pages.url, file, offset, length FROM pages JOIN urls ON urls.url = pages.url
            WHERE identity IN (SELECT identity FROM ({_HOLDING})) ORDER BY number
        """
        return [(number, url, Place(*place)) for number, url, *place in self._ledger.rows(query)]

    def forget(self) -> None:
        """Forgets these pages, and every URL of what is taken down."""
        with self._ledger.transaction():
            articles = f"(SELECT identity FROM ({_HOLDING}))"
            self._ledger.rows(
                f"DELETE FROM pages WHERE url IN (SELECT url FROM urls WHERE identity IN {articles})"
            )
            self._ledger.rows(f"DELETE FROM urls WHERE identity IN {articles}")
