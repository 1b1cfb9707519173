"""Brings together the mentions of one number and type: first those that say the year, then the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from corpus.text import fold
from warehouse.document_choice import TITLE_WORDS, chosen
from warehouse.document_mentions import Candidate, Resolved
from warehouse.document_words import pairs, same_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warehouse.document_mentions import Mention
    from warehouse.document_numbers import Citation

Cited = tuple["Mention", "Citation"]
APART = 2
"""Years between articles that may mean one document, where nothing else dates it."""
ALIKE = 3
"""Pairs of syllables that two undated mentions of one number must share to be of one document."""


def resolve_block(block: Sequence[Cited]) -> tuple[dict[str, Resolved], list[Candidate]]:
    """The documents of the mentions of one type and ordinal, by fact."""
    found: dict[str, Resolved] = {}
    documents: list[Candidate] = []
    series: defaultdict[str, list[Cited]] = defaultdict(list)
    bare: list[Cited] = []
    for mention, citation in sorted(block, key=lambda one: one[0].fact):
        (series[citation.issuer] if citation.issuer else bare).append((mention, citation))
    for issuer in sorted(series):
        documents += _series(series[issuer], found)
    _bare(bare, documents, found)
    return found, documents


def _series(members: Sequence[Cited], found: dict[str, Resolved]) -> list[Candidate]:
    """Mentions of one type, ordinal and code."""
    documents = _dated(members, found)
    placed = {one.name: one.place for one in documents}
    about = _about(members, found)
    for mention, citation in members:
        if mention.fact in found:
            continue
        fitting = [one for one in documents if _fit(citation.place, placed[one.name])]
        choice = chosen(
            mention, fitting, about[mention.story], alone=not citation.bare or citation.kind != "NĐ"
        )
        if choice:
            document, found[mention.fact] = choice
            document.mentions.append(mention)
    rest = [(mention, citation) for mention, citation in members if mention.fact not in found]
    return documents + _undated(rest, found)


def _about(members: Sequence[Cited], found: dict[str, Resolved]) -> dict[str, set[tuple[str, str]]]:
    """The words that each story says around the mentions that are still open."""
    about: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention, _ in members:
        if mention.fact not in found:
            about[mention.story] |= pairs(mention.title, mention.sentence, mention.surface)
    return about


def _fit(one: str, other: str) -> bool:
    return not one or not other or one == other


def _dated(members: Sequence[Cited], found: dict[str, Resolved]) -> list[Candidate]:
    """One document for each year or term that is said, and each place where the code is a local one."""
    groups: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
    placed = {citation.period for _, citation in members if citation.place}
    for mention, citation in members:
        if citation.period and (citation.place or citation.period not in placed):
            groups[citation.place, citation.period].append((mention, citation))
    documents = []
    for group in _joined(groups):
        period = _most(citation.period for _, citation in group)
        place = _most(citation.place for _, citation in group if citation.place)
        document = Candidate(name_of(group[0][1], period, place), period, group[0][1].issuer, place)
        for mention, citation in group:
            document.mentions.append(mention)
            sure = citation.period == period and citation.place == place
            found[mention.fact] = (
                Resolved(document.name, 1.0, "number and " + ("year" if period.isdecimal() else "term"))
                if sure
                else Resolved(document.name, 0.95, "number and day of issue")
            )
        documents.append(document)
    return documents


def _joined(groups: dict[tuple[str, str], list[Cited]]) -> Iterator[list[Cited]]:
    """The groups, those put together that give the same day of issue.

    Day and month are said, the year is often reckoned: one number on the same day of two years is a slip.
    """
    by_day: dict[tuple[str, str], tuple[str, str]] = {}
    root = {key: key for key in groups}
    for key in sorted(groups, key=lambda key: (not key[0], key)):
        for _, citation in groups[key]:
            if citation.day:
                place = key[0]
                same = by_day.get((place, citation.day[5:])) or by_day.get(("", citation.day[5:]))
                if same is None and not place:
                    same = next((k for (_, day), k in by_day.items() if day == citation.day[5:]), None)
                if same is not None and _fit(place, same[0]):
                    root[key] = _root(root, same)
                by_day.setdefault((place, citation.day[5:]), key)
    joined: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
    for key in sorted(groups):
        joined[_root(root, key)] += groups[key]
    yield from joined.values()


def _root(root: dict[tuple[str, str], tuple[str, str]], key: tuple[str, str]) -> tuple[str, str]:
    while root[key] != key:
        key = root[key]
    return key


def _most(values: Iterable[str]) -> str:
    """The value that most say; of those that as many say, the first in order."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _undated(members: Sequence[Cited], found: dict[str, Resolved]) -> list[Candidate]:
    """Mentions that nothing dates, put together where article, title, words or, with the code, time agree."""
    documents: list[Candidate] = []
    for mention, citation in members:
        document = next((one for one in documents if _agree(mention, citation, one)), None)
        if document is None:
            document = Candidate("", "", citation.issuer, citation.place)
            documents.append(document)
        document.mentions.append(mention)
        document.place = document.place or citation.place
    citations = {mention.fact: citation for mention, citation in members}
    _name_undated(documents, citations)
    for document in documents:
        for mention in document.mentions:
            found[mention.fact] = Resolved(document.name, 0.8, "number, year not said")
    return documents


