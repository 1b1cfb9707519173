"""The times that a percentage may hold for: those near it and in the sentences before, and none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from extractors import choosers, passages, undated
from extractors.status_cues import dates_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Date, Span
    from extractors.choosers import Hashes
    from extractors.document import Document

_WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*%?|[^\w\s]|\n")
_SENTENCES_BACK = 4
_MOST = 7
"""Times in front of the figure, and behind it, that come into question."""
_GRAINS = (
    ("year", re.compile(r"(?:năm )?[0-9]{4}", re.IGNORECASE)),
    ("span", re.compile(r".*[-–].*")),
    ("quarter", re.compile(r".*quý.*", re.IGNORECASE)),
    ("months", re.compile(r"[0-9]+ tháng.*", re.IGNORECASE)),
    ("day", re.compile(r".*(?:ngày|[0-9]/[0-9]).*", re.IGNORECASE)),
    ("month", re.compile(r".*[0-9].*")),
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the text; `is_date`: it can be placed on the calendar; `modifier` as that of a date."""

    start: int
    end: int
    text: str
    modifier: str | None = None
    is_date: bool = True


@dataclass(frozen=True, slots=True)
class Periods:
    """The times that come into question (None: none of them, always the last) and their features."""

    times: tuple[Time | None, ...]
    features: tuple[tuple[str, ...], ...]

    @property
    def options(self) -> Hashes:
        """The features as buckets."""
        return choosers.rows(self.features)

    def number_of(self, surface: str | None) -> int | None:
        """Which of the times is written so, the nearest first; None where there is no such time."""
        return next(
            (n for n, time in enumerate(self.times) if (time.text if time else None) == surface), None
        )


class Times:
    """The times of an article, read once a sentence: its `dates`, and what no date tells."""

    def __init__(self, document: Document, dates: Sequence[Date]) -> None:
        """Nothing is read yet; `dates` in reading order."""
        self.document, self._dates = document, dates
        self._read: dict[int, tuple[Time, ...]] = {}

    def of(self, sentence: Span) -> tuple[Time, ...]:
        """Those of one sentence."""
        if sentence.start not in self._read:
            self._read[sentence.start] = tuple(self._of(sentence.start, sentence.end))
        return self._read[sentence.start]

    def _of(self, start: int, end: int) -> Iterator[Time]:
        near = dates_in(self._dates, start, end)
        known = [Time(date.start, date.end, date.text, date.modifier) for date in near]
        yield from known
        for found in undated.times(self.document.text, start, end):
            if not any(time.start < found.end() and found.start() < time.end for time in known):
                yield Time(found.start(), found.end(), found[0], is_date=False)


def periods(times: Times, figure: Span, proposed: str | None) -> Periods:
    """The times around the figure; `proposed`: the surface that the rules would take."""
    document = times.document
    number = document.sentence_number(figure.start)
    own = document.sentences[number]
    passage = [own, *islice(passages.before(document, figure.start), _SENTENCES_BACK)]
    near = sorted(chain.from_iterable(map(times.of, passage)), key=lambda time: time.start)
    left = [time for time in reversed(near) if time.start < figure.start][:_MOST]
    right = [time for time in near if time.start >= figure.start][:_MOST]
    around = _Around(document, figure, number, proposed)
    told = [(time, tuple(around.tell(time, rank, "L"))) for rank, time in enumerate(left)]
    told += [(time, tuple(around.tell(time, rank, "R"))) for rank, time in enumerate(right)]
    none = tuple(around.tell_none([*left, *right], sum(time.start >= own.start for time in left)))
    return Periods((*(time for time, _ in told), None), (*(features for _, features in told), none))


def _words(text: str, start: int, end: int) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text, max(0, start), end)]


def _grain(surface: str) -> str:
    return next((name for name, form in _GRAINS if form.fullmatch(surface)), "relative")


class _Around:
    """The figure and what stands around it, said once for all times."""

    def __init__(self, document: Document, figure: Span, number: int, proposed: str | None) -> None:
        text, own = document.text, document.sentences[number]
        self.document, self.figure, self.number, self.proposed = document, figure, number, proposed
        opening = _words(text, own.start, min(own.end, own.start + 25))[:2]
        self.opening, self.opening_word = " ".join(opening), opening[0] if opening else ""
        self.before = " ".join(_words(text, max(own.start, figure.start - 20), figure.start)[-2:])
        self.behind = " ".join(_words(text, figure.end, min(own.end, figure.end + 20))[:2])

    def tell(self, time: Time, rank: int, side: str) -> Iterator[str]:
        """The features of a time: the `rank`-th on its side of the figure."""
        text, figure = self.document.text, self.figure
        number = self.document.sentence_number(time.start)
        back, own = self.number - number, self.document.sentences[number]
        lines = self.document.line_number(figure.start) - self.document.line_number(time.start)
        between = text[time.end : figure.start] if side == "L" else text[figure.end : time.start]
        shares, commas = min(between.count("%"), 4), min(between.count(","), 4)
        leads = time.start - own.start < 14
        lead_in = _words(text, max(own.start, time.start - 22), time.start)[-2:]
        follow = _words(text, time.end, min(own.end, time.end + 18))
        place, grain = f"{side}{min(rank, 4)}.{back}", _grain(time.text)
        yield f"place {place}"
        yield f"lines {place} {min(lines, 3)}"
        yield f"grain {grain} {place}"
        yield f"lead-in {lead_in[-1] if lead_in else ''} {side}{back > 0}"
        yield f"lead-in {' '.join(lead_in)}"
        yield f"follow {follow[0] if follow else ''} {side}{back > 0}"
        yield f"modifier {time.modifier} {place}"
        yield f"commas {side}{commas}.{back}"
        yield f"shares {side}{shares}.{back}"
        yield f"breaks {min(between.count(';'), 2)} {back}"
        yield f"leads {leads} {place} {shares > 0}"
        yield f"opening {self.opening} {back}"
        yield f"opening word {self.opening_word} {back}"
        yield f"before {self.before} {side}{back}"
        yield f"behind {self.behind} {side}{back}"
        yield f"length {side}{min(len(between) // 25, 8)}"
        yield f"date {time.is_date} {place}"
        yield f"words {time.text.casefold() if grain == 'relative' else ''} {side}"
        yield f"joint {between.strip().casefold() if len(between) < 14 else '-'} {side}"
        yield f"compared {' so với' in between} {side}"
        yield f"brackets {'(' in between}{')' in between} {side}{back}"
        agrees = time.text == self.proposed
        yield f"rules {agrees} {self.proposed is None}"
        yield f"rules {agrees} {place}"
        yield f"rules {agrees} {grain} {side}"
        yield f"rules {agrees} {self.opening_word} {back}"

    def tell_none(self, times: Sequence[Time], own: int) -> Iterator[str]:
        """The features of no time at all; `own`: how many stand in front in the figure's sentence."""
        agrees = self.proposed is None
        yield "none"
        yield f"none {min(own, 2)} {min(len(times), 3)}"
        yield f"none opening {self.opening}"
        yield f"none opening word {self.opening_word}"
        yield f"none before {self.before}"
        yield f"none behind {self.behind}"
        yield f"none rules {agrees}"
        yield f"none rules {agrees} {min(own, 2)} {min(len(times), 3)}"
        yield f"none rules {agrees} {self.opening_word}"
