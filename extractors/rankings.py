"""Rankings: a place in an ordered list, with the places moved, the size of the list, and the year.

The phrases of a sentence that speak of one place ("tăng 4 bậc, xếp hạng 61/150 quốc gia") are joined to
one fact; the places of a list ("50/160 quốc gia, 14/40 châu Á và 3/10 ASEAN") are one fact each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corpus.facts import Ranking, Span
from extractors import (
    rank_groups,
    rank_lists,
    rank_phrases,
    rank_scopes,
    rank_settings,
    rank_topics,
    ranked,
    ranked_beside,
    ranked_kinds,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.facts import Date
    from extractors.document import Document
    from extractors.ownership import Ownership
    from extractors.rank_context import Phrase

CONFIDENCE = {
    "ranking.from_to": 0.95, "ranking.headed": 0.92, "ranking.ordinal": 0.92, "ranking.item": 0.9,
    "ranking.named": 0.85, "ranking.move": 0.9,
    "ranking.bracketed": 0.85, "ranking.band": 0.85, "ranking.given": 0.85,
    "ranking.lost": 0.85, "ranking.one_of": 0.8, "ranking.top": 0.8, "ranking.kept": 0.8,
    "ranking.first_places": 0.75, "ranking.superlative": 0.75, "ranking.best": 0.75, "ranking.partner": 0.7,
    "ranking.number": 0.7,
}  # fmt: skip
_DIGITS = re.compile(r"[0-9]+")
_LAST_BRACKET = re.compile(r"[^()\n.;,]{0,25}\)")
_SAME_PASSAGE = 600
"""Code points between a ranking and one before it in its line that it may go on with."""


def find(document: Document, owned: Ownership, dates: Sequence[Date]) -> list[Ranking]:
    """The rankings of an article in reading order; their figures are claimed."""
    found: list[Ranking] = []
    for sentence in _sentences(document):
        groups = [tuple(group) for group in rank_groups.groups(document.text, sentence, owned)]
        rank_groups.share_size(document.text, groups)
        rank_groups.share_kept(document.text, groups)
        for number, group in enumerate(groups):
            ceiling = groups[number + 1][0].start if number + 1 < len(groups) else sentence.end
            _claim(owned, (figure for phrase in group for figure in phrase.figures))
            found.append(_ranking(document, Span(group[0].start, ceiling), group, dates, found))
            inside = _DIGITS.finditer(document.text, found[-1].start, found[-1].end)
            _claim(owned, (Span(*digits.span()) for digits in inside))
            rank_lists.share_tail(document.text, found)
            rank_lists.share_scope(found, group[0])
        rank_lists.share_out(document.text, found, sentence)
        rank_lists.share_out_behind(document.text, found, sentence)
    return found


def _claim(owned: Ownership, figures: Iterable[Span]) -> None:
    for figure in figures:
        if owned.free(figure.start, figure.end):
            owned.claim(figure.start, figure.end)


def _sentences(document: Document) -> Iterator[Span]:
    """The sentences that hold a word of ranking."""
    last = 0
    for hint in rank_phrases.hints(document.text):
        sentence = document.sentence_at(hint) if hint >= last else None
        if sentence and sentence.end > hint:
            yield sentence
            last = sentence.end


def _ranking(
    document: Document, reach: Span, group: Sequence[Phrase], dates: Sequence[Date],
    earlier: Sequence[Ranking],
) -> Ranking:  # fmt: skip
    place = next((part for part in group if part.rank is not None and not part.earlier), None)
    main = place or group[0]
    span = _span(document.text, group, main, reach.end)
    who = _who(document, span, main.rule, reach.end, earlier)
    year = rank_settings.year(document, Span(span.start, reach.end), span, group, dates)
    return Ranking(
        start=span.start, end=span.end, text=document.text[span.start : span.end], rule=main.rule,
        confidence=CONFIDENCE[main.rule], rank=place.rank if place else None, **_figures(group, place),
        change_since=rank_settings.since(document, group, dates, year), year=year,
        subject=who.subject, index=who.index, scope=who.scope,
        status=rank_settings.status(document, span, dates, year),
    )  # fmt: skip


def _span(text: str, group: Sequence[Phrase], main: Phrase, ceiling: int) -> Span:
    """From the first phrase to the last, with the scope behind the place and the bracket that is open."""
    start, end = group[0].start, max(part.end for part in group)
    if main.end == end:
        end = rank_scopes.end(text, end, ceiling)
    written = text[start:end]
    if written.count("(") > written.count(")") and (close := _LAST_BRACKET.match(text, end, ceiling)):
        end = close.end()
    return Span(start, end)


def _who(
    document: Document, span: Span, rule: str, ceiling: int, earlier: Sequence[Ranking]
) -> ranked.Ranked:
    sentence = document.sentence_at(span.start)
    last = earlier[-1] if earlier else None
    floor = last.end if last and sentence.start <= last.start else sentence.start
    who = ranked.resolve(document, sentence, span, ranked.Reach(floor, ceiling, rule))
    if rule == "ranking.item" and last:
        behind = rank_topics.behind(document.text, Span(span.end, ceiling))
        told = ranked_beside.told_behind(document.text, Span(span.end, ceiling))
        told = told or (
            None if who.scope else ranked_beside.right_behind(document.text, Span(span.end, ceiling))
        )
        who = ranked.Ranked(told or last.subject, behind or last.index, who.scope)
    if last and (who.subject is None or who.index is None) and _same_passage(document, last, span):
        kinds = ranked_kinds.wanted(document.text, sentence, span, rule)
        who = ranked.going_on(who, ranked.Ranked(last.subject, last.index), (rule, last.rule), kinds)
    return ranked.mentioned(document, sentence, span, who, rule)


def _same_passage(document: Document, last: Ranking, span: Span) -> bool:
    """Whether the ranking before stands near, in the same line."""
    return span.start - last.end <= _SAME_PASSAGE and "\n" not in document.text[last.end : span.start]


def _figures(group: Sequence[Phrase], place: Phrase | None) -> dict[str, Any]:
    previous = next((part.previous for part in group if part.previous is not None), None)
    if previous is None:
        previous = next((part.rank for part in group if part.earlier), None)
    change = next((part.change for part in group if part.change is not None), None)
    if change is None and place and place.kept and previous is None:
        change = 0
    return {
        "out_of": next(
            (part.out_of for part in group if part.out_of is not None and (part is place or not place)), None
        ),
        "top_n": next((part.top_n for part in group if part.top_n is not None), None),
        "previous_rank": previous,
        "change": change,
    }
