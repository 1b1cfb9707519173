"""Counts, sums and multiples in figures: "57 triệu hồ sơ", "8.000 tỷ đồng", "10/16 nhiệm vụ", "gấp 3 lần".

Takes the figures that dates, documents, percentages and rankings have left, and of those only such as
count something: what they count is read by `units`, what they are part of (names, codes) by `names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.facts import Quantity, Span
from extractors import comparators, left_out_units, multiples, names, numerals, split_measures, units

if TYPE_CHECKING:
    from corpus.facts import Comparator
    from extractors.document import Document
    from extractors.ownership import Ownership

_SCALED = r"(?:[ ]{0,2}(?P<%s>" + numerals.SCALE + r"))?"
_TO = rf"{numerals.TO}(?:(?:gần|hơn|dưới|trên|khoảng)[ ])?"
# "57 triệu", "1 tỷ 200 triệu", "17 - 20 triệu", "2 triệu đến 3 triệu", "10/16"
_FIGURE = re.compile(
    rf"(?P<low>{numerals.NUMBER}){_SCALED % 'low_scale'}"
    r"(?:[ ](?P<rest>[0-9]{1,3})[ ](?P<rest_scale>triệu|nghìn|ngàn)(?!\w)"
    rf"|{_TO}(?P<high>{numerals.NUMBER}){_SCALED % 'high_scale'}"
    rf"|[ ]?/[ ]?(?P<whole>{numerals.NUMBER}){_SCALED % 'whole_scale'})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+")
_OUTSIDE = re.compile(numerals.NOT_INSIDE)
# US dollars written in front: "$5 triệu"
_DOLLAR = re.compile(r"(?:US)?\$[ ]?\Z")
# "18 trong 20 tiêu chí", "119 ghế trong tổng số 300 ghế", "450 trên tổng số 480 đại biểu"
_OUT_OF = re.compile(
    r"(?:[ ][^\W\d_]+){0,5}?[ ](?:trong|trên(?=[ ]tổng[ ]))[ ](?P<total>tổng[ ](?:cộng[ ]|số[ ])?|số[ ])?"
    rf"(?P<whole>{numerals.NUMBER})(?=[ ])",
    re.IGNORECASE,
)
# "từ 5 triệu đồng đến 10 triệu đồng": one range, unless something rose or fell
_FROM = re.compile(r"(?<!tăng )(?<!giảm )(?<!nâng )(?<!hạ )(?<!lên )(?<!\w)từ[ ]\Z", re.IGNORECASE)
_UP_TO = re.compile(
    rf"[ ](?:đến|tới)[ ](?:dưới[ ]|gần[ ]|hết[ ])?(?P<high>{numerals.NUMBER}){_SCALED % 'scale'}",
    re.IGNORECASE,
)
# "120.000 đồng - 165.000 đồng": a range in any case
_DASHED_UP_TO = re.compile(
    rf"[ ]{{0,2}}[-–—][ ]{{0,2}}(?P<high>{numerals.NUMBER}){_SCALED % 'scale'}", re.IGNORECASE
)
# "15.000 – 25.000 – 45.000 đồng": levels, one each
_LEVELS = re.compile(
    rf"{numerals.NUMBER}(?:[ ]{{0,2}}[-–—][ ]{{0,2}}{numerals.NUMBER}){{2,7}}{_SCALED % 'scale'}",
    re.IGNORECASE,
)
_LEVEL = re.compile(numerals.NUMBER)
_THOUSANDS = re.compile(r"[0-9]\.000\Z")
# "30 – 40.000 đồng"
_THOUSANDS_ONCE = re.compile(r"[0-9]{1,3}[.,]000")
_SHORT = 3
# "ô đất ký hiệu CV 1 Khu đô thị": part of a sign
_SIGN = re.compile(r"(?<!\w)(?:ký[ ]hiệu|lô|ô[ ]đất|thửa)[ ](?:[^\W\d_]{1,5}[ ]){0,2}[A-Z]{1,4}[ ]\Z")
# "cùng 1 số nguồn vốn": some
_SOME = re.compile(r"1[ ]số[ ](?!điện[ ]thoại|báo|tài[ ]khoản|thuê[ ]bao)(?=[a-zđ])")
# "50.000 nghìn đồng": the thousands are said twice
_SAID_TWICE = re.compile(r"\.000[ ](?:nghìn|ngàn)[ ]?đ", re.IGNORECASE)
_MILLION = 1_000_000
# between the number of a name and its price: "quận 1 - 100.000 đồng"
_APART = re.compile(r"[ ]{1,2}[-–—][ ]{1,2}[0-9]")
_FROM_LEVEL = re.compile(r"(?<!\w)từ[ ]{1,2}\Z", re.IGNORECASE)
_FROM_TO = re.compile(
    r"[ ]{1,2}(?:xuống(?:[ ]chỉ)?(?:[ ]còn)?|lên(?:[ ](?:đến|tới|thành))?|đến|tới|còn)[ ]{1,2}"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of the text with the unit that was read behind it; `end`: of the figure with its scale."""

    start: int
    end: int
    low: float
    high: float
    whole: float | None
    unit: units.Unit | None
    malformed: bool = False


