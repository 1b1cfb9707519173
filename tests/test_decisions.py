"""What holds of documents found in any text, beyond the cases of corpus/cases/decisions_*.txt."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.facts import Date, Decision
from extractors import decisions, extract
from extractors.document import Document
from extractors.ownership import Ownership
from extractors.wordlists import rows

PIECES = st.sampled_from(
    [
        *(
            "Quyết định số ",
            "Nghị quyết ",
            "Luật ",
            "Bộ luật ",
            "Đề án ",
            "các ",
            "số ",
            "942",
            "/QĐ-TTg",
            "36a",
        ),
        *("52-NQ/TW", "/2007/", "NĐ-CP", "/", "-", " – ", "năm 2014", "ngày 15/6/2021", " của Bộ Y tế "),
        *(
            "Thủ tướng ",
            "UBND TP.HCM ",
            "đã ban hành ",
            "được Chính phủ phê duyệt ",
            "về việc ",
            "“",
            "”",
            "(",
        ),
        *(")", ", ", ". ", "; ", "\n", "٣٤", "1" * 400),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def found_in(text: str, dates: list[Date] | None = None) -> list[Decision]:
    document = Document(Article.from_text(text))
    return decisions.annotate(document, decisions.find(document, Ownership()), dates or [])


@given(TEXTS)
def test_any_text_gives_exact_surfaces_and_no_error(text: str) -> None:
    clean = Article.from_text(text).text
    for fact in found_in(text):
        assert fact.text == clean[fact.start : fact.end]
        assert fact.title is None or fact.title in clean
        assert "\n" not in fact.text
        assert fact.number is None or " " not in fact.number


@given(TEXTS)
def test_the_figures_of_a_number_are_owned(text: str) -> None:
    document, owned = Document(Article.from_text(text)), Ownership()
    for citation in decisions.find(document, owned):
        if citation.number:
            figure = next(i for i in range(citation.start, citation.end) if document.text[i].isdigit())
            assert not owned.free(figure, figure + 1)


@settings(max_examples=60)
@given(st.integers(1, 9999), st.sampled_from(rows("issuer_codes")))
def test_letters_of_a_number_name_their_issuer(order: int, row: dict[str, str]) -> None:
    for code in filter(None, row["codes"].split(";")):
        (fact,) = found_in(f"Theo Quyết định số {order}/QĐ-{code}, mức thu giữ nguyên.")
        assert fact.number == f"{order}/QĐ-{code}"
        sharing = {other["canonical"] for other in rows("issuer_codes") if code in other["codes"].split(";")}
        assert fact.issuer in sharing


@given(
    st.sampled_from(["Quyết định", "Nghị quyết", "Thông tư", "Chỉ thị", "Kế hoạch", "Công văn"]),
    st.sampled_from(["", " số", " số:"]),
    st.integers(1, 9999),
    st.sampled_from(["/", " /", "/ "]),
    st.sampled_from(["-", " - ", "–", " –", "- "]),
)
def test_spacing_and_dashes_do_not_change_a_number(
    kind: str, mark: str, order: int, slash: str, dash: str
) -> None:
    (fact,) = found_in(f"Cơ quan làm theo {kind}{mark} {order}{slash}QĐ{dash}TTg trong năm.")
    assert (fact.doc_type, fact.number) == (kind, f"{order}/QĐ-TTg")


@pytest.mark.parametrize(
    "text",
    [
        "Chi bộ học Nghị quyết Trung ương 4 khóa XII và Nghị quyết TW 6 lần 2.",
        "Đảng bộ bàn Kết luận Hội nghị Trung ương 9 loại việc.",
    ],
)
def test_a_plenum_is_neither_a_number_nor_a_quantity(text: str) -> None:
    assert [fact for fact in extract(Article.from_text(text)) if fact.kind in ("decision", "quantity")] == []


def test_dates_that_are_intervals_are_said_as_month_or_year() -> None:
    text = "Tháng 5/2021, Bộ Nội vụ đã ban hành Kế hoạch số 18/KH-BNV."
    for first, last, expected in (
        (date(2021, 5, 1), date(2021, 5, 31), "2021-05"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2021, 5, 4), date(2021, 5, 4), "2021-05-04"),
        (date(2021, 5, 1), date(2021, 5, 10), None),
    ):
        said = Date(start=0, end=12, text=text[:12], rule="date.test", start_date=first, end_date=last)
        assert [fact.issued_on for fact in found_in(text, [said])] == [expected]


def referring(text: str) -> dict[str, str | None]:
    """Surfaces of the mentions without letters -> what stands where they point to."""
    found = [fact for fact in extract(Article.from_text(text)) if isinstance(fact, Decision)]
    at = {fact.start: fact.text for fact in found}
    return {
        fact.text: None if fact.refers_to is None else at[fact.refers_to]
        for fact in found
        if fact.number and not any(map(str.isalpha, fact.number))
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One document fits, in front or behind, however often it is mentioned in full.
        (
            "Tỉnh bàn Nghị quyết số 58/NQ-CP. Nghị quyết 58 giao tám việc, Nghị quyết số 58/NQ-CP nêu.",
            {"Nghị quyết 58": "Nghị quyết số 58/NQ-CP"},
        ),
        ("Chỉ thị 7 ra sao?\nBộ gửi Chỉ thị số 07/CT-BXD.", {"Chỉ thị 7": "Chỉ thị số 07/CT-BXD"}),
        (
            "Theo Nghị định 15/2018/NĐ-CP. Nghị định 15/2018 mới.",
            {"Nghị định 15/2018": "Nghị định 15/2018/NĐ-CP"},
        ),
        ("Quán triệt Nghị quyết 36-NQ/TW. Nghị quyết 36 mở đường.", {"Nghị quyết 36": "Nghị quyết 36-NQ/TW"}),
        # Several fit; a year or the issuer may tell them apart.
        (
            "Nghị quyết 19-2016/NQ-CP và Nghị quyết 19-2017/NQ-CP. Nghị quyết 19 đổi mới.",
            {"Nghị quyết 19": None},
        ),
        (
            "Có Nghị quyết 19-2016/NQ-CP và Nghị quyết 19-2017/NQ-CP. Riêng Nghị quyết 19-2017 mới.",
            {"Nghị quyết 19-2017": "Nghị quyết 19-2017/NQ-CP"},
        ),
        (
            "Theo Nghị quyết 10/NQ-CP và Nghị quyết 10-NQ/TW. Bám sát Nghị quyết 10 của Chính phủ.",
            {"Nghị quyết 10": "Nghị quyết 10/NQ-CP"},
        ),
        # Another type, another number, another issuer, another year: none fits.
        (
            "Ban hành Quyết định số 17/QĐ-TTg. Nghị quyết 17 và Quyết định số 171 thì khác.",
            {"Nghị quyết 17": None, "Quyết định số 171": None},
        ),
        ("Theo Nghị quyết 10/NQ-CP. Nghị quyết 10 của Quốc hội thì khác.", {"Nghị quyết 10": None}),
        ("Theo Nghị định 15/2018/NĐ-CP. Nghị định 15 năm 2013 thì khác.", {"Nghị định 15": None}),
        ("Nghị quyết 58 giao tám việc.", {"Nghị quyết 58": None}),
    ],
)
def test_a_short_form_points_to_the_one_document_that_fits(
    text: str, expected: dict[str, str | None]
) -> None:
    assert referring(text) == expected


@pytest.mark.parametrize(
    ("cited", "issuer", "agrees"),
    [
        ("Thông tư số 05/2019/TT-BTC của Bộ Tài chính", "Bộ Tài chính", True),
        ("Thông tư số 05/2019/TT-BTC của Bộ trưởng Bộ Tài chính", "Bộ trưởng Bộ Tài chính", True),
        ("Thông tư số 05/2019/TT-BTC của Bộ Y tế", "Bộ Y tế", False),
        ("Quyết định số 8/QĐ-UBND của UBND tỉnh Bạc Liêu", "Ủy ban nhân dân tỉnh Bạc Liêu", True),
        ("Quyết định số 8/QĐ-UBND của HĐND tỉnh Bạc Liêu", "Hội đồng nhân dân tỉnh Bạc Liêu", False),
        ("Thông tư liên tịch số 9/2014/TTLT-BTC-BYT của Bộ Y tế", "Bộ Tài chính, Bộ Y tế", True),
        ("Nghị quyết số 52-NQ/TW của Bộ Chính trị", "Bộ Chính trị", True),
    ],
)
def test_an_issuer_that_the_number_speaks_against_is_doubted(cited: str, issuer: str, agrees: bool) -> None:
    (fact,) = found_in(f"Theo {cited}, việc này chưa được làm.")
    assert fact.issuer == issuer
    assert (fact.confidence > 0.9) is agrees


@pytest.mark.parametrize(
    "piece",
    [
        "Quyết định số 942/QĐ-TTg ",
        "Luật Đất đai và ",
        "Thủ tướng phê duyệt Đề án ",
        "đề án được ",
        "1/A-",
        "Bộ Bộ ",
        "x",
        "9",
        "“(",
        "Nghị quyết 17, 18, ",
        "Luật sửa đổi, bổ sung một số điều của ",
        "Quyết định số 12/QĐ-UBND của UBND tỉnh, ",
        "Nghị quyết 1/NQ-CP Nghị quyết 1 ",
        "Công văn số 218/TTg-NN ngày 9/2/2012; số ",
        "Quốc hội thông qua Nghị quyết về rừng; thông qua Nghị quyết về rừng và ",
        "Khoản 2 Điều 4, ",
        "Bộ trưởng này đã ký quyết định thay mặt ",
    ],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """One endless line: ten times the text may not take much more than ten times as long."""

    def spent(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        found_in(text)
        return time.process_time() - started

    spent(2_000)
    short = min(spent(8_000) for _ in range(3))
    assert any(
        spent(80_000) < 25 * short + 0.5 for _ in range(3)
    )  # What else the machine does takes no part.


def test_word_lists_are_sorted_and_name_their_source() -> None:
    for name in (
        "document_types",
        "issuer_abbreviations",
        "issuer_codes",
        "issuing_verbs",
        "law_names",
        "province_names",
        "code_slips",
    ):
        first = [next(iter(row.values())) for row in rows(name)]
        assert first == sorted(first)
        assert len(first) == len(set(first))
        assert all(row["source"] for row in rows(name))
