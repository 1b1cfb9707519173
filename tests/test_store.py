"""The store: what was reported as added is there exactly once, whatever happens to its writer."""

from __future__ import annotations

import gzip
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from corpus import archive
from corpus.article import Page
from corpus.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FETCHED = datetime(2021, 6, 15, 7, 30, 0, 123456, UTC)

# Adds pages for ever; a line is printed only when `add` has returned. Given a moment, it kills itself there
# in the third.
WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from corpus.article import Page
from corpus.ledger import Ledger
from corpus.store import Store

def killed_in(module, name, calls, before=lambda *args: None):
    real = getattr(module, name)
    left = iter(range(calls))
    def call(*args):
        if next(left, None) is None:
            before(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    setattr(module, name, call)

home, size, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
write = os.write
if moment == "half":
    killed_in(os, "write", 2, lambda file, data: write(file, data[: len(data) // 2]))
if moment == "written":
    killed_in(os, "fsync", 3)  # one more for the new file's directory
if moment == "synced":
    killed_in(Ledger, "add", 2)
with Store.open(home) as store:
    first = len(store.numbers())
    for i in range(first, first + 10_000):
        body = f"trang {i} ".encode() + bytes(j * i % 251 for j in range(size))
        number = store.add(Page(f"http://bao.test/{i}", body, datetime.now(UTC), "text/html", site="bao"))
        print(number, i, flush=True)
"""


def page(name: str = "a", body: bytes = b"<p>Xin ch\xc3\xa0o</p>", **rest: object) -> Page:
    return Page(f"http://bao.test/{name}", body, FETCHED, "text/html; charset=utf-8", **rest)  # type: ignore[arg-type]


def stored(home: Path) -> list[tuple[int, Page]]:
    with Store.reading(home) as store:
        return list(store.pages(store.numbers()))


def archived(home: Path) -> list[str]:
    """The URLs of all response records, read by warcio with digests checked."""
    urls = []
    for path in sorted(home.glob("archive/*")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    urls.append(record.rec_headers.get_header("WARC-Target-URI"))
    return urls


def warc_file(home: Path) -> Path:
    return max((home / "archive").iterdir())


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


@pytest.mark.parametrize("acknowledged", [0, 1, 2, 7, 40])
def test_a_killed_writer_loses_nothing_and_doubles_nothing(tmp_path: Path, acknowledged: int) -> None:
    said: list[list[str]] = []
    for _ in range(2):
        said += killed_writer(tmp_path, acknowledged)
        with Store.open(tmp_path) as store:
            assert store.numbers() == list(range(1, len(store.numbers()) + 1))
        assert_whole(tmp_path, said)


@pytest.mark.parametrize(("moment", "kept"), [("half", 2), ("written", 3), ("synced", 3)])
def test_a_writer_killed_inside_an_add(tmp_path: Path, moment: str, kept: int) -> None:
    said = killed_writer(tmp_path, 3, moment)
    assert len(said) == 2
    with Store.open(tmp_path) as store:
        assert store.numbers() == list(range(1, kept + 1))
        assert store.add(page()) == kept + 1
    assert_whole(tmp_path, said)


def killed_writer(home: Path, lines: int, moment: str = "") -> list[list[str]]:
    """Runs a writer, kills it after so many lines; all lines that it got out."""
    command = [sys.executable, "-c", WRITER, str(home), "20000", moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL
    return [line.split() for line in said if line.endswith("\n")]


def assert_whole(home: Path, said: list[list[str]]) -> None:
    pages = stored(home)
    urls = [p.url for _, p in pages]
    assert len(urls) == len(set(urls))
    assert archived(home) == urls
    by_number = dict(pages)
    assert all(by_number[int(number)].url == f"http://bao.test/{i}" for number, i in said)


@pytest.mark.parametrize("kept", [1, 9, 30, 200, 400])
def test_a_half_record_is_cut_off(tmp_path: Path, kept: int) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
    whole = warc_file(tmp_path).read_bytes()
    with warc_file(tmp_path).open("ab") as file:
        file.write(gzip.compress(os.urandom(1000))[:kept])
    with Store.open(tmp_path) as store:
        assert store.numbers() == [1]
        assert warc_file(tmp_path).read_bytes() == whole
        assert store.add(page("b")) == 2
    assert archived(tmp_path) == ["http://bao.test/a", "http://bao.test/b"]


def test_the_last_record_cut_anywhere_is_healed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
        start = warc_file(tmp_path).stat().st_size
        store.add(page("b"))
    whole = warc_file(tmp_path).read_bytes()
    forget(tmp_path, 2)
    for end in (*range(start, len(whole), 9), len(whole) - 1):
        warc_file(tmp_path).write_bytes(whole[:end])
        with Store.open(tmp_path) as store:
            assert store.numbers() == [1]
        assert warc_file(tmp_path).read_bytes() == whole[:start]
    warc_file(tmp_path).write_bytes(whole)
    with Store.open(tmp_path) as store:
        assert store.numbers() == [1, 2]
        assert store.frontier.state("http://bao.test/b") == "stored"


def forget(home: Path, number: int) -> None:
    """The ledger as it is when its writer was killed before it committed the page."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("DELETE FROM pages WHERE number = ?", (number,))
        ledger.execute("DELETE FROM urls WHERE url NOT IN (SELECT url FROM pages)")


def test_a_lost_ledger_is_made_anew_from_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ROLL_AT", 3000)
    with Store.open(tmp_path) as store:
        for i in range(12):
            store.add(page(str(i % 7), os.urandom(700), site="bao", declared={"title": f"Bài {i}"}))
    before = stored(tmp_path)
    assert len(list((tmp_path / "archive").iterdir())) > 2
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with Store.open(tmp_path) as store:
        assert store.frontier.states() == {"stored": 7}
        assert store.add(before[-1][1]) is None
    assert stored(tmp_path) == before


def test_a_reader_too_makes_a_lost_ledger_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
        store.add(page("b"))
    before = stored(tmp_path)
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with Store.reading(tmp_path) as store:
        assert list(store.pages(store.numbers())) == before


def test_an_archive_keeps_its_identity_and_no_other_has_it(tmp_path: Path) -> None:
    identities = []
    for home in (tmp_path / "one", tmp_path / "other"):
        with Store.open(home) as store:
            assert store.identity is None
            store.add(page("a"))
            identities.append(store.identity)
            store.add(page("b"))
        with Store.reading(home) as store:
            assert store.identity == identities[-1]
    assert len(set(identities) - {None}) == 2


def test_the_identity_of_a_damaged_archive_is_not_guessed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page())
    path = warc_file(tmp_path)
    path.write_bytes(bytes(40) + path.read_bytes()[40:])
    with Store.reading(tmp_path) as store, pytest.raises(StoreError, match="first record is gone or damaged"):
        store.identity  # noqa: B018
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with pytest.raises(StoreError, match="is damaged at byte 0, with whole records behind"):
        Store.reading(tmp_path).__enter__()


def test_damage_before_whole_records_is_told_and_nothing_thrown_away(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for name in "abc":
            store.add(page(name))
    path = warc_file(tmp_path)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with (
        pytest.raises(StoreError, match=r"damaged at byte \d+, with whole records behind"),
        Store.open(tmp_path),
    ):
        pass
    assert path.read_bytes() == damaged


def test_an_archive_that_lost_bytes_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page())
    path = warc_file(tmp_path)
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(StoreError, match="where the ledger knows"), Store.open(tmp_path):
        pass
    with Store.reading(tmp_path) as store, pytest.raises(StoreError, match="no readable record"):
        list(store.pages([1]))


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
