"""Documents that nothing dates: mentions of one number put together where something else makes them one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from warehouse.document_choice import TITLE_WORDS, fits, late, of_another
from warehouse.document_mentions import Candidate
from warehouse.document_shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.document_mentions import Mention
    from warehouse.document_numbers import Citation

ALIKE = 3
"""Pairs of syllables that two undated mentions of one number must share to be of one document."""


def gathered(members: Sequence[tuple[Mention, Citation]], period: str) -> list[Candidate]:
    """Documents of one period: article, title or words agree, or the issuer is one and the time is."""
    shelf = Shelf()
    issued: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for mention, citation in members:
        whose = citation.issuer, citation.place
        document = next(_agreeing(mention, citation, shelf, issued[whose]), None)
        if document is None:
            document = Candidate("", period, citation.issuer, citation.place)
            issued[whose].append(document)
            document.add(mention, citation.organ)
            shelf.put(document)
        else:
            shelf.add(document, mention, citation.organ)
            document.place = document.place or citation.place
    return shelf.documents


def _agreeing(
    mention: Mention, citation: Citation, shelf: Shelf, issued: Sequence[Candidate]
) -> Iterator[Candidate]:
    for document in shelf.of_story(mention.story):
        if fits(citation, mention, document):
            yield document
    for document in shelf.of_title(mention.core, TITLE_WORDS):
        if fits(citation, mention, document):
            yield document
    for _, document in shelf.of_words(mention.about, ALIKE):
        if fits(citation, mention, document) and not _apart(citation, mention, document):
            yield document
    if citation.project or citation.place or not (citation.bare or citation.local):
        for document in issued:
            if fits(citation, mention, document) and not _apart(citation, mention, document):
                yield document


def _apart(citation: Citation, mention: Mention, document: Candidate) -> bool:
    """Whether the time or the title speaks against one document."""
    if of_another(mention, document):
        return True
    return not citation.project and not citation.period and late(citation, mention, document)
