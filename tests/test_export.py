"""The whole contract goes out as files that hold what the views hold, or nothing does; facts are cited."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from conftest import trichtin
from extracted import page, pages

from warehouse import Generation, Warehouse, current, publish

VIEWS = "select view_name from duckdb_views() where schema_name = 'main' and not internal"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        undated = page(3, url="https://bao.example/bai-3", published=None, title="90% & {hơn}_nữa\n")
        warehouse.load([*pages(1, 2), undated], "rules-1")
        publish(warehouse, home / "published")
    return home


@pytest.fixture(scope="module")
def generation(home: Path) -> Generation:
    generation = current(home / "published")
    assert generation
    return generation


READ = {"parquet": "read_parquet", "csv": "read_csv", "json": "read_json"}


def written(
    published: duckdb.DuckDBPyConnection, name: str, out: Path, form: str
) -> list[tuple[object, ...]]:
    """What the files of a view hold, read with the types of its columns; a file of no JSON says none."""
    files = list(out.glob(f"{name}/**/*.{form}"))
    if not any(path.stat().st_size for path in files):
        return []
    told = published.execute(f"describe {name}").fetchall()
    columns = ", ".join(f'"{column}"::{kind}' for column, kind, *_ in told)
    listed = ", ".join(f"'{path}'" for path in files)
    read = f"{READ[form]}([{listed}], hive_partitioning = false, union_by_name = true)"
    return published.execute(f"select {columns} from {read} order by all").fetchall()


@pytest.mark.parametrize("form", READ)
def test_all_views_go_out_and_come_back(
    home: Path, generation: Generation, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "below" / "out"
    done = trichtin("export", out, "--format", form, "--home", home)
    assert (done.returncode, done.stderr, "18 facts" in done.stdout) == (0, "", True)
    with duckdb.connect(generation.database, read_only=True) as published:
        names = [name for (name,) in published.execute(VIEWS).fetchall()]
        assert {path.name for path in out.iterdir()} == {*names, "manifest.json"}
        for name in names:
            said = published.execute(f"from {name} order by all").fetchall()
            assert written(published, name, out, form) == said
    years = {path.parent.name for path in out.glob("facts/*/*")}
    assert years == {"published_year=2021", "published_year=__HIVE_DEFAULT_PARTITION__"}
    assert (out / "manifest.json").read_bytes() == (generation.path / "manifest.json").read_bytes()


def test_nothing_is_written_over(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    refused = trichtin("export", tmp_path, "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"trichtin: cannot export to {tmp_path}: it is there already, and not empty\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    (tmp_path / "empty").mkdir()
    assert trichtin("export", tmp_path / "empty", "--home", home).returncode == 0


def test_an_export_that_fails_leaves_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = trichtin("export", tmp_path / "file" / "out", "--home", home)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def cited(home: Path, form: str, where: str) -> str:
    sql = f"select fact_id from facts where {where} limit 1"
    fact = trichtin("sql", sql, "--format", "csv", "--home", home).stdout.split()[-1]
    done = trichtin("cite", fact, "--format", form, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.replace(fact, "ID")


DATED = "kind = 'percentage' and url like '%bai-1'"
UNDATED = "kind = 'ranking' and published is null"


def test_a_fact_is_cited_as_text(home: Path) -> None:
    assert cited(home, "text", DATED) == (
        "“Tin mẫu”, 2021-07-01, https://bao.example/bai-1: “Mục tiêu là 80% hồ sơ được xử lý trực tuyến.”\n"
    )
    assert cited(home, "text", UNDATED) == (
        "“90% & {hơn}_nữa”, https://bao.example/bai-3: “Nước ta xếp hạng 86/193 quốc gia.”\n"
    )


def test_a_fact_is_cited_as_json(home: Path, generation: Generation) -> None:
    told = json.loads(cited(home, "json", DATED))
    assert (told["fact_id"], told["surface"], told["kind"]) == ("ID", "80%", "percentage")
    assert (told["published"], told["accessed"]) == ("2021-07-01", "2026-03-01")
    with duckdb.connect(generation.database, read_only=True) as published:
        sql = "select text from articles where article_id = ? and version = ?"
        ((text,),) = published.execute(sql, [told["article_id"], told["version"]]).fetchall()
    assert text[told["span_start"] : told["span_end"]] == "80%"


def test_a_fact_is_cited_for_zotero_and_latex(home: Path) -> None:
    (item,) = json.loads(cited(home, "csl", DATED))
    assert item["id"] == "trichtin-ID"
    assert item["issued"] == {"date-parts": [[2021, 7, 1]]}
    assert item["URL"] == "https://bao.example/bai-1"
    assert item["note"] == "Mục tiêu là 80% hồ sơ được xử lý trực tuyến."
    (undated,) = json.loads(cited(home, "csl", UNDATED))
    assert "issued" not in undated
    assert cited(home, "bibtex", UNDATED) == (
        "@misc{trichtin-ID,\n"
        "  title = {{90\\% \\& \\{hơn\\}\\_nữa}},\n"
        "  url = {https://bao.example/bai-3},\n"
        "  urldate = {2026-03-01},\n"
        "  note = {“Nước ta xếp hạng 86/193 quốc gia.”},\n"
        "}\n"
    )


@pytest.mark.parametrize("fact", ["0123456789abcdef", "' or true --", ""])
def test_what_is_no_fact_cannot_be_cited(home: Path, fact: str) -> None:
    refused = trichtin("cite", fact, "--home", home)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "there is no fact" in refused.stderr
