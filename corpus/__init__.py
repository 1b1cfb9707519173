"""Ground floor: pages, articles, facts and gold, the words that all rooms share."""

from corpus.article import Article, Page
from corpus.facts import FACTS, Date, Decision, Entity, Fact, Percentage, Quantity, Ranking, Span

__all__ = [
    "FACTS",
    "Article",
    "Date",
    "Decision",
    "Entity",
    "Fact",
    "Page",
    "Percentage",
    "Quantity",
    "Ranking",
    "Span",
]
