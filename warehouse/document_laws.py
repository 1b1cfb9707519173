"""Laws, codes, ordinances and the constitution: known by name and year, seldom by number.

A name that was passed several times (Luật Đất đai 2003, 2013, 2024) means the one that the article could
mean: the youngest that is no younger than the article, or with `(sửa đổi)` behind it the next one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.text import fold
from warehouse.document_mentions import Candidate, Resolved
from warehouse.lexicon import lexicon, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warehouse.document_mentions import Mention

AMENDING = "luat sua doi"
TYPES = {"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"}

REVISED = "name, revised"
USUAL = 2
"""Articles that must speak of a version before one that cannot be dated is taken to do so too."""

_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"\s*(?:\bso \d.*|\(sua doi\).*|\bnam \d{4}.*|\b(?:19|20)\d\d\b.*)$")
_TYPE = re.compile(r"^(?:du thao )?(?:bo luat|luat|phap lenh)\b ?")
_AMENDING = re.compile(r"^(?:bo luat|luat|phap lenh) (?:sua doi|bo sung)")
_OBJECT = re.compile(r"\b(?:bo luat|luat|phap lenh) .*|\bcac luat\b.*")
_REVISED = re.compile(r"^\s*\(?\s*sua doi\)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED = re.compile(r"\d+/(?:(\d{4})/)?(?:QH|UBTVQH)?\d*", re.IGNORECASE)
_COUNTRY = re.compile(
    r"\b(?:Myanmar|Mỹ|Hoa Kỳ|Trung Quốc|Nhật Bản|Hàn Quốc|Thái Lan|Singapore|Campuchia|Lào|Philippines"
    r"|Indonesia|Malaysia|Việt Nam|nước ta)\b"
)
_OURS = {"Việt Nam", "nước ta"}
JUST = 1
"""Years for which a law that was revised is still called so."""
APART = 2
"""Years between articles that may mean one amending law, where nothing dates it."""


class Version(NamedTuple):
    """Which law of a name: its year (`c2017`: about then), how sure that is, and why."""

    year: str
    confidence: float
    evidence: str


def resolve_laws(mentions: Sequence[Mention]) -> tuple[dict[str, Resolved], list[Candidate]]:
    """The laws that mentions name, by fact."""
    names = {mention.fact: _name(mention) for mention in mentions}
    _name_by_number(mentions, names)
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if names[mention.fact]:
            groups[names[mention.fact]].append(mention)
    found: dict[str, Resolved] = {}
    documents: dict[str, Candidate] = {}
    for name in sorted(groups):
        for mention, version in _versions(name, groups[name]):
            key = "-".join(filter(None, (name.replace(" ", "-"), version.year)))
            document = documents.setdefault(key, Candidate(key, version.year, "QH"))
            document.add(mention)
            found[mention.fact] = Resolved(key, version.confidence, version.evidence)
    return found, list(documents.values())


def _versions(name: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Version]]:
    """Each mention of a law's name with the version that it means."""
    years = _years(name, mentions)
    waves = _waves(mentions) if name.startswith(AMENDING) else {}
    open_ = []
    stories: defaultdict[tuple[bool, str], set[str]] = defaultdict(set)
    for mention in sorted(mentions, key=lambda one: one.fact):
        version = _dated(mention, years) or _waved(mention, waves)
        if version:
            stories[version.evidence == REVISED, version.year].add(mention.story)
            yield mention, version
        else:
            open_.append(mention)
    for mention in open_:
        revised = _revised(mention)
        told = {year: len(articles) for (so, year), articles in stories.items() if so == revised}
        yield mention, _usual(mention, told, years)


def _waved(mention: Mention, waves: Mapping[int | None, str]) -> Version | None:
    """The amending law that was spoken of at the time of the article."""
    if mention.year in waves:
        return Version(waves[mention.year], 0.85, "name, spoken of at the time")
    near = [wave for year, wave in waves.items() if year and mention.since in {year, year + 1}]
    return Version(near[0], 0.75, "name, spoken of at the time") if near and not mention.year else None


def _waves(mentions: Sequence[Mention]) -> dict[int | None, str]:
    """About when an amending law was spoken of (`c2017`): years that follow each other are one law's."""
    waves: dict[int | None, str] = {}
    begin = last = None
    for year in sorted({mention.year for mention in mentions if mention.year}):
        if last is None or year - last > APART:
            begin = year
        waves[year], last = f"c{begin}", year
    return waves


