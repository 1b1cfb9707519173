"""Real text that is not ours: the five seed articles go the whole way, and the gold's floors hold."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from conftest import trichtin
from raise_floors import reached

import corpus
from corpus.annotation import read_gold
from corpus.scoring import Report, score
from extractors import extract

FLOORS = json.loads((Path(corpus.__file__).parent / "gold" / "floors.json").read_text())


def report_on(directory: Path) -> Report:
    return score((annotated, extract(annotated.article)) for annotated in read_gold(directory))


@pytest.fixture(scope="session")
def reports(shared: Path) -> dict[str, Report]:
    return {name: report_on(shared / "gold" / name) for name in FLOORS}


@pytest.mark.parametrize(("name", "what"), [(name, what) for name in FLOORS for what in FLOORS[name]])
def test_floors_hold(reports: dict[str, Report], name: str, what: str) -> None:
    """Exact-fact F1 and further fields; `python tests/raise_floors.py` raises a floor, nothing lowers one."""
    assert reached(reports[name])[what] >= FLOORS[name][what]


def test_seeds_go_the_whole_way(shared: Path, tmp_path: Path) -> None:
    """Each gold fact that is found is a row, from which its exact surface can be cut from the article."""
    seeds = shared / "gold" / "seeds"
    assert trichtin("import", seeds, "--home", tmp_path).returncode == 0
    assert trichtin("build", "--home", tmp_path).returncode == 0
    with duckdb.connect(tmp_path / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        rows = published.execute(
            "select parse_filename(f.url, true), kind, span_start, span_end, surface, text"
            " from facts f join articles a using (article_id, version)"
        ).fetchall()
    stored = {row[:4]: row[4:] for row in rows}
    found = 0
    for annotated in read_gold(seeds):
        ours = {(fact.kind, fact.start, fact.end) for fact in extract(annotated.article)}
        for gold in annotated.expected:
            if (gold.kind, gold.start, gold.end) in ours:
                surface, text = stored[annotated.name, gold.kind, gold.start, gold.end]
                assert text[gold.start : gold.end] == surface == annotated.article.text[gold.start : gold.end]
                found += 1
    assert found > 150
