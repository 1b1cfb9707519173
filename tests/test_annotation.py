"""What people wrote down as right is read as they meant it, or refused with the place of the fault."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from corpus.annotation import AnnotationError, read_cases, read_gold

if TYPE_CHECKING:
    from pathlib import Path


def cases(tmp_path: Path, text: str) -> Any:
    path = tmp_path / "mẫu.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_cases(path))


def gold(tmp_path: Path, text: str, *rows: Any) -> Any:
    (tmp_path / "bài.txt").write_text(text, encoding="utf-8")
    (tmp_path / "bài.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return list(read_gold(tmp_path))


def test_a_case_gives_its_sentence_and_its_facts(tmp_path: Path) -> None:
    (case,) = cases(
        tmp_path,
        "# ghi chú\n@kind percentage\n@published 2022-03-01\n@title Số liệu\n\n"
        "Đạt [[45%|low=45; status=target]], tăng [[3,5%|low=3.5; period=null]].\n",
    )
    assert case.name == "mẫu:6"
    assert case.article.text == "Đạt 45%, tăng 3,5%."
    assert (case.article.published, case.article.title) == (date(2022, 3, 1), "Số liệu")
    assert case.kinds == {"percentage"}
    assert [(fact.text, dict(fact.fields)) for fact in case.expected] == [
        ("45%", {"low": 45.0, "status": "target"}),
        ("3,5%", {"low": 3.5, "period": None}),
    ]
    assert all(case.article.text[fact.start : fact.end] == fact.text for fact in case.expected)


@pytest.mark.parametrize(
    ("mark", "fields"),
    [
        ("2021-06-15", {"start_date": "2021-06-15", "end_date": "2021-06-15"}),
        ("2021-06-01..2021-06-30", {"start_date": "2021-06-01", "end_date": "2021-06-30"}),
        ("2021-06-15; modifier=by", {"start_date": "2021-06-15", "end_date": "2021-06-15", "modifier": "by"}),
        ("modifier=null", {"modifier": None}),
        ("", {}),
    ],
)
def test_days_have_a_short_form(tmp_path: Path, mark: str, fields: dict[str, Any]) -> None:
    (case,) = cases(tmp_path, f"@kind date\nHọp [[dịp này|{mark}]].")
    assert case.expected[0].fields == fields


def test_a_sentence_without_marks_expects_nothing_and_a_pilcrow_is_a_line_end(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, "@kind date\nĐoạn một.¶Đoạn hai.")
    assert (case.article.text, case.expected) == ("Đoạn một.\nĐoạn hai.", ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Câu trước.", "mẫu:1: @kind must come first"),
        ("@kind rumour\nCâu.", "mẫu:2: @kind must come first and be one of decision, date"),
        ("@kind date\n@publish 2021-01-01\nCâu.", "mẫu:2: @publish is none of kind, published, title"),
        ("@kind date\n@published 31/2\nCâu.", "mẫu:3: @published 31/2 is no day"),
        ("@kind decision\n[[Nghị định|numbr=1]]", "mẫu:2: 'numbr' is no field of a decision"),
        ("@kind date\nNgày [[15/6]].", "mẫu:2: a mark is written"),
        ("@kind date\nNgày\u00a015/6.", "mẫu:2: the sentence is not clean text"),
    ],
)
def test_a_faulty_case_is_refused_by_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(AnnotationError) as raised:
        cases(tmp_path, text)
    assert str(raised.value).startswith(fault)


def test_gold_gives_the_article_and_its_facts(tmp_path: Path) -> None:
    (article,) = gold(
        tmp_path,
        "Năm 2020, Hà Nội đứng thứ hai.",
        {"kind": "article", "published": "2020-12-31", "title": "Tin", "source": "báo", "kinds": ["date"]},
        {
            "kind": "date",
            "start": 0,
            "end": 8,
            "text": "Năm 2020",
            "start_date": "2020-01-01",
            "ignore": True,
        },
    )
    assert (article.name, article.kinds) == ("bài", {"date"})
    assert (article.article.title, article.article.published) == ("Tin", date(2020, 12, 31))
    (fact,) = article.expected
    assert (fact.kind, fact.text, fact.ignore) == ("date", "Năm 2020", True)
    assert fact.fields == {"start_date": "2020-01-01"}


@pytest.mark.parametrize(
    ("text", "row", "fault"),
    [
        ("Năm 2020", {"kind": "date", "start": 1, "end": 8, "text": "Năm 2020"}, "does not stand at 1"),
        ("Năm 2020", {"kind": "date", "start": 0, "text": "Năm 2020"}, "'end'"),
        ("Năm 2020", {"kind": "article", "published": "hôm qua"}, "hôm qua"),
        ("Năm 2020", ["date"], "bài.jsonl"),
        ("Na\u0306m 2020", {"kind": "article"}, "moves its offsets"),
    ],
)
def test_faulty_gold_is_refused_by_its_file(tmp_path: Path, text: str, row: Any, fault: str) -> None:
    with pytest.raises(AnnotationError) as raised:
        gold(tmp_path, text, row)
    assert fault in str(raised.value)
    assert "bài.jsonl" in str(raised.value)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="no gold articles in"):
        list(read_gold(tmp_path))
