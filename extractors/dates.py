"""Date facts: expressions that have a place on the calendar, with the days they denote.

Phrases are read from atomic parts (date_parts, date_days, date_months, date_years), freed of false
friends (date_guards), given the years they leave out (date_context, date_comparisons) and their modifier
(date_modifiers).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING

from corpus.facts import Date
from extractors import date_values
from extractors.date_comparisons import compared
from extractors.date_context import Context
from extractors.date_modifiers import modifier
from extractors.date_reading import figures, read
from extractors.literals import lowered

if TYPE_CHECKING:
    from datetime import date

    from corpus.article import Article
    from extractors.date_phrase import Phrase
    from extractors.document import Document
    from extractors.ownership import Ownership

_TITLE_YEAR = re.compile(r"(?<![0-9./-])(?:19|20)[0-9]{2}(?![0-9/-])")


def find(document: Document, owned: Ownership) -> list[Date]:
    """The dates of a document in order, none overlapping another; claims their figures.

    Without a day of publication and without any year in the article, what needs one gives no fact.
    """
    article = document.article
    lower, today = lowered(article.text), _today(article)
    phrases = [_modified(phrase, lower) for phrase in read(article.text, owned, today)]
    known = Context(lower, phrases, today, _title_year(article)).settled()
    settled = [phrase for phrase in compared(lower, phrases, known, today) if phrase is not None]
    for phrase in settled:
        for start, end in figures(article.text, phrase):
            owned.claim(start, end)
    return [fact for phrase in settled if (fact := _fact(article, phrase)) is not None]


def _modified(phrase: Phrase, lower: str) -> Phrase:
    found = modifier(phrase, lower)
    return replace(phrase, modifier=found) if found else phrase


def _fact(article: Article, phrase: Phrase) -> Date | None:
    if phrase.interval is None:
        return None
    return Date(
        start=phrase.start,
        end=phrase.end,
        text=article.text[phrase.start : phrase.end],
        rule=phrase.rule,
        confidence=phrase.confidence,
        start_date=phrase.interval.start,
        end_date=phrase.interval.end,
        modifier=phrase.modifier,
        grain=(grain := date_values.grain(phrase, phrase.interval)),
        value=date_values.value(grain, phrase.interval),
        evidence=_evidence(article, phrase),
    )


def _evidence(article: Article, phrase: Phrase) -> str:
    """What places the phrase: itself, the title, the day of publication, or another phrase of the article."""
    basis = phrase.basis
    if basis is None:
        return "text"
    if basis == "published":
        return f"published: {article.published}"
    if basis == "title":
        return f"title: {_title_year(article)}"
    return f"article: {article.text[basis.start : basis.end]}"


def _today(article: Article) -> date | None:
    """The day of publication, if the calendar has years around it to count from."""
    published = article.published
    return published if published and MINYEAR + 9 < published.year < MAXYEAR - 9 else None


def _title_year(article: Article) -> int | None:
    match = _TITLE_YEAR.search(article.title or "")
    return int(match[0]) if match else None
