"""`trichtin run`: the crawl and the build in one, over a site that answers where it is declared."""

from __future__ import annotations

from pathlib import Path

from conftest import free_port, trichtin, trichtin_process

import spiders
from pipeline.newsroom import Newsroom


def test_run_crawls_and_builds(tmp_path: Path) -> None:
    """First nobody answers, and that is said; then the newsroom opens, and what was missed comes home."""
    port = free_port()
    declared = (Path(spiders.__file__).parent / "sites" / "demo.toml").read_text(encoding="utf-8")
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "demo.toml").write_text(declared.replace("8642", str(port)), encoding="utf-8")
    own = ("--sites", tmp_path / "sites", "--home", tmp_path)
    closed = trichtin_process("crawl", *own)
    assert "demo: 0 new" in closed.stdout
    assert "failed: " in closed.stdout
    assert (closed.returncode, closed.stderr) == (1, "trichtin: demo: nothing could be had\n")
    with Newsroom(port):
        done = trichtin_process("run", *own)
    assert (done.returncode, done.stderr) == (0, "")
    assert "demo: 18 new" in done.stdout
    assert "18 articles" in done.stdout
    status = trichtin("status", "--home", tmp_path).stdout
    assert "generation 1" in status
    assert "URLs stored" in status
    answer = trichtin("sql", "select count(*) as n from articles", "--format", "csv", "--home", tmp_path)
    assert answer.stdout == "n\n18\n"
