"""`trichtin schedule install`, `show`, `remove`: valid systemd units, or one line among others of a crontab.

The programs that would change the user's own timers and crontab are stand-ins that write to files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import trichtin, trichtin_process

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/systemctl.log"
if [ -e "$HOME/no-bus" ]; then echo "Failed to connect to bus: No medium found" >&2; exit 1; fi
"""
CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then
  if [ -e "$HOME/denied" ]; then echo "you are not allowed to use this program" >&2; exit 1; fi
  [ -e "$HOME/crontab" ] || { echo "no crontab for $USER" >&2; exit 1; }
  exec cat "$HOME/crontab"
fi
cat > "$HOME/crontab"
"""
OTHERS = "# my own\n0 3 * * * backup --all\n"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's directory, with the stand-ins on the path."""
    user = tmp_path / "user"
    (user / "bin").mkdir(parents=True)
    for name, text in (("systemctl", SYSTEMCTL), ("crontab", CRONTAB)):
        (user / "bin" / name).write_text(text)
        (user / "bin" / name).chmod(0o755)
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(user))
    monkeypatch.setenv("PATH", f"{user / 'bin'}:{os.environ['PATH']}")
    return user


def units(user: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((user / ".config/systemd/user").glob("*"))}


def schedule(word: str, home: Path, *options: str) -> str:
    done = trichtin("schedule", word, *options, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


HOMES = ("trichtin-data", 'tin tức 100% $HOME "a" \\ b\'c')


@pytest.mark.parametrize("name", HOMES)
def test_units_are_valid_and_start_the_run(user: Path, tmp_path: Path, name: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    home = tmp_path / name
    schedule("install", home, "--site", "demo")
    paths = sorted(map(str, (user / ".config/systemd/user").iterdir()))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *paths], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    (service, timer) = paths
    assert (
        "OnCalendar=*-*-* *:00/10:00 UTC\nPersistent=true\nRandomizedDelaySec=60" in Path(timer).read_text()
    )
    assert "NoNewPrivileges=true" in Path(service).read_text()
    assert home.is_dir()


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Ho_Chi_Minh"])
def test_the_timer_elapses_alike_over_changes_to_summer_time(user: Path, tmp_path: Path, zone: str) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here")
    schedule("install", tmp_path / "home", "--site", "demo", "--every", "30")
    (calendar,) = [
        line.partition("=")[2]
        for text in units(user).values()
        for line in text.splitlines()
        if line.startswith("OnCalendar=")
    ]
    for day in ("2025-03-09", "2025-11-02", "2025-03-30", "2025-10-26"):
        shown = subprocess.run(
            ["systemd-analyze", "calendar", "--iterations=49", f"--base-time={day} 00:00:00 UTC", calendar],
            capture_output=True, text=True, check=True, env=os.environ | {"TZ": zone},
        ).stdout  # fmt: skip
        times = [line.split()[-2] for line in shown.splitlines() if "(in UTC)" in line]
        half_hours = [f"{hour:02}:{minute}:00" for hour in range(24) for minute in ("00", "30")]
        assert times == [*half_hours[1:], "00:00:00", "00:30:00"]


def test_installing_twice_is_installing_once_and_remove_takes_only_ours(user: Path, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("a", "b")]
    (user / ".config/systemd/user").mkdir(parents=True)
    (user / ".config/systemd/user/other.timer").write_text("[Timer]\n")
    for home in homes:
        schedule("install", home, "--site", "demo")
    once = units(user)
    assert len(once) == 5
    schedule("install", homes[0], "--site", "demo")
    assert units(user) == once
    schedule("install", homes[0], "--site", "demo", "--every", "20", "--jitter", "2m")
    changed = {name for name, text in units(user).items() if text != once[name]}
    assert [name.rpartition(".")[2] for name in changed] == ["timer"]
    assert "installed: " in schedule("show", homes[0])
    assert schedule("remove", homes[0]).count("removed: ") == 2
    left = units(user)
    assert len(left) == 3
    assert left.items() <= once.items()
    assert schedule("remove", homes[0]) == f"nothing was installed for {homes[0]}\n"
    log = (user / "systemctl.log").read_text()
    assert log.count("--user enable --now trichtin-a-") == 3
    assert log.count("--user disable --now trichtin-a-") == 1
    assert "disable --now trichtin-b-" not in log


def test_where_systemd_does_not_answer_nothing_is_changed(user: Path, tmp_path: Path) -> None:
    (user / "no-bus").touch()
    done = trichtin("schedule", "install", "--site", "demo", "--home", tmp_path / "home")
    assert done.returncode == 1
    assert done.stderr == (
        "trichtin: systemctl --user daemon-reload: Failed to connect to bus: No medium found; "
        "without systemd: --cron, or trichtin schedule run\n"
    )
    assert units(user) == {}
    (user / "no-bus").unlink()
    schedule("install", tmp_path / "home", "--site", "demo")
    before = units(user)
    (user / "no-bus").touch()
    arguments = ("--every", "20", "--home", tmp_path / "home")
    assert trichtin("schedule", "install", "--site", "demo", *arguments).returncode == 1
    assert units(user) == before


def test_show_says_what_would_be_installed_and_installs_nothing(user: Path, tmp_path: Path) -> None:
    shown = schedule("show", tmp_path / "home", "--site", "demo")
    assert shown.count("would be installed: ") == 2
    assert "demo\tnow\t" in shown
    assert " # trichtin-home-" in schedule("show", tmp_path / "home", "--site", "demo", "--cron")
    assert units(user) == {}
    assert not (tmp_path / "home").exists()


def test_one_line_among_others_of_a_crontab(user: Path, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in HOMES]
    (user / "crontab").write_text(OTHERS)
    for home in (*homes, *homes):
        schedule("install", home, "--site", "demo", "--cron", "--every", "15")
    lines = (user / "crontab").read_text().splitlines()
    assert lines[:2] == OTHERS.splitlines()
    assert len(lines) == 4
    assert "installed: crontab" in schedule("show", homes[0])
    schedule("remove", homes[0])
    assert (user / "crontab").read_text().splitlines() == [*OTHERS.splitlines(), lines[3]]
    schedule("remove", homes[1])
    assert (user / "crontab").read_text() == OTHERS


def test_the_line_of_a_crontab_runs_as_cron_runs_it(user: Path, tmp_path: Path) -> None:
    home = tmp_path / HOMES[1]
    schedule("install", home, "--site", "demo", "--cron", "--every", "15")
    (home / "STOP").touch()
    minutes, hours, *_, command = (user / "crontab").read_text().rstrip("\n").split(" ", 5)
    assert (minutes.partition("-")[2], hours) == ("59/15", "*")
    subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], check=True, timeout=60)
    assert (
        home / "schedule.log"
    ).read_text() == f"{home}/STOP is there: no crawl begins until it is removed\n"


def test_a_crontab_that_cannot_be_read_is_not_written(user: Path, tmp_path: Path) -> None:
    (user / "crontab").write_text(OTHERS)
    (user / "denied").touch()
    done = trichtin("schedule", "install", "--site", "demo", "--cron", "--home", tmp_path / "home")
    assert (done.returncode, done.stderr) == (
        1,
        "trichtin: crontab -l: you are not allowed to use this program\n",
    )
    assert (user / "crontab").read_text() == OTHERS


def test_who_crawls_is_taken_along(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("schedule", "install", "--site", "mst", "--home", tmp_path / "home")
    monkeypatch.delenv("TRICHTIN_CONTACT", raising=False)
    done = trichtin_process(*arguments)
    assert done.returncode == 1
    assert "say who crawls" in done.stderr
    assert units(user) == {}
    monkeypatch.setenv("TRICHTIN_CONTACT", "tin@example.org")
    assert trichtin_process(*arguments).returncode == 0
    assert sum('Environment="TRICHTIN_CONTACT=tin@example.org"' in text for text in units(user).values()) == 1
