"""The API: pages by cursor, one generation an answer, any origin, problems as RFC 9457 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

if TYPE_CHECKING:
    from served import Site


def items(site: Site, path: str, limit: int) -> list[dict[str, object]]:
    """All items of an address, page by page."""
    found: list[dict[str, object]] = []
    cursor: str | None = None
    while True:
        asked = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        answer = site.get(path, params=asked).json()
        assert len(answer["items"]) <= limit
        found += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/api/v1/decisions", "document_id"),
        ("/api/v1/articles", "article_id"),
        ("/api/v1/rankings", "fact_id"),
    ],
)
def test_pages_hold_every_row_once_in_order(site: Site, path: str, key: str) -> None:
    few, many = items(site, path, 7), items(site, path, 200)
    assert few == many
    keys = [str(item[key]) for item in few]
    assert keys == sorted(set(keys))


def test_a_search_is_paged_as_well(site: Site) -> None:
    few = items(site, "/api/v1/search", 9)
    assert few == items(site, "/api/v1/search", 200)
    assert len(few) == site.get("/api/v1/search").json()["total"]


def test_conditions_narrow(site: Site) -> None:
    rows = site.get("/api/v1/rankings?index=egdi&subject=vietnam&scope=world&year=2024").json()["items"]
    assert {row["rank"] for row in rows} >= {71, 86}
    assert site.get("/api/v1/decisions", params={"number": "942/QĐ-TTg"}).json()["items"][0]["year"] == 2021


def test_a_fact_is_its_words_in_the_text(site: Site) -> None:
    for fact in site.get("/api/v1/facts?kind=ranking&limit=20").json()["items"]:
        article = site.get(f"/api/v1/articles/{fact['article_id']}").json()
        assert article["text"][fact["span_start"] : fact["span_end"]] == fact["surface"]
        cited = site.get(f"/api/v1/facts/{fact['fact_id']}/citation").json()
        assert fact["fact_id"] in cited["bibtex"]


def test_any_origin_may_read(site: Site) -> None:
    answer = site.get("/api/v1/decisions", headers={"origin": "https://bao.test"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.get("/", headers={"origin": "https://bao.test"}).headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/decisions/no", 404),
        ("/api/v1/no", 404),
        ("/api/v1/facts/no", 422),
        ("/api/v1/decisions?limit=0", 422),
        ("/api/v1/decisions?cursor=no", 400),
        ("/api/v1/search?issuer=nobody", 400),
    ],
)
def test_refusals_are_problems(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_the_schema_says_what_columns_mean(site: Site) -> None:
    schema = site.get("/api/v1/openapi.json").json()
    decision = schema["components"]["schemas"]["decisions"]
    assert decision["properties"]["issuer"]["description"] == "Who issued it, as most say."
    assert all("get" in methods and len(methods) == 1 for methods in schema["paths"].values())


def test_nothing_that_the_schema_allows_makes_the_server_fail(site: Site) -> None:
    schema = schemathesis.openapi.from_url(f"{site.address}/api/v1/openapi.json")
    for operation in schema.get_all_operations():

        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @schemathesis_case(operation.ok())
        def call(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=[not_a_server_error])

        call()


def schemathesis_case(operation: object):  # type: ignore[no-untyped-def]
    from hypothesis import given

    return given(case=operation.as_strategy())  # type: ignore[attr-defined]
