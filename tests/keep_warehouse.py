"""Keeps a warehouse of today's schema for the tests of tomorrow's: `python tests/keep_warehouse.py`.

Run it when a migration lands; a kept file is never made anew.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from extracted import pages

from warehouse import Unreadable, Warehouse
from warehouse.schema import bundled

KEPT = Path(__file__).parent / "warehouses"
VERSION = "rules-1"


def main() -> None:
    target = KEPT / f"{bundled()[-1].number:04}.duckdb.gz"
    if target.exists():
        sys.exit(f"{target} is kept already")
    with TemporaryDirectory() as directory:
        path = Path(directory, "warehouse.duckdb")
        with Warehouse.open(path) as warehouse:
            warehouse.claim("archive-1")
            unread = Unreadable(4, "https://bao.example/bai-4", "no text")
            warehouse.load([*pages(1, 3), unread], VERSION)
            warehouse.link_copies()
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
