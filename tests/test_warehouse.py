"""The warehouse holds each fact once, with all that is promised of it, and refuses what it cannot hold."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from extracted import FETCHED, TEXT, fact, page, pages
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus import FACTS, Article, Date, Decision, Entity, Percentage, Quantity, Ranking, Span
from warehouse import Extracted, Unreadable, Warehouse, WarehouseError
from warehouse.contract import FACT_VIEWS, document, views
from warehouse.schema import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "warehouse.duckdb"
    Warehouse.open(path).close()
    return path


@pytest.fixture
def warehouse(path: Path, blank: Path) -> Iterator[Warehouse]:
    shutil.copyfile(blank, path)
    with Warehouse.open(path) as opened:
        yield opened


def ask(warehouse: Warehouse, sql: str) -> list[dict[str, Any]]:
    return warehouse._connection.sql(sql).to_arrow_table().to_pylist()


def fact_ids(warehouse: Warehouse) -> list[str]:
    return [row["fact_id"] for row in ask(warehouse, "select fact_id from facts order by fact_id")]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


# What a row says


OWN = {
    "decision_mentions": {
        "doc_type": "Quyết định",
        "number": "942/QĐ-TTg",
        "issued_on": "2021-06-15",
        "issuer": "Thủ tướng Chính phủ",
        "title": None,
        "action": "issue",
        "refers_to": None,
        "document_id": None,  # before documents are brought together
        "document_confidence": None,
        "document_evidence": None,
    },
    "dates": {
        "start_date": date(2021, 6, 15),
        "end_date": date(2021, 6, 15),
        "modifier": None,
        "grain": "day",
        "value": "2021-06-15",
        "evidence": "text",
    },
    "percentages": {
        "low": 80.0,
        "high": 80.0,
        "unit": "percent",
        "comparator": "eq",
        "change": None,
        "status": "target",
        "subject": "hồ sơ",
        "period": None,
        "malformed": False,
    },
    "rankings": {
        "rank": 86,
        "out_of": 193,
        "top_n": None,
        "previous_rank": None,
        "change": None,
        "change_since": None,
        "year": None,
        "subject": "Nước ta",
        "index": None,
        "scope": None,
        "status": "actual",
    },
    "quantities": {
        "low": 62.0,
        "high": 62.0,
        "out_of": 63.0,
        "unit": "tỉnh",
        "comparator": "eq",
        "malformed": False,
    },
    "entities": {"label": "ORG"},
}
SENTENCES = {
    "decision_mentions": TEXT[: TEXT.index(" Mục")],
    "dates": TEXT[: TEXT.index(" Mục")],
    "entities": TEXT[: TEXT.index(" Mục")],
    "percentages": "Mục tiêu là 80% hồ sơ được xử lý trực tuyến.",
    "rankings": "Nước ta xếp hạng 86/193 quốc gia.",
    "quantities": "Đã có 62/63 tỉnh tham gia.",
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_row_says_all_of_its_fact(warehouse: Warehouse, kind: str) -> None:
    view = FACT_VIEWS[kind]
    loaded = page(1, source="Báo mẫu")
    warehouse.load([loaded], "rules-1")
    (row,) = ask(warehouse, f"from {view}")
    (stated,) = [found for found in loaded.facts if found.kind == kind]
    assert re.fullmatch("[0-9a-f]{16}", row.pop("fact_id"))
    assert row == {
        "article_id": loaded.article.id,
        "version": loaded.article.version,
        "url": "https://bao.example/bai-1",
        "source": "Báo mẫu",
        "published": date(2021, 7, 1),
        "kind": kind,
        "surface": stated.text,
        "span_start": stated.start,
        "span_end": stated.end,
        "sentence": SENTENCES[view],
        "rule": f"{kind}.by_hand",
        "extractor_version": "rules-1",
        "confidence": 0.9,
        "noise": False,
        "canonical_id": loaded.article.id,
        "is_copy": False,
        **OWN[view],
    }


def test_facts_of_all_kinds_stand_in_one_view(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    together = ask(warehouse, "from facts order by fact_id")
    common = ", ".join(together[0])
    apart = [row for view in FACT_VIEWS.values() for row in ask(warehouse, f"select {common} from {view}")]
    assert together == sorted(apart, key=lambda row: row["fact_id"])
    assert {row["kind"] for row in together} == set(FACTS)


def test_an_article_row_says_all_of_its_article(warehouse: Warehouse) -> None:
    loaded = page(1, source="Báo mẫu")
    warehouse.load([loaded], "rules-1")
    assert ask(warehouse, "from articles") == [
        {
            "article_id": loaded.article.id,
            "version": loaded.article.version,
            "is_current": True,
            "title": "Tin mẫu",
            "published": date(2021, 7, 1),
            "url": "https://bao.example/bai-1",
            "source": "Báo mẫu",
            "text": TEXT,
            "fetched": datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001 (UTC, as the contract says)
            "extractor_version": "rules-1",
            "canonical_id": loaded.article.id,
            "is_copy": False,
        }
    ]


def test_what_is_not_known_is_null(warehouse: Warehouse) -> None:
    bare = Extracted(1, Article.from_text("Có 5 xã."), [], [], FETCHED)
    warehouse.load([bare], "rules-1")
    (row,) = ask(warehouse, "from articles")
    assert {name for name, value in row.items() if value is None} == {"title", "published", "url", "source"}


def test_sentence_of_a_fact_that_crosses_or_misses_sentences(warehouse: Warehouse) -> None:
    text = "Một hai. Ba bốn. Năm"
    found = [fact(Entity, text, surface, label="ORG") for surface in ("hai. Ba", "bốn", "Năm")]
    article = Article.from_text(text)
    warehouse.load([Extracted(1, article, found, [Span(0, 8), Span(9, 16)], FETCHED)], "rules-1")
    rows = ask(warehouse, "select surface, sentence from entities")
    assert {row["surface"]: row["sentence"] for row in rows} == {
        "hai. Ba": "Một hai. Ba bốn.",
        "bốn": "Ba bốn.",
        "Năm": "Năm",
    }


HUGE = 10**400


@pytest.mark.parametrize(
    ("view", "found", "column", "held"),
    [
        ("rankings", fact(Ranking, TEXT, "86", rank=2**31 - 1), "rank", 2**31 - 1),
        ("rankings", fact(Ranking, TEXT, "86", change=-(2**31) + 1), "change", -(2**31) + 1),
        ("rankings", fact(Ranking, TEXT, "86", rank=2**31), "rank", None),
        ("rankings", fact(Ranking, TEXT, "86", rank=HUGE), "rank", None),
        ("quantities", fact(Quantity, TEXT, "62", low=8 * 10**12, high=2**53 + 2), "high", 2.0**53 + 2),
        ("quantities", fact(Quantity, TEXT, "62", low=HUGE, high=1.0), "low", None),
        ("quantities", fact(Quantity, TEXT, "62", low=1.0, high=float("inf")), "high", None),
        ("percentages", fact(Percentage, TEXT, "80", low=float("nan"), high=80.0), "low", None),
        ("percentages", fact(Percentage, TEXT, "80", low=0.1, high=0.1), "low", 0.1),
        ("dates", fact(Date, TEXT, "15", start_date=date.min, end_date=date.max), "start_date", date.min),
        (
            "decision_mentions",
            fact(Decision, TEXT, "942", doc_type="Luật", issued_on="2021-06"),
            "issued_on",
            "2021-06",
        ),
    ],
)
def test_numbers_at_the_ends_of_their_columns(
    warehouse: Warehouse, view: str, found: Any, column: str, held: object
) -> None:
    ordinary = [other for other in page(1).facts if other.kind == found.kind]
    warehouse.load([page(1, facts=[found, *ordinary])], "rules-1")
    rows = ask(warehouse, f"select {column} from {view} order by span_end - span_start")
    assert [row[column] for row in rows] == [held, getattr(ordinary[0], column)]


# Where it stands


ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("aế\u0301👍🏽🇻🇳\x00\ud800\udfff\n "))
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.open(tmp_path_factory.mktemp("shelf") / "w.duckdb") as opened:
        yield opened


@settings(max_examples=80, deadline=None)
@given(text=ANY_TEXT, data=st.data())
def test_the_surface_is_cut_from_any_text_by_code_points(
    shelf: Warehouse, text: str, data: st.DataObject
) -> None:
    article = Article.from_text(text, title=text, url="https://bao.example/bai", source=text)
    assume(article.text)
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    surface = article.text[start:end]
    found = Entity(start=start, end=end, text=surface, rule="entity.any", label="ORG")
    number = max(shelf.loaded("rules-1"), default=0) + 1
    shelf.load([Extracted(number, article, [found], [Span(0, len(article.text))], FETCHED)], "rules-1")
    (row,) = ask(
        shelf,
        """
        select f.surface, f.sentence, a.text, length(a.text) as characters,
            substr(a.text, f.span_start + 1, f.span_end - f.span_start) as cut
        from entities f join articles a using (article_id, version)
        """,
    )
    storable = re.sub("[\ud800-\udfff]", "\ufffd", article.text)
    assert row == {
        "surface": storable[start:end],
        "sentence": storable,
        "text": storable,
        "characters": len(article.text),
        "cut": storable[start:end],
    }


# Each page once, by the newest rules


def test_loading_twice_is_loading_once(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    before, state = fact_ids(warehouse), warehouse.state
    warehouse.load([page(1)], "rules-1")
    warehouse.load([], "rules-1")
    assert (fact_ids(warehouse), warehouse.state) == (before, state)
    assert len(set(before)) == len(before) == 6


def test_a_page_twice_in_a_batch_counts_once(warehouse: Warehouse) -> None:
    warehouse.load([page(1), page(1)], "rules-1")
    assert len(fact_ids(warehouse)) == 6


def test_of_two_facts_of_one_kind_and_span_the_first_counts(warehouse: Warehouse) -> None:
    first, second = (fact(Percentage, TEXT, "80%", low=low, high=80.0) for low in (80.0, 8.0))
    warehouse.load([page(1, facts=[first, second])], "rules-1")
    assert ask(warehouse, "select low from percentages") == [{"low": 80.0}]


def test_newer_rules_replace_the_rows_of_their_pages_only(warehouse: Warehouse) -> None:
    warehouse.load(pages(1, 3), "rules-1")
    (again,) = pages(2, 1)
    warehouse.load([replace(again, facts=again.facts[:1])], "rules-2")
    rows = ask(warehouse, "select url, extractor_version, count(*) as n from facts group by all order by url")
    assert [(row["url"][-1], row["extractor_version"], row["n"]) for row in rows] == [
        ("1", "rules-1", 6),
        ("2", "rules-2", 1),
        ("3", "rules-1", 6),
    ]
    assert (warehouse.loaded("rules-1"), warehouse.loaded("rules-2")) == ({1, 3}, {2})


def test_ids_are_the_same_in_every_warehouse_and_differ_between_articles(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.load(pages(1, 2), "rules-1")
    with Warehouse.open(tmp_path / "other" / "w.duckdb") as other:
        other.load(pages(2, 1), "rules-2")
        other.load([replace(pages(1, 1)[0], page=9)], "rules-2")
        assert fact_ids(other) == fact_ids(warehouse)
    assert len(set(fact_ids(warehouse))) == 12


VERSIONS = "select text, is_current from articles order by text"


def test_facts_are_those_of_the_newest_version(warehouse: Warehouse) -> None:
    old, new = TEXT, TEXT.replace("80%", "85%")
    changed = fact(Percentage, new, "85%", low=85.0, high=85.0)
    warehouse.load([page(1, old), page(2, new, facts=[changed])], "rules-1")
    assert ask(warehouse, VERSIONS) == [
        {"text": old, "is_current": False},
        {"text": new, "is_current": True},
    ]
    assert ask(warehouse, "select surface from facts") == [{"surface": "85%"}]
    warehouse.load([page(3, old)], "rules-1")
    assert ask(warehouse, VERSIONS) == [
        {"text": old, "is_current": True},
        {"text": new, "is_current": False},
    ]
    assert len(fact_ids(warehouse)) == 6


def test_an_unreadable_page_is_done_and_hides_nothing(warehouse: Warehouse) -> None:
    warehouse.load([page(1), Unreadable(2, "https://bao.example/bai-1", "no text")], "rules-1")
    assert warehouse.loaded("rules-1") == {1, 2}
    assert len(fact_ids(warehouse)) == 6


def test_a_page_that_newer_rules_cannot_read_gives_way(warehouse: Warehouse) -> None:
    newer = page(2, TEXT + " Hết.", facts=[])
    warehouse.load([page(1), newer], "rules-1")
    assert fact_ids(warehouse) == []
    warehouse.load([Unreadable(2, None, "a list\ud800")], "rules-2")
    assert len(fact_ids(warehouse)) == 6
    warehouse.load([newer], "rules-3")
    assert fact_ids(warehouse) == []


def test_a_batch_is_all_or_nothing(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    before, state = fact_ids(warehouse), warehouse.state
    nameless = replace(page(3).facts[0], rule=None)
    with pytest.raises(WarehouseError, match=r"^cannot load into the warehouse [^\n]*$"):
        warehouse.load([page(1, facts=[]), *pages(2, 1), page(3, facts=[nameless])], "rules-2")
    assert (fact_ids(warehouse), warehouse.state, warehouse.loaded("rules-2")) == (before, state, set())
    warehouse.load(pages(2, 1), "rules-2")
    assert len(fact_ids(warehouse)) == 12


# The contract


def test_every_view_and_column_is_explained_in_one_line(warehouse: Warehouse) -> None:
    contract = views(warehouse._connection)
    assert {view.name for view in contract} >= {"articles", "facts", *FACT_VIEWS.values()}
    for view in contract:
        for comment in (view.comment, *(column.comment for column in view.columns)):
            assert comment
            assert "\n" not in comment
            assert "|" not in comment


def test_every_column_is_named_without_quotes(warehouse: Warehouse) -> None:
    for view in views(warehouse._connection):
        for column in view.columns:
            assert ask(warehouse, f"select {column.name} from {view.name} order by {column.name}") == []


@pytest.mark.parametrize("kind", FACTS)
def test_a_view_has_the_fields_of_its_kind(warehouse: Warehouse, kind: str) -> None:
    spelled = {"start": "span_start", "end": "span_end", "text": "surface"}
    stated = {spelled.get(field.name, field.name) for field in fields(FACTS[kind])}
    names = ask(
        warehouse, f"select column_name from duckdb_columns() where table_name = '{FACT_VIEWS[kind]}'"
    )
    assert stated <= {row["column_name"] for row in names}


def test_the_document_is_the_contract() -> None:
    written = (ROOT / "docs" / "warehouse.md").read_text("utf-8")
    assert written == document(), "run: python -m warehouse.contract > docs/warehouse.md"


# What cannot be opened


def another_database(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("create table mine (a integer)")


def altered(sql: str) -> Any:
    def make(path: Path) -> None:
        Warehouse.open(path).close()
        with duckdb.connect(path) as connection:
            connection.execute(sql)

    return make


def cut_short(path: Path) -> None:
    Warehouse.open(path).close()
    path.write_bytes(path.read_bytes()[:10_000])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.write_bytes(b"day khong phai la kho" * 1000), "not a valid DuckDB database file"),
        (lambda path: path.write_bytes(b""), "not a valid DuckDB database file"),
        (cut_short, "Could not read enough bytes"),
        (another_database, "no trichtin warehouse"),
        (altered("insert into stored.migrations values (99, '0099_later', 'abc')"), "newer trichtin"),
        (altered("update stored.migrations set checksum = 'abc'"), f"{bundled()[0].name} was edited"),
    ],
    ids=["text", "empty", "cut short", "another database", "newer", "edited migration"],
)
def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(path: Path, make: Any, why: str) -> None:
    make(path)
    before = digest(path)
    with pytest.raises(WarehouseError, match=rf"^cannot open the warehouse [^\n]*{re.escape(why)}[^\n]*$"):
        Warehouse.open(path)
    assert digest(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(("place", "why"), [(".", "Is a directory"), ("file/below", "File exists")])
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WarehouseError, match=rf"^cannot open the warehouse [^\n]*{why}[^\n]*$"):
        Warehouse.open(tmp_path / place)


@pytest.mark.parametrize("size", [4096, 20_000, 100_000])
def test_a_full_disk_leaves_nothing_of_a_new_warehouse(path: Path, size: int) -> None:
    """Too full for the database, for its log, for both together."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(WarehouseError, match=r"^cannot open the warehouse [^\n]*Could not write[^\n]*$"):
            Warehouse.open(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.iterdir()) == []


