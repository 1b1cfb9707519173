"""The store: what was reported as added is there exactly once, as it was."""

from __future__ import annotations

import os
import resource
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored import FETCHED, archived, page, stored

from corpus.article import Page
from corpus.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = st.builds(
    Page,
    url=st.just("http://bao.test/ậ?x=1"),
    body=st.binary(max_size=5000),
    fetched=st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    content_type=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
    status=st.integers(100, 599),
    site=st.text(max_size=20),
    declared=st.dictionaries(st.sampled_from(["title", "published", "source"]), st.text(max_size=50)),
)


@given(PAGES)
@settings(max_examples=50, deadline=None)
def test_a_page_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, given_page: Page) -> None:
    home = tmp_path_factory.mktemp("home")
    with Store.open(home) as store:
        assert store.add(given_page) == 1
    assert stored(home) == [(1, given_page)]


def test_numbers_grow_from_one_and_pages_are_found_by_them(tmp_path: Path) -> None:
    pages = [page(str(i), os.urandom(100)) for i in range(5)]
    with Store.open(tmp_path) as store:
        assert [store.add(p) for p in pages] == [1, 2, 3, 4, 5]
        assert list(store.pages([4, 2])) == [(4, pages[3]), (2, pages[1])]
        with pytest.raises(StoreError, match="there is no page 6"):
            next(store.pages([6]))


def test_what_did_not_change_is_not_stored_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert store.add(page()) == 1
        assert store.add(page()) is None
        assert store.add(page(declared={"published": "2021-06-15"})) == 2
        assert store.add(page(body=b"changed", declared={"published": "2021-06-15"})) == 3
        assert store.add(page()) == 4  # changed back: only the newest version counts
        assert store.add(page("b")) == 5


def test_one_writer_at_a_time_and_readers_beside_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page())
        with pytest.raises(StoreError, match=rf"written by another process \(pid {os.getpid()}\)"):
            Store.open(tmp_path).__enter__()
        assert [number for number, _ in stored(tmp_path)] == [1]
        store.add(page("b"))
        assert [number for number, _ in stored(tmp_path)] == [1, 2]


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing is stored here yet"), Store.reading(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="File exists"), Store.open(tmp_path / "file"):
        pass


@pytest.mark.parametrize("url", ["", "a b", "http://bao.test/\r\nWARC-Type: warcinfo"])
def test_a_url_that_would_break_a_record_is_refused(tmp_path: Path, url: str) -> None:
    with Store.open(tmp_path) as store, pytest.raises(StoreError, match="no URL that can be stored"):
        store.add(Page(url, b"x", FETCHED))


@pytest.mark.parametrize(("size", "full"), [(60_000, "pages-000001.warc.gz"), (10, "ledger.sqlite")])
def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, size: int, full: str) -> None:
    with Store.open(tmp_path) as store, files_of_at_most(300_000):
        with pytest.raises(StoreError, match=full) as told:
            add_for_ever(store, size)
        added = len(store.numbers())
        assert "\n" not in str(told.value)
        assert added > 2
        assert store.frontier.state(f"http://bao.test/{added}") is None
    assert archived(tmp_path) == [f"http://bao.test/{i}" for i in range(added)]
    with Store.open(tmp_path) as store:
        assert store.add(page("again")) == added + 1


def add_for_ever(store: Store, size: int) -> None:
    for i in count():
        store.add(page(str(i), os.urandom(size), site="bao"))


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that is full as soon as a file would grow above so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
