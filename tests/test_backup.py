"""A backup is a home as it was at one moment, whatever ran beside it; it comes back whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest
from archived import ARTICLES, archived
from conftest import PLAIN, trichtin
from stored import page, stored

from corpus.store import Store
from pipeline import backup
from pipeline.backup import back_up, restore
from pipeline.home import Home
from pipeline.repository import Repository
from pipeline.retention import Rules, superfluous

FACTS = ("sql", "select * from facts order by all", "--format", "csv", "--home")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))
    assert trichtin("build", "--home", home).returncode == 0
    (home / "overrides").mkdir()
    (home / "overrides" / "decisions.csv").write_text("action,subject,document,reason\n")
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home", symlinks=True))


@pytest.fixture
def memory() -> Iterator[str]:
    yield "memory://backups"
    fsspec.filesystem("memory").rm("/backups", recursive=True)


def objects(target: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in target.glob("objects/*/*")}


def assert_comes_back(target: str | Path, home: Path, into: Path) -> None:
    done = trichtin("restore", target, "--home", into)
    assert (done.returncode, done.stderr) == (0, "")
    assert stored(into) == stored(home)
    assert trichtin(*FACTS, into).stdout == trichtin(*FACTS, home).stdout


def told(home: Path) -> list[tuple[str, str]]:
    """Alerts, and what each has found."""
    with closing(sqlite3.connect(home / "alerts.sqlite")) as kept:
        return kept.execute("select alert, item from found order by alert, item").fetchall()


def test_alerts_come_back_with_what_they_have_told(home: Path, tmp_path: Path) -> None:
    declared = '[[alert]]\nname = "all"\nsearch = "Thủ tướng"\nwebhook = "http://127.0.0.1:9/hook"\n'
    (home / "alerts.toml").write_text(declared)
    trichtin("alerts", "--home", home)
    assert told(home)
    assert trichtin("backup", tmp_path / "kept", "--home", home).returncode == 0
    assert trichtin("restore", tmp_path / "kept", "--home", tmp_path / "restored").returncode == 0
    assert (tmp_path / "restored" / "alerts.toml").read_text() == declared
    assert (tmp_path / "restored" / "alerts.toml").stat().st_mode & 0o777 == 0o600
    assert told(tmp_path / "restored") == told(home)


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_what_comes_back_is_what_was_there(home: Path, tmp_path: Path, scheme: str) -> None:
    target = f"{scheme}{tmp_path}/kept"
    done = trichtin("backup", target, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert_comes_back(target, home, tmp_path / "restored")
    assert (tmp_path / "restored" / "overrides" / "decisions.csv").read_text().startswith("action,")
    found = trichtin("search", "Thủ tướng", "--home", tmp_path / "restored").stdout
    assert found
    assert trichtin("build", "--home", tmp_path / "restored").stdout.startswith(f"{ARTICLES} articles, ")
    listed = trichtin("backup", target, "--list").stdout
    assert Repository(target).names()[0] in listed.replace("\n", "")


def test_a_store_of_objects_holds_backups_too(home: Path, tmp_path: Path, memory: str) -> None:
    assert trichtin("backup", memory, "--home", home).returncode == 0
    (tmp_path / "restored").mkdir()
    assert_comes_back(memory, home, tmp_path / "restored")


def test_what_is_there_is_not_copied_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "OBJECT", 4096)
    repository = Repository(str(tmp_path / "kept"))
    first = back_up(Home(home), repository, Rules())
    again = back_up(Home(home), repository, Rules())
    assert first.written == sum(map(len, objects(tmp_path / "kept").values()))
    assert again.written == 0
    with Store.open(home) as store:
        store.add(page("new"))
    archive = (home / "archive" / "pages-000001.warc.gz").stat().st_size
    assert 0 < back_up(Home(home), repository, Rules()).written < archive + 5 * 4096
    assert len(repository.names()) == 3


# Adds pages for ever, and begins a new file of the archive now and then.
WRITER = """
import os, sys
from pathlib import Path
from corpus import archive
from corpus.article import Page
from corpus.store import Store
from datetime import UTC, datetime

archive.ROLL_AT = 200_000
with Store.open(Path(sys.argv[1])) as store:
    for i in range(1_000_000):
        store.add(Page(f"http://bao.test/{i}", os.urandom(9000), datetime.now(UTC), "text/html", site="bao"))
        print(i, flush=True)
