"""A question in SQL is answered, and nothing else can be done with one."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import duckdb
import pytest
from extracted import pages

from warehouse import Warehouse, WarehouseError, publish, query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 2), "rules-1")
        database = publish(warehouse, home / "published").database
    before = sha256(database.read_bytes()).hexdigest()
    yield database
    assert sha256(database.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in database.parent.iterdir()) == ["manifest.json", "warehouse.duckdb"]


PIVOTED = {"rule": "date.by_hand", "date": 2}


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("select number from decisions limit 1", [{"number": "942/QĐ-TTg"}]),
        ("select count(*) as n from facts;", [{"n": 12}]),
        ("with d as (from dates) select min(start_date)::varchar as first from d", [{"first": "2021-06-15"}]),
        ("values (1)", [{"col0": 1}]),
        (
            "from (pivot facts on kind in ('date') using count(*) group by source)",
            [{"source": None, "date": 2}],
        ),
        ("select 1 as x where false", []),
    ],
)
def test_an_answer(database: Path, sql: str, answer: object) -> None:
    assert query(database, sql).to_pylist() == answer


def test_asking_what_there_is(database: Path) -> None:
    names = query(database, "show tables").column("name").to_pylist()
    assert {"articles", "facts", "decisions"} <= set(names)
    assert query(database, "describe rankings").column("column_name").to_pylist()[0] == "fact_id"
    assert query(database, "summarize dates").num_rows > 10
    assert query(database, "explain from facts").num_rows
    assert query(database, "pivot facts on kind using count(*)").num_rows


def test_it_is_asked_through_the_link(database: Path) -> None:
    link = database.parent.parent / "current" / "warehouse.duckdb"
    assert query(link, "select count(*) as n from articles").to_pylist() == [{"n": 2}]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("", "one statement is asked for, not 0"),
        ("-- nothing", "one statement is asked for, not 0"),
        ("select 1; select 2", "one statement is asked for, not 2"),
        ("select 1; drop view facts", "one statement is asked for, not 2"),
        ("selec 1", 'syntax error at or near "selec"'),
        ("select foo from facts", 'Referenced column "foo" not found'),
        ("select * from nowhere", "Table with name nowhere does not exist"),
        ("select ?", "Values were not provided"),
        ("select error('a' || chr(10) || 'b')", "a b"),
        ("select '\x00", "unterminated"),
        ("select 'a'::integer", "Could not convert"),
        ("select len(list(range)) from range(500000000)", "Out of Memory"),
        ("select '\ud800'", "not valid Unicode"),
    ],
)
def test_wrong_sql_gets_one_clear_line(database: Path, sql: str, why: str) -> None:
    with pytest.raises(WarehouseError) as refused:
        query(database, sql)
    assert why in str(refused.value)
    assert str(refused.value).startswith("cannot answer: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into stored.entities select * from stored.entities",
        "with gone as (delete from stored.dates returning *) select * from gone",
        "delete from stored.dates returning *",
        "explain analyze delete from stored.dates",
        "update stored.state set revision = 9",
        "drop view facts",
        "create table t (a integer)",
        "create temp table t as select 1",
        "comment on view facts is 'mine'",
        "copy facts to '{outside}'",
        "copy (select 1) to '{outside}' (format parquet)",
        "export database '{outside}'",
        "attach '{outside}' as other",
        "attach ':memory:' as other",
        "install httpfs",
        "load httpfs",
        "load json",
        "set threads = 9",
        "set enable_external_access = true",
        "reset memory_limit",
        "pragma database_list",
        "pragma enable_external_access=true",
        "call pragma_version()",
        "checkpoint",
        "begin",
        "use stored",
        "prepare p as select 1",
        "set variable x = 1",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "select * from read_parquet('https://example.org/x.parquet')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from duckdb_secrets()",
        "select getenv('HOME')",
        "from query('drop view facts')",
        "select * from database",
    ],
)
def test_sql_that_does_anything_but_read_the_warehouse(database: Path, tmp_path: Path, sql: str) -> None:
    outside = tmp_path / "outside"
    with pytest.raises(WarehouseError, match=r"^cannot answer: [^\n]+$"):
        query(database, sql.format(outside=outside))
    assert not outside.exists()


def test_no_more_rows_and_no_more_time_than_asked(database: Path) -> None:
    assert query(database, "from range(1000000000)", limit=3).column(0).to_pylist() == [0, 1, 2]
    assert query(database, "from range(9) order by 1 desc", limit=2).column(0).to_pylist() == [8, 7]
    assert query(database, "show tables", limit=2, plain=True).num_rows == 2
    assert query(database, "pivot facts on kind using count(*)", limit=1, plain=True).num_rows == 1
    endless = "select count(*) from range(100000000000) a, range(1000) b where a.range % 7 = 9"
    with pytest.raises(WarehouseError, match=r"^cannot answer: no answer within 0\.2 seconds$"):
        query(database, endless, seconds=0.2)


def test_a_plain_answer_keeps_names_and_what_python_can_hold(database: Path) -> None:
    sql = """select 1 as a, 'b' as "A", date 'infinity' as a, true as "x ""y"" z" """
    answer = query(database, sql, plain=True)
    assert answer.column_names == ["a", "A", "a", 'x "y" z']
    assert [column.to_pylist() for column in answer.columns] == [[1], ["b"], ["infinity"], [True]]


@pytest.mark.parametrize("content", [None, b"", b"no database " * 1000], ids=["none", "empty", "text"])
def test_what_is_no_database(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "warehouse.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"^cannot open [^\n]+$"):
        query(path, "select 1")
    assert path.exists() == (content is not None)


def test_the_published_file_opens_in_any_client_and_cannot_be_written(database: Path) -> None:
    with duckdb.connect(database, read_only=True) as one, duckdb.connect(database, read_only=True) as two:
        assert one.sql("from facts").fetchall() == two.sql("from facts").fetchall()
        with pytest.raises(duckdb.Error, match="read-only"):
            one.execute("delete from stored.dates")
    assert database.stat().st_mode & 0o222 == 0
