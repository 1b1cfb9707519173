"""The word lists of the ranking rules (`lexicons/rank_words.csv`): each role with its phrases."""

from __future__ import annotations

import re
from functools import cache

from extractors import wordlists
from extractors.letters import CAPITAL


@cache
def any_of(role: str) -> str:
    """The phrases of a role as a group to build expressions with, the longest first."""
    return wordlists.alternation(row["phrase"] for row in wordlists.rows("rank_words") if row["role"] == role)


@cache
def begins(role: str) -> re.Pattern[str]:
    """To `match` where a phrase of the role should begin."""
    return re.compile(rf"{any_of(role)}(?!\w)", re.IGNORECASE)


@cache
def ends(role: str) -> re.Pattern[str]:
    """To `search` in a text that a phrase of the role and a space should end."""
    return re.compile(rf"(?<!\w){any_of(role)}[ ]{{1,2}}\Z", re.IGNORECASE)


@cache
def found(role: str) -> re.Pattern[str]:
    """To `search` for a phrase of the role anywhere."""
    return re.compile(rf"(?<!\w){any_of(role)}(?!\w)", re.IGNORECASE)


@cache
def follows(role: str) -> re.Pattern[str]:
    """To `match` where a space and a phrase of the role should begin."""
    return re.compile(rf"[ ]{{1,2}}{any_of(role)}(?!\w)", re.IGNORECASE)


@cache
def predicate() -> re.Pattern[str]:
    """To `search` for the verb or adverb at which a clause stops naming its subject."""
    return re.compile(
        rf"(?:(?<=[ ])(?-i:(?![{CAPITAL}]))|\A)(?!xếp[ ]hạng[ ](?!thứ|[0-9])|theo[ ](?:dõi|ngang|sức|đầu"
        rf"|giá|bình)[ ]|hiện[ ]đại[ ]|(?-i:Cần[ ](?:Thơ|Giờ))"
        r"|trụ[ ](?:cột|sở)(?!\w)|tăng[ ]trưởng(?<=tốc[ ]độ[ ]tăng[ ]trưởng)|(?<=không[ ])chính[ ]thức"
        r"|(?<=đối[ ])với(?!\w)|ra[ ]nước[ ]ngoài(?!\w))"
        r"(?:chỉ(?![ ](?:số|tiêu))|(?<!đổi[ ])mới(?![ ]\w+[ ]sáng)"
        rf"|(?<!phòng[ ])(?<!hàng[ ])không(?![ ]chính[ ]thức)|{any_of('predicate')})(?!\w)",
        re.IGNORECASE,
    )


@cache
def connectors() -> re.Pattern[str]:
    """To `match` the words that a clause opens with before its subject: "Trong đó, ..."."""
    return re.compile(
        rf"(?:(?:{any_of('connector')}(?!\w)|[-•+]|(?:kể[ ])?từ[ ][^\n]{{2,30}}?[ ]đến[ ]nay)"
        r"[ ]{0,2})+",
        re.IGNORECASE,
    )
