"""`trichtin demo`: the bundled newsroom is crawled, read, published, asked; again: nothing new."""

from __future__ import annotations

import socket
from pathlib import Path

import duckdb
from conftest import free_port, trichtin_process


def test_the_demo_twice(tmp_path: Path) -> None:
    port = free_port()  # the same for both runs: it is part of the articles' URLs
    first = trichtin_process("demo", "--port", str(port), "--home", tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert "18 articles" in first.stdout
    assert "942/QĐ-TTg" in first.stdout
    assert "Next: trichtin sql" in first.stdout
    with duckdb.connect(tmp_path / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        ranks = published.execute(
            "select distinct year, rank from rankings where out_of = 193 and subject = 'Việt Nam'"
            " and year in (2016, 2018, 2020, 2022, 2024) order by all"
        ).fetchall()
        dated, articles = published.execute("select count(published), count(*) from articles").fetchone() or (
            0,
            0,
        )
    assert {(2016, 89), (2018, 88), (2020, 86), (2022, 86), (2024, 71)} <= set(ranks)
    assert dated == articles == 18

    second = trichtin_process("demo", "--port", str(port), "--home", tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    assert "nothing new" in second.stdout
    assert "942/QĐ-TTg" in second.stdout


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = trichtin_process("demo", "--port", str(port), "--home", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"trichtin: port {port} is in use; choose another with --port\n"
