"""Documents that are named without a number: by their title, by day and issuer, or by words of the title."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.text import fold
from warehouse.document_mentions import Candidate, Resolved
from warehouse.document_numbers import issuing, kinds
from warehouse.document_shelf import Shelf
from warehouse.document_words import of_one_edition, same_title, title_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.document_mentions import Mention

LEAST = 4
"""Words that a title must have to name a document."""
TELLING = 2
"""Pairs of syllables that it must have for that: `yêu cầu các bộ, ngành` has none."""
NUMBERED = {"NQ", "NĐ", "QĐ", "CT", "TT", "CV", "CĐ", "TB"}
"""Types that have numbers of their own."""
SPAN = 6
"""Years between a numbered document and an article that names it by its title."""
APART = 1
"""Years between two articles that name one document by its title, or by day and issuer."""
TITLE_PAIRS = 4
"""Pairs of syllables of its title that a mention shares with the document of that issuer that it names."""
BEGINNING = 5
"""Words of a title among which the first two of the other are looked for."""
DAY_PAIRS = 2
"""The same where the day of issue is one."""


def resolve_titles(
    mentions: Sequence[Mention], documents: Sequence[Candidate]
) -> tuple[dict[str, Resolved], list[Candidate]]:
    """What the titles of unnumbered mentions stand for: a numbered document, else each other."""
    shelf = Shelf(documents)
    issued = _by_issuer(documents)
    found: dict[str, Resolved] = {}
    ordered = sorted(mentions, key=lambda one: one.fact)
    for mention in ordered:
        choice = _titled(mention, shelf) or _issued(mention, issued)
        if choice:
            document, found[mention.fact] = choice
            shelf.add(document, mention, "")
    open_ = [one for one in ordered if one.fact not in found and len(one.core) >= LEAST]
    for mention in open_:
        choice = _titled(mention, shelf)
        if choice:
            found[mention.fact] = choice[1]
    return found, _together([one for one in open_ if one.fact not in found], found)


def _titled(mention: Mention, shelf: Shelf) -> tuple[Candidate, Resolved] | None:
    fitting = [one for one in shelf.of_title(mention.core, LEAST) if _names(mention, one)]
    return (fitting[0], Resolved(fitting[0].name, 0.9, "title")) if len(fitting) == 1 else None


def _names(mention: Mention, document: Candidate) -> bool:
    if len(title_pairs(mention)) < TELLING or not _of_types(mention, document):
        return False
    early = document.year and mention.year and not document.year <= mention.year <= document.year + SPAN
    return (
        not early
        and _of_one_day(mention, document)
        and of_one_edition(mention.editions, document.editions)
        and any(
            same_title(mention.core, title, LEAST) and _of_issuers(issuing(mention.issuer or ""), issuer)
            for title, issuer in document.titles
        )
    )


def _of_types(mention: Mention, document: Candidate) -> bool:
    """Whether the types fit: a strategy or a project is approved by a decision, a decision by none."""
    kind = kinds().get(mention.doc_type, "")
    return kind not in NUMBERED or any(kinds().get(one.doc_type, "") == kind for one in document.mentions)


def _of_one_day(mention: Mention, document: Candidate) -> bool:
    """Whether a day of issue that is given is of the document's year, or its day where the year slips."""
    if not mention.issued_on or not document.year or int(mention.issued_on[:4]) == document.year:
        return True
    return _day(mention) != "" and _day(mention) in map(_day, document.mentions)


def _day(mention: Mention) -> str:
    """Day and month of issue, empty where they are not both said."""
    return (mention.issued_on or "")[5:] if len(mention.issued_on or "") == len("2021-06-15") else ""


def _by_issuer(documents: Sequence[Candidate]) -> defaultdict[tuple[str, str], Shelf]:
    """The documents of each type and issuer."""
    whose: defaultdict[tuple[str, str], dict[str, Candidate]] = defaultdict(dict)
    for document in documents:
        for mention in document.mentions:
            if mention.issuer:
                whose[kinds().get(mention.doc_type, ""), issuing(mention.issuer)][document.name] = document
    return defaultdict(Shelf, {key: Shelf(issued.values()) for key, issued in whose.items()})


def _issued(
    mention: Mention, issued: defaultdict[tuple[str, str], Shelf]
) -> tuple[Candidate, Resolved] | None:
    """The one document of its issuer that the day, or the words of its title, point to."""
    if not mention.issuer:
        return None
    shelf = issued[kinds().get(mention.doc_type, ""), issuing(mention.issuer)]
    near = [
        one
        for _, one in shelf.of_words(mention.about, DAY_PAIRS)
        if of_one_edition(mention.editions, one.editions)
    ]
    of_day = [one for one in near if _day(mention) and _day(mention) in map(_day, one.mentions)]
    worded = [
        one for one in near if _recent(mention, one) and _of_one_day(mention, one) and _share(mention, one)
    ]
    for fitting, confidence, evidence in (
        (of_day, 0.85, "issuer and day of issue"),
        (worded, 0.8, "issuer and words of the title"),
    ):
        if len(fitting) == 1:
            return fitting[0], Resolved(fitting[0].name, confidence, evidence)
    return None


def _share(mention: Mention, document: Candidate) -> bool:
    """Whether titles begin alike (`thành lập` is not `kết quả`) and half of the mention's is said of both."""
    title = title_pairs(mention)
    return len(title & document.about) >= max(TITLE_PAIRS, len(title) / 2) and any(
        _begins(mention.core, other) or _begins(other, mention.core) for other, _ in document.titles
    )


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first two words of the one are among the first of the other."""
    return len(one) > 1 and (one[0], one[1]) in pairwise(other[:BEGINNING])


def _recent(mention: Mention, document: Candidate) -> bool:
    """Whether the article was written in the year of the document, or in the next."""
    if mention.spoken and document.year:
        return document.year - (not mention.year) <= mention.spoken <= document.year + APART
    return not (mention.year and document.published) or any(
        abs(mention.year - year) <= APART for year in document.published
    )


def _of_issuers(one: str, other: str) -> bool:
    """Whether both may be of one issuer."""
    return not one or not other or one == other


def _together(mentions: Sequence[Mention], found: dict[str, Resolved]) -> list[Candidate]:
    shelf = Shelf()
    for mention in mentions:
        document = next((one for one in shelf.of_title(mention.core, LEAST) if _alike(mention, one)), None)
        if document is None:
            document = Candidate("", (mention.issued_on or "")[:4])
            document.add(mention)
            shelf.put(document)
        else:
            shelf.add(document, mention, "")
    for document in shelf.documents:
        first = document.mentions[0]
        words = "-".join((fold(first.doc_type).replace(" ", "-"), *first.core[:8]))
        document.name = f"{words}-{min(one.fact for one in document.mentions)[:6]}"
        for mention in document.mentions:
            found[mention.fact] = Resolved(document.name, 0.75, "title, no number")
    return shelf.documents


def _alike(one: Mention, document: Candidate) -> bool:
    other = document.mentions[0]
    near = not one.year or not other.year or abs(one.year - other.year) <= APART
    least = LEAST if one.issuer and one.issuer == other.issuer else LEAST + 1
    return (
        one.doc_type == other.doc_type
        and near
        and _of_issuers(issuing(one.issuer or ""), issuing(other.issuer or ""))
        and of_one_edition(one.editions, document.editions)
        and (one.core == other.core or same_title(one.core, other.core, least))
    )
