"""Passives behind a citation: "được Chính phủ phê duyệt", "do Bộ Tài chính ban hành", "vừa ban hành"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import actions

if TYPE_CHECKING:
    from corpus.facts import Action

_BEFORE = len(" theo tinh thần ")
_CITED = re.compile(
    r"(?<!\w)(?:theo|tại|trong|của|với|từ|ở|cùng|bằng|trên|căn[ ]cứ|(?:trên|theo)[ ]tinh[ ]thần)[ ]\Z",
    re.IGNORECASE,
)
# "được Thủ tướng phê duyệt", "do Bộ Tài chính ban hành", "đã bị bãi bỏ", "được thay thế bởi"
_PASSIVE = re.compile(
    r"(?:[ ]\((?:Nghị|Quyết|Thông|Chỉ|Kết)[^()\n]{2,30}\))?"
    r"(?P<gap>[^.;:\n]{0,12}?)(?:[ ](?:đã|vừa|mới|chính[ ]thức|vừa[ ]mới))?[ ](?P<by>được|do|bị)[ ]"
    r"(?P<agent>[^.,;:\n]{0,90}?(?:,[ ]kỳ[ ]họp[ ]thứ[ ][^\W_]{1,4},?[ ])?)(?<!\w)(?<!đăng[ ])"
    r"(?P<verb>ký[ ]ban[ ]hành|ban[ ]hành|phê[ ]duyệt|thông[ ]qua|ký|công[ ]bố"
    r"|sửa[ ]đổi|bổ[ ]sung|thay[ ]thế|thay(?=[ ](?:bằng|bởi)[ ])|bãi[ ]bỏ"
    r"|hủy[ ]bỏ|huỷ[ ]bỏ|hủy|thu[ ]hồi|triển[ ]khai|thực[ ]hiện"
    r"|xây[ ]dựng|soạn[ ]thảo)(?!\w)"
)


# "Nghị quyết số 86 của Quốc hội vừa ban hành"
_JUST_ISSUED = re.compile(
    r"[ ](?:vừa|mới|vừa[ ]mới)[ ](?:ký[ ]ban[ ]hành|ban[ ]hành|thông[ ]qua|phê[ ]duyệt|công[ ]bố|ký)(?!\w)"
)
_WAS_ISSUED = re.compile(r"[ ](?:đã[ ]|vừa[ ])?được[ ](?:ký[ ]ban[ ]hành|ban[ ]hành|thông[ ]qua|ký)(?!\w)")


@dataclass(frozen=True, slots=True)
class Done(Span):
    """A passive behind a citation: where it stands, the action, and where it says who did it.

    `said_by_the_way`: who issued what is only cited ("theo Nghị định 47 do Chính phủ ban hành").
    """

    action: Action
    agent: Span
    direct: bool = True
    said_by_the_way: bool = False


def passive(text: str, cited: int, start: int, end: int, *, directly: bool = False) -> Done | None:
    """The passive behind the citation that begins at `cited`, from `start` on (`directly`: just there)."""
    match = _PASSIVE.match(text, start, min(end, start + 120))
    if match is None or (directly and match["gap"]):
        return None
    by_the_way = match["by"] == "do" and _CITED.search(text, max(0, cited - _BEFORE), cited) is not None
    return Done(
        match.start(),
        match.end(),
        actions.of_verb(match["verb"]),
        Span(*match.span("agent")),
        said_by_the_way=by_the_way,
    )


def just_issued(text: str, cited: int, end: int, *, said: bool = False) -> bool:
    """Whether its issuer, who stands behind it up to `end`, has issued what is cited: now, or as `said`."""
    by_the_way = _CITED.search(text, max(0, cited - _BEFORE), cited)
    return by_the_way is None and (said or _JUST_ISSUED.match(text, end) is not None)


def said_of(text: str, cited: int, end: int) -> bool:
    """Whether the sentence itself says that it was issued: "Quyết định 49 được ban hành năm 2020"."""
    by_the_way = _CITED.search(text, max(0, cited - _BEFORE), cited)
    return by_the_way is None and _WAS_ISSUED.match(text, end) is not None
