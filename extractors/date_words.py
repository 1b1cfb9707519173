"""Days and years in words: "mười lăm", "hai nghìn không trăm hai mươi mốt", "hai không hai mốt"."""

from __future__ import annotations

from extractors.numerals import WORDS

_UNITS = {word: value for word, value in WORDS.items() if 0 < value < 10} | {"nhăm": 5}
_ONE = "(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TEENS = {"mười": 10, "hăm": 20}
_DIGIT = "(?:không|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"

# "mười", "hai mươi mốt", "ba mốt", "năm": the number of a day
DAY_WORDS = (
    rf"(?:ba[ ]mươi(?:[ ](?:mốt|một))?|ba[ ]mốt|(?:hai[ ]mươi|hăm|mười)(?:[ ]{_ONE}(?!\w))?"
    r"|hai[ ](?:mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
    r"|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)(?!\w)"
)

_TENS = rf"(?:(?:{_ONE}[ ]mươi|mười|linh|lẻ)(?:[ ]{_ONE})?|{_ONE}[ ]{_ONE})"
# "hai nghìn không trăm hai mươi mốt", "hai ngàn hai mươi hai", "một nghìn chín trăm bảy mươi lăm"
_THOUSANDS = rf"(?:một|hai)[ ](?:nghìn|ngàn)(?:[ ]{_DIGIT}[ ]trăm)?(?:[ ]{_TENS})?"
# "hai không hai mốt", "một chín bảy lăm", "hai không mười chín": year by its digits
_BY_DIGITS = rf"(?:một[ ]chín|hai[ ]không)[ ](?:{_DIGIT}[ ](?:không|{_ONE})|mười(?:[ ]{_ONE})?)"
YEAR_WORDS = rf"(?:{_THOUSANDS}|{_BY_DIGITS})(?!\w)"


def below_hundred(written: str) -> int:
    """The worth of "mười lăm", "hai mươi mốt", "hai mốt", "linh năm".

    >>> [below_hundred(words) for words in ("mười lăm", "hai mươi mốt", "ba mốt", "hăm lăm", "linh năm")]
    [15, 21, 31, 25, 5]
    """
    tens, *rest = written.split()
    units = _UNITS.get(rest[-1], 0) if rest else 0
    if tens in ("linh", "lẻ"):
        return units
    if tens in _TEENS:
        return _TEENS[tens] + units
    return 10 * _UNITS[tens] + units if rest else _UNITS[tens]


def year(written: str) -> int:
    """The worth of what YEAR_WORDS matches.

    >>> year("hai nghìn không trăm linh năm"), year("hai ngàn hai mươi hai"), year("một chín bảy lăm")
    (2005, 2022, 1975)
    >>> year("hai không mười chín")
    2019
    """
    thousands, cut, rest = written.replace("ngàn", "nghìn").partition(" nghìn")
    if not cut:
        first, second, *rest_of_it = written.split()
        century = 10 * _UNITS[first] + _UNITS.get(second, 0)
        return 100 * century + _two_digits(rest_of_it)
    hundreds, _, tens = rest.rpartition("trăm")
    value = 1000 * _UNITS[thousands] + 100 * _UNITS.get(hundreds.strip(), 0)
    return value + (below_hundred(tens.strip()) if tens.strip() else 0)


def _two_digits(words: list[str]) -> int:
    """The worth of "hai mốt", "không năm", "mười chín" at the end of a year."""
    if words[0] in _TEENS:
        return below_hundred(" ".join(words))
    tens, ones = (_UNITS.get(word, 0) for word in words)
    return 10 * tens + ones
