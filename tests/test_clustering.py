"""Words are grouped by the words beside them: the same for the same articles, all written or none."""

from __future__ import annotations

import csv
import gzip
import json
from itertools import product
from pathlib import Path

import pytest
from conftest import trichtin

from extractors.clustering import clusters
from extractors.word_classes import company, parts_of_speech, unlisted

ANIMALS, FRUITS = ("trâu", "ngựa", "dê", "lợn"), ("cam", "xoài", "mít", "ổi")
TEXTS = [
    *(
        f"đàn {animal} gặm cỏ {count} lần, con {animal} uống nước."
        for animal, count in product(ANIMALS, range(40))
    ),
    *(
        f"quả {fruit} chín vàng {count} ngày, cây {fruit} ra hoa."
        for fruit, count in product(FRUITS, range(40))
    ),
]


def test_words_in_the_same_company_are_together() -> None:
    found = clusters(TEXTS)
    animals, fruits = {found[word] for word in ANIMALS}, {found[word] for word in FRUITS}
    assert len(animals) == len(fruits) == 1
    assert animals != fruits


def test_syllables_that_always_stand_together_are_one_word_and_rare_ones_none() -> None:
    found = clusters([*TEXTS, *["mỗi ngày cao su chảy mủ"] * 50, "ngựa vằn"])
    assert "cao su" in found
    assert not {"đàn trâu", "vằn"} & found.keys()


def test_the_same_articles_give_the_same_clusters() -> None:
    assert clusters(TEXTS) == clusters(TEXTS)


def test_the_command_writes_what_the_rules_read(tmp_path: Path) -> None:
    rows = [{"id": str(n), "title": "", "text": text, "published": None} for n, text in enumerate(TEXTS)]
    (tmp_path / "pool.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    done = trichtin("group-words", tmp_path / "pool.gz", "--into", tmp_path / "clusters.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "clusters.csv").open(encoding="utf-8") as lines:
        written = list(csv.DictReader(lines))
    assert {row["word"]: int(row["cluster"]) for row in written} == clusters(TEXTS)


@pytest.mark.parametrize(
    ("pool", "complaint"),
    [(b"no gzip", "ot a gzipped file"), (gzip.compress(b""), "no word")],
    ids=["not packed", "empty"],
)
def test_a_pool_without_words_is_refused_and_nothing_is_written(
    tmp_path: Path, pool: bytes, complaint: str
) -> None:
    (tmp_path / "pool.gz").write_bytes(pool)
    refused = trichtin("group-words", tmp_path / "pool.gz", "--into", tmp_path / "clusters.csv")
    assert refused.returncode == 1
    assert complaint in refused.stderr.splitlines()[-1]
    assert not (tmp_path / "clusters.csv").exists()


def test_the_longest_listed_word_is_read_and_its_later_syllables_begin_none() -> None:
    written = ["tỷ", "lệ", "xyz", "5%", ","]
    read = parts_of_speech().read(written, [unlisted(word, capital=False) for word in written])
    assert read.begins == [True, False, True, True, True]
    assert len({*read.numbers}) == len(written)


def test_a_listed_word_that_the_text_breaks_off_is_not_read_beyond_its_end() -> None:
    for book in (parts_of_speech(), company()):
        for word in book.values:
            *front, _ = word.split(" ")
            read = book.read(front, [0] * len(front))
            assert len(read.numbers) == len(read.begins) == len(front)
