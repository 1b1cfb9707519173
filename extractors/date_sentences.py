"""Where the sentence of a date begins, and the tense in front of it: cheap, bounded looks to the left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.date_phrase import Tense

_SENTENCE_END = re.compile(r"[.!?;][ ]{1,3}(?=[^\W\d_])|\n")
_COMPARED = re.compile(r"(?<!\w)so(?:[ ]với)?[ ]$")
_COMPARED_REACH = 12
_SENTENCE_REACH = 400
_TENSE_REACH = 60
_FUTURE = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|sắp|phấn đấu|chậm nhất|trước mắt|mục tiêu"
    r"|(?:phải|yêu cầu|đề nghị|cần)(?=[ ][^,;:]{0,50}trước[ ]$))(?!\w)"
)
_PAST = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)")


def sentence_start(lower: str, offset: int) -> int:
    """The start of the sentence that holds the offset, at most 400 characters back."""
    low = max(0, offset - _SENTENCE_REACH)
    return max((match.end() for match in _SENTENCE_END.finditer(lower, low, offset)), default=low)


def is_compared(lower: str, offset: int) -> bool:
    """Whether what stands at the offset is what another is compared with: "so với quý III/2020"."""
    return _COMPARED.search(lower, max(0, offset - _COMPARED_REACH), offset) is not None


def tense_before(lower: str, offset: int) -> Tense | None:
    """`past` after "đã", `future` after "sẽ", whichever stands nearer."""
    lead = lower[max(0, offset - _TENSE_REACH) : offset].rsplit("\n", 1)[-1]
    future = max((match.start() for match in _FUTURE.finditer(lead)), default=-1)
    past = max((match.start() for match in _PAST.finditer(lead)), default=-1)
    if future == past:
        return None
    return "future" if future > past else "past"
