"""Sites parted among machines, and what they crawled joined again: the same as one crawl of all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import trichtin, trichtin_process
from paper import Paper, at, declare, rss, story
from stored import FETCHED, page, stored

from corpus.article import Page
from corpus.crawls import CrawlReport
from corpus.store import Store
from pipeline.failures import Failure
from pipeline.sharding import Shard

MANY = [f"bao-{number}" for number in range(1000)]


def test_every_site_falls_to_one_shard_and_to_the_same_one_every_time() -> None:
    shards = [Shard(number, 5) for number in range(1, 6)]
    held = [[shard.number for shard in shards if shard.holds(name)] for name in MANY]
    assert {len(one) for one in held} == {1}
    assert min(Counter(number for (number,) in held).values()) > 150
    assert [number for (number,) in held[:5]] == [5, 5, 1, 4, 3]  # on any machine, in any process


def test_a_further_shard_moves_few_sites_and_only_to_itself() -> None:
    def shard(name: str, of: int) -> int:
        return next(number for number in range(1, of + 1) if Shard(number, of).holds(name))

    moved = [name for name in MANY if shard(name, 5) != shard(name, 6)]
    assert 120 < len(moved) < 220  # a sixth
    assert {shard(name, 6) for name in moved} == {6}


@pytest.mark.parametrize("written", ["", "2", "0/5", "6/5", "a/b", "2/5 ", "-1/5"])
def test_what_is_no_shard_is_refused(written: str) -> None:
    with pytest.raises(Failure, match="write it like 2/5"):
        Shard.read(written)


def rows(home: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        facts = (
            "select url, kind, span_start, span_end, surface, rule, sentence, source from facts order by all"
        )
        runs = "select site, because, new, failed from runs order by all"
        return published.execute(facts).fetchall() + published.execute(runs).fetchall()


def test_two_shards_merged_are_one_crawl_of_all(tmp_path: Path) -> None:
    with Paper() as one, Paper() as other:
        for paper in (one, other):
            paper.answers = {at(n): story(n) for n in range(4)} | {"/rss.xml": rss(map(at, range(4)))}
        sites = declare(tmp_path / "sites", bao=one.home, dai=other.home)
        assert [Shard(2, 2).holds(name) for name in ("bao", "dai")] == [True, False]
        for home, shard in (("all", ()), ("1", ("--shard", "1/2")), ("2", ("--shard", "2/2"))):
            done = trichtin_process("crawl", "--sites", sites, "--home", tmp_path / home, *shard)
            assert done.returncode == 0, done.stderr
    merged = tmp_path / "merged"
    for report in ("8 new, 0 known already", "0 new, 8 known already"):
        done = trichtin("merge", tmp_path / "1", tmp_path / "2", "--home", merged)
        assert (done.returncode, done.stdout) == (0, f"{report}; next: trichtin build --home {merged}\n")
    assert len(stored(tmp_path / "1")) == len(stored(tmp_path / "2")) == 4
    for home in ("all", "merged"):
        assert trichtin("build", "--home", tmp_path / home).returncode == 0
    assert rows(merged) == rows(tmp_path / "all")


def version(number: int) -> Page:
    return replace(page(body=b"<p>%d</p>" % number), fetched=FETCHED + timedelta(days=number))


def home(directory: Path, *pages: Page) -> Path:
    with Store.open(directory) as store:
        for one in pages:
            store.add(one)
    return directory


def merged(*others: Path, into: Path) -> str:
    done = trichtin("merge", *others, "--home", into)
    assert done.returncode == 0, done.stderr
    return done.stdout.partition(";")[0]


def test_every_version_is_taken_once_however_often_and_over_whom_it_comes(tmp_path: Path) -> None:
    """A text that was changed and changed back is three versions, also where it goes through other homes."""
    back = replace(version(1), fetched=FETCHED + timedelta(days=3))
    first = home(tmp_path / "first", version(1), version(2), back)
    second = tmp_path / "second"
    assert merged(first, into=second) == "3 new, 0 known already"
    third = tmp_path / "third"
    assert merged(first, second, into=third) == "3 new, 3 known already"
    assert merged(second, first, into=third) == "0 new, 6 known already"
    assert [one for _, one in stored(third)] == [version(1), version(2), back]


def test_an_older_version_that_comes_later_is_kept_and_is_not_the_newest(tmp_path: Path) -> None:
    old, new = home(tmp_path / "old", version(1)), home(tmp_path / "new", version(2))
    merged(old, into=new)
    assert [one for _, one in stored(new)] == [version(2), version(1), version(2)]
    with Store.reading(new) as store:
        assert store.newest(version(1).url) == version(2)
    assert merged(old, into=new) == "0 new, 1 known already"
    assert merged(new, into=old) == "1 new, 2 known already"
    assert [one for _, one in stored(old)] == [version(1), version(2)]


def test_crawls_are_taken_once(tmp_path: Path) -> None:
    crawl = CrawlReport("bao", 1000.0, 1060.0, "finished", new=3, failed={"HTTP 404": 1})
    with Store.open(tmp_path / "other") as other:
        other.crawls.end(other.crawls.begin("bao", 1000.0), crawl)
        other.crawls.begin("bao", 2000.0)  # killed
    for _ in range(2):
        merged(tmp_path / "other", into=tmp_path / "home")
    with Store.reading(tmp_path / "home") as store:
        assert store.crawls.last("bao", 10) == [crawl]


def test_what_cannot_be_merged_is_said_in_a_line(tmp_path: Path) -> None:
    here = home(tmp_path / "home", version(1))
    for other, line in (
        (here, f"{here} cannot be merged into itself"),
        (tmp_path / "none", f"{tmp_path / 'none'}: nothing is stored here yet"),
    ):
        refused = trichtin("merge", other, "--home", here)
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", f"trichtin: {line}\n")
    assert [one for _, one in stored(here)] == [version(1)]


def test_a_shard_without_a_site_of_those_named_crawls_nothing(tmp_path: Path) -> None:
    with Paper() as paper:
        sites = declare(tmp_path / "sites", bao=paper.home)
        done = trichtin_process("crawl", "--sites", sites, "--shard", "1/2", "--home", tmp_path / "home")
    assert (done.returncode, done.stderr, sum(paper.asked.values())) == (0, "", 0)
