"""Figures are read as Vietnamese writers mean them, and never make the reader fail."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import numerals

READ = [
    ("7", None, 7),
    ("07", None, 7),
    ("15,9", None, 15.9),
    ("15.9", None, 15.9),
    ("0,5", None, 0.5),
    ("0,125", None, 0.125),
    ("0.125", None, 0.125),
    ("8.000", None, 8000),
    ("672.800", None, 672_800),
    ("30.397.109", None, 30_397_109),
    ("1,234", None, 1234),
    ("1,234,567", None, 1_234_567),
    ("1.234,56", None, 1234.56),
    ("1,234.56", None, 1234.56),
    ("1.234.567,8", None, 1_234_567.8),
    ("8.000", "tỷ", 8_000_000_000_000),
    ("57", "triệu", 57_000_000),
    ("1,234", "tỷ", 1_234_000_000),
    ("10,57", "triệu tỷ", 10_570_000_000_000_000),
    ("2,5", "nghìn tỉ", 2_500_000_000_000),
    ("3", "vạn", 30_000),
    ("5", "Trăm Nghìn", 500_000),
    ("4,6", "ngàn", 4600),
]


@pytest.mark.parametrize(("written", "scale", "worth"), READ)
def test_a_figure_is_worth(written: str, scale: str | None, worth: float) -> None:
    assert numerals.read(written, scale) == numerals.Numeral(worth)


@pytest.mark.parametrize(
    ("written", "worth"), [("4.354459", 4_354_459), ("1.23.456", 123_456), ("12.3456", 123_456)]
)
def test_broken_grouping_is_read_kindly_and_flagged(written: str, worth: float) -> None:
    assert numerals.read(written) == numerals.Numeral(worth, malformed=True)


@pytest.mark.parametrize(("written", "worth"), [("5,125", 5.125), ("5.125", 5.125), ("6.1234", 6.1234)])
def test_a_rate_has_a_decimal_mark(written: str, worth: float) -> None:
    assert numerals.read(written, rate=True) == numerals.Numeral(worth)


@pytest.mark.parametrize(
    ("low", "high", "low_scale", "high_scale", "ends"),
    [
        ("17", "20", None, "triệu", (17e6, 20e6)),
        ("1,5", "2", None, None, (1.5, 2)),
        ("800", "1,2", "triệu", "tỷ", (8e8, 1.2e9)),
        ("900", "1", None, "nghìn", (900, 1000)),
    ],
)
def test_the_ends_of_a_range_share_a_scale(
    low: str, high: str, low_scale: str | None, high_scale: str | None, ends: tuple[float, float]
) -> None:
    assert numerals.read_range(low, high, low_scale, high_scale) == ends


@pytest.mark.parametrize("text", ["COVID-19", "A4", "x15", "2/63", "14:30"])
def test_the_tail_of_a_code_is_no_figure(text: str) -> None:
    found = re.search(numerals.NOT_INSIDE + numerals.NUMBER, text)
    assert found is None or found.start() == 0


@given(st.from_regex(rf"\A{numerals.NUMBER}\Z"), st.sampled_from([None, "triệu", "nghìn tỷ", "tỷ tỷ tỷ"]))
def test_every_figure_can_be_read(written: str, scale: str | None) -> None:
    assert numerals.read(written, scale).value >= 0


@given(st.integers(min_value=0, max_value=10**15))
def test_grouping_does_not_change_the_worth(number: int) -> None:
    assert numerals.read(f"{number:,}".replace(",", ".")).value == number
