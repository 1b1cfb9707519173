"""Sets that places are counted in: "các trường tốt nhất Úc", "của khoa", "là tỉnh ..."."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import rank_words
from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from corpus.facts import Span

# "(xếp thứ 4) các trường công lập tốt nhất Úc"
SET = re.compile(
    r"[ ](?P<scope>(?:các|những)[ ][^\W\d][^,.;:()\n]{2,60}?[ ]nhất(?:[ ](?:của[ ])?"
    r"(?:[" + CAPITAL + r"]\w*[ ]?){1,3})?)(?<![ ])(?=[ ]?[,.;:()]|[ ]|\Z)"
)
_OF_GROUP = re.compile(
    r"(?:[ ][^,.;:()\n]{2,50}?)?[ ](?:của|theo)[ ](?P<scope>khoa|trường|lớp|ngành|tỉnh|huyện|đơn[ ]vị)"
    r"(?=[ ]?[,.;:()]|[ ](?:và|năm|do|với|đã)[ ]|\Z)"
)


def of_group(text: str, right: Span) -> str | None:
    """Of what small body they are: "(top 5) Hoa khôi của trường", "(top 10) theo ngành"."""
    found = _OF_GROUP.match(text, right.start, right.end)
    return found["scope"] if found else None


@cache
def _one_of_its_kind() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)là[ ](?:một[ ])?(?P<scope>{rank_words.any_of('noun')})[ ](?:luôn[ ]|đang[ ])?\Z",
        re.IGNORECASE,
    )


def as_one_of(text: str, left: Span) -> str | None:
    """ "(Thái Nguyên là) tỉnh | dẫn đầu về ..."."""
    found = _one_of_its_kind().search(text, max(left.start, left.end - 40), left.end)
    return found["scope"] if found and found["scope"] != "nền kinh tế" else None
