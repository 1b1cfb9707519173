"""What holds for all dates, whatever the text: real days, exact spans, one owner a figure, linear time."""

from __future__ import annotations

import re
import time
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from corpus import Article, Date
from extractors import calendar, date_words, dates
from extractors.document import Document
from extractors.ownership import Ownership

TODAY = date(2021, 6, 20)
PIECES = (
    *(
        "ngày ",
        "tháng ",
        "năm ",
        "quý ",
        "tuần ",
        "sáng ",
        "thứ Hai ",
        "hôm qua",
        "năm ngoái",
        "vừa qua",
        "cùng kỳ",
        "cùng ngày",
        "cuối tuần này",
        "3 tuần trước",
        "mùng 2 Tết",
        "mùa hè 2019",
        "tuần đầu tiên của ",
        "hai nghìn không trăm linh năm",
    ),
    *(
        "15/6",
        "31/2",
        "29/2",
        "2021",
        "2019-2010",
        "1/1/0001",
        "9999",
        "ngày 5-10/7 ",
        "những năm 90",
        "III",
        "0",
        "9",
    ),
    *(
        " đến ",
        " và ",
        "-",
        " – ",
        ", ",
        "\n",
        ". ",
        "(",
        ")",
        "/",
        "cuối ",
        "nửa đầu ",
        "6 tháng đầu ",
        "giai đoạn ",
    ),
    *(
        "tháng Tám ",
        "đầu năm đến nay",
        "thế kỷ XX",
        "Từ ",
        "trước ",
        "không",
        "\u0663",
        "İ",
        "㋀",
        "\U0001f600",
    ),
)


def find(text: str, published: date | None = TODAY, title: str | None = None) -> list[Date]:
    return dates.find(Document(Article.from_text(text, title, published)), Ownership())


def days(text: str, published: date | None = TODAY) -> list[tuple[str, str]]:
    return [(fact.start_date.isoformat(), fact.end_date.isoformat()) for fact in find(text, published)]


def written() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=24).map("".join)


def publish_days() -> st.SearchStrategy[date | None]:
    return st.none() | st.dates(date(1950, 1, 1), date(2100, 12, 31)) | st.sampled_from([date.min, date.max])


@settings(max_examples=400, deadline=None)
@given(written(), publish_days())
def test_facts_are_exact_ordered_and_denote_days(text: str, published: date | None) -> None:
    article = Article.from_text(text, None, published)
    found = dates.find(Document(article), Ownership())
    for fact in found:
        assert fact.text == article.text[fact.start : fact.end] != ""
        assert "\n" not in fact.text
        assert fact.start_date <= fact.end_date
    assert all(one.end <= next_one.start for one, next_one in pairwise(found))


QUARTERS = {f"Q{number}": (3 * number - 2, 3) for number in range(1, 5)}
PARTS = QUARTERS | {"H1": (1, 6), "H2": (7, 6), "SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}


def denoted(value: str) -> tuple[date, date]:
    """The days that a TIMEX3 value means, read as the standard says."""
    if "/" in value:
        first, last = value.split("/")
        return denoted(first)[0], denoted(last)[1]
    if re.fullmatch("[0-9]{2}", value):
        return date(100 * int(value) + 1, 1, 1), date(100 * int(value) + 100, 12, 31)
    if re.fullmatch("[0-9]{3}", value):
        return date(10 * int(value), 1, 1), date(10 * int(value) + 9, 12, 31)
    year, *rest = value.split("-")
    if rest and rest[0].startswith("W") and rest[0] != "WI":
        monday = date.fromisocalendar(int(year), int(rest[0][1:]), 1)
        return monday + timedelta(days=5 * (len(rest) > 1)), monday + timedelta(days=6)
    if len(rest) == 2:
        return date.fromisoformat(value), date.fromisoformat(value)
    month, count = PARTS.get(rest[0]) or (int(rest[0]), 1) if rest else (1, 12)
    last_year, last_month = divmod(12 * int(year) + month + count - 2, 12)
    last_day = monthrange(last_year, last_month + 1)[1]
    return date(int(year), month, 1), date(last_year, last_month + 1, last_day)


@settings(max_examples=300, deadline=None)
@given(written(), publish_days())
def test_values_mean_the_interval_and_evidence_is_there(text: str, published: date | None) -> None:
    article = Article.from_text(text, "Năm 2020 nhìn lại", published)
    for fact in dates.find(Document(article), Ownership()):
        assert denoted(fact.value or "") == (fact.start_date, fact.end_date)
        source, _, surface = (fact.evidence or "").partition(": ")
        assert {
            "text": surface == "",
            "article": surface in article.text,
            "title": surface == "2020",
            "published": surface == str(published),
        }[source]


# Days of Tết by Vietnam's own calendar: UTC+7 since 1968; 1985, 2007 and 2030 differ from China's
TET = ["1985-01-21", "1995-01-31", "2007-02-17", "2012-01-23", "2020-01-25", "2023-01-22", "2030-02-02"]


@pytest.mark.parametrize("day", TET)
def test_days_of_the_moon_go_by_the_vietnamese_calendar(day: str) -> None:
    eve = str(date.fromisoformat(day) - timedelta(days=1))
    assert days(f"Chợ mở lại mùng 1 Tết năm {day[:4]}.") == [(day, day)]
    assert days(f"Tết Nguyên đán {day[:4]}") == [(day, day)]
    assert days(f"Chợ tan chiều ngày {int(eve[8:])}/{eve[5:7]}/{eve[:4]}.") == [(eve, eve)]


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("hai nghìn", 2000),
        ("hai nghìn không trăm linh năm", 2005),
        ("hai ngàn không trăm mười", 2010),
        ("hai nghìn không trăm hai mươi mốt", 2021),
        ("hai nghìn hai mươi hai", 2022),
        ("một nghìn chín trăm bảy lăm", 1975),
        ("một nghìn tám trăm năm mươi tám", 1858),
        ("một chín bốn lăm", 1945),
    ],
)
def test_years_are_read_in_words(words: str, year: int) -> None:
    assert date_words.year(words) == year
    assert days(f"Đình xây năm {words}.") == [(f"{year}-01-01", f"{year}-12-31")]