def _agree(mention: Mention, citation: Citation, document: Candidate) -> bool:
    if not _fit(citation.place, document.place):
        return False
    first = document.mentions[0]
    if any(other.story == mention.story for other in document.mentions):
        return True
    if any(same_title(mention.core, other.core, TITLE_WORDS) for other in document.mentions):
        return True
    if mention.year and first.year and abs(mention.year - first.year) > APART:
        return False
    if not citation.bare and (citation.place == document.place != "" or citation.issuer not in _LOCAL):
        return True
    about = pairs(mention.title, mention.sentence, mention.surface)
    return any(
        len(about & pairs(other.title, other.sentence, other.surface)) >= ALIKE
        for other in document.mentions[:20]
    )


_LOCAL = {"UBND", "HĐND", "UB", "TU", "HU", "XPVPHC", "TTR", "CQCSĐT"}
"""Codes that any place has."""


def _bare(members: Sequence[Cited], documents: list[Candidate], found: dict[str, Resolved]) -> None:
    """Mentions with neither code nor issuer, or of a local body without its code."""
    about = _about(members, found)
    for mention, citation in sorted(members, key=lambda one: not (one[1].period or one[1].place)):
        fitting = [
            one
            for one in documents
            if _fit(citation.place, one.place)
            and (not citation.place or one.place)
            and (not citation.period or not one.period or citation.period == one.period)
        ]
        dated = bool(citation.period or citation.place)
        choice = chosen(mention, fitting, about[mention.story], alone=dated and bool(fitting))
        if choice:
            document, found[mention.fact] = choice
            document.mentions.append(mention)
    rest = [one for one in members if one[0].fact not in found]
    groups: defaultdict[str, list[Cited]] = defaultdict(list)
    for one in rest:
        groups[one[1].period].append(one)
    for period in sorted(groups):
        for document in _undated(groups[period], found):
            document.period = period
            documents.append(document)


def name_of(citation: Citation, period: str, place: str) -> str:
    """The id of a document: 942-qd-ttg-2021, 52-nq-tw-khoa-12, 83-qd-ubnd-...-2017."""
    code = fold("-".join(filter(None, (citation.ordinal, citation.kind, citation.issuer)))).lower()
    return "-".join(filter(None, (code, place.replace(" ", "-").replace(",", ""), period)))


def _name_undated(documents: Sequence[Candidate], citations: dict[str, Citation]) -> None:
    """Ids of documents that nothing dates: 17-nq-cp-c2019, about the year in which it is first named."""
    taken: Counter[str] = Counter()
    for document in documents:
        years = [mention.year for mention in document.mentions if mention.year]
        first = min(document.mentions, key=attrgetter("fact"))
        base = name_of(citations[first.fact], citations[first.fact].period, document.place)
        document.name = f"{base}-c{min(years)}" if years else f"{base}-undated"
        taken[document.name] += 1
    for document in documents:
        if taken[document.name] > 1 or not document.issuer:
            document.name += f"-{min(mention.fact for mention in document.mentions)[:6]}"
