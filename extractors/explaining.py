"""Why a fact is what it is: its rule, the figures it was built from, and what lost to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors import extract_with_ownership

if TYPE_CHECKING:
    from corpus.article import Article
    from corpus.facts import Fact
    from extractors.ownership import Claim


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact with the figures that it owns, and the claims of other kinds that were refused for it."""

    fact: Fact
    figures: tuple[Claim, ...]
    lost: tuple[Claim, ...]


def explain(article: Article) -> list[Explanation]:
    """The facts of `extract`, each with its explanation."""
    facts, owned = extract_with_ownership(article)
    refused = sorted(owned.refused)
    explained = []
    for fact in facts:
        figures = tuple(claim for claim in owned.within(fact) if claim.kind == fact.kind)
        lost = tuple(
            claim for claim in refused if claim.kind != fact.kind and any(map(claim.overlaps, figures))
        )
        explained.append(Explanation(fact, figures, lost))
    return explained