"""


def test_a_writer_beside_it_changes_nothing(home: Path, tmp_path: Path) -> None:
    repository = Repository(str(tmp_path / "kept"))
    command = [sys.executable, "-c", WRITER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        sizes = []
        for number in range(3):
            for _ in range(30):
                writer.stdout.readline()
            back_up(Home(home), repository, Rules())
            into = tmp_path / str(number)
            restore(repository, into)
            files = {path: path.stat().st_size for path in (into / "archive").iterdir()}
            with Store.reading(into) as store:
                known = store.numbers()
            with Store.open(into) as store:  # which cuts off half records, and takes up what was not known
                pages = list(store.pages(store.numbers()))
            assert [number for number, _ in pages] == known
            assert {path: path.stat().st_size for path in files} == files
            sizes.append(len(pages))
        writer.kill()
    assert sizes[0] >= ARTICLES + 30
    assert sizes == sorted(set(sizes))
    everything = dict(stored(home))
    assert all(everything[number] == kept for number, kept in pages)


# Backs up, and kills itself when it has waited for the disk so many times.
KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.backup import back_up
from pipeline.home import Home
from pipeline.repository import Repository
from pipeline.retention import Rules
from pipeline import backup
backup.OBJECT = 30_000

for left in map(int, sys.argv[3:]):
    if not (child := os.fork()):
        real = os.fsync
        def killing(file):
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            real(file)
        os.fsync = killing
        back_up(Home(Path(sys.argv[1])), Repository(sys.argv[2]), Rules(last=1))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_a_killed_backup_leaves_the_one_before_whole(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert trichtin("backup", target, "--home", home).returncode == 0
    before = Path(shutil.copytree(home, tmp_path / "before", symlinks=True))
    with Store.open(home) as store:
        for number in range(20):
            store.add(page(str(number), os.urandom(9000)))
    command = [sys.executable, "-c", KILLED, str(home), str(target), "0", "1", "2", "7", "11"]
    ends = subprocess.run(command, env=os.environ | PLAIN, check=True, stdout=subprocess.PIPE).stdout
    assert ends.split() == [b"-9"] * 5
    assert len(Repository(str(target)).names()) == 1
    assert_comes_back(target, before, tmp_path / "one")
    assert trichtin("backup", target, "--keep-last", "1", "--home", home).returncode == 0
    assert not list(target.rglob("*.tmp"))
    assert_comes_back(target, home, tmp_path / "two")


def test_a_damaged_object_is_never_restored_and_mended(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert trichtin("backup", target, "--home", home).returncode == 0
    victim = max(target.glob("objects/*/*"), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    refused = trichtin("restore", target, "--home", tmp_path / "restored")
    assert refused.returncode == 1
    assert refused.stderr == f"trichtin: {target}: object {victim.name} is damaged\n"
    assert not (tmp_path / "restored").exists()
    assert trichtin("backup", target, "--home", home).returncode == 0
    assert trichtin("restore", target, "--home", tmp_path / "restored").returncode == 1
    assert trichtin("backup", target, "--mend", "--home", home).returncode == 0
    assert len(Repository(str(target)).names()) == 3
    assert_comes_back(target, home, tmp_path / "restored")


def test_backups_that_cannot_be_mended_are_removed_by_name(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert trichtin("backup", target, "--home", home).returncode == 0
    with Store.open(home) as store:
        store.add(page("new"))
    assert trichtin("backup", target, "--home", home).returncode == 0
    first, second = Repository(str(target)).names()
    (target / "backups" / f"{first}.json").write_text("{}")
    refused = trichtin("restore", target, "--backup", first, "--home", tmp_path / "restored")
    assert refused.stderr == f"trichtin: {target}: the manifest of backup {first} is damaged\n"
    done = trichtin("backup", target, "--mend", "--home", home)
    assert f"removed backup {first}\n" in done.stdout
    assert second in Repository(str(target)).names()
    assert first not in Repository(str(target)).names()


def test_what_was_taken_down_is_in_no_backup_that_is_kept(home: Path, tmp_path: Path) -> None:
    target, url = tmp_path / "kept", stored(home)[0][1].url
    assert trichtin("backup", target, "--home", home).returncode == 0
    before = objects(target)
    assert trichtin("takedown", url, "--reason", "x", "--home", home).returncode == 0
    assert trichtin("backup", target, "--keep-last", "1", "--home", home).returncode == 0
    archive = (home / "archive" / "pages-000001.warc.gz").read_bytes()
    assert archive in objects(target).values()
    assert not {name for name, content in before.items() if content.startswith(archive[:100])} & set(
        objects(target)
    )
    assert trichtin("restore", target, "--home", tmp_path / "restored").returncode == 0
    with Store.open(tmp_path / "restored") as store:
        assert store.takedowns.holds(url)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("backup", "s3://bucket/x"), "s3://bucket/x: Install s3fs to access S3; run: pip install"),
        (("backup", "nope://x"), "nope://x: Protocol not known: nope"),
        (("restore", "nowhere"), "nowhere holds no backup"),
        (("backup", "kept"), "kept holds backups of another archive: name another place"),
        (("restore", "kept", "--backup", "none"), "kept: there is no backup none"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    built: Path, tmp_path: Path, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert trichtin("backup", "kept", "--home", built).returncode == 0
    with Store.open(tmp_path / "other") as store:
        store.add(page())
    other = "other" if arguments[0] == "backup" else "new"
    refused = trichtin(*arguments, "--home", other)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"trichtin: {told}")
    assert not Path("new").exists()


def test_a_home_that_is_not_empty_is_left_alone(home: Path, tmp_path: Path) -> None:
    assert trichtin("backup", tmp_path / "kept", "--home", home).returncode == 0
    before = sorted(home.rglob("*"))
    refused = trichtin("restore", tmp_path / "kept", "--home", home)
    assert refused.stderr == (
        f"trichtin: {home} is not empty: name another directory with --home, or move it away\n"
    )
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    ("rules", "ages"),
    [
        (Rules(), list(range(100))),
        (Rules(last=2), [0, 1]),
        (Rules(daily=3), [0, 4, 8]),
        (Rules(weekly=2), [0, 28]),
        (Rules(monthly=3), [0, 88]),
        (Rules(last=1, daily=2, weekly=2), [0, 4, 28]),
    ],
)
def test_the_last_of_each_day_week_and_month_is_kept(rules: Rules, ages: list[int]) -> None:
    """Four backups a day, 100 of them, the newest on Sunday 2026-11-22 at 18:00."""
    newest = datetime(2026, 11, 22, 18, tzinfo=UTC)
    made = {str(age): (newest - timedelta(hours=6 * age)).isoformat() for age in range(100)}
    removed = superfluous(made, rules)
    assert [int(age) for age in made if age not in removed] == ages
