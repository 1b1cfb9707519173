"""Bytes -> Unicode, for the encodings in which Vietnamese has been published.

Beside Unicode these are windows-1258, TCVN 5712 VN3 ("TCVN3", "ABC") and VNI-Windows. The last two are
font encodings: pages in them are often declared Latin-1 or were saved as UTF-8, so that readers without
the font see "Thñ t­íng ChÝnh phñ" or "Thuû töôùng Chính phuû". Which one a text is in is decided by its words:
that reading holds in which they are Vietnamese syllables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Mapping

# A text is Vietnamese in the reading in which the largest share of its marked words are syllables; at least
# this share, and so many different ones. What is surely Vietnamese as it stands is read no other way. Over
# 1,000 articles in each encoding the right reading gave at least 0.96 and a wrong one at most 0.49.
_SHARE = 0.8
_DIFFERENT = 2
_SURE = 0.95

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WEB_CODEC = re.compile(r"(?:ascii|big5|cp\d|euc|gb|iso8859|koi8|mac|shift|tis|utf-16)")

# TCVN 5712:1993 VN3, runs of letters by their first code. Capitals with a tone have no code: the capital
# fonts (.VnTimeH) draw the codes of the small letters as capitals.
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
# VNI-Windows, shown as Latin-1: a few letters have a code, all others are a letter and a mark after it.
_VNI_LETTERS = {"đ": "ñ", "ơ": "ô", "ư": "ö", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _CIRCUMFLEX, _BREVE = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306"
_TONES = ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)
_VNI_MARKS = (("aeouyôö", "", "-ùøûõï"), ("aeo", _CIRCUMFLEX, "âáàåãä"), ("a", _BREVE, "êéèúüë"))
_VNI_BASES = {"ô": "ơ", "ö": "ư"}

# Letters of all scripts as one class, which is faster than [^\W\d_]; what it holds beside them does no harm.
_LETTERS = "A-Za-zÀ-ÖØ-öø-\u1fff\u2c00-\u2fff\u3040-\U0010ffff"
_SIGNS = "\u00a1-\u00bf×÷"
_NO_SMALL_ASCII = re.compile(r"\b[^\W\d_a-z]+\b(?:[ ][^\W\d_a-z]+\b)*")
_NO_VOWEL = re.compile(r"[bcdđfghjklmnpqrstvwxz]+", re.IGNORECASE)


class DecodeError(ValueError):
    """Bytes that are no text in any encoding known here; the message is one line with the byte offset."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read text: codes, as they show in windows-1252, and the letters that they stand for."""

    name: str
    letters: Mapping[str, str]
    code: re.Pattern[str]
    words: re.Pattern[str]
    legible: re.Pattern[str]

    @classmethod
    def of(cls, name: str, letters: Mapping[str, str]) -> _Reading:
        codes = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
        letter = rf"[{_LETTERS}{''.join(sign for sign in letters if not sign.isascii() and len(sign) == 1)}]"
        return cls(
            name,
            letters,
            re.compile(codes or "(?!)"),
            re.compile(rf"{letter}+(?:[{_SIGNS}]+{letter}+)*"),
            re.compile(rf"(?:{codes}|[A-Za-z])+" if codes else ".+"),
        )

    def read(self, text: str) -> str:
        """The text in Unicode (NFC)."""
        return unicodedata.normalize("NFC", self.code.sub(lambda code: self.letters[code[0]], text))

    def share(self, text: str) -> float:
        """Which part of the marked words are Vietnamese syllables; 0 where there are too few to tell."""
        words = Counter(word for word in self.words.findall(text) if _is_evidence(word))
        right = {word for word in words if self.legible.fullmatch(word) and is_syllable(self.read(word))}
        if len(right) < _DIFFERENT:
            return 0.0
        neutral = {word for word in words.keys() - right if _NO_VOWEL.fullmatch(self.read(word))}
        return sum(words[word] for word in right) / sum(words[word] for word in words.keys() - neutral)


def _is_evidence(word: str) -> bool:
    """Words with a mark and a plain letter tell; a lone sign (©, µ) or a plain word does not."""
    return not word.isascii() and any(letter.isascii() for letter in word)


def decode(body: bytes, declared: str | None = None) -> str:
    """The text of a body in NFC: by its byte order mark, as UTF-8, as legacy Vietnamese, as declared.

    `declared` is the charset of a header or a meta element; pages in Vietnamese fonts declare a wrong one,
    so it counts only where the words are not Vietnamese in any other reading. Raises DecodeError.
    """
    try:
        text = _unicode(body, declared)
    except UnicodeDecodeError as error:
        text = _legacy(body, declared, error)
    if "\0" in text:
        raise DecodeError(f"not text: NUL byte at offset {max(body.find(0), 0)}")
    return repair(text)


