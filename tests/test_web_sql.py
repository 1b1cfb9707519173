"""The SQL page answers questions about the database, and questions about anything else it refuses."""

from __future__ import annotations

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow.parquet
import pytest
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from served import Site


@pytest.fixture(scope="module")
def quick(newsroom_home: Path) -> Iterator[Site]:
    with serving(newsroom_home, sql_seconds=2.0, sql_gigabytes=0.2) as opened:
        yield opened


def ask(site: Site, sql: str, form: str = "") -> httpx.Response:
    return site.get(f"/sql{form}", params={"q": sql})


def test_an_answer_is_a_table_and_a_chart(site: Site) -> None:
    text = ask(site, "select kind, count(*) as n from facts group by kind order by n").text
    assert "<td>ranking</td>" in text
    assert "<svg" in text


def test_the_examples_are_answered(site: Site) -> None:
    from warehouse.examples import examples

    for example in examples()[:4]:
        assert ask(site, example.sql).status_code == 200


def test_files_hold_what_the_page_shows(site: Site) -> None:
    sql = "select kind, count(*) as n, [kind, null] as l from facts group by kind order by kind"
    table = list(csv.DictReader(io.StringIO(ask(site, sql, ".csv").text.removeprefix("\ufeff"))))
    rows = pyarrow.parquet.read_table(io.BytesIO(ask(site, sql, ".parquet").content)).to_pylist()
    assert [(row["kind"], int(row["n"])) for row in table] == [(row["kind"], row["n"]) for row in rows]
    assert rows[0]["l"] == [rows[0]["kind"], None]


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 as a, 2 as a",
        "select null",
        "select 'x'::blob, 1.5::decimal(9, 2), date '2021-06-15', interval 3 days, uuid()",
        "select {'a': [1, 2], 'b': map {'c': 1}}",
        "select 'infinity'::timestamp, 'nan'::double, 1e308",
        "select repeat('x', 10000) from range(3)",
        "select * from articles where false",
        "explain select 1",
        "pivot facts on kind using count(*) group by source",
    ],
)
def test_any_kind_of_row_can_be_shown_and_taken(site: Site, sql: str) -> None:
    for form in ("", ".csv", ".parquet"):
        assert ask(site, sql, form).status_code == 200


ATTACKS = [
    "select * from read_text('/etc/passwd')",
    "select * from read_csv('/etc/passwd')",
    "select * from read_blob('/proc/self/environ')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    "select * from sniff_csv('/etc/passwd')",
    "copy (select 1) to '/tmp/trichtin-attack.csv'",
    "copy facts from '/etc/passwd'",
    "attach '/tmp/trichtin-attack.duckdb' as a",
    "export database '/tmp/trichtin-attack'",
    "install httpfs",
    "load httpfs",
    "set memory_limit = '100GB'",
    "set enable_external_access = true",
    "pragma threads = 64",
    "reset lock_configuration",
    "select * from read_parquet('https://example.com/a.parquet')",
    "create table a as select 1",
    "drop view facts",
    "delete from stored.articles",
    "select 1; select 2",
    "call pragma_version()",
    "checkpoint",
    "select getenv('HOME')",
    "import database '/tmp'",
    "prepare a as select 1",
    "begin transaction",
]


@pytest.mark.parametrize("sql", ATTACKS)
def test_nothing_but_the_database_can_be_reached(site: Site, sql: str) -> None:
    answer = ask(site, sql)
    assert answer.status_code == 400
    assert "root:" not in answer.text
    assert 'role="alert"' in answer.text


ENDLESS = [
    "select count(*) from facts a, facts b, facts c, facts d, facts e",
    "with recursive r(n) as (select 1 union all select n + 1 from r) select max(n) from r",
    "select list(a.sentence || b.sentence || c.sentence) from facts a, facts b, facts c",
    "select sum(length(repeat('x', 100000000))) from range(100000)",
    "select string_agg(repeat('x', 1000000)) from range(100000)",
    "select md5(n::varchar) from range(100000000000) t(n) order by 1",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_endless_and_huge_questions_end(quick: Site, sql: str) -> None:
    started = time.monotonic()
    answer = ask(quick, sql)
    assert answer.status_code == 400
    assert time.monotonic() - started < 30


def test_pages_are_read_while_many_ask_endless_questions(quick: Site) -> None:
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, quick, ENDLESS[0]) for _ in range(10)]
        read = [pool.submit(quick.get, f"/search?q=quyet+dinh&n={number}") for number in range(10)]
        assert {page.result().status_code for page in read} == {200}
        assert {one.result().status_code for one in asked} <= {400, 503}
    assert ask(quick, "select 1").status_code == 200


def test_only_so_many_rows_are_given(newsroom_home: Path) -> None:
    with serving(newsroom_home, sql_rows=10) as site:
        rows = ask(site, "select * from range(1000000)", ".csv").text.splitlines()
        assert len(rows) == 11
        assert "Chỉ 10 dòng đầu" in ask(site, "select * from range(1000000)").text


def test_a_question_too_long_for_anybody_is_refused(site: Site) -> None:
    assert ask(site, "select " + "1 +" * 8000 + " 1").status_code == 400
