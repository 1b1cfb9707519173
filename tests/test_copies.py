"""Copies are linked to one canonical article, whatever order the pages came in and whatever was killed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from extracted import FETCHED, page, pages
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.duplicates import are_copies, outline
from warehouse import Extracted, Unreadable, Warehouse, current, publish, query
from warehouse.schema import bundled, update

ROOT = Path(__file__).parents[1]
EARLY, LATE = date(2026, 2, 27), date(2026, 2, 28)
STORY = " ".join(f"chuyện thứ {number} kể về con đường số {number * 7}" for number in range(20))
TRIMMED, SPUN = STORY[: len(STORY) * 4 // 5], "Tin mới: " + STORY.replace("thứ 5", "tin hot thứ 5")
OTHER = " ".join(f"bài {number} nói sang việc khác hẳn" for number in range(20))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "warehouse.duckdb"
    Warehouse.open(path).close()
    return path


@pytest.fixture
def path(tmp_path: Path, blank: Path) -> Path:
    return Path(shutil.copyfile(blank, tmp_path / "warehouse.duckdb"))


@pytest.fixture
def warehouse(path: Path) -> Iterator[Warehouse]:
    with Warehouse.open(path) as opened:
        yield opened


def in_memory() -> Warehouse:
    connection = duckdb.connect()
    update(connection, bundled())
    return Warehouse(connection, Path(":memory:"))


def story(number: int, text: str = STORY, *, name: str = "", day: date | None = EARLY) -> Extracted:
    """A page without facts of the article https://bao.example/NAME (or NUMBER), fetched at its turn."""
    loaded = page(number, text, url=f"https://bao.example/{name or number}", published=day, facts=[])
    return replace(loaded, fetched=FETCHED + timedelta(minutes=number))


def linked(warehouse: Warehouse) -> dict[str, str]:
    """The names of the copies, each with the name of its canonical."""
    warehouse.link_copies()
    rows = warehouse._connection.sql(
        """
        select parse_filename(copy.url), parse_filename(canonical.url)
        from articles copy join articles canonical on canonical.article_id = copy.canonical_id
        where copy.is_copy and copy.is_current and canonical.is_current
        """
    ).fetchall()
    return dict(rows)


# Which one is canonical


def test_what_was_published_first_is_canonical(warehouse: Warehouse) -> None:
    undated = story(1, TRIMMED, day=None)
    official = replace(story(2, SPUN, day=LATE), official=True)
    warehouse.load([undated, official, story(3, day=EARLY), story(4, OTHER)], "rules-1")
    assert linked(warehouse) == {"1": "3", "2": "3"}


def test_of_one_day_the_official_one_is_canonical_then_the_one_fetched_first(warehouse: Warehouse) -> None:
    press = replace(story(1), official=False)
    warehouse.load([press, replace(story(2), fetched=FETCHED), story(3)], "rules-1")
    assert linked(warehouse) == {"1": "2", "3": "2"}
    warehouse.load([replace(story(4), official=True)], "rules-1")
    assert linked(warehouse) == {"1": "4", "2": "4", "3": "4"}


def test_a_better_canonical_that_comes_later_takes_over(warehouse: Warehouse) -> None:
    warehouse.load([story(1, day=LATE), story(2, SPUN, day=LATE)], "rules-1")
    assert linked(warehouse) == {"2": "1"}
    warehouse.load([story(3, TRIMMED, day=EARLY)], "rules-1")
    assert linked(warehouse) == {"1": "3", "2": "3"}


def test_links_follow_the_current_version(warehouse: Warehouse) -> None:
    warehouse.load([story(1), story(2, name="b", day=LATE)], "rules-1")
    assert linked(warehouse) == {"b": "1"}
    warehouse.load([story(3, OTHER, name="b", day=LATE)], "rules-1")
    assert linked(warehouse) == {}
    warehouse.load([Unreadable(3, None, "a list")], "rules-2")
    assert linked(warehouse) == {"b": "1"}


# What readers see