def find(document: Document, owned: Ownership) -> list[Quantity]:
    """All quantities of the article whose figures are free."""
    text, at = document.text, 0
    found = [*multiples.find(document, owned), *split_measures.find(document, owned)]
    while digits := _DIGITS.search(text, at):
        at = digits.end()
        if not (owned.free(digits.start(), at) and _OUTSIDE.match(text, digits.start())):
            continue
        if _SOME.match(text, digits.start()) or _SIGN.search(text, max(0, at - 40), digits.start()):
            continue
        if _APART.match(text, at) and names.numbers_a_name(text, max(0, at - 40), digits.start()):
            continue
        if levels := _levels(document, digits.start(), owned):
            at = levels[-1].end
            found += levels
            continue
        match = _FIGURE.match(text, digits.start())
        read = _read(document, match, owned) if match else None
        if match is None or read is None:
            continue
        at = max(at, match.end("low"), read.end)
        if quantity := _quantity(document, read, found):
            at = max(at, quantity.end)
            owned.claim(read.start, read.end)
            found.append(quantity)
    return sorted(found, key=lambda fact: fact.start)


def _read(document: Document, match: re.Match[str], owned: Ownership) -> _Found | None:
    """The longest reading of the match that is free: x/y, a range, else the first figure alone."""
    sentence = document.sentence_at(match.start())
    if (share := _share_in_words(document.text, match, sentence)) and owned.free(share.start, share.end):
        return share
    for part in ("whole", "high", "rest", "low"):
        if match[part] is None:
            continue
        end = match.end(f"{part}_scale") if match[f"{part}_scale"] else match.end(part)
        if end > sentence.end or not owned.free(match.start("low"), end):
            continue
        found = _reading(document.text, match, part, end, sentence)
        if found:
            return _widened(document.text, found, sentence, owned) if part == "low" else found
    return None


def _levels(document: Document, start: int, owned: Ownership) -> list[Quantity]:
    """The levels of a list behind dashes, one each; two figures are a range."""
    text = document.text
    listed = _LEVELS.match(text, start, document.sentence_at(start).end)
    if listed is None or not owned.free(start, listed.end()):
        return []
    unit = units.after(text, listed.end(), document.sentence_at(start).end, scale=listed["scale"])
    if unit is None or unit.kind != "money":
        return []
    owned.claim(start, listed.end())
    found = []
    thousands = _THOUSANDS.search(text, start, listed.end()) is not None
    for level in _LEVEL.finditer(text, start, listed.end()):
        short = thousands and len(level[0]) <= _SHORT and level[0].isdecimal()  # "25 - 40 - 70.000 đồng"
        number = numerals.read(level[0], "nghìn" if short else listed["scale"])
        found.append(
            Quantity(
                start=level.start(), end=level.end(), text=level[0], rule="quantity.level",
                confidence=0.85, low=number.value, high=number.value, unit=unit.name, comparator="eq",
                malformed=number.malformed,
            )
        )  # fmt: skip
    last = replace(found[-1], end=unit.end, text=text[found[-1].start : unit.end])
    return [*found[:-1], last]


def _widened(text: str, found: _Found, sentence: Span, owned: Ownership) -> _Found:
    """The figure with the other end of its range, where both ends carry the unit."""
    unit = found.unit
    if unit is None:
        return found
    other = _DASHED_UP_TO.match(text, unit.end, sentence.end)
    if other is None and _FROM.search(text, max(sentence.start, found.start - 12), found.start):
        other = _UP_TO.match(text, unit.end, sentence.end)
    if other is None or not owned.free(other.start("high"), other.end()):
        return found
    same = units.after(text, other.end(), sentence.end, scale=other["scale"])
    top = numerals.read(other["high"], other["scale"])
    if same is None or same.name != unit.name or top.value <= found.low:
        return found
    broken = found.malformed or top.malformed
    return replace(found, end=other.end(), high=top.value, unit=same, malformed=broken)


def _share_in_words(text: str, match: re.Match[str], sentence: Span) -> _Found | None:
    """x out of y in words; a noun behind x says that it counts the same as y."""
    out_of = _OUT_OF.match(text, match.end("low"), sentence.end)
    if out_of is None:
        return None
    unit = units.after(text, out_of.end(), sentence.end, scale=None)
    between = text[match.end("low") : out_of.start("total") if out_of["total"] else out_of.start("whole")]
    part, whole = numerals.read(match["low"]), numerals.read(out_of["whole"])
    if unit is None or unit.kind == "money" or part.value >= whole.value:
        return None
    named = between not in (" trong ", " trên ")
    if named and not (out_of["total"] and unit.name.split(" ")[0].lower() in between.lower().split()):
        return None
    broken = part.malformed or whole.malformed
    return _Found(match.start("low"), out_of.end(), part.value, part.value, whole.value, unit, broken)