@pytest.mark.parametrize("name", ["date_company", "holidays"])
def test_word_lists_are_sorted_and_composed(name: str) -> None:
    path = Path(extractors.__file__).parent / "lexicons" / f"{name}.csv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    assert rows == sorted(set(rows))
    assert all(unicodedata.is_normalized("NFC", row) for row in rows)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    surface = "ngày " + form.format(d=day.day, m=day.month, y=day.year)
    (fact,) = find(f"Văn bản ký {surface} tại Huế.")
    assert (fact.text, fact.start_date, fact.end_date) == (surface, day, day)


@pytest.mark.parametrize(
    "surface", ["31/2/2021", "30/2/2020", "29/2/2021", "31/4/2021", "45/13/2021", "0/5/2021"]
)
def test_days_that_do_not_exist_give_no_fact(surface: str) -> None:
    assert find(f"Văn bản ghi ngày {surface} là sai.") == []


def test_figures_that_another_kind_owns_are_left_alone() -> None:
    article = Article.from_text("Nghị định 71/2008/NĐ-CP ra ngày 5/6/2008.", None, TODAY)
    owned = Ownership()
    start = article.text.index("5/6/2008")
    owned.claim(start, start + len("5/6/2008"))
    assert dates.find(Document(article), owned) == []


def test_figures_of_dates_are_claimed() -> None:
    article = Article.from_text("Từ năm 2016, có 57 triệu thẻ.", None, TODAY)
    owned = Ownership()
    (fact,) = dates.find(Document(article), owned)
    assert not owned.free(fact.end - 4, fact.end)
    assert owned.free(article.text.index("57"), article.text.index("57") + 2)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2021, 1, 5), "2020-12-28"),
        (date(2021, 12, 30), "2021-12-28"),
        (date(2020, 11, 30), "2020-12-28"),
    ],
)
def test_a_missing_year_is_the_nearest_to_the_day_of_publication(published: date, expected: str) -> None:
    assert days("Ngày 28/12, tỉnh họp.", published) == [(expected, expected)]


def test_a_title_gives_the_year_where_nothing_else_does() -> None:
    assert find("Ngày 28/12, tỉnh họp.", None) == []
    (fact,) = find("Ngày 28/12, tỉnh họp.", None, "Tổng kết năm 2019")
    assert fact.start_date == date(2019, 12, 28)


@pytest.mark.parametrize(
    "text", ["Hôm qua họp.", "Năm ngoái và tháng trước.", "Trong quý II.", "Cùng kỳ năm trước."]
)
def test_without_day_of_publication_nothing_is_guessed(text: str) -> None:
    assert find(text, None) == []


@pytest.mark.parametrize(
    ("start", "end", "mended"),
    [(2019, 2010, 2020), (2016, 2002, 2022), (2021, 2015, 2025), (2016, 2020, 2020), (2020, 1990, None)],
)
def test_ranges_of_years_that_run_backwards_are_mended(start: int, end: int, mended: int | None) -> None:
    assert calendar.mended_end(start, end) == mended


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 12), st.integers(1, 31))
def test_the_nearest_year_has_the_day(today: date, month: int, day: int) -> None:
    stretch = calendar.of_day(day, month)
    for tense in ("past", "future", None):
        year = calendar.nearest_year(stretch, today, tense)
        if year is None:
            continue
        interval = stretch.in_year(year).interval()
        assert interval is not None
        assert tense != "past" or interval.start <= today
        assert tense != "future" or interval.end >= today


@pytest.mark.parametrize(
    "unit",
    [
        *("1/", "1-", "1/1-", "ngày ", "ngày 1/", "sáng ", "năm ", "cuối ", "giai đoạn ", "(", "a"),
        *(
            "15/6 ",
            "tháng 5 ",
            "tháng 1, ",
            "năm 2016, ",
            "cùng kỳ ",
            "2016-",
            "từ năm 2016 đến ",
            "tháng 5 đến ",
            "cùng ngày ",
            "tuần đầu tiên của tháng 3 ",
            "mùng 2 tết ",
            "năm hai nghìn ",
        ),
    ],
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        return min(spent(text) for _ in range(3))  # What else the machine does takes no part.

    def spent(text: str) -> float:
        begin = time.process_time()
        find(text)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(32_000) < 8 * seconds(8_000) + 0.2
