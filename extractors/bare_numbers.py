"""Numbers without letters: which name a document ("Nghị quyết 17"), and which count or date something."""

from __future__ import annotations

import re
from functools import cache

from extractors import issuers
from extractors.wordlists import alternation, rows

YEAR = r"(?:19[4-9]|20[0-4])[0-9]"
"""A year of a document, as a pattern."""
# Never named by a bare number: "Luật 12" is football's, "Báo cáo 2", "Phương án 1" are one of several.
_NEVER_BARE = frozenset(("luật", "lệnh", "báo cáo", "tờ trình", "phương án", "quy chế"))
# In lower case only from so many figures on: "quyết định 33", "chương trình 30a", "đề án 1816".
_LOWER_CASE = {"quyết định": 2, "chương trình": 3, "đề án": 3}
_SIGNS = {"CT": 99, "CV": 3}  # signs of other things too (a scanner, a plot) up to so many figures
# Words that are nothing but names of types, so that a number behind them is theirs: "nghị định 67 có ...".
_LAWS_OF_GOVERNMENT = frozenset(("nghị định", "thông tư", "nghị quyết"))
_DAY_BEHIND = re.compile(r",?[ ]\(?ngày[ ][0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}")
_OF_ISSUER = re.compile(r"[ ]của[ ]")
_REACH = 90


def names_document(text: str, match: re.Match[str], head: re.Match[str], bare: str) -> bool:
    """Whether a number without letters names a document of a type that takes one (`bare`)."""
    marked = "số" in head["mark"].lower()
    capital = head["type"][0].isupper()
    is_year = re.fullmatch(YEAR, match["order"]) is not None
    if bare == "no" or counted().match(text, match.end()):
        return False
    if _referred(text, match, head["type"].lower()):
        return True
    sign = head["type"] in _SIGNS and not marked and len(match["order"]) < _SIGNS[head["type"]]
    if sign or (is_year and (match["year"] or not marked)):
        return False
    if marked or (capital and (bare == "plain" or match["year"])):
        return True
    of_government = head["type"].lower() in _LAWS_OF_GOVERNMENT and len(match["order"]) > 1
    if of_government or bare == "plain":
        return of_government or closed().match(text, match.end()) is not None
    return _bare_of_common_noun(text, match, head["type"])


def _referred(text: str, match: re.Match[str], written: str) -> bool:
    """Whether who issued it, or its day, follows a number: "văn bản 2041 của Bộ Tài chính"."""
    digits = len(match["order"])
    may_be_year = re.fullmatch(YEAR, match["order"]) and written not in ("văn bản", "công văn")
    if may_be_year or written in _NEVER_BARE:
        return False
    if digits >= 3 and _DAY_BEHIND.match(text, match.end()):
        return True
    of = _OF_ISSUER.match(text, match.end())
    issuer = issuers.at(text, of.end(), of.end() + _REACH) if of and digits >= 2 else None
    return issuer is not None and issuer.listed


def _bare_of_common_noun(text: str, match: re.Match[str], written: str) -> bool:
    """Types whose names are everyday words too: "Chương trình 135", "Đề án 06", "quyết định 33"."""
    kind = written.lower()
    if kind in _NEVER_BARE or written.isupper():
        return written == "QĐ" and len(match["order"]) >= 2
    if kind in ("đề án", "quyết định") and written[0].isupper() and len(match["order"]) >= 3:
        return True
    enough = 1 if written[0].isupper() else _LOWER_CASE.get(kind, 99)
    return len(match["order"]) >= enough and closed().match(text, match.end()) is not None


@cache
def closed() -> re.Pattern[str]:
    """What may stand right behind a number without letters, so that it is no count ("kế hoạch 60 tỷ")."""
    return re.compile(rf"[ ]{{0,2}}(?:\Z|[.,;:)”\"?!…\n(–-]|{_followers('closes')}(?![^\W\d_]))")


@cache
def counted() -> re.Pattern[str]:
    """What makes a number a count."""
    other = r"(?!(?:năm|tháng|ngày)[ ][0-9])(?!cấp[ ](?:tỉnh|xã|bộ|huyện))"
    return re.compile(rf"[ ]{{0,2}}(?:%|{other}{_followers('counts')}(?![^\W\d_]))")


def _followers(role: str) -> str:
    return alternation(row["phrase"] for row in rows("number_followers") if row["role"] == role)
