"""The times that a percentage may hold for: those near it and in the sentences before, and none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from extractors import choosers, passages, undated
from extractors.status_cues import dates_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Date, Percentage, Span
    from extractors.choosers import Hashes
    from extractors.document import Document

_WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*%?|[^\w\s]|\n")
_SENTENCES_BACK = 4
_MOST = 7
"""Times in front of the figure, and behind it, that come into question."""
_FRONT, _FRONT_WORDS = 45, 6
"""Code points and words in front of the figure that are told one by one."""
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


Beside: TypeAlias = "tuple[Percentage | None, Percentage | None]"
"""What the rules propose for the figures before and after one in its paragraph."""


def periods(times: Times, figure: Span, proposed: str | None, beside: Beside) -> Periods:
    """The times around the figure; `proposed`: the surface that the rules would take."""
    document = times.document
    number = document.sentence_number(figure.start)
    own = document.sentences[number]
    passage = [own, *islice(passages.before(document, figure.start), _SENTENCES_BACK)]
    near = sorted(chain.from_iterable(map(times.of, passage)), key=lambda time: time.start)
    left = [time for time in reversed(near) if time.start < figure.start][:_MOST]
    right = [time for time in near if time.start >= figure.start][:_MOST]
    around = _Around(document, figure, number, proposed)
    ranked = [(time, rank, "L") for rank, time in enumerate(left)]
    ranked += [(time, rank, "R") for rank, time in enumerate(right)]
    told = [
        (*around.tell(*one), *around.tell_passage(one[0]), *around.tell_beside(one[0], beside))
        for one in ranked
    ]
    own_left = sum(time.start >= own.start for time in left)
    none = (
        *around.tell_none([*left, *right], own_left),
        *around.tell_passage(None),
        *around.tell_beside(None, beside),
    )
    return Periods((*(time for time, _, _ in ranked), None), (*told, none))


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
        self.front = _words(text, max(own.start, figure.start - _FRONT), figure.start)[-_FRONT_WORDS:]
        line = document.lines[document.line_number(figure.start)]
        self.sentences = min(number - document.sentence_number(line.start), 4)
        self.crowded = text.count("%", own.start, own.end) > 2

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

    def tell_passage(self, time: Time | None) -> Iterator[str]:
        """The words in front of the figure, and where its sentence stands to that of the time."""
        text, document, figure = self.document.text, self.document, self.figure
        side = "N" if time is None else "L" if time.start < figure.start else "R"
        back = self.number - document.sentence_number(time.start) if time else 0
        yield from (f"front {word} {side} {back > 0}" for word in self.front)
        yield f"sentence {self.sentences} {side} {min(back, 2)}"
        yield f"crowded {self.crowded} {side} {back}"
        if time and back:
            told = document.sentences[self.number - back]
            yield f"its shares {min(text.count('%', told.start, told.end), 3)} {min(back, 3)}"
            yield f"far {min((figure.start - time.start) // 60, 8)} {time.start - told.start < 14}"
            yield f"colon {text.rfind(':', told.start, figure.start) > time.end} {back}"

    def tell_beside(self, time: Time | None, beside: Beside) -> Iterator[str]:
        """What the rules propose for the figures before and after this one."""
        text, figure, surface = self.document.text, self.figure, time.text if time else None
        for side, other in zip("BA", beside, strict=True):
            if other is None:
                yield f"rules beside {side} {time is None}"
                continue
            low, high = sorted((other.start, figure.start))
            same, agrees = surface == other.period, other.period == self.proposed
            near = self.document.sentence_number(other.start) == self.number
            between = time is not None and low <= time.start < high
            marks = f"{';' in text[low:high]} {'(' in text[low:high]}"
            yield f"rules beside {side} {same} {other.period is None} {near}"
            yield f"rules beside {side} {same} {agrees} {near}"
            yield f"rules beside {side} {same} {between} {time is None} {near}"
            yield f"rules beside {side} {same} {agrees} {min((high - low) // 30, 4)} {marks}"

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
