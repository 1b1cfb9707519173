"""Reads an article, says its facts. `extract(article)` is the whole face of this room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import (
    attribution,
    dates,
    decisions,
    entities,
    linking,
    percentages,
    quantities,
    rankings,
    readings,
    roles,
    statements,
)
from extractors.document import Document
from extractors.noise import noise
from extractors.ownership import Ownership
from extractors.version import version

if TYPE_CHECKING:
    from corpus.article import Article
    from corpus.facts import Fact, Span

__all__ = ["extract", "extract_with_ownership", "extract_with_sentences", "version"]


def extract(article: Article) -> list[Fact]:
    """All facts of the article in reading order. Never raises, on any Unicode text."""
    return _facts(Document(article), Ownership())


def extract_with_sentences(article: Article) -> tuple[list[Fact], tuple[Span, ...]]:
    """The facts, and the sentences that they stand in."""
    document = Document(article)
    return _facts(document, Ownership()), document.sentences


def extract_with_ownership(article: Article) -> tuple[list[Fact], Ownership]:
    """The facts, and who asked for which figures: what `extractors.explaining` reads."""
    owned = Ownership()
    return _facts(Document(article), owned), owned


def _facts(document: Document, owned: Ownership) -> list[Fact]:
    """The order of the kinds settles who owns a figure: documents first, quantities last."""
    owned.asking = "decision"
    citations = decisions.find(document, owned)
    owned.asking = "date"
    found_dates = dates.find(document, owned)
    found_decisions = decisions.annotate(document, citations, found_dates)
    owned.asking = "percentage"
    proposed = percentages.find(document, owned, found_dates)
    found_percentages = readings.read_again(document, proposed, found_dates)
    owned.asking = "ranking"
    found_rankings = rankings.find(document, owned, found_dates)
    owned.asking = "quantity"
    found_quantities = quantities.find(document, owned)
    owned.asking = "entity"
    day = linking.spoken_on(document, found_dates)
    named = linking.linked(document, entities.find(document, owned, found_decisions), day)
    found_entities = roles.with_roles(document, named, day)
    found: list[Fact] = [
        *found_decisions,
        *found_dates,
        *found_percentages,
        *found_rankings,
        *found_quantities,
    ]
    owned_facts = attribution.attributed(document, found, found_entities, day)
    told = [*statements.told(document, owned_facts, found_entities), *found_entities]
    return sorted(_marked(document, told), key=lambda fact: (fact.start, -fact.end, fact.kind))


def _marked(document: Document, found: list[Fact]) -> list[Fact]:
    beside = noise(document)
    if not beside:
        return found
    return [replace(fact, noise=True) if any(map(fact.overlaps, beside)) else fact for fact in found]
