"""Vietnamese numbers: how they are written, and what they are worth.

A comma is the decimal mark and a dot groups thousands (15,9; 8.000; 30.397.109); copied English text has
them the other way round (15.9; 1,234). Grouping that is broken (4.354459) is read as what the writer
meant, and flagged. Scales follow: nghìn, ngàn, vạn, triệu, tỷ, tỉ and their products (nghìn tỷ).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors import wordlists

NUMBER = r"[0-9]{1,18}(?:[.,][0-9]{1,18}){0,5}(?![0-9])"
"""A figure with its separators. Take it with `NOT_INSIDE` in front where a longer figure may stand."""

NOT_INSIDE = r"(?<![\w/])(?<![0-9][.,:])(?<![\w][-–])"
"""Before a figure: neither the middle of a longer one nor of a code ("COVID-19", "4/2017", "15,9")."""

SCALE_WORD = r"(?:n{1,2}gh{1,2}ìn|n{1,2}gàn|v{1,2}ạn|t{1,2}ri(?:ệ{1,2}|ê)u|trăm|t{1,2}(?:ỷ{1,2}|ỉ{1,2}|ỹ))"
"""A word of scale, also with a letter typed twice ("ttỷ")."""

SCALE = rf"{SCALE_WORD}(?:[ ]{{1,2}}{SCALE_WORD}){{0,2}}(?!\w)"
"""One or more scale words: "triệu", "nghìn tỷ"."""

TO = r"(?:[ ]{0,2}[-–—÷~][ ]{0,2}|[ ]{1,2}(?:đến|tới)[ ]{1,2})"
"""What stands between the two ends of a range: "1-2", "17 – 20", "20 đến 30"."""

WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "đôi": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
"""The number words below eleven, in lower case."""

_SCALES = {"trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "triêu": 6, "tỷ": 9, "tỉ": 9, "tỹ": 9}
_TWICE = re.compile(r"(.)\1")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+")
_GROUPED_DECIMAL = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?!\1)[.,][0-9]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a written number is worth; `malformed`: its grouping was broken and had to be read kindly."""

    value: float
    malformed: bool = False


def read(written: str, scale: str | None = None, *, rate: bool = False) -> Numeral:
    """The worth of a figure that matches NUMBER, times its scale words; `rate`: a percentage.

    A single separator before three digits groups them (8.000), but is a decimal mark in a rate
    (5,125%) and, written as a comma, before a scale (1,234 tỷ).

    >>> read("8.000", "tỷ").value
    8000000000000
    >>> read("4.354459")
    Numeral(value=4354459, malformed=True)
    """
    value, malformed = _figure(written, scaled=scale is not None, rate=rate)
    power = sum(_scale(word) for word in wordlists.key(scale).split()) if scale else 0
    return Numeral(_plain(value * 10**power), malformed)


def read_range(low: str, high: str, low_scale: str | None, high_scale: str | None) -> tuple[float, float]:
    """The two ends of a range; the scale of the second counts for both ("17 - 20 triệu") unless the
    first has its own, or would then be the greater ("900 - 1,2 tỷ" is left as it is)."""
    top = read(high, high_scale).value
    bottom = read(low, low_scale or high_scale).value
    return (bottom, top) if bottom <= top else (read(low, low_scale).value, top)


def _scale(word: str) -> int:
    """The power of ten of a scale word, typing errors that SCALE_WORD lets pass included."""
    return _SCALES[_TWICE.sub(r"\1", word)]


def _figure(written: str, *, scaled: bool, rate: bool) -> tuple[Decimal, bool]:
    if written.isdecimal():
        return Decimal(written), False
    if _GROUPED.fullmatch(written):
        if _is_decimal(written, scaled=scaled, rate=rate):
            return Decimal(written.replace(",", ".")), False
        return Decimal(re.sub(r"[.,]", "", written)), False
    if _GROUPED_DECIMAL.fullmatch(written):
        mark = max(written.rfind("."), written.rfind(","))
        return Decimal(f"{re.sub(r'[.,]', '', written[:mark])}.{written[mark + 1 :]}"), False
    broken = written.partition(".")[2]
    if _DECIMAL.fullmatch(written) and (rate or len(broken) <= 3):
        return Decimal(written.replace(",", ".")), False
    return Decimal(re.sub(r"[.,]", "", written)), True


def _is_decimal(written: str, *, scaled: bool, rate: bool) -> bool:
    """Whether the one separator of a figure such as 0,125 or 1,234 tỷ or 5,125% is a decimal mark."""
    if len(re.findall(r"[.,]", written)) != 1:
        return False
    if rate and "." in written and written.endswith("0") and not written.startswith("0"):
        return False  # "lạm phát 1.500%" groups, "5.125%" copies English
    return rate or written.startswith("0") or (scaled and "," in written)


def _plain(value: Decimal) -> float:
    """A whole number as int, else the float."""
    return int(value) if value == value.to_integral_value() else float(value)
