"""Documents that are named by their title only: a strategy, a programme, a plan, a resolution."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from corpus.text import fold
from warehouse.document_mentions import Candidate, Resolved
from warehouse.document_words import same_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.document_mentions import Mention

LEAST = 4
"""Words that a title must have to name a document."""
OPENING = 4
"""Words by which titles are looked up."""
SPAN = 6
"""Years between a numbered document and an article that names it by its title."""
APART = 1
"""Years between two articles that name one document by its title."""


def resolve_titles(
    mentions: Sequence[Mention], documents: Sequence[Candidate]
) -> tuple[dict[str, Resolved], list[Candidate]]:
    """What the titles of unnumbered mentions stand for: a numbered document, else each other."""
    shelf: defaultdict[tuple[str, ...], dict[str, Candidate]] = defaultdict(dict)
    for document in documents:
        for mention in document.mentions:
            if len(mention.core) >= LEAST:
                shelf[mention.core[:OPENING]][document.name] = document
    found: dict[str, Resolved] = {}
    open_: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: one.fact):
        if len(mention.core) < LEAST:
            continue
        fitting = [one for one in shelf[mention.core[:OPENING]].values() if _names(mention, one)]
        if len(fitting) == 1:
            found[mention.fact] = Resolved(fitting[0].name, 0.9, "title")
        elif not fitting:
            open_[mention.core[:OPENING]].append(mention)
    return found, [document for opening in sorted(open_) for document in _together(open_[opening], found)]


def _names(mention: Mention, document: Candidate) -> bool:
    timely = (
        not mention.year or not document.year or document.year <= mention.year <= document.year + SPAN
    ) and (not mention.issued_on or not document.year or int(mention.issued_on[:4]) == document.year)
    return timely and any(
        same_title(mention.core, other.core, LEAST) and _issuers_fit(mention, other)
        for other in document.mentions
    )


def _issuers_fit(one: Mention, other: Mention) -> bool:
    """Whether both may be of one issuer; the Prime Minister signs for the Government."""
    names = {fold(mention.issuer) for mention in (one, other) if mention.issuer}
    return len(names) < 2 or names == {"chinh phu", "thu tuong chinh phu"}


def _together(mentions: Sequence[Mention], found: dict[str, Resolved]) -> list[Candidate]:
    documents: list[Candidate] = []
    for mention in mentions:
        document = next((one for one in documents if _alike(mention, one.mentions[0])), None)
        if document is None:
            document = Candidate("", (mention.issued_on or "")[:4])
            documents.append(document)
        document.mentions.append(mention)
    for document in documents:
        first = document.mentions[0]
        words = "-".join((fold(first.doc_type).replace(" ", "-"), *first.core[:8]))
        document.name = f"{words}-{min(one.fact for one in document.mentions)[:6]}"
        for mention in document.mentions:
            found[mention.fact] = Resolved(document.name, 0.75, "title, no number")
    return documents


def _alike(one: Mention, other: Mention) -> bool:
    near = not one.year or not other.year or abs(one.year - other.year) <= APART
    least = LEAST if one.issuer and one.issuer == other.issuer else LEAST + 1
    return (
        one.doc_type == other.doc_type
        and near
        and _issuers_fit(one, other)
        and (one.core == other.core or same_title(one.core, other.core, least))
    )
