"""Cleaning is done once and moves nothing; folding is what people type when they search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import clean, fold

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# The planes that hold scripts and signs; behind them is private use only.
EVERY_CHARACTER = [chr(code) for code in range(0x20000)]
MESSY = st.text(
    st.one_of(st.characters(), st.sampled_from(f"\r\n\t\u00a0\u2028{INVISIBLE}eêộ\u0323\u0302\u0301Ðđ"))
)


@pytest.mark.parametrize(
    ("messy", "plain"),
    [
        ("Bộ\u00a0Nội\u202fvụ", "Bộ Nội vụ"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        (unicodedata.normalize("NFD", "Quyết định số 12/QĐ-TTg"), "Quyết định số 12/QĐ-TTg"),
        ("\ufeffThông\u200b báo\u00ad", "Thông báo"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("12/QĐ\u2011TTg", "12/QĐ-TTg"),
        ("a\tb", "a b"),
        ("", ""),
    ],
)
def test_clean(messy: str, plain: str) -> None:
    assert clean(messy) == plain


@settings(deadline=None)
@given(MESSY)
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(deadline=None)
@given(MESSY)
def test_only_line_ends_invisible_signs_and_nfc_change_the_length(text: str) -> None:
    composed = unicodedata.normalize(
        "NFC", "".join(c for c in text.replace("\r\n", "\n") if c not in INVISIBLE)
    )
    assert len(clean(text)) == len(composed)


def test_no_space_but_the_plain_one_and_the_line_feed_is_left() -> None:
    cleaned = clean("".join(EVERY_CHARACTER))
    assert {c for c in cleaned if c.isspace()} == {" ", "\n"}
    assert set(cleaned).isdisjoint(INVISIBLE)
    assert clean(INVISIBLE) == ""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("đường", "duong"),
        ("QUYẾT ĐỊNH", "quyet dinh"),
        ("thuở ấy mẫu mã cũ kỹ", "thuo ay mau ma cu ky"),
        ("ư ơ ă â ê ô đ", "u o a a e o d"),
        ("Ðà Nẵng", "da nang"),
        (unicodedata.normalize("NFD", "Nghị quyết"), "nghi quyet"),
        ("52-NQ/TW, 48,27%", "52-nq/tw, 48,27%"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_again_changes_nothing_for_any_character() -> None:
    assert [c for c in EVERY_CHARACTER if fold(fold(c)) != fold(c)] == []


@settings(deadline=None)
@given(st.text(), st.text())
def test_folding_is_by_the_character_and_not_by_its_form(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)
    assert fold(unicodedata.normalize("NFD", left)) == fold(unicodedata.normalize("NFC", left))
