"""What a figure counts: a currency, a measure word, or the noun phrase behind it (`lexicons/units.csv`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from extractors import numerals, phrases, wordlists

if TYPE_CHECKING:
    from corpus.facts import Span

Kind = Literal["money", "measure", "count"]


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` as the fact carries it; `end`: where the quantity's surface ends, tails ("/tấn") included."""

    name: str
    kind: Kind
    end: int


_TWO = (
    r"ngày[ ]đêm|cá[ ]nhân|dự[ ]án|đơn[ ]vị|học[ ]sinh|doanh[ ]nghiệp|hồ[ ]sơ|sản[ ]phẩm"
    r"|hộ[ ]gia[ ]đình|trường[ ]hợp|tổ[ ]chức|cổ[ ]phiếu|lao[ ]động|gia[ ]đình|lượt[ ]khách"
)
_TAIL = re.compile(rf"(?:[ ]?/[ ]?(?:{_TWO}|[^\W\d_]{{1,12}}[23²³]?)(?!\w)){{1,2}}", re.IGNORECASE)
_WHOLE_SUM = re.compile(
    rf"[ ]?/[ ]?(?P<figure>{numerals.NUMBER})(?:[ ]{{1,2}}(?P<scale>{numerals.SCALE}))?[ ]{{0,2}}",
    re.IGNORECASE,
)
# after "3.280 tỷ" without a noun: money
_BILLION = re.compile(r"tỷ|tỉ", re.IGNORECASE)
_PRICE = re.compile(
    r"(?<!\w)(?:giá|tiền|lương|đồng|chi[ ]phí|thu[ ]nhập|phạt|thưởng|vốn|doanh[ ]thu|lợi[ ]nhuận)(?!\w)",
    re.IGNORECASE,
)
# "vay 30 triệu", "lấy trộm hơn 700 triệu"
_PAID = re.compile(
    r"(?<!\w)(?:vay|tiết[ ]kiệm|hỗ[ ]trợ|nộp|bồi[ ]thường|cướp|trộm|lừa|trợ[ ]cấp|tài[ ]trợ|nợ|đút[ ]túi|nhét"
    r"|hối[ ]lộ|đặt[ ]cọc|đóng[ ]góp|quyên[ ]góp|tặng|biếu|chiếm[ ]đoạt|trả[ ]góp)(?!\w)"
    r"[^.,;:()\n0-9]{0,16}(?:[0-9][0-9.,]*[ ]?[-–][ ]?)?[0-9][0-9.,]*[ ](?:triệu|nghìn|ngàn)\Z",
    re.IGNORECASE,
)
# "4.000 m 2", "5.000 m 3/ngày": the raised figure of a measure, come down
_RAISED = re.compile(
    r"[ ](?P<power>[23])"
    r"(?=[ ]?(?:[.,;:)/\n]|\Z)|[ ](?:đất|nước|sàn|nhà|và|nhưng|do|là|đối|để|tại|ở|của)(?!\w))"
)
_PLACE_AFTER_MONEY = re.compile(
    r"[ ](?:chí|bào|nghiệp|đội|minh|thời|hồ|hành|dạng|bộ|cỏ|ruộng|phạm|bọn|môn|hương|lõa|loã"
    r"|sáng|chủ|tác|diễn|nhiễm)(?!\w)",
    re.IGNORECASE,
)
# "giảm từ 20 tỷ năm 2017": a date, no duration
_BEFORE_A_YEAR = re.compile(r"[ ]?(?:năm|tháng|quý|ngày)[ ](?:[0-9]|I|V|nay|ngoái|trước)")
_QUOTED = re.compile(r"[“\"](?P<noun>[^\W\d_]+(?:[ ][^\W\d_]+){0,3})[”\"]")
_NAME = re.compile(r"(?P<first>[^\W\d_]+)[ ](?P<second>[^\W\d_]+)")
# "6 đồng tiền khác": coins, no sum of đồng
_COINS = re.compile(
    r"[ ]tiền(?:[ ](?:khác|mạnh|chủ[ ]chốt|chính|lớn|này|chung|ảo|số|mã[ ]hóa|trong|của)(?!\w)|[ ]?[,.;)])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
# "40.000 người đến từ ...": what people do is no part of the noun, but for listed ones ("người nghèo")
_PEOPLE = re.compile(r"người(?=[ ])", re.IGNORECASE)


def after(text: str, at: int, end: int, *, scale: str | None) -> Unit | None:
    """The unit that begins at `at` (after the figure and its scale), or None."""
    glued = at < len(text) and text[at] != " "
    start = at if glued else at + 1
    listed = _pattern().match(text, start, end)
    compound = phrases.compound_at(text, start)
    if listed and not _is_other_word(text, listed, compound, scale):
        unit = _listed(text, listed["word"], listed.end(), end)
        dated = scale and _BEFORE_A_YEAR.match(text, listed.start())
        if unit or (_is_never(listed["word"]) and not dated):
            return unit
    if glued and text[at].isalnum():
        return None
    phrase = None if glued else phrases.after(text, start, end)
    if scale and _BILLION.search(scale) and not (phrase and _in_billions().at(text, start)):
        return Unit("VND", "money", _tail(text, at, end))
    if phrase and compound is None and (people := _PEOPLE.match(text, start, phrase.end)):
        return Unit(people[0], "count", people.end())
    if scale and phrase is None and _is_price(text, at, end):
        return Unit("VND", "money", _tail(text, at, end))
    return _noun(text, phrase) if phrase else _quoted(text, at, end)


def _noun(text: str, phrase: Span) -> Unit | None:
    if _is_street(text, phrase.start):
        return None
    return Unit(text[phrase.start : phrase.end], "count", phrase.end)


def _quoted(text: str, at: int, end: int) -> Unit | None:
    """A noun in quotes: "4 “ông lớn”"."""
    quote = _QUOTED.match(text, at + 1, end)
    return Unit(quote["noun"], "count", quote.end()) if quote else None


def _is_street(text: str, at: int) -> bool:
    """Whether a name begins at `at` rather than a noun: "607 Lê Lợi"."""
    name = _NAME.match(text, at)
    return name is not None and name["first"] in _surnames() and name["second"][0].isupper()


def _is_price(text: str, at: int, end: int) -> bool:
    """Whether a scale without a noun is money all the same: "3 triệu/chiếc", "giá bán giảm 100 triệu"."""
    if _tail(text, at, end) > at or _PAID.search(text, max(0, at - 60), at):
        return True
    return _PRICE.search(text, max(0, at - 80), at) is not None


def total(text: str, unit: Unit, end: int) -> tuple[Unit, float] | None:
    """The whole behind a sum: "602 tỷ đồng/2.002 tỷ đồng"."""
    if unit.kind == "count":
        return None
    whole = _WHOLE_SUM.match(text, unit.end, end)
    same = after(text, whole.end() - 1, end, scale=whole["scale"]) if whole else None
    if whole is None or same is None or same.name != unit.name:
        return None
    return same, numerals.read(whole["figure"], whole["scale"]).value


def is_year(written: str, unit: Unit) -> bool:
    """Whether a bare four-digit figure before a noun is rather a year ("2017 doanh nghiệp" is none)."""
    return unit.kind == "count" and bool(_YEAR.fullmatch(written))


def _listed(text: str, word: str, at: int, end: int) -> Unit | None:
    row = _units()[word if word in _units() else wordlists.key(word)]
    if row["kind"] == "never":
        return None
    if row["kind"] == "alone" and phrases.after(text, at, end):
        return None
    kind: Kind = "money" if row["kind"] == "money" else "measure"
    raised = _RAISED.match(text, at, end) if word in ("m", "km") else None
    if raised:
        return Unit(word + raised["power"], kind, _tail(text, raised.end(), end))
    return Unit(row["unit"] or word, kind, _tail(text, at, end))


def _is_never(word: str) -> bool:
    return _units()[word if word in _units() else wordlists.key(word)]["kind"] == "never"


def _tail(text: str, at: int, end: int) -> int:
    tail = _TAIL.match(text, at, end)
    return tail.end() if tail else at


@cache
def _in_billions() -> wordlists.Phrasebook:
    words = (row["word"] for row in wordlists.rows("counted_in_billions"))
    return wordlists.Phrasebook(dict.fromkeys(words, "counted"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["canonical"] for row in wordlists.rows("surnames"))


@cache
def _units() -> dict[str, dict[str, str]]:
    return {row["written"]: row for row in wordlists.rows("units")}


@cache
def _pattern() -> re.Pattern[str]:
    exact = wordlists.alternation(_units())
    lower = wordlists.alternation(word for word in _units() if word.islower() and len(word) > 2)
    return re.compile(rf"[ ]?(?P<word>{exact}|(?i:{lower}))(?!\w)")


def _is_other_word(text: str, listed: re.Match[str], compound: int | None, scale: str | None) -> bool:
    """Whether the word is the start of another noun: "5 đồng chí", "7 hạng mục"."""
    if listed["word"].lower() == "đồng":
        other = _PLACE_AFTER_MONEY.match(text, listed.end()) or _COINS.match(text, listed.end())
        return other is not None and scale is None
    return (compound or 0) > listed.end()