def test_all_copies_are_kept_and_can_be_counted_once(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.load(pages(1, 3), "rules-1")
    published = publish(warehouse, tmp_path / "published").database
    (counted,) = query(
        published,
        """
        select count(*) as facts, count(*) filter (not is_copy) as once,
            count(distinct article_id) as articles, count(distinct canonical_id) as stories
        from facts
        """,
    ).to_pylist()
    assert counted == {"facts": 18, "once": 6, "articles": 3, "stories": 1}
    (marked,) = query(published, "select count(*) as n from articles where not is_copy").to_pylist()
    assert marked == {"n": 1}


def test_linking_again_changes_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.load([story(1), story(2)], "rules-1")
    generation = publish(warehouse, tmp_path)
    assert publish(warehouse, tmp_path) == generation == current(tmp_path)
    warehouse.load([story(1), story(2)], "rules-1")
    assert publish(warehouse, tmp_path) == generation


# Whatever order


VARIANTS = [STORY, TRIMMED, SPUN, TRIMMED.replace("kể", "nói"), OTHER, OTHER + " Hết.", STORY + OTHER, ""]


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Extracted]:
    """Pages of a handful of articles, some in several versions."""
    count = draw(st.integers(2, 8))
    return [
        replace(
            story(
                number,
                draw(st.sampled_from(VARIANTS)),
                name=draw(st.sampled_from("abcdef")),
                day=draw(st.sampled_from([EARLY, LATE, None])),
            ),
            official=draw(st.sampled_from([True, False, None])),
            fetched=FETCHED + timedelta(hours=draw(st.integers(0, 3))),
        )
        for number in range(1, count + 1)
    ]


@settings(max_examples=15)
@given(data=st.data(), loaded=newsrooms())
def test_the_links_hang_on_the_pages_alone(data: st.DataObject, loaded: list[Extracted]) -> None:
    cuts = [0, *sorted(data.draw(st.sets(st.integers(1, len(loaded) - 1)))), len(loaded)]
    shuffled = data.draw(st.permutations(loaded))
    with in_memory() as at_once, in_memory() as in_parts:
        at_once.load(loaded, "rules-1")
        links = linked(at_once)
        in_parts.load(loaded[:1], "rules-0")
        linked(in_parts)
        for start, end in pairwise(cuts):
            in_parts.load(shuffled[start:end], "rules-1")
            linked(in_parts)
        assert linked(in_parts) == links
    newest = {str(one.article.url)[-1]: outline(one.article.text) for one in loaded}
    for copy, canonical in links.items():
        assert are_copies(newest[copy], newest[canonical])
        assert canonical not in links


LINK = """
import os, signal, sys
from pathlib import Path
from warehouse import Warehouse, copies

path, function, calls = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def watch(frame, event, _):
    global calls
    if event == "call" and frame.f_code.co_name == function:
        calls -= 1
        if not calls:
            os.kill(os.getpid(), signal.SIGKILL)

copies.BATCH = 3
with Warehouse.open(path) as warehouse:
    sys.setprofile(watch)
    warehouse.link_copies()
"""


def test_a_killed_run_goes_on_where_it_was(path: Path) -> None:
    texts = [STORY, OTHER, TRIMMED, *(STORY.replace("đường", f"làng {n}") for n in range(9)), SPUN]
    with Warehouse.open(path) as warehouse:
        warehouse.load([story(number, text) for number, text in enumerate(texts, 1)], "rules-1")
    whole = shutil.copyfile(path, path.with_name("whole"))
    for function, calls in (("_compare", 2), ("_insert", 5), ("_links", 1), ("changed", 1)):
        command = [sys.executable, "-c", LINK, str(path), function, str(calls)]
        killed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    with Warehouse.open(path) as survivor, Warehouse.open(whole) as undisturbed:
        assert linked(survivor) == linked(undisturbed) != {}


# Warehouses of other versions


def test_signatures_of_another_scheme_are_made_anew(warehouse: Warehouse) -> None:
    warehouse.load([story(1), story(2, SPUN)], "rules-1")
    assert linked(warehouse) == {"2": "1"}
    warehouse._connection.execute("update stored.bands set band = hash(fingerprint)")
    warehouse._connection.execute("update stored.state set copies = 'older'")
    warehouse.load([story(3, TRIMMED)], "rules-1")
    assert linked(warehouse) == {"2": "1", "3": "1"}


def test_articles_loaded_before_copies_were_linked_are_linked(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    first = bundled()[0]
    with duckdb.connect(path) as connection:
        connection.execute("create schema stored")
        connection.execute("create table stored.migrations (number integer, name varchar, checksum varchar)")
        connection.execute(first.sql)
        connection.execute("insert into stored.migrations values (?, ?, ?)", first[:3])
        rows = [(1, "a", STORY), (2, "b", SPUN)]
        connection.executemany(
            """
            insert into stored.articles
            select $1, $2, 'v', 'https://bao.example/' || $2, null, null, null, '2026-03-01', $3, 'rules-1'
            """,
            rows,
        )
    with Warehouse.open(path) as warehouse:
        assert linked(warehouse) == {"b": "a"}
