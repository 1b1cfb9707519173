"""Dockerfile and compose.yaml: what they copy is there, what they run answers, nobody gets more than due."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PLAIN, free_port, trichtin

TRIES = 6
"""Of the health check before an engine calls a container sick; this machine may be busy."""

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def instructions() -> list[tuple[str, str]]:
    """Of the Dockerfile, each with its arguments, continued lines as one."""
    lines = [line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if line[:1] != "#"]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [
        (name, rest.strip())
        for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)
    ]


def said(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def test_the_image_is_made_of_what_is_pinned() -> None:
    assert len(said("FROM")) == 2
    assert {image.partition(" ")[0] for image in said("FROM")} == {"python:3.11-slim-bookworm"}
    installs = [
        step for run in said("RUN") for step in run.split("&&") if "pip install" in step or "uv build" in step
    ]
    assert len(installs) == 4
    assert all("--require-hashes" in step or "--no-deps" in step for step in installs)
    pinned = [
        set(re.findall(r"^[^\s#]+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements-run.lock", "requirements.lock")
    ]
    assert pinned[0] < pinned[1]
    names = {line.partition("==")[0] for line in pinned[0]}
    wanted = [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["cluster"],
    ]
    assert names.issuperset(re.split(r"[>=]", each)[0] for each in wanted)
    assert names.isdisjoint({"pytest", "playwright", "mypy", "ruff"})


def test_what_the_image_is_made_of_reaches_the_builder() -> None:
    sources = [source for copy in said("COPY") if "--from" not in copy for source in copy.split()[:-1]]
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in allowed
    for source in sources:
        assert (ROOT / source).exists()
        assert any((ROOT / source) in ROOT.glob(line[1:]) for line in allowed if line.startswith("!"))
    assert set(PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(sources)


def test_it_runs_as_nobody_in_particular() -> None:
    names = [name for name, _ in instructions()]
    (user,) = said("USER")
    assert int(user.partition(":")[0]) > 1000
    assert names.index("USER") > max(at for at, name in enumerate(names) if name in {"RUN", "COPY"})
    assert json.loads(said("ENTRYPOINT")[0]) == ["trichtin"]
    assert PYPROJECT["project"]["scripts"]["trichtin"] == "pipeline.cli:main"


def test_services_can_write_nothing_but_the_data_and_take_bounded_memory() -> None:
    described = compose()
    assert set(described["services"]) == {"crawl", "serve"}
    for service in described["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert re.fullmatch(r"\d+g", service["mem_limit"])
        for volume in service["volumes"]:
            source, target, *mode = volume.split(":")
            assert (source in described["volumes"] and target == "/data") or mode == ["ro"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def commands() -> list[list[str]]:
    services = [service["command"] for service in compose()["services"].values()]
    return [*services, json.loads(said("CMD")[0])]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_with_its_options_is_one(command: list[str]) -> None:
    assert trichtin(*command, "--help").returncode == 0


def test_the_pages_open_as_their_service_says_and_the_health_check_sees_it(newsroom_home: Path) -> None:
    port = str(free_port())
    check = json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])
    checking = [sys.executable, *(part.replace("8080", port) for part in check[1:])]
    assert subprocess.run(checking, capture_output=True, check=False).returncode != 0
    written = [re.sub(r"\$\{\w+:-(.*)\}", r"\1", part) for part in compose()["services"]["serve"]["command"]]
    serving = [sys.executable, "-m", "pipeline", *written, "--port", port]
    serving[serving.index("0.0.0.0")] = "127.0.0.1"  # noqa: S104  (a test opens nothing to others)
    environment = os.environ | PLAIN | {"TRICHTIN_HOME": str(newsroom_home)}
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True, env=environment) as pages:
        try:
            assert pages.stdout
            assert pages.stdout.readline() == f"The pages are open at http://127.0.0.1:{port}\n"
            tries = (subprocess.run(checking, capture_output=True, check=False) for _ in range(TRIES))
            assert any(tried.returncode == 0 for tried in tries)
        finally:
            pages.send_signal(signal.SIGTERM)
