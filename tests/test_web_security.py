"""The pages do what they are for and nothing else, whoever asks and whatever an article holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import trichtin
from served import HOSTILE, HOSTILE_TITLE, serving

from warehouse.web import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from served import Site


def test_what_an_article_holds_is_text_wherever_it_is_shown(site: Site) -> None:
    article = site.article(HOSTILE)
    shown = [
        site.get(path).text
        for path in (
            "/",
            article,
            "/search?q=bao+cao+trich+dan",
            "/search.atom?q=bao+cao+trich+dan",
            "/decisions/942-qd-ttg-2021",
            f"/search?q={HOSTILE_TITLE}",
            f"/sql?q=select '{HOSTILE_TITLE}' as \"<script>window.owned\", 1 as n union all select 'b', 2",
        )
    ]
    assert any("window.owned" in text for text in shown)
    for text in shown:
        scripts = re.findall(r"<script\b[^>]*>", text)
        assert all(re.fullmatch(r'<script src="/static/page\.js\?\w+" defer>', script) for script in scripts)
        assert "<img" not in text


def test_a_stored_copy_is_text_in_a_sandbox(site: Site) -> None:
    text = site.get(site.article(HOSTILE)).text
    (stored,) = set(re.findall(r'href="(/articles/[0-9a-f]+/[0-9a-f]+/stored)"', text))
    copy = site.get(stored)
    assert copy.headers["content-type"] == "text/plain; charset=utf-8"
    assert copy.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert copy.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/nothing", "/api/v1/articles", "/static/style.css"])
def test_nothing_inline_may_run(site: Site, path: str) -> None:
    policy = site.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_page_has_anything_inline(site: Site) -> None:
    for path in ("/", "/search?q=quyet+dinh", "/decisions/942-qd-ttg-2021", "/rankings/egdi/vietnam", "/sql"):
        assert not re.search(r'<style|\sstyle="|\son\w+="|javascript:', site.get(path).text)


@pytest.mark.parametrize("host", ["evil.test", "evil.test:80", "127.0.0.1.evil.test", ""])
def test_requests_for_other_hosts_are_not_heard(site: Site, host: str) -> None:
    assert site.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:9"])
def test_requests_for_this_machine_are(site: Site, host: str) -> None:
    assert site.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static//etc/passwd",
        "/articles/..%2f..%2f..%2fledger.sqlite/x/stored",
        "/articles/%2e%2e/%2e%2e/stored",
        "/articles/0/..%2f..%2fwarehouse.duckdb/stored",
    ],
)
def test_no_address_leads_to_other_files(site: Site, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize(
    "back", ["//evil.test", "/\\evil.test", "https://evil.test", "/\t/evil.test", "evil"]
)
def test_the_choice_of_language_leads_to_no_other_site(site: Site, back: str) -> None:
    answer = site.get("/language/en", params={"back": back})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_the_choice_of_language_leads_back(site: Site) -> None:
    answer = site.get("/language/en", params={"back": "/search?q=hà nội"})
    assert answer.headers["location"].startswith("/search?q=h")
    assert answer.cookies["language"] == "en"


def test_searches_and_sql_are_limited_for_each_client(newsroom_home: Path) -> None:
    with serving(newsroom_home, search_rate=5, sql_rate=2) as site:
        searched = [site.get(f"/search?q={number}").status_code for number in range(7)]
        refused = site.get("/api/v1/search?q=a")
        asked = [site.get(f"/sql?q=select+{number}").status_code for number in range(4)]
        assert site.get("/rankings").status_code == 200
    assert searched == [200] * 5 + [429] * 2
    assert asked == [200] * 2 + [429] * 2
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_only_this_machine_is_served_unless_told() -> None:
    shown = trichtin("serve", "--help").stdout
    assert "127.0.0.1" in shown
    assert Settings.__dataclass_fields__["hosts"].default == ("127.0.0.1", "localhost", "[::1]")


def test_without_anything_published_serve_says_what_to_do(tmp_path: Path) -> None:
    refused = trichtin("serve", "--home", tmp_path)
    assert refused.returncode == 1
    assert refused.stderr == f"trichtin: nothing is published in {tmp_path} yet; run: trichtin build\n"
