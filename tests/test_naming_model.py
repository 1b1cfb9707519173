"""The model of names: it learns from rules, votes and people, and is believed only about unknown persons."""

from __future__ import annotations

import gzip
import json
from itertools import chain
from pathlib import Path

import pytest
from conftest import trichtin

from corpus.article import Article
from corpus.facts import Entity
from corpus.labels import read_links, read_names, read_pool
from extractors import extract, namer
from extractors.document import Document
from extractors.gazetteer import Word, words
from extractors.naming_lessons import Lessons
from extractors.naming_training import train
from extractors.unnamed import runs

NAMES = ("Zorvan Quellish", "Brix Tandemar", "Wolmer Fessik", "Grend Ossivar", "Plix Vandroy", "Kess Morwick")
PLACES = ("Florwick", "Brendax", "Quilmor", "Zandrel")


def lines(text: str) -> list[list[Word]]:
    return [list(words(text, line)) for line in Document(Article.from_text(text)).lines]


def taught() -> Lessons:
    """People's labels: who stands in front of "hát" sings, what stands behind "ghé" is a place."""
    lessons = Lessons()
    for name in NAMES:
        for place in PLACES:
            text = f"Hôm ấy {name} hát rất hay. Cả đoàn ghé {place} lúc chiều."
            spans = {name: "PER", place: "LOC"}
            named = {(text.index(w), text.index(w) + len(w)): label for w, label in spans.items()}
            lessons.add_labelled(Article.from_text(text), named)
    return lessons


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    train(taught(), taught(), folder, steps=40)
    return folder


def named_by(model: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(namer, "MODEL", model)
    return [text[span.start : span.end] for span in namer.unknown_persons(lines(text), set())]


def test_a_person_never_seen_is_known_by_what_stands_around_it(
    trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert named_by(trained, "Hôm ấy Tharn Bellwick hát rất hay.", monkeypatch) == ["Tharn Bellwick"]


def test_the_model_is_believed_about_no_place_and_no_single_word(
    trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert named_by(trained, "Cả đoàn ghé Vostrik Dunbar lúc chiều.", monkeypatch) == []
    assert named_by(trained, "Hôm ấy Tharn hát rất hay.", monkeypatch) == []


def test_the_same_lessons_give_the_same_model(trained: Path, tmp_path: Path) -> None:
    train(taught(), taught(), tmp_path / "again", steps=40)
    assert (tmp_path / "again" / "ner" / "model").read_bytes() == (trained / "ner" / "model").read_bytes()


def test_no_word_of_the_articles_is_kept_in_the_model(trained: Path) -> None:
    kept = b"".join(path.read_bytes() for path in trained.rglob("*") if path.is_file())
    assert not [word for word in chain(*map(str.split, NAMES), PLACES) if word.encode() in kept]


def test_what_rules_leave_open_is_neither_name_nor_none_until_somebody_votes() -> None:
    text = "Hôm qua ông Nguyễn Văn Bình gặp Tharn Bellwick ở Hà Nội."
    lessons = Lessons()
    lessons.add(Article.from_text(text))
    (doc,) = lessons.sentences
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Nguyễn Văn Bình", "PER"), ("Hà Nội", "LOC")]
    assert {token.text for token in doc if token.ent_iob == 0} == {"Tharn", "Bellwick"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hôm qua Tharn Bellwick đến.", ["Tharn Bellwick"]),
        ("Hôm qua Kim Dae-ho đến.", ["Kim Dae-ho"]),
        ("Chủ tịch và Phó Giám đốc họp; GDP tăng, USD giảm.", ["Phó Giám"]),
        ("Bốn người.", []),
        ("HỘI NGHỊ TỔNG KẾT CÔNG TÁC NĂM CỦA TOÀN NGÀNH", []),
    ],
)
def test_runs_of_capitals_that_may_be_names(text: str, expected: list[str]) -> None:
    found = [[w.text for w in line[run.start : run.end]] for line in lines(text) for run in runs(line, set())]
    assert found == [list(map(str, _split(name))) for name in expected]


def _split(name: str) -> list[str]:
    return [word.text for word in words(name, Document(Article.from_text(name)).lines[0])]


def test_the_model_of_the_package_finds_a_person_that_no_rule_knows() -> None:
    text = "Chiều qua nhạc sĩ Hoài Khôi khẳng định đã xong, nhưng tạp chí Modern Wayfarer không đăng."
    found = [fact for fact in extract(Article.from_text(text)) if isinstance(fact, Entity)]
    assert [(fact.text, fact.label) for fact in found if fact.rule == "entity.model"] == [
        ("Hoài Khôi", "PER")
    ]


@pytest.mark.parametrize(
    ("pool", "complaint"),
    [
        (b"no gzip", "ot a gzipped file"),
        ([{"id": "a"}], "is no pool of articles"),
        ([{"id": "a", "title": "", "text": "x", "published": None}], "lacks"),
        (None, "No such file"),
    ],
    ids=["no gzip", "no articles", "other articles", "no file"],
)
def test_a_pool_that_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, pool: bytes | list[dict[str, str | None]] | None, complaint: str
) -> None:
    path = tmp_path / "pool.gz"
    if pool is not None:
        rows = pool if isinstance(pool, bytes) else gzip.compress("\n".join(map(json.dumps, pool)).encode())
        path.write_bytes(rows)
    refused = trichtin("train-ner", path, "--into", tmp_path / "model")
    assert refused.returncode == 1
    assert complaint in refused.stderr.splitlines()[-1]
    assert not (tmp_path / "model").exists()


def test_labels_are_of_articles_of_the_pool_and_the_test_is_apart(shared: Path) -> None:
    train_, test = read_names("train"), read_names("test")
    assert not train_.keys() & test.keys()
    assert read_links().keys() <= test.keys()
    lengths = {name: len(article.text) for name, article in read_pool(shared / "pool" / "articles.jsonl.gz")}
    for name, labels in (train_ | test).items():
        assert all(0 <= start < end <= lengths[name] for start, end in labels)
