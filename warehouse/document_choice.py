"""Which of several documents a mention means that says too little of its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warehouse.document_mentions import Resolved
from warehouse.document_words import of_one_edition, title_pairs

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from warehouse.document_mentions import Candidate, Mention
    from warehouse.document_numbers import Citation
    from warehouse.document_shelf import Shelf

    May = Callable[[Candidate], bool]

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

TITLE_WORDS = 4
SHARED_PAIRS = 1
"""Pairs of syllables that an article must share with the document that it means, most of all that fit."""
DOUBTFUL_PAIRS = 3
"""The same where the document is long past, or the mention does not say whose it is."""
LATE = 3
"""Years after which an undated number is taken for another year's, unless its words say otherwise."""
LASTING = {"NĐ", "TT", "TTLT"}
"""Types that stay in force for long: age alone says nothing against them."""
APART = 2
"""Years between articles that may mean one document, where nothing else dates it."""
RARE = 3
"""Digits of a number with its code that few documents have: 08-NQ/TW there is each term."""
TITLE_PAIRS = 3
"""Pairs of syllables that a title must have to tell that another document is meant."""


def chosen(
    mention: Mention, citation: Citation, shelf: Shelf, about: AbstractSet[tuple[str, str]]
) -> tuple[Candidate, Resolved] | None:
    """The one document that the article, the title or the words around point to; None where none does.

    `about` holds the words that its article says around this number. The only document of a number is taken
    with one word, or the organ of the Party, in common if the mention says whose it is, or when, and the
    document is recent; without where its number is rare, or its code stands in an article of its year.
    """
    if _several(mention):
        return None

    def may(one: Candidate) -> bool:
        return fits(citation, mention, one)

    for find, confidence, evidence in _WAYS:
        found = find(mention, citation, shelf, about, may)
        if found is not None:
            return found, Resolved(found.name, confidence, evidence)
    return None


def fits(citation: Citation, mention: Mention, document: Candidate) -> bool:
    """Whether nothing that the mention says speaks against the document."""
    return (
        _both(citation.place, document.place)
        and (not citation.place or bool(citation.issuer or document.place))
        and _both(citation.period, document.period)
        and (not citation.organ or not document.organs or citation.organ in document.organs)
        and (not citation.bodies or not document.issuer or document.issuer in citation.bodies)
        and of_one_edition(mention.editions, document.editions)
        and _of_the_time(citation, mention, document)
    )


def late(citation: Citation, mention: Mention, document: Candidate) -> bool:
    """Whether the article was written so long after the document that a younger one is more likely meant."""
    if citation.period and citation.period == document.period:
        return False
    if document.issued:
        return bool(mention.spoken and mention.spoken - document.issued[1] > LATE)
    return bool(
        mention.year
        and document.published
        and min(abs(mention.year - year) for year in document.published) > APART
    )


def _both(one: str, other: str) -> bool:
    return not one or not other or one == other


def _of_the_time(citation: Citation, mention: Mention, document: Candidate) -> bool:
    """Whether the document was there when the article was written, and was spoken of no earlier."""
    if document.issued:
        return not mention.year or document.issued[0] <= mention.year
    if citation.period.isdecimal():
        return not document.published or max(document.published) >= int(citation.period)
    return True


def _several(mention: Mention) -> bool:
    """Whether documents of several years are meant: `các năm 2014, 2015 ... các Nghị quyết 19/NQ-CP`."""
    before = mention.sentence.partition(mention.surface)[0]
    return before.rstrip().endswith("các") and len(set(_YEAR.findall(before))) > 1


def _in_story(
    mention: Mention, _: Citation, shelf: Shelf, __: AbstractSet[tuple[str, str]], may: May
) -> Candidate | None:
    return _one([one for one in shelf.of_story(mention.story) if may(one)])


def _titled(
    mention: Mention, _: Citation, shelf: Shelf, __: AbstractSet[tuple[str, str]], may: May
) -> Candidate | None:
    return _one([one for one in shelf.of_title(mention.core, TITLE_WORDS) if may(one)])


def _worded(
    mention: Mention, citation: Citation, shelf: Shelf, about: AbstractSet[tuple[str, str]], may: May
) -> Candidate | None:
    """The document that shares more words with the article than any other does."""
    ranked = [(count, one) for count, one in shelf.of_words(about, 1) if may(one)]
    if not ranked or (len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]):
        return None
    count, best = ranked[0]
    aged = citation.kind not in LASTING and late(citation, mention, best)
    doubtful = aged or not citation.issuer or (best.place and not citation.place)
    least = DOUBTFUL_PAIRS if doubtful else SHARED_PAIRS
    return best if count >= least and not of_another(mention, best) else None


def _only(
    mention: Mention, citation: Citation, shelf: Shelf, about: AbstractSet[tuple[str, str]], may: May
) -> Candidate | None:
    if not _tells(citation):
        return None
    found = _one([one for one in shelf.documents if (citation.place or not one.place) and may(one)])
    if found is None or of_another(mention, found):
        return None
    if citation.project or citation.bodies or _lettered(citation):
        return found
    aged = late(citation, mention, found)
    strange = citation.period and not (found.period or citation.issuer)
    rare = not citation.bare and (len(citation.ordinal) >= RARE or _of_its_year(mention, found))
    alike = rare or about & found.about or citation.organ in found.organs
    return found if alike and not aged and not strange else None


def _tells(citation: Citation) -> bool:
    """Whether a mention says enough for the only document of its number to be taken for the one it names."""
    if citation.local:
        return bool(citation.place)
    if citation.project or citation.bodies or citation.period or citation.place or _lettered(citation):
        return True
    return bool(citation.issuer) and (not citation.bare or citation.kind != "NĐ")


def _of_its_year(mention: Mention, document: Candidate) -> bool:
    """Whether the article speaks of the year that the document was issued in, and of none after it."""
    return document.issued is not None and document.issued == (mention.spoken, mention.spoken)


def _lettered(citation: Citation) -> bool:
    """Whether the number was put between two others, as 30a was: few documents have such a one."""
    return not citation.ordinal.isdecimal() and not citation.local


def of_another(mention: Mention, document: Candidate) -> bool:
    """Whether the title of the mention speaks of something else than all that is said of the document."""
    title = title_pairs(mention)
    return len(title) >= TITLE_PAIRS and bool(document.titles) and not title & document.about


def _one(found: list[Candidate]) -> Candidate | None:
    return found[0] if len(found) == 1 else None


_WAYS = (
    (_in_story, 0.98, "same article"),
    (_titled, 0.95, "title"),
    (_worded, 0.9, "words around"),
    (_only, 0.85, "only document of that number"),
)
