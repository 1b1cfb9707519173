"""What the commands print and write, form by form."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest
from conftest import PLAIN, trichtin

from corpus.annotation import read_gold
from extractors import extract

TEXT = "Ngày 15/6, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg với 48,5% hồ sơ trực tuyến."
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tin</title>
<meta property="article:published_time" content="2021-06-20T08:00:00+07:00"></head>
<body><nav>Trang chủ</nav><article><h1>Chiến lược mới</h1><p>{TEXT}</p><p>{TEXT * 3}</p></article>
</body></html>"""


def test_extract_prints_the_same_facts_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    arguments = ("extract", tmp_path / "a.txt", "--published", "2021-06-20", "--format")
    lines = [json.loads(line) for line in trichtin(*arguments, "jsonl").stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["date", "entity", "decision", "percentage"]
    assert lines[0]["start_date"] == "2021-06-15"
    assert all(TEXT[line["start"] : line["end"]] == line["text"] for line in lines)
    table = list(csv.DictReader(io.StringIO(trichtin(*arguments, "csv").stdout)))
    assert [row["text"] for row in table] == [line["text"] for line in lines]
    shown = trichtin(*arguments, "table").stdout
    marked = trichtin(*arguments, "html").stdout
    assert marked.startswith("<!DOCTYPE html>")
    assert all(line["rule"] in shown for line in lines)


def test_extract_reads_html_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    of_file = trichtin("extract", tmp_path / "a.html", "--format", "jsonl").stdout
    of_stdin = trichtin("extract", "-", "--format", "jsonl", stdin=PAGE.encode()).stdout
    assert of_file == of_stdin
    assert json.loads(of_file.splitlines()[0])["start_date"] == "2021-06-15"


@pytest.mark.parametrize("name", ["bài báo.md", "khong-duoi", "a.TXT"])
def test_extract_reads_any_name_and_no_sidecar(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)
    (tmp_path / name).with_suffix(".jsonl").write_text("")  # as `extract a.txt > a.jsonl` makes it
    found = trichtin("extract", tmp_path / name, "--format", "jsonl").stdout
    assert "942/QĐ-TTg" in found


def test_csv_has_the_same_columns_for_every_text() -> None:
    none, some = (
        trichtin("extract", "-", "--format", "csv", stdin=text.encode()).stdout for text in ("Tin.", TEXT)
    )
    assert none.splitlines() == some.splitlines()[:1]


def test_import_takes_html_text_and_sidecars(tmp_path: Path) -> None:
    source, home = tmp_path / "source", tmp_path / "home"
    (source / "below").mkdir(parents=True)
    (source / "a.html").write_text(PAGE)
    (source / "below" / "b.txt").write_text(TEXT)
    about = {"title": "Tựa", "published": "2022-06-20", "source": "Báo A", "url": "https://a.example/b"}
    (source / "below" / "b.json").write_text(json.dumps(about))
    (source / "c.txt").write_text(TEXT)
    of_page = trichtin("import", source / "a.html", "--home", home)
    of_rest = ("import", source / "below", source / "c.txt", "--published", "2023-06-20", "--home", home)
    assert "1 new" in of_page.stdout
    assert "2 new" in trichtin(*of_rest).stdout
    assert "0 new, 2 known" in trichtin(*of_rest).stdout
    assert trichtin("build", "--home", home).returncode == 0
    statement = (
        "select distinct a.published, a.title, a.source, start_date"
        " from dates join articles a using (article_id, version) order by all"
    )
    done = trichtin("sql", statement, "--format", "json", "--home", home)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["published"], row["start_date"]) for row in rows] == [
        ("2021-06-20", "2021-06-15"),
        ("2022-06-20", "2022-06-15"),
        ("2023-06-20", "2023-06-15"),
    ]
    assert (rows[0]["title"], rows[1]["title"], rows[1]["source"]) == ("Chiến lược mới", "Tựa", "Báo A")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("home")
    (directory / "a.txt").write_text(TEXT)
    assert trichtin("import", directory / "a.txt", "--home", directory).returncode == 0
    assert trichtin("build", "--home", directory).returncode == 0
    return directory


def test_sql_writes_every_format(home: Path, tmp_path: Path) -> None:
    arguments = ("sql", "select kind, surface from facts order by kind", "--home", home, "--format")
    rows = [json.loads(line) for line in trichtin(*arguments, "json").stdout.splitlines()]
    assert {"kind": "decision", "surface": "Quyết định số 942/QĐ-TTg"} in rows
    assert list(csv.DictReader(io.StringIO(trichtin(*arguments, "csv").stdout))) == rows
    assert trichtin(*arguments, "parquet", "--output", tmp_path / "facts.parquet").stdout == ""
    assert pyarrow.parquet.read_table(tmp_path / "facts.parquet").to_pylist() == rows
    assert "Quyết định số 942/QĐ-TTg" in trichtin(*arguments, "table").stdout


def test_saved_facts_score_the_same_by_the_guide_s_own_scorer(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "seeds"
    ours = trichtin("score", gold, "--save", tmp_path)
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(tmp_path)]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ours.stdout == theirs.stdout
    for annotated in read_gold(gold):
        saved = [json.loads(line) for line in (tmp_path / f"{annotated.name}.jsonl").read_text().splitlines()]
        assert saved == [fact.row() for fact in extract(annotated.article)]


def test_long_work_shows_a_bar_on_a_terminal_and_none_in_a_pipe(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"{number}. {TEXT}")
    command = [sys.executable, "-m", "pipeline", "import", str(tmp_path), "--home", str(tmp_path / "home")]
    piped = subprocess.run(command, capture_output=True, text=True, env=os.environ | PLAIN, check=True)
    assert piped.stderr == ""
    ours, theirs = pty.openpty()
    command[-1] = str(tmp_path / "other")
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as on_terminal:
        os.close(theirs)
        seen = b"".join(iter(lambda: _read(ours), b""))
    assert on_terminal.returncode == 0
    assert "importing" in seen.decode()
    assert "30/30" in seen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how a closed terminal says that there is no more
        return b""


def test_explain_says_rule_parts_and_what_lost() -> None:
    text = "Năm 2018, Việt Nam xếp hạng 88/193 theo Báo cáo số 12/BC-UBND."
    said = trichtin("extract", "-", "--explain", stdin=text.encode()).stdout
    blocks = {block.split(" at ")[0]: block for block in said.replace("\n  ", "\t").splitlines()}
    ranking = blocks["ranking 'xếp hạng 88/193'"].split("\t")
    assert "built from '88'" in ranking
    assert any(line.startswith("by ranking.") for line in ranking)
    assert "over a quantity that asked for '88'" in ranking
    assert "built from '12/BC-UBND'" in blocks["decision 'Báo cáo số 12/BC-UBND'"]