def _name(mention: Mention) -> str:
    """What the law is called, folded, one name for all that it goes by; an amending law by what it amends."""
    surface = _TAIL.sub("", fold(mention.surface))
    words = " ".join(_WORD.findall(surface))
    if mention.doc_type == "Hiến pháp":
        return "hien phap"
    if _AMENDING.match(words):
        return _amending(mention, words)
    if _TYPE.sub("", words) == "":
        return ""
    countries = _COUNTRY.findall(mention.sentence.partition(mention.surface)[0])
    if countries and countries[-1] not in _OURS:
        return f"{words} {fold(countries[-1])}"
    return aliases().get(words, words)


def _amending(mention: Mention, words: str) -> str:
    at = mention.sentence.find(mention.surface)
    behind = fold(mention.title or "") or fold(mention.sentence[at + len(mention.surface) :][:80])
    target = _OBJECT.search(f"{words} {behind}"[5:])
    if target is None:
        return ""
    amended = " ".join(_WORD.findall(_TAIL.sub("", target[0].split(",")[0].split(" va ")[0])))
    return f"{AMENDING} {aliases().get(amended, amended)}"


def _name_by_number(mentions: Sequence[Mention], names: dict[str, str]) -> None:
    """A law that is only numbered has the name that most give to that number, else its number as a name."""
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.number and names[mention.fact]:
            named[_number(mention.number)][names[mention.fact]] += 1
    for mention in mentions:
        if mention.number and not names[mention.fact]:
            counts = named[_number(mention.number)]
            names[mention.fact] = (
                min(counts, key=lambda name: (-counts[name], name))
                if counts
                else f"luat {_number(mention.number)}"
            )


def _number(number: str) -> str:
    return " ".join(_WORD.findall(fold(number)))


def _years(name: str, mentions: Sequence[Mention]) -> list[int]:
    """The years in which the law was passed: as known, else as two stories say or a number does."""
    known = passed().get(name)
    if known:
        return known
    stories: defaultdict[int, set[str]] = defaultdict(set)
    sure = set()
    for mention in mentions:
        year = _said(mention)
        if year:
            stories[year].add(mention.story)
            if _numbered(mention):
                sure.add(year)
    return sorted(year for year, told in stories.items() if len(told) > 1 or year in sure)


def _numbered(mention: Mention) -> int | None:
    found = _NUMBERED.match(mention.number or "")
    return int(found[1]) if found and found[1] else None


def _said(mention: Mention) -> int | None:
    """The year that the mention itself gives."""
    numbered = _numbered(mention)
    if numbered:
        return numbered
    return int(mention.issued_on[:4]) if mention.issued_on else None


def _dated(mention: Mention, years: Sequence[int]) -> Version | None:
    """The version that a mention means by itself: by a year that is said, or by when the article speaks."""
    said = _said(mention)
    if said:
        return Version(str(said), 1.0 if said in years else 0.9, "name and year")
    if len(years) == 1 and not _revised(mention):
        return Version(str(years[0]), 0.85, "name")
    spoken = mention.year or mention.since
    if years and _revised(mention):
        coming = [year for year in years if spoken and year >= spoken - JUST]
        return Version(str(coming[0]) if coming else "revised", 0.8, REVISED) if spoken else None
    if not years or mention.year is None:
        return None
    in_force = [year for year in years if year <= mention.year]
    return Version(str((in_force or years)[-1 if in_force else 0]), 0.85, "name, in force at the time")


def _revised(mention: Mention) -> bool:
    at = mention.sentence.find(mention.surface)
    behind = mention.sentence[at + len(mention.surface) :][: len(" (sửa đổi)")]
    return at >= 0 and bool(_REVISED.match(fold(behind)))


def _usual(mention: Mention, told: Mapping[str, int], years: Sequence[int]) -> Version:
    """Without a date of publication: the version that most speak of, no older than the article can mean."""
    since = max((year for year in years if mention.since and year <= mention.since), default=0)
    likely = {
        version: count for version, count in told.items() if not version.isdecimal() or int(version) >= since
    }
    usual = min(likely, key=lambda one: (-likely[one], one), default="")
    if not usual or likely[usual] < USUAL or likely[usual] * 2 < sum(likely.values()):
        return Version("", 0.7, "name")
    return Version(usual, 0.7, "name, as most speak of it")


@cache
def aliases() -> dict[str, str]:
    """Other names of laws, folded."""
    names = {}
    for row in lexicon("laws"):
        for alias in listed(row["aliases"]):
            names[" ".join(_WORD.findall(fold(alias)))] = " ".join(_WORD.findall(fold(row["name"])))
    return names


@cache
def passed() -> dict[str, list[int]]:
    """The years in which laws of a name were passed."""
    return {
        " ".join(_WORD.findall(fold(row["name"]))): [int(year) for year in listed(row["years"])]
        for row in lexicon("laws")
    }
