"""Builds on a cluster: the same facts as of one process, whichever dies; done work is not done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from archived import ARTICLES, archived, copy_of
from conftest import PLAIN, free_port, trichtin, trichtin_process
from test_killed_builds import digest

from corpus.store import Store
from pipeline import partitions
from pipeline.failures import Failure
from pipeline.partitions import Partition
from spiders.site import known_sites

DISTURBED = """
import os, signal, sys
from functools import partial
from pathlib import Path
from pipeline import cluster
from pipeline.building import build
from pipeline.home import Home

home, victim = Home(Path(sys.argv[1])), sys.argv[2]
cluster.PAGES = 10
extracted = cluster._extracted


def killing(client, work):
    for done, file in enumerate(extracted(client, work)):
        if done == 1:
            worker = client.run(os.getpid).popitem()[1]
            os.kill(worker if victim == "worker" else os.getpid(), signal.SIGKILL)
        yield file


cluster._extracted = killing
build(home, reader=cluster.reader(partial(cluster.local, 2), str(home.archive), str(home.partitions)))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rows that one process makes."""
    home = copy_of(archive, tmp_path_factory.mktemp("undisturbed") / "home")
    assert trichtin("build", "--home", home).returncode == 0
    return digest(home)


def disturbed(home: Path, victim: str) -> int:
    command = [sys.executable, "-c", DISTURBED, str(home), victim]
    return subprocess.run(command, env=os.environ | PLAIN, capture_output=True, check=False).returncode


def test_a_killed_worker_changes_nothing(archive: Path, tmp_path: Path, undisturbed: str) -> None:
    home = copy_of(archive, tmp_path / "home")
    assert disturbed(home, "worker") == 0
    assert digest(home) == undisturbed
    assert list((home / "partitions").iterdir()) == []


@contextmanager
def cluster(directory: Path) -> Iterator[str]:
    """A scheduler with a worker, each a process of its own; the scheduler's address."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = ["dask_scheduler", "--host", address, "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    worker = [
        "dask_worker",
        address,
        "--host",
        "127.0.0.1",
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *options],
            cwd=directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name, *options in (scheduler, worker)
    ]
    try:
        yield address
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def test_a_killed_build_goes_on_with_what_was_extracted(
    archive: Path, tmp_path: Path, undisturbed: str
) -> None:
    home = copy_of(archive, tmp_path / "home")
    assert disturbed(home, "build") == -signal.SIGKILL
    assert list((home / "partitions").glob("*.parquet"))
    built = trichtin_process("build", "--workers", "1", "--home", home)
    assert (built.returncode, built.stderr) == (0, "")
    assert digest(home) == undisturbed


def test_the_archive_is_read_by_its_url_on_a_cluster_elsewhere(
    archive: Path, tmp_path: Path, undisturbed: str
) -> None:
    home, bucket = copy_of(archive, tmp_path / "home"), tmp_path / "bucket"
    copy_of(home / "archive", bucket)
    done = bucket / "done"
    with cluster(tmp_path) as address:
        places = ("--archive", bucket.as_uri(), "--partitions", done.as_uri())
        built = trichtin_process("build", "--cluster", address, *places, "--home", home)
    assert built.returncode == 0, built.stderr
    assert f"{ARTICLES} articles" in built.stdout
    assert digest(home) == undisturbed
    assert list(done.iterdir()) == []


@pytest.fixture
def partition(archive: Path, tmp_path: Path) -> Partition:
    with Store.reading(archive) as store:
        places = store.places(store.numbers()[:20])
        return Partition(
            str(archive / "archive"),
            str(tmp_path / "done"),
            store.identity,
            places,
            known_sites(),
            partitions.code(),
        )


def test_a_partition_that_is_done_is_not_done_again(partition: Partition) -> None:
    file = Path(partitions.extract(partition))
    made = file.stat()
    assert partitions.extract(partition) == str(file)
    assert file.stat() == made
    rows = partitions.load(str(file))
    assert (rows["articles"].num_rows, rows["decisions"].num_rows) == (20, 20)


def test_what_a_killed_worker_had_half_written_counts_for_nothing(partition: Partition) -> None:
    half = Path(f"{partition.file}.0123")
    half.parent.mkdir()
    half.write_bytes(b"PAR1")
    assert partitions.load(partitions.extract(partition))["articles"].num_rows == 20
    partitions.remove(partition.file)
    assert list(half.parent.iterdir()) == []


def test_other_pages_sites_or_archives_are_other_partitions(partition: Partition) -> None:
    fewer_sites = dict(list(partition.declared.items())[1:])
    others = [
        replace(partition, places=partition.places[1:]),
        replace(partition, declared=fewer_sites),
        replace(partition, identity="another"),
        replace(partition, code="another"),
    ]
    assert len({each.file for each in (partition, *others)}) == 5


def test_a_worker_with_other_rules_refuses(partition: Partition) -> None:
    with pytest.raises(Failure, match="other rules"):
        partitions.extract(replace(partition, code="another"))


def test_what_cannot_be_is_said_in_a_line(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copy_of(archive, tmp_path / "home")
    nobody = f"tcp://127.0.0.1:{free_port()}"
    both = trichtin("build", "--workers", "2", "--cluster", nobody, "--home", home)
    without = trichtin("build", "--archive", "s3://news/archive", "--home", home)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "pipeline.cluster", raising=False)
    missing = trichtin("build", "--workers", "2", "--home", home)
    said = [(done.returncode, done.stdout, done.stderr.count("\n")) for done in (both, without, missing)]
    assert said == [(1, "", 1)] * 3
    assert "give one of them" in both.stderr
    assert "--cluster" in without.stderr
    assert missing.stderr == "trichtin: distributed is not installed; run: pip install 'trichtin[cluster]'\n"
    assert not (home / "published").exists()


def test_a_scheduler_that_does_not_answer_is_said_in_a_line(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, nobody = copy_of(archive, tmp_path / "home"), f"tcp://127.0.0.1:{free_port()}"
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "100ms")
    refused = trichtin_process("build", "--cluster", nobody, "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"trichtin: no Dask scheduler answers at {nobody}: ")
    assert refused.stderr.count("\n") == 1
