"""The only text cleaner: what is done here is done once, when an article is made."""

from __future__ import annotations

import unicodedata

# One to one, so that offsets in text that is NFC already do not move: spaces of print become a space,
# the Icelandic Ð that keyboards give for the Vietnamese Đ becomes Đ, unbreakable hyphens become plain.
_ONE_TO_ONE = str.maketrans(
    {
        "\t": " ",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x1c": "\n",
        "\x1d": "\n",
        "\x1e": "\n",
        "\x1f": " ",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u00a0": " ",
        "\u1680": " ",
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        "\u202f": " ",
        "\u205f": " ",
        "\u3000": " ",
        "\u00d0": "\u0110",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_D_STROKE = str.maketrans("đĐ\u00d0", "dDD")


def clean(text: str) -> str:
    """Text in NFC with plain spaces, plain hyphens and no invisible characters; idempotent.

    Line ends become `\\n`; beside NFC only `\\r\\n` and invisible characters change the length.
    """
    visible = text.replace("\r\n", "\n").translate(_INVISIBLE)
    return unicodedata.normalize("NFC", visible.translate(_ONE_TO_ONE))


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it first comes."""

    def __missing__(self, code: int) -> str:
        marks = unicodedata.normalize("NFD", chr(code).translate(_D_STROKE))
        self[code] = "".join(c for c in marks if not unicodedata.combining(c)).casefold()
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: the form that people type when they search."""
    return text.translate(_FOLDS)
