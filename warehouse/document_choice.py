"""Which of several documents a mention means that says too little of its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warehouse.document_mentions import Resolved
from warehouse.document_words import same_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from warehouse.document_mentions import Candidate, Mention

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

TITLE_WORDS = 4
SHARED_PAIRS = 2
LATE = 3
"""Years after which an undated number is taken for another year's, unless its words say otherwise."""


def chosen(
    mention: Mention, candidates: Sequence[Candidate], about: AbstractSet[tuple[str, str]], *, alone: bool
) -> tuple[Candidate, Resolved] | None:
    """The one document that the article, the title or the words around point to; None where none does.

    `about` holds the words that its article says around this number. `alone`: whether the only document of
    that number, if it is recent, is taken without other evidence.
    """
    if _several(mention):
        return None
    timely = [one for one in candidates if not _later(one, mention)]
    for found, confidence, evidence in (
        (_in_story(mention, timely), 0.98, "same article"),
        (_titled(mention, timely), 0.95, "title"),
        (_worded(about, timely), 0.9, "words around"),
        (_only(mention, timely) if alone else None, 0.85, "only document of that number"),
    ):
        if found is not None:
            return found, Resolved(found.name, confidence, evidence)
    return None


def _several(mention: Mention) -> bool:
    """Whether documents of several years are meant: `các năm 2014, 2015 ... các Nghị quyết 19/NQ-CP`."""
    before = mention.sentence.partition(mention.surface)[0]
    return before.rstrip().endswith("các") and len(set(_YEAR.findall(before))) > 1


def _later(candidate: Candidate, mention: Mention) -> bool:
    """Whether the document is younger than the article."""
    return bool(candidate.year and mention.year and candidate.year > mention.year)


def _in_story(mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    found = [one for one in candidates if any(other.story == mention.story for other in one.mentions)]
    return found[0] if len(found) == 1 else None


def _titled(mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    title = mention.core
    found = [
        one
        for one in candidates
        if any(same_title(title, other.core, TITLE_WORDS) for other in one.mentions if other.title)
    ]
    return found[0] if len(found) == 1 else None


def _worded(about: AbstractSet[tuple[str, str]], candidates: Sequence[Candidate]) -> Candidate | None:
    """The document that shares more words with the article than any other does."""
    shared = sorted((-len(about & one.about), at) for at, one in enumerate(candidates))
    if not shared or -shared[0][0] < SHARED_PAIRS:
        return None
    if len(shared) > 1 and -shared[1][0] * 2 > -shared[0][0]:
        return None
    return candidates[shared[0][1]]


def _only(mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    if len(candidates) != 1:
        return None
    (one,) = candidates
    return one if not one.year or not mention.year or mention.year - one.year <= LATE else None
