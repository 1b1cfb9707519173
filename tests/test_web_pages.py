"""What the pages show, asked for over HTTP: search, documents, articles, claims, status."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from served import COPIED, TWICE

if TYPE_CHECKING:
    from served import Site

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = [
    "/",
    "/search",
    "/search?q=chuyen+doi+so",
    "/decisions/942-qd-ttg-2021",
    "/rankings",
    "/rankings/egdi",
    "/rankings/egdi/vietnam?scope=world",
    "/targets",
    "/targets?all=1",
    "/targets/digital-economy/vietnam",
    "/sql",
    "/status",
    "/api/docs",
]


SPOKEN = """
select article_id, name, facts.said_by
from entities join facts using (article_id)
where entity_id is not null and entities.surface <> name and not entities.noise and not facts.noise
    and facts.said_by is not null and facts.kind <> 'entity'
order by all
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_there_in_both_languages_and_small(site: Site, path: str, language: str) -> None:
    answer = site.get(path, cookies={"language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert len(answer.content) < 150_000


def hits(text: str) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)"', text)


@pytest.mark.parametrize("words", ["QĐ 942", "942/QĐ-TTg", "942 qd ttg", "quyet dinh 942"])
def test_a_document_is_found_by_its_number_in_any_spelling(site: Site, words: str) -> None:
    assert hits(site.get("/search", params={"q": words}).text)[0] == "/decisions/942-qd-ttg-2021"


def test_a_hit_shows_passage_source_day_and_mentions(site: Site) -> None:
    text = site.get("/search?q=QĐ+942&kind=decision").text
    assert "<mark>" in text
    assert "bao.test · 15/06/2021 · nhắc" in text


def test_facets_narrow_and_count(site: Site) -> None:
    text = site.get("/search?q=chuyen+doi+so").text
    address, count = re.findall(
        r'<a href="(/search[^"]*kind=decision[^"]*)"[^>]*><span>[^<]*</span><em>(\d+)</em>', text
    )[0]
    narrowed = site.get(address.replace("&amp;", "&")).text
    assert f"<b>{count} kết quả</b>" in narrowed
    assert 'aria-current="true"' in narrowed


def test_days_narrow_from_the_first_to_the_last(site: Site) -> None:
    rows = site.get("/search.json?kind=article&from=2024-01-01&to=2024-12-31").json()
    assert rows
    assert all(row["day"].startswith("2024") for row in rows)


@pytest.mark.parametrize(
    "query", ["from=gestern", "year=mcmxc", "page=-1", "issuer=nobody", "q=" + "a+" * 300]
)
def test_what_cannot_be_searched_is_told_in_one_line(site: Site, query: str) -> None:
    answer = site.get(f"/search?{query}")
    assert answer.status_code == 400
    assert "<h1>Yêu cầu chưa đúng</h1>" in answer.text


def test_nothing_found_offers_the_nearest_spelling_and_fewer_filters(site: Site) -> None:
    text = site.get("/search?q=nghi+quyt+57").text
    assert "Có phải bạn muốn tìm" in text
    assert "Bỏ bộ lọc thì có" in site.get("/search?q=QĐ+942&year=1999").text


def test_the_feed_tells_what_was_found_with_lasting_ids(site: Site) -> None:
    answer = site.get("/search.atom?q=QĐ+942")
    feed = ET.fromstring(answer.content)  # noqa: S314  (ours)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert "urn:trichtin:decision:942-qd-ttg-2021" in ids
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert site.get(link.attrib["href"].removeprefix(site.address)).status_code == 200


def test_results_are_the_same_as_csv_and_json(site: Site) -> None:
    rows = site.get("/search.json?q=quyet+dinh").json()
    table = list(
        csv.DictReader(io.StringIO(site.get("/search.csv?q=quyet+dinh").text.removeprefix("\ufeff")))
    )
    assert [row["id"] for row in rows] == [row["id"] for row in table]
    assert rows[0]["title"] == table[0]["title"]


def test_a_document_shows_where_each_statement_stands(site: Site) -> None:
    text = site.get("/decisions/942-qd-ttg-2021").text
    facts = set(re.findall(r'href="(/facts/[0-9a-f]{16})"', text))
    assert len(facts) > 4
    for fact in facts:
        answer = site.get(fact)
        assert answer.status_code == 303
        article, _, mark = answer.headers["location"].partition("#")
        assert f'id="{mark}"' in site.get(article).text


def test_a_replaced_document_and_its_successor_name_each_other(site: Site) -> None:
    relations = site.get("/api/v1/decisions/118-nd-cp-2025/relations").json()["items"]
    assert relations
    for relation in relations:
        for here, there in (("document_id", "other_document_id"), ("other_document_id", "document_id")):
            assert f"/decisions/{relation[there]}" in site.get(f"/decisions/{relation[here]}").text


def test_an_article_shows_every_fact_once_in_text_and_panel(site: Site) -> None:
    article = hits(site.get("/search?q=chinh+phu+dien+tu&kind=article").text)[0]
    facts = site.get(f"/api/v1{article}/facts?limit=200").json()["items"]
    text = site.get(article).text
    shown = [fact["fact_id"] for fact in facts if not fact["noise"]]
    assert sorted(re.findall(r'id="fact-([0-9a-f]{16})"', text)) == sorted(shown)
    assert sorted(re.findall(r'id="value-([0-9a-f]{16})"', text)) == sorted(shown)


def test_names_say_what_they_mean_and_facts_who_says_them(site: Site) -> None:
    told = site.get("/sql.csv", params={"q": SPOKEN}).text.removeprefix("\ufeff")
    _, (article, name, said_by), *_ = csv.reader(io.StringIO(told))
    text = html.unescape(site.get(f"/articles/{article}").text)
    assert f"· {name}" in text
    assert f"theo {said_by}" in text
    (search,) = set(re.findall(r'href="(/search[^"]*)">tìm nơi khác', text.partition(f"· {name}")[2])[:1])
    assert hits(site.get(html.unescape(search)).text)


def test_a_copy_leads_to_the_first_and_back(site: Site) -> None:
    copy = site.article(COPIED)
    (first,) = set(re.findall(r'<a href="(/articles/[0-9a-f]{16})">Xem bài đăng trước', site.get(copy).text))
    assert copy in site.get(first).text


def test_every_wording_of_an_article_and_its_stored_copy_can_be_read(site: Site) -> None:
    article = site.article(TWICE)
    text = site.get(article).text
    assert "Bản sau" in text
    (older,) = set(re.findall(rf'href="({article}\?version=[0-9a-f]+)"', text))
    assert "Bản đầu" in site.get(older).text
    for wording, begins in ((text, "Bản sau"), (site.get(older).text, "Bản đầu")):
        (stored,) = set(re.findall(rf'href="({article}/[0-9a-f]+/stored)"', wording))
        copy = site.get(stored)
        assert copy.headers["content-type"] == "text/plain; charset=utf-8"
        assert f"<p>{begins}" in copy.text


def test_a_fact_is_cited_with_its_sentence(site: Site) -> None:
    fact = re.findall(r'href="/facts/([0-9a-f]{16})"', site.get("/decisions/942-qd-ttg-2021").text)[0]
    text = site.get(f"/facts/{fact}/cite").text
    assert f"@misc{{trichtin-{fact}" in text
    assert "942/QĐ-TTg" in text


def test_a_chart_leads_to_its_sources_and_shows_what_is_disputed(site: Site) -> None:
    text = site.get("/rankings/egdi/vietnam?scope=world").text
    chart = text[text.index("<svg") : text.index("</svg>")]
    points = re.findall(r'href="(/facts/[0-9a-f]{16})"', chart)
    table = text[text.index("<table") :]
    assert len(points) > 5
    assert set(points) <= set(re.findall(r'href="(/facts/[0-9a-f]{16})"', table))
    assert "var(--disputed)" in chart


def test_nothing_but_this_site_is_linked_into_a_page(site: Site) -> None:
    for path in PAGES:
        text = site.get(path).text
        assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?!/)", text)


def test_status_and_health_tell_the_generation(site: Site) -> None:
    assert site.get("/healthz").json() == {"status": "ok", "generation": 1}
    assert "Bản phát hành số 1" in site.get("/status").text


@pytest.mark.parametrize("path", ["/decisions/no", "/articles/no", "/facts/no", "/rankings/no", "/no"])
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
