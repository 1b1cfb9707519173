"""`trichtin search`: tables for people, records for programs, a clear line where there is nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import trichtin
from extracted import TEXT, page

from warehouse import Warehouse, publish
from warehouse.search import build


def load(home: Path) -> Warehouse:
    warehouse = Warehouse.open(home / "warehouse.duckdb")
    text = "Chuyển đổi số là việc của mọi người.\nCải cách\t\x1b[31mhành chính thì lâu hơn."
    pages = [page(1, TEXT, source="Báo A"), page(2, text, url="https://b.example/", facts=[], title="Số hóa")]
    warehouse.load(pages, "rules-1")
    return warehouse


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with load(home) as warehouse:
        publish(warehouse, home / "published", build)
    return home


def search(home: Path, *arguments: str) -> str:
    done = trichtin("search", *arguments, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_format_tells_the_same(home: Path) -> None:
    (hit,) = map(json.loads, search(home, "chuyen doi so", "--format", "json").splitlines())
    assert (hit["kind"], hit["title"], hit["url"], hit["day"]) == (
        "article",
        "Số hóa",
        "https://b.example/",
        "2021-07-01",
    )
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["Chuyển đổi số"]
    assert [hit["title"][start:end] for start, end in hit["title_marks"]] == ["Số"]
    (row,) = csv.DictReader(io.StringIO(search(home, "chuyen doi so", "--format", "csv")))
    assert {name: row[name] for name in ("id", "title", "snippet")} == {
        name: hit[name] for name in ("id", "title", "snippet")
    }
    shown = search(home, "chuyen doi so", "--format", "table")
    assert "Số hóa" in shown
    assert shown.endswith("1 found\n")
    assert "\x1b" not in shown


def test_a_pipe_gets_a_line_a_hit(home: Path) -> None:
    (line,) = search(home, "cai cach").splitlines()
    assert line.split("\t") == [
        *("2021-07-01", "article", "Số hóa"),
        "Cải cách  [31mhành chính thì lâu hơn.",
        "https://b.example/",
    ]


def test_options_filter_sort_and_count(home: Path) -> None:
    found = (
        "search",
        "QĐ 942",
        "--kind",
        "decision",
        "--issuer",
        "thu tuong chinh phu",
        "--year",
        "2020-2022",
    )
    (line,) = search(home, *found[1:], "--sort", "date", "--format", "json").splitlines()
    assert json.loads(line)["number"] == "942/QĐ-TTg"
    assert len(search(home, "--limit", "2").splitlines()) == 2
    assert len(search(home, "--limit", "2", "--offset", "2").splitlines()) == 1
    days = ("--from", "2021-07-01", "--to", "2021-07-01")
    assert {line.split("\t")[0] for line in search(home, *days).splitlines()} == {"2021-07-01"}
    assert len(search(home, "--to", "2021-06-30").splitlines()) == 1
    facets = csv.reader(io.StringIO(search(home, "--facets", "--format", "csv")))
    assert ["issuer", "Thủ tướng Chính phủ", "2"] in list(facets)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chuyên đôi số"], "nothing found for chuyên đôi số; did you mean: chuyển đổi số"),
        (
            ["chuyển đổi số", "--source", "bao a"],
            "nothing found for chuyển đổi số; without filters there would be 1",
        ),
        (["zzzz"], "nothing found for zzzz"),
    ],
)
@pytest.mark.parametrize("format", ["json", "csv", "table"])
def test_nothing_found(home: Path, arguments: list[str], told: str, format: str) -> None:  # noqa: A002
    done = trichtin("search", *arguments, "--format", format, "--home", home)
    assert (done.returncode, done.stderr) == (0, f"trichtin: {told}\n")
    assert done.stdout.startswith("kind,id") if format == "csv" else not done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--year", "21"], "no year and no years: 21; such as 2021 or 2019-2021"),
        (["--from", "1/7/2021"], "no day: 1/7/2021; such as 2021-01-31"),
        (["--issuer", "ai"], "cannot search: no issuer is called ai; there is Thủ tướng Chính phủ"),
    ],
)
def test_wrong_options(home: Path, arguments: list[str], told: str) -> None:
    done = trichtin("search", "a", *arguments, "--home", home)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"trichtin: {told}\n")


def test_nothing_published(tmp_path: Path) -> None:
    nothing = trichtin("search", "a", "--home", tmp_path)
    assert nothing.returncode == 1
    assert nothing.stderr == f"trichtin: nothing is published in {tmp_path} yet; run: trichtin build\n"
    with load(tmp_path) as warehouse:
        publish(warehouse, tmp_path / "published")
    without = trichtin("search", "a", "--home", tmp_path)
    assert without.returncode == 1
    assert without.stderr == "trichtin: what is published has no search index; run: trichtin build\n"
