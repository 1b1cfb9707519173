"""Brings together the mentions of one number and type: first those that say the year, then the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from corpus.text import fold
from warehouse.document_choice import chosen
from warehouse.document_mentions import Candidate, Resolved
from warehouse.document_shelf import Shelf
from warehouse.document_undated import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warehouse.document_mentions import Mention
    from warehouse.document_numbers import Citation

Cited = tuple["Mention", "Citation"]


def resolve_block(block: Sequence[Cited]) -> tuple[dict[str, Resolved], list[Candidate]]:
    """The documents of the mentions of one type and ordinal, by fact."""
    found: dict[str, Resolved] = {}
    series: defaultdict[str, list[Cited]] = defaultdict(list)
    for mention, citation in _levelled(sorted(block, key=lambda one: one[0].fact)):
        series[citation.issuer].append((mention, citation))
    bare = series.pop("", [])
    whole = Shelf()
    for issuer in sorted(series):
        shelf = Shelf(_dated(series[issuer], found))
        _assign(series[issuer], shelf, found)
        for document in shelf.documents:
            whole.put(document)
    _assign(bare, whole, found)
    return found, whole.documents


def _levelled(members: Sequence[Cited]) -> Iterator[Cited]:
    """The mentions, with one issuer for those of one day: a department is named, or its ministry."""
    days: defaultdict[str, set[Citation]] = defaultdict(set)
    for _, citation in members:
        if citation.day and not citation.local:
            days[citation.day].add(citation)
    for mention, citation in members:
        chief = _chief(days[citation.day]) if citation.day and not citation.local else None
        if chief:
            citation = citation._replace(issuer=chief.issuer, place=chief.place, period=chief.period)  # noqa: PLW2901
        yield mention, citation


def _chief(citations: set[Citation]) -> Citation | None:
    """What numbers the document that is meant by all citations of a day; None where several documents are."""
    coded = [one for one in citations if not one.bare]
    if len({one.issuer for one in coded}) > 1 or len({one.place for one in coded if one.place}) > 1:
        return None
    return min(citations, key=lambda one: (one.bare, not one.issuer, not one.place, one))


def _assign(members: Sequence[Cited], shelf: Shelf, found: dict[str, Resolved]) -> None:
    """Finds the documents of the mentions that are still open; the others are documents of their own."""
    open_ = [one for one in members if one[0].fact not in found]
    about: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for mention, _ in open_:
        about[mention.story] |= mention.about
    rest: defaultdict[str, list[Cited]] = defaultdict(list)
    for mention, citation in sorted(open_, key=lambda one: not (one[1].period or one[1].place)):
        choice = chosen(mention, citation, shelf, about[mention.story])
        if choice:
            document, found[mention.fact] = choice
            shelf.add(document, mention, citation.organ)
        else:
            rest[citation.period].append((mention, citation))
    for period in sorted(rest):
        documents = gathered(rest[period], period)
        _name_undated(documents, {mention.fact: citation for mention, citation in rest[period]})
        for document in documents:
            shelf.put(document)
            for mention in document.mentions:
                found[mention.fact] = Resolved(document.name, 0.8, "number, year not said")


def _dated(members: Sequence[Cited], found: dict[str, Resolved]) -> list[Candidate]:
    """One document for each year or term that is said, and each place where the code is a local one."""
    groups: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
    placed = {citation.period for _, citation in members if citation.place}
    for mention, citation in members:
        whose = citation.place or not (citation.local or citation.period in placed)
        if citation.period and whose:
            groups[citation.place, citation.period].append((mention, citation))
    documents: list[Candidate] = []
    for group in chain.from_iterable(map(_numbered_apart, _joined(groups))):
        period = _most(citation.period for _, citation in group)
        place = _most(citation.place for _, citation in group if citation.place)
        name = name_of(group[0][1], period, place)
        if any(document.name == name for document in documents):
            name += "-" + _most(citation.day[5:] for _, citation in group)
        document = Candidate(name, period, group[0][1].issuer, place)
        for mention, citation in group:
            document.add(mention, citation.organ)
            sure = citation.period == period and citation.place == place
            found[mention.fact] = (
                Resolved(document.name, 1.0, "number and " + ("year" if period.isdecimal() else "term"))
                if sure
                else Resolved(document.name, 0.95, "number and day of issue")
            )
        documents.append(document)
    return documents


def _numbered_apart(group: list[Cited]) -> Iterator[list[Cited]]:
    """Acts of law and single decisions have numbers of their own: two documents where their days differ."""
    days = {
        series: {citation.day for _, citation in group if citation.day and citation.series == series}
        for series in ("act", "single")
    }
    apart = days["single"] - days["act"] if days["act"] else set()
    yield [one for one in group if one[1].day not in apart]
    if apart:
        yield [one for one in group if one[1].day in apart]


def _joined(groups: dict[tuple[str, str], list[Cited]]) -> Iterator[list[Cited]]:
    """The groups, those put together that give the same day of issue.

    Day and month are said, the year is often reckoned: one number on the same day of two years is a slip.
    """
    by_day: dict[tuple[str | None, str], tuple[str, str]] = {}
    root = {key: key for key in groups}
    for key in sorted(groups, key=lambda key: (not key[0], key)):
        for day in sorted({citation.day[5:] for _, citation in groups[key] if citation.day}):
            same = by_day.get((key[0] or None, day)) or by_day.get(("", day))
            if same is not None:
                root[key] = _root(root, same)
            by_day.setdefault((key[0], day), key)
            by_day.setdefault((None, day), key)
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


def name_of(citation: Citation, period: str, place: str) -> str:
    """The id of a document: 942-qd-ttg-2021, 52-nq-tw-khoa-12, 83-qd-ubnd-...-2017."""
    code = fold("-".join(filter(None, (citation.ordinal, citation.kind, citation.issuer)))).lower()
    return "-".join(filter(None, (code, place.replace(" ", "-").replace(",", ""), period)))


def _name_undated(documents: Sequence[Candidate], citations: dict[str, Citation]) -> None:
    """Ids of documents that nothing dates: 17-nq-cp-c2019, about the year in which it is first named.

    What shares its id with another, or has no code, has letters of its first mention behind it.
    """
    taken: Counter[str] = Counter()
    for document in documents:
        years = [mention.year for mention in document.mentions if mention.year]
        first = citations[min(document.mentions, key=attrgetter("fact")).fact]
        about = document.period or (f"c{min(years)}" if years else "undated")
        document.name = name_of(first, about, document.place)
        taken[document.name] += 1
    for document in documents:
        if taken[document.name] > 1 or not document.issuer or document.period:
            document.name += f"-{min(mention.fact for mention in document.mentions)[:6]}"
