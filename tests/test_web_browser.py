"""The pages in a real browser: readers click through them, by mouse and by keyboard, with and without script.

Screenshots are left in screenshots/ for people to look at.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from served import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"
)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SCREENSHOTS = Path(__file__).parents[1] / "screenshots"
PAGES = {
    "home": "/",
    "search": "/search?q=chuyen+doi+so",
    "nothing": "/search?q=nghi+quyt+57&source=bao",
    "document": "/decisions/942-qd-ttg-2021",
    "article": None,
    "cite": None,
    "rankings": "/rankings",
    "ranking": "/rankings/egdi/vietnam?scope=world",
    "targets": "/targets",
    "measure": "/targets/digital-economy/vietnam",
    "sql": "/sql?q=select+kind,+count(*)+as+n+from+facts+group+by+kind+order+by+n",
    "refused": "/sql?q=install+httpfs",
    "status": "/status",
    "api": "/api/docs",
    "missing": "/nothing",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A tab that tells of every error on the way."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site.address)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield tab
    context.close()
    assert [each for each in wrong if "status of 40" not in each] == []


def path_of(site: Site, name: str) -> str:
    found = PAGES[name]
    if found is not None:
        return found
    article = site.get("/api/v1/search?q=xep+hang+chinh+phu+dien+tu&kind=article").json()["items"][0]["id"]
    if name == "article":
        return f"/articles/{article}"
    return f"/facts/{site.get(f'/api/v1/articles/{article}/facts').json()['items'][0]['fact_id']}/cite"


def test_a_journalist_goes_from_a_question_to_its_source(page: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("QD 942")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Văn bản").first.click()
    page.wait_for_url("**kind=decision**")
    page.locator(".hits h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quyết định 942/QĐ-TTg")
    page.locator(".timeline blockquote a").first.click()
    marked = page.locator("mark:target")
    expect(marked).to_contain_text("942")
    marked.locator(".letter").last.click()
    expect(page.locator("li:target")).to_have_count(1)
    page.locator("li:target").get_by_role("link", name="trích dẫn").click()
    expect(page.locator("main")).to_contain_text("@misc{")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/cite" in page.url


def test_a_point_of_a_chart_leads_to_its_sentence(page: Any, site: Site) -> None:
    page.goto(path_of(site, "ranking"))
    page.locator(".chart svg a").first.click()
    expect(page.locator("mark:target")).to_have_count(1)


def test_sql_runs_by_keyboard_and_can_be_taken(page: Any) -> None:
    page.goto("/sql")
    page.get_by_label("Câu hỏi SQL").fill("select kind, count(*) as n from facts group by kind")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("table.cells")
    assert page.locator(".chart svg").count() == 1
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert "decision" in Path(taken.value.path()).read_text("utf-8")


def test_the_feed_is_offered_to_the_browser(page: Any, site: Site) -> None:
    page.goto("/search?q=QĐ+942")
    address = page.locator('link[type="application/atom+xml"]').get_attribute("href")
    assert site.get(address).headers["content-type"].startswith("application/atom+xml")


def test_all_can_be_reached_by_keyboard(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("chinh phu dien tu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.goto("/search?q=chinh+phu+dien+tu&kind=article")
    page.locator(".hits h2 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")
    page.locator(".letter").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#value-*")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#fact-*")
    page.locator("#show-date").focus()
    page.keyboard.press("Space")
    assert not page.locator(".text .date > .letter").first.is_visible()


def test_searching_and_reading_work_without_script(browser: Any, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.address)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("chinh phu dien tu")
    page.get_by_role("button", name="Tìm").click()
    page.locator(".facet a").first.click()
    page.locator(".hits h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.goto("/rankings/egdi/vietnam?scope=world")
    assert page.locator(".chart svg a").count() > 5
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_and_nothing_bars_anybody(browser: Any, site: Site, width: int, scheme: str) -> None:
    """No page is wider than its window, and axe-core finds nothing serious (AA contrast is a rule)."""
    from axe_playwright_python.sync_playwright import Axe

    SCREENSHOTS.mkdir(exist_ok=True)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=site.address, bypass_csp=True
    )
    tab = context.new_page()
    wrong: list[str] = []
    for name in PAGES:
        tab.goto(path_of(site, name))
        tab.evaluate("document.fonts.ready")
        tab.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        room = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        wrong += [f"{name}: {room[0]} wide in {room[1]}"] if room[0] > room[1] else []
        wrong += [f"{name}: {text!r} is cut" for text in tab.evaluate(CUT)]
        found = Axe().run(tab).response["violations"] if (width, scheme) in AUDITED else []
        for rule in found:
            if rule["impact"] in {"serious", "critical"}:
                wrong.append(f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}")
    context.close()
    assert wrong == []


AUDITED = {(1280, "light"), (390, "dark")}
"""Each width and each scheme once: what bars anybody hangs on one or the other."""

CUT = """
[...document.querySelectorAll("h1, h2, h3, p, li, td, th, button, summary, dd")]
  .filter((one) => !one.closest(".wide, .panel, .unseen, details:not([open])"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.textContent.slice(0, 40))
"""
"""What stands beyond the edge of the window, and can not be scrolled to in a box of its own."""


def test_vietnamese_is_drawn_with_the_font_that_has_its_letters(page: Any) -> None:
    page.goto("/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Nghị quyết, Đề án, ướẫợ')")
    assert page.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').length") >= 2


def test_on_paper_the_text_stays_and_the_buttons_go(page: Any, site: Site) -> None:
    page.goto(path_of(site, "ranking"))
    page.emulate_media(media="print")
    assert page.locator(".chart svg").is_visible()
    assert page.locator("table").is_visible()
    assert not page.locator(".top nav").is_visible()
