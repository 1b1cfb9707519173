"""README can't lie: every command in it is run, and what it shows is what comes out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import trichtin, trichtin_process

from pipeline.newsroom import Newsroom
from spiders.site import EXPECTATIONS, FIELDS, SELECTORS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.vi.md")
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SITE = re.compile(r"^```toml\n(# my-sites/bao.toml\n.*?)^```", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PORT = re.compile(r"127\.0\.0\.1:[0-9]+")
_SECONDS = re.compile(r"[0-9.]+ s\b")


def commands(readme: str) -> list[tuple[str, list[str]]]:
    """Each command with the output lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in _BLOCK.findall((ROOT / readme).read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def test_commands_and_their_output(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both READMEs run the same commands, which are run once; each shows what comes out."""
    monkeypatch.setenv("TRICHTIN_HOME", str(tmp_path / "trichtin-data"))
    monkeypatch.chdir(ROOT)
    assert shared.samefile("../shared")
    english, vietnamese = map(site_of, READMES)
    assert tomllib.loads(english) == tomllib.loads(vietnamese)
    with Newsroom(port=0) as newsroom:
        (tmp_path / "my-sites").mkdir()
        (tmp_path / "my-sites" / "bao.toml").write_text(
            vietnamese.replace("https://bao.example/", newsroom.home), "utf-8"
        )
        run_all(tmp_path)


def site_of(readme: str) -> str:
    (site,) = _SITE.findall((ROOT / readme).read_text(encoding="utf-8"))
    return str(site)


def run_all(home: Path) -> None:
    for (command, english), (twin, vietnamese) in zip(*map(commands, READMES), strict=True):
        assert command == twin
        done = run(command, home)
        assert done.returncode == 0, (command, done.stderr)
        came_out = [_SECONDS.sub("… s", line.rstrip()) for line in plain(done.stdout, home)]
        for line in (*english, *vietnamese):
            assert line == "…" or _SECONDS.sub("… s", line.rstrip()) in came_out, (command, came_out)


def run(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    said, _, rest = command.partition(" | ")
    words = shlex.split(rest or said)
    if words[0] == "make":
        return subprocess.run(["make", "-n", *words[1:]], capture_output=True, text=True, check=False)
    if words[:2] == ["trichtin", "demo"]:
        words += ["--port", "0", "--home", "demo-data"]
    assert words[0] == "trichtin"
    words = [str(home / word) if word in {"demo-data", "my-sites/"} else word for word in words]
    if words[1] in {"crawl", "demo", "run"}:  # a process crawls once
        return trichtin_process(*words[1:])
    given = shlex.split(said)[1].encode() if rest else b""
    return trichtin(*words[1:], stdin=given)


def plain(output: str, home: Path) -> list[str]:
    return _PORT.sub("127.0.0.1:8642", output.replace(f"{home}/", "")).splitlines()


def test_every_field_of_a_site_is_described() -> None:
    told = (ROOT / "docs" / "crawling.md").read_text(encoding="utf-8")
    for name in (*FIELDS, *SELECTORS, *EXPECTATIONS):
        assert f"`{name}`" in told or f"`[{name}]`" in told, name


def test_python_examples() -> None:
    english, vietnamese = (_PYTHON.findall((ROOT / name).read_text(encoding="utf-8")) for name in READMES)
    assert english == vietnamese
    assert len(english) == 2
    for block in english:
        subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, check=True)