def test_a_warehouse_belongs_to_the_first_archive_that_claims_it(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        before = warehouse.state
        warehouse.claim(None)
        warehouse.claim("one")
    with Warehouse.open(path) as warehouse:
        warehouse.claim("one")
        for other in ("other", None):
            with pytest.raises(WarehouseError, match=r"another archive .* move it away and build again$"):
                warehouse.claim(other)
        assert warehouse.state == before


def test_opening_again_changes_nothing(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        warehouse.load([page(1)], "rules-1")
    before = digest(path)
    Warehouse.open(path).close()
    assert digest(path) == before


def test_views_of_another_version_are_made_anew(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        warehouse.load([page(1)], "rules-1")
        identity, revision = warehouse.state
    with duckdb.connect(path) as connection:
        connection.execute(
            "drop view facts; create view gone as select 1; update stored.state set views = ''"
        )
    with Warehouse.open(path) as warehouse:
        assert len(fact_ids(warehouse)) == 6
        assert warehouse.state == (identity, revision + 1)
        assert ask(warehouse, "from duckdb_views() where view_name = 'gone'") == []


HOLD = """
import sys
from pathlib import Path
from warehouse import Warehouse
with Warehouse.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Another process has the warehouse open; gives its pid."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == b"open\n"
        yield process.pid
        process.kill()


def test_one_process_writes_and_the_next_is_told_which(path: Path) -> None:
    with (
        held(path) as pid,
        pytest.raises(WarehouseError, match=rf"^cannot open [^\n]* in use by another process \(PID {pid}\)$"),
    ):
        Warehouse.open(path)
    Warehouse.open(path).close()
