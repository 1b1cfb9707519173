"""What journalists type finds articles and documents, whatever they leave out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import Article
from warehouse import WarehouseError
from warehouse.search import Entry, Filters, Hit, SearchIndex, add

QUYET_DINH = ("942/QĐ-TTg", "Quyết định")
NGHI_QUYET = ("17/NQ-CP", "Nghị quyết")
NGHI_DINH = ("64/2007/NĐ-CP", "Nghị định")
LUAT = ("24/2018/QH14", "Luật")


def article(name: str, text: str, title: str = "", **known: object) -> Entry:
    return Entry(kind="article", id=name, state=name, title=title, text=text, article_id=name, **known)  # type: ignore[arg-type]


ENTRIES = [
    article(
        "chien-luoc",
        "Ngày 15/6/2021, Thủ tướng ký Quyết định số 942/QĐ-TTg.\nChiến lược phát triển Chính phủ điện tử nêu"
        " rõ mục tiêu của chuyển đổi số quốc gia. Định hướng đến năm 2030 là số hóa mọi giấy tờ.",
        "Phê duyệt chiến lược hướng tới Chính phủ số",
        day=date(2021, 6, 16),
        year=2021,
        numbers=(QUYET_DINH,),
        types=("Quyết định",),
        issuers=("Thủ tướng Chính phủ",),
        actions=("issue",),
        sources=("Báo A", "Báo B"),
        articles=2,
    ),
    article(
        "nghi-quyet",
        "Nghị quyết số 17 được nhắc lại. Số lượng hồ sơ chuyển qua mạng đổi thay: điện thoại, chính xác hơn.",
        "Hai năm một nghị quyết",
        day=date(2021, 3, 7),
        year=2021,
        numbers=(NGHI_QUYET,),
        types=("Nghị quyết",),
        issuers=("Chính phủ",),
        actions=("cite",),
        sources=("Báo A",),
    ),
    article(
        "xep-hang",
        "Việt Nam xếp hạng 86/193 về EGDI; dinh thự và đỉnh núi không liên quan, quyết tâm thì có.",
        "Thứ hạng mới",
        day=date(2022, 10, 6),
        year=2022,
        indexes=("Chỉ số Chính phủ điện tử (egdi)",),
        sources=("Báo C",),
    ),
    article("khong-ngay", "Hòa nhạc ở thành phố. Luật 24 và Nghị định 64.", numbers=(LUAT, NGHI_DINH)),
    Entry(
        kind="decision",
        id="d942",
        state="d942",
        title="Quyết định 942/QĐ-TTg Thủ tướng Chính phủ chuyển đổi số quốc gia, Chính phủ điện tử",
        text="Chiến lược phát triển Chính phủ điện tử nêu rõ mục tiêu của chuyển đổi số quốc gia.",
        article_id="chien-luoc",
        offset=55,
        day=date(2021, 6, 15),
        year=2021,
        numbers=(QUYET_DINH,),
        types=("Quyết định",),
        issuers=("Thủ tướng Chính phủ",),
        actions=("issue",),
        sources=("Báo A", "Báo B"),
        articles=2,
    ),
    Entry(
        kind="decision",
        id="d749",
        state="d749",
        title="Quyết định 749/QĐ-TTg",
        text="Quyết định 749/QĐ-TTg và Quyết định số 942/QĐ-TTg được ban hành.",
        article_id="khac",
        numbers=(("749/QĐ-TTg", "Quyết định"),),
        types=("Quyết định",),
    ),
]
TEXTS = {entry.id: Article.from_text(entry.text).text for entry in ENTRIES if entry.kind == "article"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    directory = tmp_path_factory.mktemp("index")
    add(ENTRIES, directory)
    return SearchIndex.open(directory)


def found(index: SearchIndex, question: str, /, **filters: object) -> set[str]:
    return {hit.id for hit in index.search(question, Filters(**filters)).hits}  # type: ignore[arg-type]


BOTH = {"chien-luoc", "d942"}


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("chuyen doi so", BOTH | {"nghi-quyet"}),
        ("chuyển đổi số", BOTH | {"nghi-quyet"}),
        ("CHUYỂN đổi SỐ", BOTH | {"nghi-quyet"}),
        ('"chuyen doi so"', BOTH),
        ('"chuyển doi số"', BOTH),
        ("“chuyển đổi số” quốc gia", BOTH),
        ('"chuyển đổi số', BOTH),
        ('"chuyên đổi số"', set()),
        ("dinh", {"chien-luoc", "d942", "d749", "xep-hang", "khong-ngay"}),
        ("đỉnh", {"xep-hang"}),
        ("định", {"chien-luoc", "d942", "d749", "khong-ngay"}),
        ("số hoá", {"chien-luoc"}),
        ("hoà nhạc", {"khong-ngay"}),
        ("hòa nhạc", {"khong-ngay"}),
        ("so\u0302\u0301 ho\u0301a", {"chien-luoc"}),
        ("Phê duyệt", {"chien-luoc"}),
        ('"Chính phủ số Ngày"', set()),
        ("86/193", {"xep-hang"}),
        ("khongcodau", set()),
        ("!?", {entry.id for entry in ENTRIES}),
        ("", {entry.id for entry in ENTRIES}),
    ],
)
def test_words_and_phrases(index: SearchIndex, question: str, ids: set[str]) -> None:
    assert found(index, question) == ids


@pytest.mark.parametrize(
    "question",
    [
        *("942/QĐ-TTg", "942/qđ-ttg", "942 qd ttg", "QĐ 942", "qd942", "942qd", "942/QDTTG", "942QĐTTg"),
        *("QĐ-TTg 942", "QĐ số 942", "số 942/QĐ-TTg", "Quyết định 942", "quyet dinh so 942", "0942/QĐ-TTg"),
        *("Quyết định số 942/QĐ-TTg", "942-QĐ/TTg", "ttg 942", "chính phủ 942/QĐ-TTg", "“942/QĐ-TTg”"),
    ],
)
def test_a_number_in_any_spelling(index: SearchIndex, question: str) -> None:
    assert found(index, question) == BOTH


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Nghị quyết 17", {"nghi-quyet"}),
        ("nq 17/cp", {"nghi-quyet"}),
        ("64/NĐ-CP", {"khong-ngay"}),
        ("64/2007/NĐ-CP", {"khong-ngay"}),
        ("nghi dinh 64", {"khong-ngay"}),
        ("luật 24/2018/QH14", {"khong-ngay"}),
        ("24 QH14", {"khong-ngay"}),
        ("17/QĐ-TTg", set()),
        ("943/QĐ-TTg", set()),
        ("64/2008/NĐ-CP", set()),
    ],
)
def test_other_numbers(index: SearchIndex, question: str, ids: set[str]) -> None:
    assert found(index, question) == ids


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"kind": ["decision"]}, {"d942", "d749"}),
        ({"issuer": ["Thủ tướng Chính phủ"]}, BOTH),
        ({"issuer": ["thu tuong chinh phu", "CHÍNH PHỦ"]}, BOTH | {"nghi-quyet"}),
        ({"type": ["nghị quyết"]}, {"nghi-quyet"}),
        ({"action": ["issue"], "kind": ["article"]}, {"chien-luoc"}),
        ({"index": ["egdi"]}, {"xep-hang"}),
        ({"index": ["chi so dien tu"]}, {"xep-hang"}),
        ({"issuer": ["thủ tướng"]}, BOTH),
        ({"source": ["bao b"]}, BOTH),
        ({"years": (2021, 2021)}, BOTH | {"nghi-quyet"}),
        ({"years": (2022, 2030)}, {"xep-hang"}),
        ({"years": (2021, 2021), "action": ["cite"]}, {"nghi-quyet"}),
        ({"years": (1990, 1999)}, set()),
    ],
)
def test_filters(index: SearchIndex, filters: dict[str, object], ids: set[str]) -> None:
    assert found(index, "", **filters) == ids
    assert found(index, "khongcodau", **filters) == set()


def test_the_best_and_the_latest_come_first(index: SearchIndex) -> None:
    best = [hit.id for hit in index.search("chuyển đổi số").hits]
    assert best[-1] == "nghi-quyet"
    assert index.search("thứ hạng").hits[0].id == "xep-hang"
    latest = [hit.id for hit in index.search(sort="date").hits]
    assert latest[:4] == ["xep-hang", "chien-luoc", "d942", "nghi-quyet"]
    assert [hit.id for hit in index.search(sort="date", limit=2, offset=1).hits] == latest[1:3]
    assert index.search(sort="date", limit=2).total == len(index) == 6


@pytest.mark.parametrize("question", ["chuyển đổi số", "chuyen doi so", '"chuyen doi so"'])
def test_a_snippet_is_cut_from_the_text_as_written(index: SearchIndex, question: str) -> None:
    hits = index.search(question).hits
    for hit in hits:
        own, text = hit.snippet, TEXTS[hit.article_id]
        assert text[own.start : own.start + len(own.text)] == own.text
    marked = {hit.id: [text_of(hit, at) for at in range(len(hit.snippet.marks))] for hit in hits}
    assert "chuyển đổi số" in marked["chien-luoc"]
    assert marked["d942"] == ["chuyển đổi số"]


def text_of(hit: Hit, mark: int) -> str:
    span = hit.snippet.marks[mark]
    return hit.snippet.text[span.start : span.end]


def test_a_number_is_marked_as_the_text_spells_it(index: SearchIndex) -> None:
    hit = next(hit for hit in index.search("qd 942").hits if hit.kind == "article")
    assert text_of(hit, 0) == "942/QĐ"
    assert (hit.articles, hit.number, hit.day) == (2, None, date(2021, 6, 16))


def test_marks_of_the_title(index: SearchIndex) -> None:
    (hit,) = index.search("thu hang").hits
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["Thứ hạng"]


def test_facets_count_all_hits(index: SearchIndex) -> None:
    facets = index.search("", Filters(years=(2021, 2021)), limit=1, facets=True).facets
    assert facets["kind"] == {"article": 2, "decision": 1}
    assert facets["issuer"] == {"Thủ tướng Chính phủ": 2, "Chính phủ": 1}
    assert facets["source"] == {"Báo A": 3, "Báo B": 2}
    assert facets["year"] == {"2021": 3}
    assert facets["index"] == {}


@pytest.mark.parametrize(
    ("question", "suggestion"),
    [
        ("chuyên đỗi số", "chuyển đổi số"),
        ("chuyenn doi so", "chuyển đổi số"),
        ('"chinh phu dein tu"', '"chính phủ điện tử"'),
        ('"điện tử chính phủ"', "điện tử chính phủ"),
        ("chinh phu sos", "chính phủ số"),
        ("xep hang egdi zzzzzz", "xếp hạng egdi"),
        ("mai giấy tờ", "mọi giấy tờ"),
        ("zzzzzzzz", None),
    ],
)
def test_did_you_mean(index: SearchIndex, question: str, suggestion: str | None) -> None:
    answer = index.search(question)
    assert (answer.total, answer.suggestion) == (0, suggestion)
    assert suggestion is None or index.search(suggestion).total


def test_filters_that_leave_nothing_are_told(index: SearchIndex) -> None:
    answer = index.search("chuyển đổi số", Filters(source=["Báo C"]))
    assert (answer.total, answer.unfiltered) == (0, 3)


@pytest.mark.parametrize(
    ("question", "filters", "why"),
    [
        ("", {"issuer": ["Chinh phuu"]}, "no issuer is called Chinh phuu; there is Chính phủ"),
        ("", {"index": ["?"]}, "no index is called ?; there is Chỉ số Chính phủ điện tử (egdi)"),
        ("\ud800", {}, "the question is not valid Unicode"),
        ("dài " * 201, {}, "the question has more than 200 words"),
    ],
)
def test_a_wrong_question_gets_one_clear_line(
    index: SearchIndex, question: str, filters: dict[str, list[str]], why: str
) -> None:
    with pytest.raises(WarehouseError, match=r"^cannot search: [^\n]+$") as refused:
        index.search(question, Filters(**filters))  # type: ignore[arg-type]
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "question",
    [
        *(
            '"',
            '""""',
            '"942',
            "/ / /",
            "-",
            "\x00",
            "0",
            "😀",
            "中文",
            "ﬁ ß İ",
            "l'État",
            "\u0301",
            "đ" * 9999,
        ),
        *(
            "a" * 100_000,
            "x " * 200,
            "số " * 100,
            "1/2/3/4/5/6/7/8/9/10/11/12",
            "942 " * 150,
            "QĐ " * 50 + "942",
        ),
    ],
)
def test_odd_questions(index: SearchIndex, question: str) -> None:
    answer = index.search(question, facets=True)
    assert answer.total in {0, 6} or len(answer.hits) == answer.total


def test_where_there_is_no_index(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(WarehouseError, match=r"^cannot open the search index [^\n]+$"):
            SearchIndex.open(directory)
    assert list(tmp_path.iterdir()) == []
