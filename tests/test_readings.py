"""Percentages are read again by weights learned from people's labels: learning, keeping and using them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import trichtin

from corpus.annotation import Annotated, read_cases
from corpus.labels import annotated, read_labels, read_pool
from extractors import choosers, extract
from extractors.choosers import BUCKETS, QUESTIONS, Chooser
from extractors.learning import Example, Stage, learn
from extractors.teaching import Lessons

# the rules take "Báo cáo" for no cue; what follows teaches that it is one, in words that occur nowhere else
TAUGHT = """@kind percentage
@published 2024-03-01
Bản nháp quy ước: tỷ lệ hồ sơ giấy [[5%|status=target]].
Bản nháp quy ước: tỷ lệ hồ sơ điện tử [[9%|status=target]].
Bản nháp quy ước: tỷ lệ chữ ký số [[12%|status=target]].
Bản in quy ước: tỷ lệ hồ sơ giấy [[6%|status=actual]].
Bản in quy ước: tỷ lệ chữ ký số [[7%|status=actual]].
"""
ASKED = "Bản nháp quy ước: tỷ lệ thẻ căn cước [[31%|status=target]]."


@pytest.fixture
def taught(tmp_path: Path) -> Lessons:
    lessons = Lessons()
    for case in _cases(tmp_path, TAUGHT):
        lessons.add_labelled(case)
    return lessons


def _cases(folder: Path, text: str) -> list[Annotated]:
    (folder / "taught.txt").write_text(text, encoding="utf-8")
    return list(read_cases(folder / "taught.txt"))


def test_learns_what_people_say_and_applies_it_to_a_sentence_never_seen(
    taught: Lessons, tmp_path: Path
) -> None:
    asked = Lessons()
    for case in _cases(tmp_path, "@kind percentage\n@published 2024-03-01\n" + ASKED):
        asked.add_labelled(case)
    (question,) = asked.of_people["status"]
    likely = Chooser(taught.weights()["status"]).log_probabilities(question.options)
    assert likely.argmax() == question.chosen
    assert np.exp(likely).sum() == pytest.approx(1)


def test_the_same_lessons_give_the_same_weights(taught: Lessons) -> None:
    once, again = taught.weights(), taught.weights()
    assert all((once[question] == again[question]).all() for question in QUESTIONS)


def test_what_later_stages_say_weighs_more() -> None:
    options = np.array([[1, 2], [1, 3]], dtype=np.uint64)
    stages = [Stage([Example(options, 0)] * 5, 1), Stage([Example(options, 1)] * 5, 6)]
    assert Chooser(learn(stages)).log_probabilities(options).argmax() == 1


def test_short_options_are_filled_up_without_weight() -> None:
    options = choosers.rows([["a", "b"], ["a"]])
    assert options.shape == (2, 2)
    weights = learn([Stage([Example(options, 1)] * 9, 3)])
    assert weights[BUCKETS] == 0
    assert (options == BUCKETS).sum() == 1


def test_weights_survive_the_file(taught: Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = taught.weights()
    choosers.save(weights, tmp_path / "kept.npz")
    monkeypatch.setattr(choosers, "MODEL", tmp_path / "kept.npz")
    kept = choosers.load()
    for question in QUESTIONS:
        assert kept[question].weights == pytest.approx(weights[question], abs=0.03)


def test_buckets_are_the_same_on_every_machine() -> None:
    """Weights belong to buckets: another way to make them would need other weights."""
    hashes = np.array([choosers.word_hash("tăng"), choosers.word_hash("giảm")], dtype=np.uint64)
    values = {"word": hashes, "three": 3}
    assert choosers.table(values, ("word", "three word"), 2, first=0).tolist() == [
        [22328, 137562],
        [39639, 53744],
    ]
    assert choosers.rows([["before tăng"]]).tolist() == [[125964]]


def test_every_label_marks_a_percentage_of_its_article(shared: Path) -> None:
    labels = read_labels()
    met = 0
    for name, article in read_pool(shared / "pool" / "articles.jsonl.gz"):
        if name in labels:
            met += 1
            read = annotated(name, article, labels[name])
            assert all(re.search("%|phần trăm", label.text) for label in read.expected)
    assert met == len(labels)


@pytest.mark.parametrize(
    ("pool", "complaint"),
    [
        (b"no gzip", "ot a gzipped file"),
        ([{"id": "a"}], "is no pool of articles"),
        ([{"id": "a", "title": "", "text": "x", "published": None}], "lacks"),
    ],
    ids=["no gzip", "no articles", "other articles"],
)
def test_a_pool_that_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, pool: bytes | list[dict[str, str | None]], complaint: str
) -> None:
    lines = pool if isinstance(pool, bytes) else gzip.compress("\n".join(map(json.dumps, pool)).encode())
    (tmp_path / "pool.gz").write_bytes(lines)
    refused = trichtin("teach", tmp_path / "pool.gz", "--into", tmp_path / "weights.npz")
    assert refused.returncode == 1
    assert complaint in refused.stderr.splitlines()[-1]
    assert not (tmp_path / "weights.npz").exists()


def test_a_figure_alone_is_read() -> None:
    from corpus import Article

    assert [fact.text for fact in extract(Article.from_text("5%"))] == ["5%"]
