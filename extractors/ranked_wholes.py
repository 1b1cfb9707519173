"""What commas and "và" do not part in front of a ranking: "Sở Văn hóa, Thể thao và Du lịch"."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import ranked_names, wordlists
from extractors.letters import CAPITAL

_NAME = rf"[{CAPITAL}]\w*(?:[ ][{CAPITAL}]\w*){{0,4}}"
# "chỉ xếp trên | Campuchia và Myanmar": they are not who is placed
_COMPARED = re.compile(
    rf"(?<!\w)(?:sau|trên|trước|dưới|hơn|bằng)[ ](?:(?:cả|tỉnh|nước)[ ])?{_NAME}(?:,[ ]{_NAME}){{0,4}}"
    rf"[ ]và[ ](?=[{CAPITAL}])"
)
# "tốp đầu các bộ, ngành"
_GROUPS = re.compile(
    r"(?<!\w)(?:trung[ ]du,[ ]miền[ ]núi"
    r"|(?:các|khối|nhóm|những)[ ](?:bộ|sở|ban|cơ[ ]quan|tỉnh|huyện|quận|phòng),[ ]"
    r"(?:(?:ban|sở|bộ|cơ[ ]quan)(?:,|[ ]và)[ ])?"
    r"(?:ngành|ban|thành(?:[ ]phố|(?![ ]phố))|thị[ ]xã|cơ[ ]quan|đoàn[ ]thể))(?!\w)(?![ ](?-i:["
    + CAPITAL
    + r"]))",
    re.IGNORECASE,
)
# "công nghiệp chế biến, chế tạo": one sector
_SECTOR = re.compile(
    r"(?<!\w)(?:chế[ ]biến,[ ]chế[ ]tạo|sản[ ]xuất,[ ]phân[ ]phối|nông(?:[ ]nghiệp)?,[ ]lâm(?:[ ]nghiệp)?"
    r"(?:,|[ ]và)[ ](?:ngư[ ]nghiệp|th[uủ][yỷ][ ]sản))(?!\w)",
    re.IGNORECASE,
)


@cache
def _joined_body() -> re.Pattern[str]:
    bodies = (row["canonical"].partition(" ")[2] for row in wordlists.rows("bodies"))
    fields = (*bodies, *(row["canonical"] for row in wordlists.rows("body_fields")))
    joined = wordlists.alternation(field for field in fields if " và " in field)
    body = rf"(?:Bộ|Sở|Phòng|Ủy[ ]ban|Ban|Cục|Tổng[ ]cục)[ ]{joined}"
    return re.compile(rf"(?<!\w)(?:{body}|{ranked_names.joined_index().pattern})(?!\w)", re.IGNORECASE)


def wholes(text: str, left: Span) -> list[Span]:
    """The names of bodies and indexes with commas or "và", and the rows of those whom somebody is behind."""
    if not any(sign in text[left.start : left.end] for sign in (" và ", ",")):
        return []
    kept = (
        *_joined_body().finditer(text, left.start, left.end),
        *_COMPARED.finditer(text, left.start, left.end),
        *_SECTOR.finditer(text, left.start, left.end),
        *_GROUPS.finditer(text, left.start, left.end),
    )
    return [Span(*name.span()) for name in kept]
