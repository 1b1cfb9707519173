"""A home whose articles are stored and not yet built."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conftest import trichtin

ARTICLES = 60
"""More than one batch of a build whose BATCH is 10 or 20, as the killed builds run."""


def archived(source: Path, home: Path) -> Path:
    """The home with the articles, which are written into `source`; some name the same decision."""
    for number in range(ARTICLES):
        (source / f"{number:03}.txt").write_text(
            f"Ngày {number % 28 + 1}/6/2021, Thủ tướng ban hành Quyết định số {number % 9 + 900}/QĐ-TTg.\n"
            f"Đến năm 2025, phấn đấu {number + 20}% người dân hài lòng, xử lý {number % 7 + 100} hồ sơ.\n"
        )
    assert trichtin("import", source, "--home", home).returncode == 0
    return home


def copy_of(archive: Path, home: Path) -> Path:
    """A home of its own for a test that changes it."""
    subprocess.run(["cp", "-a", str(archive), str(home)], check=True)
    return home
