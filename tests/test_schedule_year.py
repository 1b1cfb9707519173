"""Twelve sites, four times a day: kills and days off lose nothing, what goes wrong is told within a day.

The suite runs SUITE days; `TRICHTIN_SIMULATED_DAYS=365 pytest tests/test_schedule_year.py` runs the year.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from simulated import BEGIN, EVERY, OFF, REDESIGNED, SILENT, at, lived, papers, reports

from corpus.crawls import KILLED, CrawlReport
from corpus.frontier import DAY, HOUR

SUITE = 24
DAYS = float(os.environ.get("TRICHTIN_SIMULATED_DAYS", SUITE))
MEMORY = Path("/dev/shm")  # noqa: S108  (whether disks are slow is not asked here)


@pytest.fixture(scope="module")
def homes() -> Iterator[dict[bool, Path]]:
    """A disturbed home and an undisturbed one, by whether they were disturbed."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as directory:
        found = {disturbed: Path(directory, str(disturbed)) for disturbed in (True, False)}
        with ProcessPoolExecutor(2, get_context("spawn")) as processes:
            for run in [processes.submit(lived, home, DAYS, disturbed=how) for how, home in found.items()]:
                run.result()
        yield found


@pytest.fixture(scope="module")
def crawls(homes: dict[bool, Path]) -> dict[str, list[CrawlReport]]:
    return reports(homes[True])


def turn(crawl: CrawlReport, first: CrawlReport) -> int:
    return int((crawl.started - first.started) // EVERY)


def test_no_crawl_is_lost_or_doubled(crawls: dict[str, list[CrawlReport]]) -> None:
    assert len(crawls) == 12
    for begun in crawls.values():
        turns = [turn(crawl, begun[0]) for crawl in begun if crawl.finished]
        assert len(turns) == len(set(turns))
        missed = {gone for last, now in pairwise(turns) for gone in range(last + 1, now)}
        off = [begun[0].started + EVERY * each for each in missed]
        assert len(off) in {7, 8}  # of the two days
        assert all(at(DAYS, OFF) - EVERY < moment < at(DAYS, OFF) + 2 * DAY for moment in off)
        assert turns[-1] == (BEGIN + DAYS * DAY - begun[0].started - HOUR) // EVERY


def test_what_was_killed_is_on_record_and_tried_again_soon(crawls: dict[str, list[CrawlReport]]) -> None:
    ends = Counter(crawl.because for begun in crawls.values() for crawl in begun)
    assert 0.005 < ends[KILLED] / ends.total() < 0.03
    assert set(ends) == {KILLED, "finished"}
    for begun in crawls.values():
        for killed, following in pairwise(begun):
            if killed.because == KILLED and not at(DAYS, OFF) < following.started < at(DAYS, OFF) + 3 * DAY:
                assert following.started - killed.started < HOUR


def test_a_redesign_is_told_within_a_day_and_for_a_week(crawls: dict[str, list[CrawlReport]]) -> None:
    began = at(DAYS, REDESIGNED)
    told = [
        crawl.started for crawl in crawls["moi"] if any("published was" in line for line in crawl.breaches)
    ]
    assert began < told[0] < began + DAY + EVERY / 6
    assert max(late - early for early, late in pairwise(told)) < DAY
    assert told[-1] > began + 6 * DAY


def test_a_silence_is_told_within_a_day_and_for_ever(crawls: dict[str, list[CrawlReport]]) -> None:
    began = at(DAYS, SILENT)
    silent = [crawl for crawl in crawls["im"] if any("no new article" in line for line in crawl.breaches)]
    assert began < silent[0].started < began + DAY
    assert silent == [
        crawl for crawl in crawls["im"] if crawl.started >= silent[0].started and crawl.finished
    ]


def test_nobody_else_is_accused(crawls: dict[str, list[CrawlReport]]) -> None:
    for name, begun in crawls.items():
        told = {line.split(" ", 1)[0] for crawl in begun for line in crawl.breaches}
        assert told == {"moi": {"published"}, "im": {"no"}}.get(name, set())


def test_the_warehouse_is_that_of_an_undisturbed_home(homes: dict[bool, Path]) -> None:
    disturbed, undisturbed = (rows(homes[how]) for how in (True, False))
    assert disturbed == undisturbed
    published = sum(len(one.published_until(BEGIN + DAYS * DAY - EVERY)) for one in papers(DAYS).values())
    assert published <= len(disturbed["articles"]) <= published + 12
    assert len(disturbed["facts"]) > 3 * published


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that readers get, without what tells at which hours pages came home."""
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        columns = published.execute(
            """
            select table_name, string_agg(column_name, ', ' order by column_index) from duckdb_columns()
            where schema_name = 'main' and not internal
                and table_name <> 'runs' and column_name not like '%fetched'
            group by all
            """
        ).fetchall()
        return {
            view: published.execute(f"select {names} from {view} order by all").fetchall()
            for view, names in columns
        }
