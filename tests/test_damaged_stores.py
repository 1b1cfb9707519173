"""A store that lost its ledger is made whole; what the archive has lost is told, and never guessed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from stored import page, stored, warc_file

from corpus import archive
from corpus.store import Store, StoreError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lost_ledger_is_made_anew_from_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ROLL_AT", 3000)
    with Store.open(tmp_path) as store:
        for i in range(12):
            store.add(page(str(i % 7), os.urandom(700), site="bao", declared={"title": f"Bài {i}"}))
    before = stored(tmp_path)
    assert len(list((tmp_path / "archive").iterdir())) > 2
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with Store.open(tmp_path) as store:
        assert store.frontier.states() == {"stored": 7}
        assert store.add(before[-1][1]) is None
    assert stored(tmp_path) == before


def test_a_reader_too_makes_a_lost_ledger_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
        store.add(page("b"))
    before = stored(tmp_path)
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with Store.reading(tmp_path) as store:
        assert list(store.pages(store.numbers())) == before


def test_an_archive_keeps_its_identity_and_no_other_has_it(tmp_path: Path) -> None:
    identities = []
    for home in (tmp_path / "one", tmp_path / "other"):
        with Store.open(home) as store:
            assert store.identity is None
            store.add(page("a"))
            identities.append(store.identity)
            store.add(page("b"))
        with Store.reading(home) as store:
            assert store.identity == identities[-1]
    assert len(set(identities) - {None}) == 2


def test_the_identity_of_a_damaged_archive_is_not_guessed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page())
    path = warc_file(tmp_path)
    path.write_bytes(bytes(40) + path.read_bytes()[40:])
    with Store.reading(tmp_path) as store, pytest.raises(StoreError, match="first record is gone or damaged"):
        store.identity  # noqa: B018
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with pytest.raises(StoreError, match="is damaged at byte 0, with whole records behind"):
        Store.reading(tmp_path).__enter__()


def test_damage_before_whole_records_is_told_and_nothing_thrown_away(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for name in "abc":
            store.add(page(name))
    path = warc_file(tmp_path)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    for lost in tmp_path.glob("ledger.sqlite*"):
        lost.unlink()
    with (
        pytest.raises(StoreError, match=r"damaged at byte \d+, with whole records behind"),
        Store.open(tmp_path),
    ):
        pass
    assert path.read_bytes() == damaged


def test_an_archive_that_lost_bytes_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page())
    path = warc_file(tmp_path)
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(StoreError, match="where the ledger knows"), Store.open(tmp_path):
        pass
    with Store.reading(tmp_path) as store, pytest.raises(StoreError, match="no readable record"):
        list(store.pages([1]))
