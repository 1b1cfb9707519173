"""What Prometheus is told: requests by route, the generation that is shown, crawls; of all processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING

import httpx
import pytest
from conftest import PLAIN
from prometheus_client.parser import text_string_to_metric_families
from served import page, serving

from corpus.crawls import CrawlReport
from corpus.store import Store
from pipeline.building import build
from pipeline.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def series(text: str) -> Series:
    """Every series with its value; each may be told once."""
    found: Series = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in found
            found[key] = sample.value
    return found


def counted(text: str) -> dict[tuple[str, str, str], float]:
    """How many requests of each route, method and status."""
    return {
        tuple(dict(labels)[name] for name in ("route", "method", "status")): value  # type: ignore[misc]
        for (name, labels), value in series(text).items()
        if name == "trichtin_request_seconds_count"
    }


@pytest.fixture
def home(newsroom_home: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(newsroom_home, home, symlinks=True)
    return home


def test_requests_are_counted_by_the_template_of_their_route(home: Path) -> None:
    with serving(home) as site:
        for path in (
            "/search?q=mot",
            "/search?q=hai",
            "/articles/aaaa",
            "/articles/bbbb",
            "/nothing",
            "/other",
        ):
            site.get(path)
        for path in ("/api/v1/articles?limit=1", "/api/v1/nothing", "/static/style.css", "/static/nothing"):
            site.get(path)
        httpx.request("PURGE", site.address + "/search")
        site.get("/", headers={"host": "evil.test"})
        told = counted(site.get("/metrics").text)
    assert told == {
        ("/search", "GET", "200"): 2,
        ("/articles/{article}", "GET", "404"): 2,
        ("none", "GET", "404"): 2,
        ("/api/v1/articles", "GET", "200"): 1,
        ("/api/v1", "GET", "404"): 1,
        ("/static", "GET", "200"): 1,
        ("/static", "GET", "404"): 1,
        ("/search", "other", "405"): 1,
        ("none", "GET", "400"): 1,
    }


def test_the_generation_and_the_crawls_are_told(home: Path) -> None:
    started = time() - 3600
    report = CrawlReport("bao", started, started + 60, "finished", new=3, failed={"HTTP 404": 2})
    with Store.open(home) as store:
        for at, breaches in ((0.0, ("old", "older")), (1.0, ("title was found in 0 of 10 articles",))):
            number = store.crawls.begin("bao", started + at)
            store.crawls.end(number, replace(report, started=started + at, breaches=breaches))
    build(Home(home))
    with serving(home) as site:
        told = series(site.get("/metrics").text)
        bao = (("site", "bao"),)
        assert told["trichtin_up", ()] == 1
        assert told["trichtin_generation", ()] == 2
        assert 0 <= told["trichtin_generation_age_seconds", ()] < 600
        assert told["trichtin_rows", (("view", "runs"),)] == 2
        assert 3000 < told["trichtin_crawl_age_seconds", bao] < 4200
        assert told["trichtin_crawl_finished", bao] == 1
        assert told["trichtin_crawl_breaches", bao] == 1
        assert (told["trichtin_crawl_new", bao], told["trichtin_crawl_failed", bao]) == (3, 2)
        assert told["trichtin_pages_waiting", ()] == 0
        with Store.open(home) as store:
            store.add(page("https://moi.test/1", "Bài mới", ["Đến năm 2030 đạt 50%."], "2026-05-01"))
        assert series(site.get("/metrics").text)["trichtin_pages_waiting", ()] == 1


def test_without_anything_to_show_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    with serving(tmp_path) as site:
        answer = site.get("/metrics")
        assert answer.status_code == 200
        told = series(answer.text)
    assert told["trichtin_up", ()] == 0
    assert not any(name == "trichtin_generation" for name, _ in told)


@contextmanager
def several(home: Path) -> Iterator[str]:
    """The pages by two processes; gives their address."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "serve",
        "--workers",
        "2",
        "--port",
        "0",
        "--home",
        str(home),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | PLAIN) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGTERM)


def test_several_processes_are_added_up(newsroom_home: Path) -> None:
    asked, apart = 20, {"connection": "close"}  # Each on a connection of its own: either process may take it.
    with several(newsroom_home) as address, httpx.Client(timeout=60, headers=apart) as client:
        told = []
        for number in range(asked):
            client.get(f"{address}/search?q={number}")
            text = client.get(f"{address}/metrics").text
            told.append(counted(text)["/search", "GET", "200"])
            assert series(text)["trichtin_up", ()] == 1
    assert told == list(range(1, asked + 1))
