"""The index of a generation holds what its database holds, however it was come by."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from extracted import TEXT, page, pages

from warehouse import Warehouse, WarehouseError, publish, reading
from warehouse.search import Filters, SearchIndex, build

ROOT = Path(__file__).parent.parent


def seen(directory: Path) -> list[tuple[object, ...]]:
    """Everything that the index tells."""
    hits = SearchIndex.open(directory).search(limit=1000, sort="date").hits
    return sorted((hit.kind, hit.id, hit.title, hit.day, hit.articles, hit.snippet.text) for hit in hits)


def own(number: int, text: str) -> str:
    """A text that is no copy of another."""
    return f"{text} " + " ".join(f"chữ{number}x{each}" for each in range(60))


def load(home: Path, *numbers: int, text: str = TEXT) -> Path:
    """The DuckDB file with a page of its own text for each number."""
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        done = [page(n, own(n, text), url=f"https://bao.example/bai-{n}", source=f"Báo {n}") for n in numbers]
        warehouse.load(done, "rules-1")
        warehouse.link_copies()
        warehouse.bring_together()
    return home / "warehouse.duckdb"


def files(directory: Path) -> dict[str, str]:
    names = (path for path in directory.iterdir() if path.suffix != ".lock")
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in names}


def test_of_hits_as_good_as_each_other_the_most_told_comes_first_in_every_index(tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        texts = {n: own(n, TEXT) for n in range(10, 60)}
        warehouse.load(
            [page(n, text, url=f"https://bao.example/{n}") for n, text in texts.items()], "rules-1"
        )
        warehouse.load([page(n, texts[30], url=f"https://chep.example/{n}") for n in (60, 61)], "rules-1")
    orders = []
    for name in ("one", "other"):
        with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
            generation = publish(warehouse, tmp_path / name, build)
        hits = SearchIndex.open(generation.index).search("hồ sơ", Filters(kind="article"), limit=99).hits
        orders.append([hit.id for hit in hits])
        assert [hit.articles for hit in hits] == [3] + [1] * 49
    assert orders[0] == orders[1]


def test_articles_once_and_documents_with_their_facts(tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 3), "rules-1")  # three copies
        publish(warehouse, tmp_path / "published", build)
    with reading(tmp_path / "published") as generation:
        assert generation
        index = SearchIndex.open(generation.index)
    answer = index.search("qd 942", facets=True)
    assert {(hit.kind, hit.number, hit.articles) for hit in answer.hits} == {
        ("article", None, 3),
        ("decision", "942/QĐ-TTg", 1),
    }
    assert answer.facets["type"] == {"Quyết định": 2}
    assert answer.facets["issuer"] == {"Thủ tướng Chính phủ": 2}
    assert answer.facets["action"] == {"issue": 2}
    assert answer.facets["year"] == {"2021": 2}
    for hit in answer.hits:
        assert TEXT[hit.snippet.start :].startswith(hit.snippet.text)


def test_only_what_changed_is_indexed_again(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(load(tmp_path, *range(1, 30)), index)
    before = files(index)
    build(tmp_path / "warehouse.duckdb", index)
    assert files(index) == before
    build(load(tmp_path, 30), index)
    kept = {name for name, content in files(index).items() if before.get(name) == content}
    assert {Path(name).suffix for name in kept} >= {".idx", ".pos", ".term", ".store"}
    build(tmp_path / "warehouse.duckdb", tmp_path / "anew")
    assert seen(index) == seen(tmp_path / "anew")
    assert {hit.title for hit in SearchIndex.open(index).search("chữ30x7").hits} == {"Tin mẫu"}


def test_what_was_found_last_comes_first_whenever_it_was_published(tmp_path: Path) -> None:
    moments = {1: 5, 2: 9, 3: 7}  # page: hour of its fetch
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        for n, hour in moments.items():
            told = page(n, own(n, TEXT), url=f"https://bao.example/bai-{n}", title=f"Bài {n}")
            warehouse.load([replace(told, fetched=datetime(2024, 5, 1, hour, tzinfo=UTC))], "rules-1")
        again = page(4, own(1, TEXT + " Sửa."), url="https://bao.example/bai-1", title="Bài 1, sửa")
        warehouse.load([replace(again, fetched=datetime(2024, 5, 2, tzinfo=UTC))], "rules-1")
        warehouse.bring_together()
    build(tmp_path / "warehouse.duckdb", tmp_path / "index")
    index = SearchIndex.open(tmp_path / "index")
    articles = index.search(filters=Filters(kind="article"), sort="found").hits
    assert [(hit.title, hit.found and hit.found.hour) for hit in articles] == [
        ("Bài 2", 9),
        ("Bài 3", 7),
        ("Bài 1, sửa", 5),
    ]
    (document,) = index.search("qd 942", Filters(kind="decision")).hits
    assert document.found == datetime(2024, 5, 1, 5, tzinfo=UTC)


def test_what_was_changed_and_what_became_a_copy_leaves(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(load(tmp_path, 1, 2), index)
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        text = own(2, TEXT.replace("trực tuyến", "bằng giấy"))
        warehouse.load([page(9, text, url="https://bao.example/bai-2")], "rules-1")
    build(tmp_path / "warehouse.duckdb", index)
    opened = SearchIndex.open(index)
    assert (opened.search('"bằng giấy"').total, opened.search('"trực tuyến"').total) == (1, 1)
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.load([page(3, own(1, TEXT), url="https://khac.example/", source="Báo 3")], "rules-1")
        warehouse.link_copies()
    build(tmp_path / "warehouse.duckdb", index)
    (hit,) = SearchIndex.open(index).search("chữ1x1").hits
    assert hit.articles == 2


def test_a_reader_sees_what_it_opened(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(load(tmp_path, 1), index)
    opened = SearchIndex.open(index)
    for number in range(2, 6):
        build(load(tmp_path, number), index)
    assert opened.search("chữ1x1").total == 1
    assert opened.search("chữ5x1").total == 0
    assert SearchIndex.open(index).search("chữ5x1").total == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"no index"], ids=["empty", "bare", "text"])
def test_a_damaged_index_is_refused_and_made_anew(tmp_path: Path, content: bytes) -> None:
    index = tmp_path / "index"
    database = load(tmp_path, 1, 2)
    build(database, index)
    before = seen(index)
    (index / "meta.json").write_bytes(content)
    with pytest.raises(WarehouseError, match=r"^cannot open the search index [^\n]+$"):
        SearchIndex.open(index)
    build(database, index)
    assert seen(index) == before


def test_generations_share_what_did_not_change(tmp_path: Path) -> None:
    for number in (1, 2):
        load(tmp_path, number)
        with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
            publish(warehouse, tmp_path / "published", build)
    one, two = (tmp_path / "published" / f"generation-000{number}" / "index" for number in (1, 2))
    assert SearchIndex.open(one).search("chữ2x1").total == 0
    assert SearchIndex.open(two).search("chữ1x1").total == 1
    build(tmp_path / "warehouse.duckdb", tmp_path / "anew")
    assert seen(two) == seen(tmp_path / "anew")
    assert any(file.stat().st_nlink == 2 for file in two.glob("*.store"))


BUILD = """
import sys
from pathlib import Path
from warehouse.search import build, building
home = Path(sys.argv[1])
read = building._read

def slowly(connection, states):
    for number, entry in enumerate(read(connection, states)):
        yield entry
        print(number, flush=True)

building._read = slowly
build(home / "warehouse.duckdb", home / "index")
print("built", flush=True)
"""


@pytest.mark.parametrize("line", ["0", "12", "built"])
def test_a_killed_build_leaves_an_index_to_go_on_from(tmp_path: Path, line: str) -> None:
    build(load(tmp_path, 1), tmp_path / "index")
    before = seen(tmp_path / "index")
    load(tmp_path, *range(2, 15))
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        assert f"{line}\n" in process.stdout
        process.kill()
    assert process.returncode in {0, -signal.SIGKILL}
    build(tmp_path / "warehouse.duckdb", tmp_path / "anew")
    assert seen(tmp_path / "index") in (before, seen(tmp_path / "anew"))
    build(tmp_path / "warehouse.duckdb", tmp_path / "index")
    assert seen(tmp_path / "index") == seen(tmp_path / "anew")