def _reading(text: str, match: re.Match[str], part: str, end: int, sentence: Span) -> _Found | None:
    scale = match["low_scale"]
    dollar = _DOLLAR.search(text, max(sentence.start, match.start() - 4), match.start())
    start = dollar.start() if dollar else match.start()
    written = units.Unit("USD", "money", end) if dollar else None
    unit = written or units.after(text, end, sentence.end, scale=match[f"{part}_scale"])
    first = numerals.read(match["low"], scale)
    if part == "low":
        return _Found(start, end, first.value, first.value, None, unit, first.malformed)
    if unit is None:
        return None
    other = numerals.read(match[part], match[f"{part}_scale"])
    malformed = first.malformed or other.malformed
    if part == "rest":
        value = first.value + other.value
        return (
            _Found(start, end, value, value, None, unit, malformed)
            if scale and other.value < first.value
            else None
        )
    if part == "whole":
        shared = _Found(start, end, first.value, first.value, other.value, unit, malformed)
        return shared if _is_share(match) and not _is_house(shared) else None
    bottom, top = numerals.read_range(match["low"], match["high"], scale, match["high_scale"])
    if _THOUSANDS_ONCE.fullmatch(match["high"]) and match["low"].isdecimal() and bottom * 1000 < top:
        bottom *= 1000
    return _Found(start, end, bottom, top, None, unit, malformed) if bottom < top else None


def _is_share(match: re.Match[str]) -> bool:
    """Whether x/y counts x out of y, and is neither "24/7" nor a fraction line of a code."""
    return (match["low"], match["whole"]) not in (("24", "7"), ("24", "24"), ("7", "7"))


def _is_house(shared: _Found) -> bool:
    """Whether x/y is the number of a house: "ở 480/87 Bình Lợi"."""
    more = shared.whole is not None and shared.low > shared.whole
    return more and shared.unit is not None and shared.unit.kind == "count" and shared.unit.name[0].isupper()


def _quantity(document: Document, found: _Found, earlier: list[Quantity]) -> Quantity | None:
    text, sentence = document.text, document.sentence_at(found.start)
    found = _come_from(text, found, sentence)
    unit = found.unit
    noun = None if unit is None else unit.name if unit.kind == "count" else ""
    if names.is_part_of_name(text, sentence.start, Span(found.start, found.end), noun):
        return None
    if unit is None:
        unit = left_out_units.find(text, sentence, found.start, found.end)
    if unit is None or units.is_year(text[found.start : found.end], unit):
        return None
    if unit.name == "VND" and _SAID_TWICE.search(text, found.start, unit.end):
        low, high = (end // 1000 if end >= _MILLION else end for end in (found.low, found.high))
        found = replace(found, low=low, high=high, malformed=True)
    whole = found.whole
    if total := units.total(text, unit, sentence.end):
        unit, whole = total
    span = Span(found.start, max(found.end, unit.end))
    return Quantity(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        rule=f"quantity.{'share' if whole else unit.kind}",
        confidence=0.9 if unit.kind != "count" else 0.85,
        low=found.low,
        high=found.high,
        out_of=whole,
        unit=unit.name,
        comparator=_comparator(text, sentence, span, unit, earlier),
        malformed=found.malformed,
    )


def _come_from(text: str, found: _Found, sentence: Span) -> _Found:
    """The figure that another is come to from, with what only that one says.

    Its noun ("từ 401 xuống còn 208 đơn vị"), its scale ("từ 1,2 lên 1,3 triệu đồng"), its currency.
    """
    bare = found.unit is None or (found.unit.name == "VND" and found.unit.end == found.end)
    step = _FROM_TO.match(text, found.end, sentence.end) if bare else None
    other = _FIGURE.match(text, step.end(), sentence.end) if step else None
    if other is None or not _FROM_LEVEL.search(text, max(sentence.start, found.start - 6), found.start):
        return found
    scale = other["low_scale"]
    unit = units.after(text, other.end("low_scale") if scale else other.end("low"), sentence.end, scale=scale)
    if unit is None:
        return found
    own = text[found.start : found.end]
    unscaled = scale and _LEVEL.fullmatch(own) and "." not in own
    value = numerals.read(own, scale).value if unscaled else found.low
    return replace(found, low=value, high=value, unit=units.Unit(unit.name, unit.kind, found.end))


def _comparator(
    text: str, sentence: Span, span: Span, unit: units.Unit, earlier: list[Quantity]
) -> Comparator:
    own = comparators.before(text, span.start, span.end, left=sentence.start)
    before = next((fact for fact in reversed(earlier) if sentence.start <= fact.start < span.start), None)
    if own != "eq" or before is None or before.unit != unit.name:
        return own
    return comparators.governed(text, before, before.comparator, span.start)
