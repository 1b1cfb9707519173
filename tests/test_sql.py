"""`trichtin sql`: every answer comes out right in every format, or as one clear line."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pyarrow.parquet
import pytest
from conftest import PLAIN, trichtin

TEXT = "Ngày 15/6, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg với 48,5% hồ sơ trực tuyến."
ENDLESS = "select count(*) from range(100000000000) a, range(1000) b where a.range % 7 = 9"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("home")
    (directory / "a.txt").write_text(TEXT)
    assert trichtin("import", directory / "a.txt", "--home", directory).returncode == 0
    assert trichtin("build", "--home", directory).returncode == 0
    return directory


def asked(home: Path, sql: str, form: str, *options: str | Path) -> str:
    done = trichtin("sql", sql, "--format", form, *options, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def failed(home: Path, sql: str, *options: str | Path) -> str:
    done = trichtin("sql", sql, *options, "--home", home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("trichtin: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_columns_of_one_name_keep_their_values(home: Path, tmp_path: Path) -> None:
    sql = "select 1 as a, 2 as a, 3 as a_1, 4 as b, 5 as a"
    assert json.loads(asked(home, sql, "json")) == {"a": 1, "a_2": 2, "a_1": 3, "b": 4, "a_3": 5}
    assert list(csv.reader(io.StringIO(asked(home, sql, "csv"))))[1] == ["1", "2", "3", "4", "5"]
    assert "│ 1 │ 2 │ 3   │ 4 │ 5 │" in asked(home, sql, "table")
    asked(home, sql, "parquet", "--output", tmp_path / "a.parquet")
    assert list(pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()[0].values()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("'infinity'::date", "infinity"),
        ("date '290000-01-01'", "290000-01-01"),
        ("timestamp '10000-01-01'", "10000-01-01 00:00:00"),
        ("timestamp '-infinity'", "-infinity"),
        ("timestamp_ns '2021-06-15 00:00:00.000000001'", "2021-06-15 00:00:00.000000001"),
        ("time '24:00:00'", "24:00:00"),
        ("interval 3 month", "3 months"),
        ("'101'::bit", "101"),
        ("[date 'infinity']", ["infinity"]),
        ("array_value(date 'infinity')", ["infinity"]),
        ("map {'x': date 'infinity'}", [["x", "infinity"]]),
        ("{'a \"b': [{'c': date 'infinity', 'd': 1}]}", {'a "b': [{"c": "infinity", "d": 1}]}),
        ("union_value(a := date 'infinity')", "infinity"),
        ("sum(2)", 2),
        ("'nan'::double", None),
        ("['-infinity'::float, 1.5]", [None, 1.5]),
        ("'\\xABa'::blob", "ab61"),
        ("date '2021-06-15'", "2021-06-15"),
    ],
)
def test_a_legal_value_is_printed(home: Path, value: str, printed: object) -> None:
    done = asked(home, f"select {value} as x", "json")
    assert json.loads(done, parse_constant=pytest.fail) == {"x": printed}
    if isinstance(printed, str):
        assert asked(home, f"select {value} as x", "csv") == f"x\n{printed}\n"
        assert printed in asked(home, f"select {value} as x", "table")


def test_what_parquet_has_no_type_for_is_one_line(home: Path, tmp_path: Path) -> None:
    line = failed(home, "select union_value(a := 1) as x", "--output", tmp_path / "x.parquet")
    assert "no parquet of these rows" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_huge_answer_is_cut_and_says_so(home: Path, form: str) -> None:
    sql = ("sql", "select * from range(100000000)", "--format", form, "--limit", "20", "--home", home)
    done = trichtin(*sql)
    assert done.stderr == "trichtin: only the first 20 rows; --limit gives more\n"
    assert "19" in done.stdout
    assert "20" not in done.stdout


def test_a_huge_answer_is_cut_unasked(home: Path) -> None:
    done = trichtin("sql", "select * from range(100000000)", "--format", "csv", "--home", home)
    assert (done.stdout.count("\n"), done.stderr.count("\n")) == (10_001, 1)
    assert asked(home, "select * from range(10000)", "csv").count("\n") == 10_001


def test_a_query_has_so_much_time(home: Path) -> None:
    assert "no answer within 0.5 seconds" in failed(home, ENDLESS, "--timeout", "0.5")


@pytest.mark.usefixtures("heard")
def test_ctrl_c_ends_a_query(home: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "sql", ENDLESS, "--home", str(home)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | PLAIN
    ) as run:
        _until_it_works(run.pid)
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=10) == (b"", b"")
    assert run.returncode == 130


def _until_it_works(process: int) -> None:
    """Returns once the thread of the query is there and has computed for a while."""
    others = Path(f"/proc/{process}/task")
    while not any(_computed(task) > 30 for task in others.iterdir() if task.name != str(process)):
        pass


def _computed(thread: Path) -> int:
    """Its time on a processor, in ticks of 10 ms."""
    return int((thread / "stat").read_text().rpartition(")")[2].split()[11])


def test_a_table_shows_cells_and_names_as_they_are(home: Path) -> None:
    sql = "select chr(27) || '[31m' || chr(8238) || ' :smile: [bold]x[/bold] \\' as \"[red]n[/red]\""
    shown = asked(home, sql, "table")
    assert r"\x1b[31m\u202e :smile: [bold]x[/bold] \ " in shown
    assert "[red]n[/red]" in shown


def test_an_endless_cell_is_cut_in_a_table_only(home: Path) -> None:
    sql = "select repeat('x', 10000000) as x"
    shown = asked(home, sql, "table")
    assert (shown.count("x") < 30_000, "(10000000 characters)" in shown) == (True, True)
    assert len(json.loads(asked(home, sql, "json"))["x"]) == 10_000_000


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.csv", b"x\n1\n"), ("x.json", b'{"x": 1}\n'), ("x.JSONL", b'{"x": 1}\n'), ("x.parquet", b"PAR1")],
)
def test_the_suffix_names_the_format(home: Path, tmp_path: Path, name: str, content: bytes) -> None:
    assert trichtin("sql", "select 1 as x", "--output", tmp_path / name, "--home", home).stdout == ""
    assert (tmp_path / name).read_bytes().startswith(content)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_table_goes_to_a_file_as_well(home: Path, tmp_path: Path) -> None:
    asked(home, "select 'đ' as x", "table", "--output", tmp_path / "x")
    assert (tmp_path / "x").read_text() == asked(home, "select 'đ' as x", "table")


def test_a_fifo_is_written_into(home: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(fifo.read_bytes()), daemon=True)
    reader.start()
    asked(home, "select 1 as x", "csv", "--output", fifo)
    reader.join(10)
    assert read == [b"x\n1\n"]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_what_dev_names_is_written_into(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "sql", "select 1 as x", "--format", "csv"]
    command += ["--output", "/dev/stdout", "--home", str(home)]
    with (tmp_path / "log").open("w") as log:
        log.write("earlier\n")
        log.flush()
        subprocess.run(command, stdout=log, env=os.environ | PLAIN, check=True)
    assert (tmp_path / "log").read_text() == "earlier\nx\n1\n"


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_target_is_written(home: Path, tmp_path: Path, there: bool) -> None:
    target, link = tmp_path / "below" / "target", tmp_path / "link"
    target.parent.mkdir()
    link.symlink_to("below/target")
    if there:
        target.write_text("old")
        target.chmod(0o640)
    asked(home, "select 1 as x", "csv", "--output", link)
    assert link.is_symlink()
    assert target.read_bytes() == b"x\n1\n"
    assert not there or stat.S_IMODE(target.stat().st_mode) == 0o640


def test_nothing_foreign_is_followed_or_lost(home: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv.tmp").write_text("mine")
    asked(home, "select 1 as x", "csv", "--output", tmp_path / "x.csv")
    assert (tmp_path / "x.csv.tmp").read_text() == "mine"
    assert not (tmp_path / "x.csv").stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("name", "why"),
    [("none/x.csv", "No such file or directory"), ("", "Is a directory"), ("a.txt/x.csv", "Not a directory")],
)
def test_where_nothing_can_be_written(home: Path, tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "a.txt").write_text("mine")
    output = tmp_path / name
    assert failed(home, "select 1 as x", "--output", output) == f"trichtin: {output}: {why}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
