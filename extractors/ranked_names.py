"""Names that rankings are about: countries and provinces, regions and blocs, indexes and their publishers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_words, wordlists
from extractors.gazetteer import Gazetteer, Word, words
from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUBJECT_KINDS = frozenset(("country", "territory", "province"))
SCOPE_KINDS = frozenset(("region", "bloc", "group"))
AT = re.compile(
    r"(?<!\w)(?:tại|ở|vào|với|cho|sang|từ|trên|sau|trước|hơn|so|giáp|như)[ ]{1,2}(?:[^\W\d]+[ ]{1,2}){0,2}\Z",
    re.IGNORECASE,
)


_SHORT = re.compile(r"[ ]\([A-Z]{2,8}\)")
_LONGEST = 16
"""Syllables of the longest name of an index, or more."""
_SHORTEST = 4
"""Syllables above which an index is known without "chỉ số": "tham nhũng" alone is none."""


def last_index(text: str, span: Span) -> str | None:
    """The last index of the lexicon that the span names; one in one word ("GHI") only in capitals."""
    sequence = [_lowered(word) for word in words(text, span)]
    found = None
    at = 0
    while at < len(sequence):
        best = _indexes().longest(sequence, at)
        if best and not (best[0] == 1 and not text[sequence[at].start].isupper()):
            found = text[sequence[at].start : sequence[at + best[0] - 1].end]
        at += best[0] if best else 1
    return found


def index_at(text: str, right: Span) -> str | None:
    """The known index whose name follows at once: "(quán quân) PCI"."""
    sequence = [_lowered(word) for word in words(text, Span(right.start, min(right.end, right.start + 80)))]
    found = _indexes().longest(sequence, 0) if sequence and sequence[0].start == right.start + 1 else None
    name = text[sequence[0].start : sequence[found[0] - 1].end] if found else None
    return name if name and (" " in name or name.isupper()) else None


def index_before(text: str, span: Span) -> str | None:
    """The known index, or part of one, whose name ends the span: "Thủ tục hành chính công | (hạng 6)"."""
    starts = [match.start() for match in re.finditer(r"(?<![\w])\w", text[span.start : span.end])]
    names = (text[span.start + start : span.end] for start in starts[-_LONGEST:])
    return next((name for name in names if name.lower() in index_names()), None)


def short_index(text: str, ranking: Span) -> str | None:
    """The short name of an index inside a ranking: "xếp thứ 27 PCI, giảm 13 hạng"."""
    found = last_index(text, ranking)
    named = found and re.search(
        rf"(?:chỉ[ ]số|hạng|BXH)[ ]{re.escape(found)}", text[ranking.start : ranking.end]
    )
    return found if found and found.isupper() and not named else None


def last_owner(text: str, span: Span) -> str | None:
    """The last country or province that a span names as an owner: "285 dự án của Đức"."""
    owners = [
        text[name.start : name.end]
        for name, kind in places(text, span)
        if kind in SUBJECT_KINDS and text.endswith(" của ", span.start, name.start)
    ]
    return owners[-1] if owners else None


def is_country(written: str) -> bool:
    """Whether the words are the name of a country and no more."""
    return any(
        name.start == 0 and name.end == len(written) for name, _ in places(written, Span(0, len(written)))
    )


def ends_with_place(text: str, span: Span) -> bool:
    """Whether the span ends with the name of a country or province."""
    near = Span(max(span.start, span.end - 40), span.end)
    return any(name.end == near.end and kind in SUBJECT_KINDS for name, kind in places(text, near))


def last_subject(text: str, span: Span) -> str | None:
    """The last country or province that a span names and that is not just where something is."""
    best = None
    for name, kind in places(text, span):
        if kind in SUBJECT_KINDS and not AT.search(text[max(span.start, name.start - 30) : name.start]):
            best = text[name.start : name.end]
    return best


def last_of_kinds(text: str, span: Span, kinds: frozenset[str]) -> str | None:
    """The last place of one of the kinds that a span names, those that only say where or behind whom last."""
    named = [name for name, kind in places(text, span) if kind in kinds]
    plain = [name for name in named if not AT.search(text[max(span.start, name.start - 30) : name.start])]
    return next((text[name.start : name.end] for name in reversed(plain or named)), None)


def places(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """Known places with their kind. A one-word name between other capitals is part of another name."""
    sequence = list(words(text, span))
    at = 0
    while at < len(sequence):
        found = _places().longest(sequence, at)
        if found is None or (found[0] == 1 and _within_name(text, sequence, at)):
            at += 1
            continue
        yield Span(sequence[at].start, sequence[at + found[0] - 1].end), found[1]
        at += found[0]


@cache
def in_a_row() -> str:
    """A name (`who`) or a short noun (`thing`) of a row, each with its place: "Lào Cai", "Bộ Y tế", "gỗ"."""
    name = rf"(?-i:[{CAPITAL}])[\w.-]*(?:[ ](?:[–-][ ])?(?-i:[{CAPITAL}])[\w.-]*){{0,4}}"
    body = rf"{rank_words.any_of('organisation')}(?:[ ][^\W\d]+,?){{1,6}}?"
    return (
        rf"(?P<who>(?:(?:tỉnh|huyện|quận|xã|thành[ ]phố|thị[ ]xã|trường)[ ])?{name}|{body})"
        r"|(?P<thing>(?!chỉ[ ]số)[^\W\d]+(?:[ ][^\W\d]+){0,2}?)"
    )


def _within_name(text: str, sequence: Sequence[Word], at: int) -> bool:
    if not sequence[at].capital:
        return True
    for near, gap in ((at - 1, at), (at + 1, at + 1)):
        if 0 <= near < len(sequence) and sequence[near].capital and text[sequence[gap].start - 1] == " ":
            between = text[sequence[min(near, at)].end : sequence[max(near, at)].start]
            if between == " " and len(sequence[at].text) < 7:
                return True
    return False


def _lowered(word: Word) -> Word:
    return word._replace(text=word.text.lower(), capital=False)


@cache
def _places() -> Gazetteer:
    rows = (row for row in wordlists.rows("places") if row["canonical"] != "Thế giới")
    names = [(name, row["kind"]) for row in rows for name in _written(row)]
    small = [
        (name[0].lower() + name[1:], kind)
        for name, kind in names
        if kind in SCOPE_KINDS and name[:2] != name[:2].upper()
    ]
    return Gazetteer([*small, *names])


@cache
def _indexes() -> Gazetteer:
    names = sorted(_whole_indexes())
    short = [name.removeprefix("chỉ số ") for name in names if len(name.split()) > _SHORTEST]
    return Gazetteer((name, name) for name in (*short, *names))


def _whole_indexes() -> frozenset[str]:
    return frozenset(name.lower() for row in wordlists.rows("indexes") for name in _written(row))


@cache
def index_names() -> frozenset[str]:
    """The names of all known indexes and of the parts they are made of, in lower case."""
    return _whole_indexes() | {row["part"] for row in wordlists.rows("index_parts")}


@cache
def joined_index() -> re.Pattern[str]:
    """The names of indexes that hold commas or "và", also without their last words."""
    names = {re.sub(" (?:toàn cầu|cấp tỉnh|quốc gia)$", "", name) for name in index_names()}
    return re.compile(
        wordlists.alternation({name for name in names | index_names() if " và " in name or "," in name}),
        re.IGNORECASE,
    )


def whole_index(text: str, begun: Span, limit: int) -> Span:
    """A topic with all of its name and short form, where it is an index with a comma or "và" in its name."""
    name = joined_index().match(text, begun.start, limit)
    if name is None or name.end() < begun.end:
        return begun
    short = _SHORT.match(text, name.end(), limit)
    return Span(begun.start, short.end() if short else name.end())


@cache
def part() -> str:
    """A part of a known index, as a piece of an expression: "nhân lực số"."""
    return wordlists.alternation(row["part"] for row in wordlists.rows("index_parts"))


def is_index(written: str) -> bool:
    """Whether the words are the name of a known index and no more: "PCI", "chỉ số PAPI"."""
    name = written.lower().removeprefix("bảng ").removeprefix("xếp hạng ").removeprefix("chỉ số ")
    return name in index_names() or f"chỉ số {name}" in index_names()


@cache
def publishers() -> frozenset[str]:
    """Who publishes rankings; a ministry is itself ranked and no mere publisher."""
    names = (name for row in wordlists.rows("indexes") for name in row["publisher"].split(";") if name)
    return frozenset(name for name in names if not name.startswith("Bộ "))


@cache
def publisher_follows() -> re.Pattern[str]:
    """ "của Liên hợp quốc", "theo đánh giá của WEF" behind an index."""
    names = wordlists.alternation({*publishers(), "LHQ", "WB", "WEF", "WIPO"})
    return re.compile(
        rf"[ ](?:của[ ]|theo[ ]đánh[ ]giá[ ]của[ ])(?:tổ[ ]chức[ ])?{names}(?!\w)(?:[ ]\([A-Z]{{2,8}}\))?",
        re.IGNORECASE,
    )


def is_proper(phrase: str, *, publisher: bool = False) -> bool:
    """Whether it reads as a name: two capitals, or one capital word alone; a publisher only if allowed."""
    capitals = [word for word in phrase.split() if word[0].isupper()]
    published = phrase in publishers() and not publisher
    if not capitals or published or phrase.lower() in index_names():
        return False
    if rank_words.begins("pronoun").fullmatch(phrase):
        return False
    return (
        2 <= len(capitals) >= len(phrase.split()) / 3
        or len(phrase.split()) == 1
        or (not phrase[0].isupper() and len(phrase.split()) <= 6)
    )


def _written(row: dict[str, str]) -> list[str]:
    return [row["canonical"], *filter(None, row["variants"].split(";"))]
