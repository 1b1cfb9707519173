"""The later items of a list that a place opens: ", 23/47 châu Á, 6/11 ASEAN"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_scopes, ranked_names, ranked_nouns
from extractors.letters import CAPITAL
from extractors.rank_context import Phrase
from extractors.rank_figures import FIGURE, WORD, tail, tail_pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_TURN = 40
"""How far behind the first place of a list "lần lượt" may stand."""
_OPEN_LISTS = ("ranking.headed", "ranking.ordinal", "ranking.best")
"""Rules of places that open a list."""
_ITEM = re.compile(
    r"""(?:[ ][^,.;:()0-9\n]{0,60}?)?(?:[ ]?[,;]|[ ]và
        |[ ]cùng)(?:[ ]và)?[ ]{1,2}(?P<item>(?:(?:đứng[ ])?thứ[ ]|hạng[ ]|vị[ ]trí[ ](?:thứ[ ])?)?
        (?P<n>[0-9]{1,4})[ ]?/[ ]?(?P<m>[0-9]{1,4})(?![0-9/]|[.,][0-9]))""",
    re.VERBOSE | re.IGNORECASE,
)


# "vị trí thứ 2 | và 4"
_MARKED = re.compile(r"(?:thứ|số)[ ][0-9]{1,4}\Z")


@cache
def _bare_item() -> re.Pattern[str]:
    """ "(ở vị trí 31) và 27 trên thế giới", "(xếp thứ nhất ...) và thứ ba về du lịch"."""
    return re.compile(
        rf"""(?:[ ](?:về|tại|ở|trong|trên|theo)[ ][^,.;:()0-9\n]{{2,50}}?)?(?:[ ]\([A-Z]{{2,8}}\))?
        (?:[ ]?,|[ ]và|,[ ]và)[ ]{{1,2}}
        (?P<item>(?P<mark>(?:vị[ ]trí[ ])?thứ[ ]{{1,2}})?(?P<n>{FIGURE}|{WORD}))
        (?=[ ](?:trên|trong|thế|toàn|ở|tại|châu|khu|của|chung|sau|về|theo|cả|lần[ ]lượt|ASEAN|EU|Đông
              |vùng|miền|và)(?!\w)|[ ]?[,.;()]|\Z){tail_pattern()}?""",
        re.VERBOSE | re.IGNORECASE,
    )


# "(Lào đứng thứ 9), Đức | 17 | và Brunei | 40 |"; "...; Vinh | số 14 | với ..."
_NAMED_ITEM = re.compile(
    r"(?:[ ](?:trong|về|trên|với)[ ][^;:()\n]{0,50}?)?(?:[,;]|[ ]và)[ ]"
    r"(?P<who>[" + CAPITAL + r"][\w.-]*(?:[ ][" + CAPITAL + r"][\w.-]*){0,3})[ ]"
    r"(?P<item>(?P<mark>số[ ])?(?P<n>[0-9]{1,3}))(?=[ ]?[,.;)…]|[ ](?:và|với)[ ]|\Z)"
)


@cache
def _elided_item() -> re.Pattern[str]:
    """ "(Vinh đứng thứ ba), Lào Cai | thứ tư | và Bộ Y tế | thứ năm |", "chỉ số nộp thuế | thứ 83 |"."""
    return re.compile(
        rf"""(?:[ ](?:trong|về|trên|với|toàn|thế|cả|khu|khối)[ ][^;:()\n]{{0,50}}?)?
        (?:[ ]\([^()\n]{{1,40}}\))?(?:,[ ](?:tăng|giảm|tụt|lùi)[ ][0-9]{{1,3}}[ ](?:bậc|hạng))?
        (?:[,;]|,?[ ](?:và|còn))[ ]
        (?:(?P<index>(?:chỉ[ ]số|tính|chi[ ]phí|thiết[ ]chế|tiếp[ ]cận|gia[ ]nhập|cạnh[ ]tranh|dịch[ ]vụ
          |đào[ ]tạo|môi[ ]trường|mức[ ]độ|tỷ[ ]lệ|số)[ ](?:[^\W\d]+[ ]?){{1,8}}?|{ranked_names.part()})
          |{ranked_names.in_a_row()})[ ]
        (?P<item>(?P<mark>(?:vị[ ]trí[ ])?thứ|hạng|số)[ ](?P<n>{FIGURE}|{WORD}))
        (?=[ ]?[,.;)…]|[ ](?:và|với|về|trong|trên|cả|toàn|thế|khu|châu|ASEAN)[ ]|[ ]\(|\Z)""",
        re.VERBOSE | re.IGNORECASE,
    )


# "(đứng thứ hai là ngành Gốm với 160) và | thứ ba | là ngành Mộc"
_TOLD_ITEM = re.compile(
    rf"[^;\n]{{0,100}}?(?:[,;]|[ ]và)[ ](?P<item>(?:vị[ ]trí[ ])?thứ[ ](?P<n>{FIGURE}|{WORD}))"
    r"(?=[ ](?:là|thuộc[ ]về)[ ]|[ ](?-i:[" + CAPITAL + r"])[^,.;:()\n]{2,40}(?:[ ]\(|[,.;]|\Z))",
    re.IGNORECASE,
)


# "(năm 2019 xếp thứ hai), năm 2018 | thứ nhì |", "(năm 2018 ở vị trí 88), năm 2016 là | 89 |"
_YEAR_ITEM = re.compile(
    rf",?[ ](?:và[ ]|còn[ ])?năm[ ](?:19|20)[0-9]{{2}}[ ](?:(?P<is>là|ở)[ ])?"
    rf"(?P<item>(?P<mark>(?:(?:vị[ ]trí|hạng|thứ)[ ]){{0,2}})(?P<n>{FIGURE}|{WORD}))"
    r"(?=[ ]?[,.;)]|[ ]và[ ]|\Z)",
    re.IGNORECASE,
)


def year_items(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """The places of other years that a place is told with."""
    if first.rank is None or first.rule not in _OPEN_LISTS:
        return
    at = first.end
    while match := _YEAR_ITEM.match(text, at, sentence.end):
        if not (match["mark"] or (match["is"] and match["n"][0].isdigit())):
            return
        yield Phrase(
            start=match.start("item"), end=match.end(), rule="ranking.item", rank=value(match["n"]),
            figures=(Span(match.start("n"), match.end("n")),),
        )  # fmt: skip
        at = match.end()


def told_items(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """The places of a list that say whose they are: "... và thứ ba là ngành Mộc"."""
    if first.rank is None or first.rule not in _OPEN_LISTS:
        return
    at = first.end
    while match := _TOLD_ITEM.match(text, at, min(sentence.end, at + 140)):
        yield Phrase(
            start=match.start("item"), end=match.end(), rule="ranking.item", rank=value(match["n"]),
            figures=(Span(match.start("n"), match.end("n")),),
        )  # fmt: skip
        at = match.end()


def named_items(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """The places of a list whose verb only the first has, each behind its name."""
    if first.rank is None or first.rule not in ("ranking.headed", "ranking.ordinal"):
        return
    at = first.end
    while match := _NAMED_ITEM.match(text, at, min(sentence.end, at + 120)) or _elided_item().match(
        text, at, min(sentence.end, at + 120)
    ):
        if not _is_named(text, match, first):
            return
        yield Phrase(
            start=match.start("item"), end=match.end("item"), rule="ranking.named", rank=value(match["n"]),
            figures=(Span(match.start("n"), match.end("n")),),
        )  # fmt: skip
        at = match.end()


def _is_named(text: str, match: re.Match[str], first: Phrase) -> bool:
    """Whether what stands in front of the figure is ranked, in the words that the first place has."""
    if "index" not in match.re.groupindex:
        who = Span(match.start("who"), match.end("who"))
        return bool(match["mark"]) or ranked_names.ends_with_place(text, who)
    mark = match["mark"].split()[-1].lower()
    if not re.search(rf"(?<!\w){mark}[ ]", text[first.start : first.end], re.IGNORECASE):
        return False
    if match["thing"]:
        return mark == "số" and not ranked_nouns.is_predicated(match["thing"])
    return True


def items(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """The items behind a place, each where the one before it ends."""
    if first.rank is None or first.rule not in (*_OPEN_LISTS, "ranking.superlative"):
        return
    at = first.end
    around = Span(max(sentence.start, first.start - 200), min(sentence.end, first.end + _IN_TURN))
    in_turn = "lần lượt" in text[around.start : around.end]
    while True:
        match = _ITEM.match(text, at, sentence.end) if first.out_of or at > first.end else None
        match = match or _bare_item().match(text, at, sentence.end)
        match = match or _bare_item().match(text, rank_scopes.end(text, at, sentence.end), sentence.end)
        beside = bool(
            match
            and match.start("item") == at + len(" và ")
            and _MARKED.search(text[first.start : first.end])
        )
        item = _item(match, in_turn=in_turn or beside) if match else None
        if match is None or item is None:
            return
        yield item
        at = match.end()


def _item(match: re.Match[str], *, in_turn: bool) -> Phrase | None:
    start, end, figure = match.start("item"), match.end(), Span(match.start("n"), match.end("n"))
    rank = value(match["n"])
    if "m" in match.re.groupindex:
        out_of, of = value(match["m"]), Span(match.start("m"), match.end("m"))
        if not 0 < rank <= out_of:
            return None
        return Phrase(
            start=start, end=end, rule="ranking.item", rank=rank, out_of=out_of, figures=(figure, of)
        )
    if not (match["mark"] or (in_turn and match["n"][0].isdigit())) or rank == 0:
        return None
    said, figures = tail(match)
    return Phrase(start=start, end=end, rule="ranking.item", rank=rank, figures=(figure, *figures), **said)


def after(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """All places of the list that a place opens."""
    for items_of in (items, named_items, told_items, year_items):
        yield from items_of(text, sentence, first)
