"""Mentions of documents as they are resolved, and what they resolve to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from warehouse.document_words import core, pairs


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention with what the article says beside it.

    `story` is the article that its text was first published in; `year` that of its publication, `since` the
    latest year that it speaks of as past.
    """

    fact: str
    article: str
    story: str
    start: int
    refers_to: int | None
    doc_type: str
    surface: str
    sentence: str
    number: str | None
    issuer: str | None
    issued_on: str | None
    title: str | None
    year: int | None
    since: int | None

    @property
    def core(self) -> tuple[str, ...]:
        """The words of its title that tell documents apart."""
        return core(self.title) if self.title else ()


class Resolved(NamedTuple):
    """The document that a mention names, how sure that is (0 to 1), and why."""

    document: str
    confidence: float
    evidence: str


@dataclass(slots=True)
class Candidate:
    """A document while its mentions are brought together.

    `period` is its year or term, empty where nothing says it; `days` are the days of issue that are given.
    """

    name: str
    period: str
    issuer: str = ""
    place: str = ""
    mentions: list[Mention] = field(default_factory=list)
    _about: set[tuple[str, str]] | None = None

    @property
    def about(self) -> set[tuple[str, str]]:
        """The words that its mentions stand among."""
        if self._about is None:
            self._about = set()
            for one in self.mentions[:50]:
                self._about |= pairs(one.title, one.sentence, one.surface)
        return self._about

    @property
    def year(self) -> int | None:
        """The year it is of, where that is known."""
        return int(self.period) if self.period.isdecimal() else None
