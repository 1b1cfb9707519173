"""Marked texts keep every character, whatever facts lie in each other or across."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import Span
from warehouse.web.annotated import Mark, paragraphs
from warehouse.web.limits import Rate
from warehouse.web.marking import parts

TEXTS = st.text("ab ễ\n", max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    chosen = [span for span in draw(st.lists(spans, max_size=6)) if span[0] < span[1]]
    return text, [
        {"span_start": start, "span_end": end, "fact_id": number}
        for number, (start, end) in enumerate(chosen)
    ]


def plain(pieces: Any) -> str:
    return "".join(piece if isinstance(piece, str) else plain(piece.pieces) for piece in pieces)


def marks(pieces: Any) -> list[Mark]:
    found = [piece for piece in pieces if isinstance(piece, Mark)]
    return found + [inner for mark in found for inner in marks(mark.pieces)]


@given(marked())
def test_nothing_is_lost_and_each_fact_begins_and_ends_once(case: tuple[str, list[dict[str, Any]]]) -> None:
    text, facts = case
    made = paragraphs(text, facts)
    assert "".join(map(plain, made)) == text.replace("\n", "")
    found = [mark for pieces in made for mark in marks(pieces)]
    covered = Counter[int]()
    for mark in found:
        covered[mark.fact["fact_id"]] += len(plain(mark.pieces))
    for fact in facts:
        words = text[fact["span_start"] : fact["span_end"]]
        assert covered[fact["fact_id"]] == len(words.replace("\n", ""))
        own = [mark for mark in found if mark.fact is fact]
        if words and words[0] != "\n":
            assert sum(mark.first for mark in own) == 1
        if words and words[-1] != "\n":
            assert sum(mark.last for mark in own) == 1


@given(TEXTS, st.lists(st.integers(0, 40), max_size=8))
def test_parts_are_all_of_a_text(text: str, places: list[int]) -> None:
    ends = sorted({min(place, len(text)) for place in places})
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    made = list(parts(text, spans))
    assert "".join(part.text for part in made) == text
    assert [part.text for part in made if part.marked] == [text[span.start : span.end] for span in spans]


def test_each_client_has_a_rate_of_its_own() -> None:
    rate = Rate(2)
    assert [rate.wait("a") > 0 for _ in range(3)] == [False, False, True]
    assert rate.wait("b") == 0
    assert all(Rate(None).wait("a") == 0 for _ in range(1000))
