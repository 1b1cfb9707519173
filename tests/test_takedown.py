"""What is taken down is in no file any more, and never comes back; all else stays as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from conftest import PLAIN, trichtin, trichtin_process
from served import serving
from stored import FETCHED, page, stored
from warcio.archiveiterator import ArchiveIterator

from corpus.article import Page, article_id
from corpus.store import Store
from warehouse import reading

BAD = "https://bao.test/bai-xau.html"
TWIN = "http://www.bao.test/bai-xau.html"
COPY = "https://khac.test/chep.html"
NAME = "Bà Hồ Thị Kín Đáo"
TOLD = (
    f"{NAME} ở tỉnh Cao Bằng cho biết năm 2031 tỷ lệ hộ nghèo còn 7,31%, theo Quyết định số 7319/QĐ-UBND, "
    "và hơn 731 hộ trong xã đã có nhà mới trước mùa mưa, nhờ hỗ trợ của chính quyền địa phương."
)


def article(url: str, text: str) -> Page:
    return Page(url, f"<article><h1>Tin</h1><p>{text}</p></article>".encode(), FETCHED, "text/html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Store.open(home) as store:
        for number in range(6):
            text = (
                f"Năm 20{number + 30}, phấn đấu {number + 40}% người dân xã số {number} hài lòng với dịch vụ."
            )
            store.add(article(f"https://bao.test/{number}.html", text))
            if number == 3:
                store.add(article(BAD, TOLD))
                store.add(article(BAD, f"{TOLD} Cập nhật lúc 9 giờ."))
                store.add(article(TWIN, TOLD))
    assert trichtin("build", "--home", home).returncode == 0
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home", symlinks=True))


def take_down(home: Path, named: str = BAD) -> subprocess.CompletedProcess[str]:
    return trichtin("takedown", named, "--reason", "Tòa yêu cầu", "--home", home)


def unpacked(file: Path) -> bytes:
    """All that is in a file, also behind whatever packs it."""
    content = file.read_bytes()
    found, at = [content], content.find(b"\x1f\x8b\x08")
    while at >= 0:
        with suppress(zlib.error):
            found.append(zlib.decompressobj(31).decompress(content[at:]))
        at = content.find(b"\x1f\x8b\x08", at + 1)
    return b"".join(found)


def holding(home: Path) -> set[str]:
    """The files that hold a name only the bad article has."""
    files = [path for path in home.rglob("*") if path.is_file() and not path.is_symlink()]
    return {str(path.relative_to(home)) for path in files if NAME.encode() in unpacked(path)}


def urls(database: Path) -> set[str]:
    with duckdb.connect(database, read_only=True) as published:
        rows = published.execute("select url from articles").fetchall()
        facts = published.execute("select url from facts").fetchall()
        return {url for (url,) in [*rows, *facts]}


def assert_gone(home: Path) -> None:
    assert holding(home) == set()
    assert not {BAD, TWIN} & {kept.url for _, kept in stored(home)}
    for database in [home / "warehouse.duckdb", *home.glob("published/*/warehouse.duckdb")]:
        assert not {BAD, TWIN} & urls(database)
    assert trichtin("search", "Kín Đáo", "--home", home).stdout == ""


def test_no_file_holds_it_any_more_and_all_else_stays(home: Path) -> None:
    before = [(number, kept) for number, kept in stored(home) if kept.url not in {BAD, TWIN}]
    assert {"published/generation-0001/warehouse.duckdb", "warehouse.duckdb"} & holding(home)
    assert "archive/pages-000001.warc.gz" in holding(home)
    done = take_down(home, TWIN.replace("http:", "https:"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        f"taken down: {TWIN}",
        f"taken down: {BAD}",
        "published generation 2 without it",
    ]
    assert_gone(home)
    assert stored(home) == before
    assert len(urls(home / "published" / "current" / "warehouse.duckdb")) == 6


def test_the_archive_stays_one_that_others_can_read(home: Path) -> None:
    take_down(home)
    with (home / "archive" / "pages-000001.warc.gz").open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", *["response"] * 4, *["metadata"] * 3, *["response"] * 2, *["metadata"] * 2]


def test_it_is_named_by_its_article_id_too_and_listed(home: Path) -> None:
    assert take_down(home, article_id(BAD)).returncode == 0
    assert_gone(home)
    listed = trichtin("takedown", "--list", "--home", home).stdout
    assert (BAD in listed, article_id(TWIN) in listed, "Tòa yêu cầu" in listed) == (True, True, True)


def test_copies_are_told_and_stay(home: Path) -> None:
    with Store.open(home) as store:
        store.add(article(COPY, f"{TOLD} Cập nhật lúc 9 giờ."))
    assert trichtin("build", "--home", home).returncode == 0
    assert f"a copy stays: {COPY}; run: trichtin takedown {COPY} --reason" in take_down(home).stdout
    assert COPY in urls(home / "published" / "current" / "warehouse.duckdb")


@pytest.mark.parametrize("lost", [False, True])
def test_no_url_of_it_is_stored_again(home: Path, lost: bool) -> None:
    take_down(home)
    for ledger in home.glob("ledger.sqlite*") if lost else ():
        ledger.unlink()
    spellings = [BAD, TWIN, f"{BAD}?utm_source=x", "https://m.bao.test/bai-xau.html/"]
    with Store.open(home) as store:
        assert [store.add(article(url, TOLD)) for url in spellings] == [None] * 4
        assert store.frontier.discover("bao", spellings, 0) == 0
        assert store.frontier.due("bao", 1e12, 100) == []
        assert store.frontier.keeps(BAD)
        assert store.add(page("after")) == 12
    assert trichtin("rebuild", "--home", home).returncode == 0
    assert_gone(home)


def test_no_import_brings_it_back(home: Path, tmp_path: Path) -> None:
    take_down(home)
    (tmp_path / "again.txt").write_text(TOLD)
    (tmp_path / "again.json").write_text(f'{{"url": "{TWIN}"}}')
    said = trichtin("import", tmp_path / "again.txt", "--home", home).stdout
    assert said.startswith("0 new, 0 known already, 1 taken down and not stored; next: ")


def test_it_may_be_allowed_again_and_taken_down_again(home: Path) -> None:
    take_down(home)
    assert trichtin("takedown", TWIN, "--undo", "--home", home).stdout == f"{TWIN} may be fetched again\n"
    for lost in home.glob("ledger.sqlite*"):
        lost.unlink()
    with Store.open(home) as store:
        assert store.takedowns.all() == []
        assert store.add(article(BAD, TOLD))
    assert trichtin("build", "--home", home).returncode == 0
    assert take_down(home).returncode == 0
    assert_gone(home)
    refused = trichtin("takedown", COPY, "--undo", "--home", home)
    assert (refused.returncode, refused.stderr) == (1, f"trichtin: {COPY} is not taken down\n")


def test_what_was_never_stored_may_be_kept_out(home: Path) -> None:
    done = take_down(home, COPY)
    assert done.stdout.startswith(f"nothing of {COPY} is stored, and nothing will be\n")
    with Store.open(home) as store:
        assert store.add(article(COPY, TOLD)) is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name an article by URL or article_id, or ask with --list"),
        ((BAD,), "say why with --reason"),
        ((BAD, "--reason", " "), "say why with --reason"),
        (("0123456789abcdef", "--reason", "x"), "no article 0123456789abcdef is stored here"),
        (("bai-xau", "--reason", "x"), "bai-xau is neither a URL nor an article id"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(home: Path, arguments: tuple[str, ...], told: str) -> None:
    refused = trichtin("takedown", *arguments, "--home", home)
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", f"trichtin: {told}\n")


def test_a_generation_that_is_read_goes_when_it_is_no_longer(home: Path) -> None:
    with reading(home / "published") as generation:
        assert generation
        assert "generation 1 is still being read" in take_down(home).stdout
        assert BAD in urls(generation.database)
    assert trichtin("build", "--home", home).returncode == 0
    assert_gone(home)


def test_its_page_says_that_it_was_taken_down(home: Path) -> None:
    with serving(home) as site:
        before = site.get(f"/articles/{article_id(BAD)}")
        done = trichtin_process("takedown", BAD, "--reason", "Tòa yêu cầu", "--home", home)
        assert (done.returncode, done.stderr) == (0, "")
        after = site.get(f"/articles/{article_id(BAD)}")
        assert (before.status_code, after.status_code) == (200, 410)
        assert "Bài này đã được gỡ bỏ" in after.text
        assert site.get("/articles/0123456789abcdef").status_code == 404


# Takes the article down in each home, and kills itself where it calls what the point names once more than
# `left` times; in forks, as most of the time goes to imports.
KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.home import Home
from pipeline.takedown import take_down

def killing(owner, name, left):
    function = getattr(owner, name)
    def wrapped(*arguments, **options):
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    setattr(owner, name, wrapped)

for case in sys.argv[2:]:
    home, point, left = case.split()
    child = os.fork()
    if not child:
        killing(os if point == "fsync" else Path, point, int(left))
        take_down(Home(Path(home)), sys.argv[1], "killed")
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
POINTS = [
    ("fsync", 0),
    ("fsync", 1),
    ("fsync", 2),
    ("replace", 0),
    ("replace", 1),
    ("rename", 0),
    ("rename", 1),
]


@pytest.mark.parametrize("lost", [False, True])
def test_killed_anywhere_it_is_brought_to_its_end(built: Path, tmp_path: Path, lost: bool) -> None:
    homes = {case: tmp_path / "-".join(map(str, case)) for case in POINTS}
    for home in homes.values():
        shutil.copytree(built, home, symlinks=True)
    cases = [f"{home} {point} {left}" for (point, left), home in homes.items()]
    command = [sys.executable, "-c", KILLED, BAD, *cases]
    ends = subprocess.run(command, env=os.environ | PLAIN, check=True, stdout=subprocess.PIPE).stdout
    assert ends.split() == [b"-9"] * len(cases)
    for case, home in homes.items():
        for ledger in home.glob("ledger.sqlite*") if lost else ():
            ledger.unlink()
        if case == ("fsync", 0):  # what was not durable yet may be as if it had not begun
            assert take_down(home).returncode == 0
        else:
            with Store.open(home):
                pass
            assert trichtin("build", "--home", home).returncode == 0
        assert_gone(home)
        assert len(stored(home)) == 6
