"""Mentions of documents as they are resolved, and what they resolve to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from warehouse.document_numbers import issuing, years_of
from warehouse.document_words import core, editions


class Mention(NamedTuple):
    """One mention with what the article says beside it.

    `story` is the article that its text was first published in; `year` that of its publication, `since` the
    latest year that it speaks of as past. `about` are the pairs of syllables that tell what it speaks of.
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
    headline: str | None = None
    about: frozenset[tuple[str, str]] = frozenset()

    @property
    def core(self) -> tuple[str, ...]:
        """The words of its title that tell documents apart."""
        return core(self.title) if self.title else ()

    @property
    def editions(self) -> frozenset[tuple[str, str]]:
        """The ordinals and terms that its title gives, those that the text behind it adds included."""
        return editions(self.title, self.sentence, self.surface)

    @property
    def spoken(self) -> int | None:
        """The year in which the article was written, as far as it shows."""
        return self.year or self.since


class Resolved(NamedTuple):
    """The document that a mention names, how sure that is (0 to 1), and why."""

    document: str
    confidence: float
    evidence: str


@dataclass(slots=True)
class Candidate:
    """A document while its mentions are brought together.

    `period` is its year or term, empty where nothing says it; `organs` are those that are said to speak for
    the Party in it, `stories`, `published`, `titles` (with who is said to
    issue them) and `editions` what its mentions say.
    """

    name: str
    period: str
    issuer: str = ""
    place: str = ""
    mentions: list[Mention] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    titles: set[tuple[tuple[str, ...], str]] = field(default_factory=set)
    about: set[tuple[str, str]] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    editions: set[tuple[str, str]] = field(default_factory=set)
    organs: set[str] = field(default_factory=set)

    def add(self, mention: Mention, organ: str = "") -> None:
        """Takes a mention for one of this document."""
        self.mentions.append(mention)
        self.stories.add(mention.story)
        if mention.core:
            self.titles.add((mention.core, issuing(mention.issuer or "")))
        self.about |= mention.about
        if mention.year:
            self.published.add(mention.year)
        self.editions |= mention.editions
        self.organs.update({organ} - {""})

    @property
    def year(self) -> int | None:
        """The year it is of, where that is known."""
        return int(self.period) if self.period.isdecimal() else None

    @property
    def issued(self) -> tuple[int, int] | None:
        """The years between which it was issued, where that is known."""
        return years_of(self.issuer, self.period)
