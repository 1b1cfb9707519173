"""Capital letters, as a piece of a class of characters in a pattern."""

from __future__ import annotations

_VIETNAMESE = (0x1A0, 0x1AF, *range(0x1EA0, 0x1EFA))
CAPITAL = "A-Z" + "".join(filter(str.isupper, map(chr, (*range(0xC0, 0x180), *_VIETNAMESE))))
"""Those of Vietnamese and of the languages of Europe: "Úc", "Ấn Độ", "Škoda". Patterns hold the class by
the hundred, and the time that it takes to make them grows with its length."""