def repair(text: str) -> str:
    """Text in NFC; where its characters are font codes of TCVN3 or VNI (or windows-1258), their letters.

    Do it before `corpus.text.clean`, which drops the soft hyphen that is TCVN3's code for ư.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or (share := _unicode_reading().share(text)) >= _SURE:
        return text
    return _vietnamese(text, better_than=share) or text


def _unicode(body: bytes, declared: str | None) -> str:
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _strict(body, len(mark), codec)
    codec = _web_codec(declared)
    if codec.startswith("utf-16") and b"\0" in body:
        return body.decode(codec)
    return body.decode("utf-8")


def _strict(body: bytes, start: int, codec: str) -> str:
    try:
        return body[start:].decode(codec)
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"broken {codec.upper()}: {error.reason} at offset {start + error.start}"
        ) from error


def _legacy(body: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    """What is not UTF-8, whose first fault is `error`."""
    if b"\0" in body:
        raise DecodeError(f"not text: NUL byte at offset {body.find(0)}") from error
    fault = f"{error.reason} 0x{body[error.start]:02x} at offset {error.start}"
    loose = body.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if sum(not sign.isascii() for sign in loose) > 2 * broken:
        raise DecodeError(f"broken UTF-8: {fault}") from error
    if text := _vietnamese(body.decode("latin-1")):
        return text
    codec = _web_codec(declared)
    try:
        return body.decode("cp1252" if codec == "iso8859-1" else codec or "utf-8")
    except UnicodeDecodeError:
        raise DecodeError(f"not UTF-8 ({fault}), nor windows-1258, TCVN3 or VNI Vietnamese") from error


def _web_codec(declared: str | None) -> str:
    """Python's name of a charset that pages are written in; "" where there is none of that name."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return ""
    return name if _WEB_CODEC.match(name) else ""


def _vietnamese(shown: str, better_than: float = 0.0) -> str | None:
    """The text, shown in Latin-1 or windows-1252, in the legacy encoding in which it is best Vietnamese."""
    shown = shown.translate(_windows_punctuation())
    share, reading = max(((one.share(shown), one) for one in _legacy_readings()), key=lambda pair: pair[0])
    if share < _SHARE or share <= better_than:
        return None
    text = reading.read(shown)
    return _capitals(text) if reading.name == "TCVN3" else text


def _capitals(text: str) -> str:
    """TCVN3 has no codes for toned capitals: CộNG HòA Xã HộI, meant for a capital font, becomes capitals."""

    def raised(run: re.Match[str]) -> str:
        words = run[0].split(" ")
        sure = [_in_capitals(word) for word in words]
        whole = len(words) > 2 and 2 * sum(sure) > len(words)
        return " ".join(
            word.upper() if whole or is_sure else word for word, is_sure in zip(words, sure, strict=True)
        )

    return _NO_SMALL_ASCII.sub(raised, text)


def _in_capitals(word: str) -> bool:
    """Whether a plain capital stands after the first letter: then Võ and Xã are not meant, HòA is."""
    return any(letter.isascii() for letter in word[1:])


@cache
def _unicode_reading() -> _Reading:
    return _Reading.of("Unicode", {})


@cache
def _legacy_readings() -> tuple[_Reading, ...]:
    return (
        _Reading.of("windows-1258", windows_1258()),
        _Reading.of("TCVN3", tcvn3()),
        _Reading.of("VNI", vni()),
    )


@cache
def _windows_punctuation() -> dict[int, str]:
    """The codes 0x80-0x9f of Latin-1 as windows-1252 shows them: quotes and dashes."""
    shown = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
    return {code: sign for code, sign in shown.items() if sign}


@cache
def tcvn3() -> dict[str, str]:
    """Code of TCVN3, as it shows in Latin-1: letter."""
    return {chr(first + i): letter for first, run in _TCVN3_RUNS.items() for i, letter in enumerate(run)}


@cache
def vni() -> dict[str, str]:
    """Code or pair of codes of VNI-Windows, as they show in Latin-1: letter.

    After a capital the mark may be that of the small letters, as typists and old software leave it.
    """
    small = {code: letter for letter, code in _VNI_LETTERS.items()}
    for bases, shape, marks in _VNI_MARKS:
        for base in bases:
            for tone, mark in zip(_TONES, marks, strict=True):
                letter = unicodedata.normalize("NFC", _VNI_BASES.get(base, base) + shape + tone)
                small |= {base + mark: letter} if mark != "-" else {}
    titled = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    return small | titled | {code.upper(): letter.upper() for code, letter in small.items()}


@cache
def windows_1258() -> dict[str, str]:
    """Code of windows-1258, as it shows in windows-1252: letter or combining tone."""
    codes = (bytes([code]) for code in range(0xC0, 0x100))
    return {code.decode("cp1252"): code.decode("cp1258") for code in codes}
