"""What a page of results needs: pages, days, exact counts, and passages that show what was asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from warehouse import WarehouseError
from warehouse.search import Entry, Filters, Hit, SearchIndex, add

FILLER = "Người dân nộp hồ sơ qua mạng và nhận kết quả tại nhà. " * 20
NUMBER = ("942/QĐ-TTg", "Quyết định")


def article(name: str, text: str, day: date | None = None, **known: object) -> Entry:
    year = day.year if day else None
    own = {"title": "", "text": text, "article_id": name, "day": day, "year": year}
    return Entry(kind="article", id=name, state=name, **own, **known)  # type: ignore[arg-type]


ENTRIES = [
    article(
        "sau",
        f"{FILLER}Có 942 hồ sơ. {FILLER}Theo Quyết định số 942/QĐ-TTg ngày 15/6/2021, việc này là của Bộ.",
        date(2023, 1, 2),
        numbers=(NUMBER,),
        types=("Quyết định",),
    ),
    article("dau", "Quyết định 942 ra đời.", date(2021, 6, 30), numbers=(NUMBER,), types=("Quyết định",)),
    article("cum", f"{FILLER}Chuyển đổi số là chuyển đổi cách làm. Đổi mới thì khác.", date(2021, 7, 1)),
    article("khong-ngay", "Chuyển đổi chậm."),
    Entry(
        kind="decision",
        id="d942",
        state="d942",
        title="Quyết định 942/QĐ-TTg Thủ tướng Chính phủ Phê duyệt chiến lược",
        text="Quyết định 942 ra đời.",
        article_id="dau",
        day=date(2021, 6, 15),
        year=2021,
        numbers=(NUMBER,),
        types=("Quyết định",),
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    directory = tmp_path_factory.mktemp("index")
    add(ENTRIES, directory)
    return SearchIndex.open(directory)


def found(index: SearchIndex, question: str, **filters: object) -> set[str]:
    return {hit.id for hit in index.search(question, Filters(**filters)).hits}  # type: ignore[arg-type]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet.text[mark.start : mark.end] for mark in hit.snippet.marks]


@pytest.mark.parametrize(
    ("days", "ids"),
    [
        ({"since": date(2021, 6, 30)}, {"dau", "cum", "sau"}),
        ({"until": date(2021, 6, 30)}, {"d942", "dau"}),
        ({"since": date(2021, 6, 16), "until": date(2021, 6, 30)}, {"dau"}),
        ({"since": date(2021, 6, 30), "years": (2021, 2021)}, {"dau", "cum"}),
        ({"since": date(2021, 7, 2), "until": date(2021, 7, 1)}, set()),
        ({"since": date.min, "until": date.max}, {"d942", "dau", "cum", "sau"}),
    ],
)
def test_days_from_the_first_to_the_last(index: SearchIndex, days: dict[str, object], ids: set[str]) -> None:
    assert found(index, "", **days) == ids
    answer = index.search("", Filters(**days), facets=True)  # type: ignore[arg-type]
    assert sum(answer.facets["kind"].values()) == answer.total == len(ids)


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize("question", ["", "chuyển đổi", "942"])
def test_pages_tell_every_hit_once(index: SearchIndex, question: str, sort: str) -> None:
    whole = index.search(question, sort=sort, limit=10**12)  # type: ignore[arg-type]
    pages = [index.search(question, sort=sort, limit=1, offset=at) for at in range(whole.total)]  # type: ignore[arg-type]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total}
    for limit, offset in ((0, 0), (10, whole.total), (10, 10**12)):
        assert index.search(question, limit=limit, offset=offset) == type(whole)(whole.total, (), {})


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"offset": -1}])
def test_there_is_no_page_before_the_first(index: SearchIndex, wrong: dict[str, int]) -> None:
    with pytest.raises(WarehouseError, match=r"^cannot search: there are no -1 hits$"):
        index.search("", **wrong)  # type: ignore[arg-type]


def test_a_filter_may_be_one_value(index: SearchIndex) -> None:
    assert found(index, "", kind="decision") == {"d942"}


@pytest.mark.parametrize(
    "question",
    [
        *("quyết định 942 năm 2021", "Quyết định số 942/QĐ-TTg ngày 15/6/2021", "qd 942 15/6/2021"),
        *("942/QĐ-TTg ngày 15 tháng 6 năm 2021", "QĐ942TTg 2021"),
    ],
)
def test_a_number_with_its_date(index: SearchIndex, question: str) -> None:
    assert found(index, question) == {"d942", "dau", "sau"}  # of that year, or naming it
    assert found(index, question.replace("2021", "2023")) == {"sau"}
    other = index.search(question.replace("2021", "2019"))
    assert other.total == 0
    assert other.suggestion
    assert found(index, other.suggestion) == {"d942", "dau", "sau"}


@pytest.mark.parametrize(
    "question", ["kế hoạch 5 năm 2021-2025", "ngày 15/5/2021", "tháng 5 năm 2021", "thang 5/2021"]
)
def test_years_and_dates_are_no_numbers(tmp_path: Path, question: str) -> None:
    known = {"numbers": (("5/2021/TT-BTC", "Thông tư"),), "types": ("Thông tư",)}
    add([article("so", "Có văn bản mới.", **known), article("noi", f"Về {question}.")], tmp_path)
    index = SearchIndex.open(tmp_path)
    assert found(index, question) == {"noi"}
    for number in ("tt 5/2021", "5/2021/tt", "thong tu 5 nam 2021", "Thông tư số 5/2021/TT-BTC"):
        assert found(index, number) == {"so"}


@pytest.mark.parametrize(
    "question", ["của Thủ tướng", "về việc phê duyệt chiến lược", "do thu tuong phe duyet"]
)
def test_words_that_link_a_number_to_its_title_need_not_be_there(index: SearchIndex, question: str) -> None:
    assert found(index, f"quyết định 942 {question}") == {"d942"}


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("942/QĐ-TTg", ["942/QĐ-TTg"]),
        ("qd 942", ["942/QĐ"]),
        ("quyet dinh 942", ["Quyết định số 942"]),
        ("QĐ942TTg", ["942/QĐ-TTg"]),
        ("942/QĐ-TTg ngày 15/6/2021", ["942/QĐ-TTg ngày 15/6/2021"]),
    ],
)
def test_a_snippet_shows_a_number_as_the_text_spells_it(
    index: SearchIndex, question: str, marks: list[str]
) -> None:
    hit = next(hit for hit in index.search(question).hits if hit.id == "sau")
    assert marked(hit) == marks


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ('"chuyển đổi số" đổi', ["Chuyển đổi số", "đổi", "Đổi"]),
        ('đổi "chuyển đổi số"', ["Chuyển đổi số", "đổi", "Đổi"]),
        ('"đổi số" chuyển', ["Chuyển đổi số", "chuyển"]),
    ],
)
def test_what_lies_within_a_phrase_does_not_cut_its_mark(
    index: SearchIndex, question: str, marks: list[str]
) -> None:
    (hit,) = index.search(question).hits
    assert marked(hit) == marks


def test_facets_are_exact_however_many_values_there_are(tmp_path: Path) -> None:
    for part in range(3):
        names = [f"Sở {number}" for number in range(300)] + ["Sở chung"] * (part + 1)
        add([article(f"{part}-{at}", "một", issuers=(each,)) for at, each in enumerate(names)], tmp_path)
    counted = SearchIndex.open(tmp_path).search("một", facets=True).facets["issuer"]
    assert counted["Sở chung"] == 6
    assert sorted(counted.values()) == [3] * 9 + [6]
