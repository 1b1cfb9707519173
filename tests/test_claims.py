"""Claims stand as series: one name for what is ranked, targets beside what came of them, conflicts shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from extracted import fact, page

from corpus import Date, Entity, Percentage, Ranking
from corpus.crawls import FINISHED, CrawlReport
from warehouse import Extracted, Warehouse
from warehouse.names import index_of, measure_of, scope_of
from warehouse.schema import bundled, update

if TYPE_CHECKING:
    from collections.abc import Iterator

IDS = {
    "Việt Nam": "vietnam",
    "nước ta": "vietnam",
    "Phú Thọ": "phu-tho",
    "Trung Quốc": "cn",
    "Nhật Bản": "jp",
}
EGOV = "Chính phủ điện tử của Liên Hợp Quốc"


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    connection = duckdb.connect()
    update(connection, bundled())
    with Warehouse(connection, Path("/nowhere/warehouse.duckdb")) as opened:
        yield opened


def ranked(at: int, published: date | None, source: str = "Báo mẫu", **own: Any) -> Extracted:
    """An article of its own with one ranking."""
    surface = f"xếp hạng {own.get('rank') or own.get('top_n')}"
    text = f"Tin số {at}: {own.get('subject')} {surface} về {own.get('index')}."
    facts = [fact(Ranking, text, surface, **own, subject_id=IDS.get(own.get("subject", "")))]
    return page(at, text, url=f"https://bao.example/{at}", published=published, source=source, facts=facts)


def share(at: int, published: date | None, low: float, period: str, place: str = "", **own: Any) -> Extracted:
    """An article of its own with one percentage that holds for a year."""
    text = f"Tin số {at}: {own['subject']} {place} đạt {low:g}% trong {period}."
    year = int(period[-4:])
    when = {"start_date": date(year, 1, 1), "end_date": date(year, 12, 31), "grain": "year"}
    facts = [
        fact(Percentage, text, f"{low:g}%", low=low, high=low, period=period, **own),
        fact(Date, text, period, **when),
        *([fact(Entity, text, place, label="LOC", entity_id=IDS[place])] if place else []),
    ]
    return page(
        at, text, url=f"https://bao.example/{at}", published=published, source=f"Báo {at}", facts=facts
    )


def ask(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    warehouse.link_copies()
    warehouse.bring_together()
    return warehouse._connection.sql(sql).fetchall()


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("EGDI", "egdi"),
        ("Chính phủ điện tử của Liên Hợp Quốc", "egdi"),
        ("chỉ số Đổi mới sáng tạo toàn cầu (GII) năm 2024", "gii"),
        ("đổi mới sáng tạo cấp địa phương", "pii"),
        ("chỉ số năng lực cạnh tranh cấp tỉnh", "pci"),
        ("PAR INDEX", "par-index"),
        ("SIPAS", "sipas"),
        ("chỉ số chuyển đổi số cấp tỉnh", "dti"),
        ("Premier League", None),
        ("một trong những doanh nghiệp nhỏ có nhiều sáng kiến về đổi mới sáng tạo trong ngành dệt may", None),
    ],
)
def test_an_index_is_known_by_its_names(text: str, index: str | None) -> None:
    assert index_of(text) == index


def test_scopes_and_measures_are_known_by_their_names() -> None:
    assert scope_of("quốc gia, vùng lãnh thổ") == "world"
    assert measure_of("Tốc độ tăng trưởng GDP") == "gdp-growth"


HISTORY = """
select index_id, subject_id, scope, year, year_evidence, rank, out_of, articles, sources, disputed
from ranking_history order by all
"""


def test_one_claim_of_three_sources(warehouse: Warehouse) -> None:
    own = {"rank": 86, "subject": "Việt Nam", "index": EGOV}
    warehouse.load(
        [
            ranked(1, date(2021, 7, 1), "Một", **own, out_of=193, scope="quốc gia"),
            ranked(2, date(2022, 9, 5), "Hai", **own | {"index": "EGDI"}, out_of=193, year=2020),
            ranked(3, date(2020, 7, 20), "Ba", **own | {"subject": "nước ta"}),
        ],
        "r",
    )
    assert ask(warehouse, HISTORY) == [("egdi", "vietnam", "world", 2020, "said", 86, 193, 3, 3, False)]


def test_two_places_for_one_year_are_a_conflict(warehouse: Warehouse) -> None:
    own = {"subject": "Việt Nam", "index": "GII", "year": 2023}
    warehouse.load(
        [
            ranked(1, date(2023, 10, 1), "Một", **own, rank=46),
            ranked(2, date(2023, 10, 2), "Hai", **own, rank=46),
            ranked(3, date(2023, 10, 3), "Ba", **own, rank=43),
            ranked(4, date(2023, 10, 3), "Ba", **own | {"year": 2022}, rank=48),
            ranked(5, date(2023, 1, 3), "Ba", **own, rank=40, status="target"),
        ],
        "r",
    )
    conflicts = "select what_id, subject_id, scope, year, figures, claims from claim_conflicts"
    ((*what, claims),) = ask(warehouse, conflicts)
    assert what == ["gii", "vietnam", "world", 2023, 2]
    assert [(claim["value"], claim["articles"], claim["publishers"]) for claim in claims] == [
        (43.0, 1, ["Ba"]),
        (46.0, 2, ["Hai", "Một"]),
    ]
    assert ask(warehouse, "select rank from ranking_history where disputed order by all") == [(43,), (46,)]


def test_a_province_that_was_merged_is_two_subjects(warehouse: Warehouse) -> None:
    own = {"subject": "Phú Thọ", "index": "PCI", "rank": 20}
    warehouse.load([ranked(1, date(2025, 9, 1), **own, year=2024), ranked(2, None, **own, year=2026)], "r")
    assert ask(warehouse, "select subject_id, scope, year from ranking_history order by year") == [
        ("phu-tho", "provinces", 2024),
        ("phu-tho-2025", "provinces", 2026),
    ]
    assert ask(warehouse, "select successor from stored.subjects where id = 'phu-tho'") == [("phu-tho-2025",)]


TARGETS = """
select measure_id, subject_id, due, low, high, actual_high, actual_year, reached from targets order by all
"""


def test_a_target_stands_beside_what_came_of_it(warehouse: Warehouse) -> None:
    aim = {"subject": "tăng trưởng GDP", "change": "up"}
    warehouse.load(
        [
            share(1, date(2017, 1, 5), 6.7, "năm 2017", **aim, status="target"),
            share(2, date(2016, 12, 29), 6.21, "năm 2016", **aim),
            share(3, date(2018, 1, 2), 6.81, "năm 2017", **aim | {"subject": "tốc độ tăng trưởng GDP"}),
            share(4, date(2018, 1, 2), 6.9, "năm 2017", "Trung Quốc", **aim),
            share(5, date(2019, 1, 2), 7.08, "năm 2018", **aim),
            ranked(
                6, date(2021, 1, 5), rank=60, subject="Việt Nam", index="EGDI", year=2025, status="target"
            ),
            ranked(7, date(2024, 9, 19), rank=71, subject="Việt Nam", index="EGDI", year=2024),
        ],
        "r",
    )
    assert ask(warehouse, TARGETS) == [
        ("egdi", "vietnam", 2025, 1.0, 60.0, 71.0, 2024, False),
        ("gdp-growth", "vietnam", 2017, 6.7, 6.7, 6.81, 2017, True),
    ]


def test_figures_of_two_sources_for_one_year_and_place(warehouse: Warehouse) -> None:
    own = {"subject": "nợ công"}
    warehouse.load(
        [
            share(1, date(2016, 3, 1), 61.8, "năm 2015", **own),
            share(2, date(2016, 3, 2), 62.2, "năm 2015", **own),
            share(3, date(2016, 3, 3), 230, "năm 2015", "Nhật Bản", **own),
        ],
        "r",
    )
    conflicts = "select kind, what_id, subject_id, year, figures from claim_conflicts"
    assert ask(warehouse, conflicts) == [("percentage", "public-debt", "vietnam", 2015, 2)]


def test_claims_hang_on_the_articles_alone(warehouse: Warehouse) -> None:
    own = {"subject": "Việt Nam", "index": "GII"}
    loaded = [ranked(at, date(2017 + at, 9, 1), **own, rank=40 + at % 3) for at in range(1, 7)]
    warehouse.load(loaded, "r")
    before = ask(warehouse, HISTORY)
    state = warehouse.state
    assert ask(warehouse, HISTORY) == before
    assert warehouse.state == state
    connection = duckdb.connect()
    update(connection, bundled())
    with Warehouse(connection, Path("/nowhere/warehouse.duckdb")) as other:
        for each in reversed(loaded):
            other.load([each], "r")
            other.bring_together()
        assert ask(other, HISTORY) == before


def test_sources_and_runs_are_told(warehouse: Warehouse) -> None:
    report = CrawlReport("demo", 1_600_000_000.0, 1_600_000_060.5, FINISHED, new=3, failed={"404": 2})
    warehouse.load([ranked(1, date(2021, 7, 1), rank=1), ranked(2, date(2022, 7, 1), rank=1)], "r")
    warehouse.keep_runs([report])
    state = warehouse.state
    warehouse.keep_runs([report])
    assert warehouse.state == state
    runs = 'select site, started::varchar, finished, "new", failed, breaches from runs'
    assert ask(warehouse, runs) == [("demo", "2020-09-13 12:26:40", True, 3, 2, [])]
    sources = "select source, official, articles, first_published, last_published from sources"
    assert ask(warehouse, sources) == [("Báo mẫu", None, 2, date(2021, 7, 1), date(2022, 7, 1))]
