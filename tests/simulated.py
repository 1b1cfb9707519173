"""Years of crawls in minutes: the clock, the sites and the killer are made up, all between them is real.

A run is what `trichtin run --due` does, without HTTP: what is due by the ledger's record, each crawl begun,
counted, stored, judged and ended by the code that real crawls use.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.article import Page
from corpus.crawls import FINISHED, CrawlReport
from corpus.frontier import DAY, HOUR, Due, Validators
from corpus.store import Store
from pipeline.building import build
from pipeline.home import Home
from pipeline.schedule import MINUTE, due, read_histories, turns
from spiders import counts
from spiders.recording import Record
from spiders.saving import Saver
from spiders.site import Site, read_site

BEGIN = datetime(2025, 1, 1, 3, 17, tzinfo=UTC).timestamp()
FIRST = BEGIN - 2 * DAY  # article of each site
EVERY = 6 * HOUR
JITTER = MINUTE  # by which a run begins later
REST = MINUTE  # between two runs, as the loop rests
FEED = 12  # articles that a site names
AT_ONCE = 4  # crawls that a kill finds under way
KILLS = 0.004  # probability that a crawl is where the process dies: of four under way 1 in 100 is killed
SILENT, OFF, REDESIGNED = 0.2, 0.3, 0.5  # when, of all the time
TEXT = (
    "<p>Ngày {day}/6/2024, Thủ tướng Chính phủ ban hành Quyết định số {number}/QĐ-TTg về chuyển đổi số.</p>"
    "<p>Đến năm 2025, tỷ lệ hồ sơ trực tuyến đạt tối thiểu {share}%.</p>"
)
SYLLABLES = (
    "dân xã huyện đường cầu nước điện trường lớp sách báo nhà vườn cây hoa mùa lúa chợ hàng giá sông núi"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A site and its articles, one every `pace` seconds, up to the moment when it falls silent."""

    site: Site
    pace: float
    redesigned: float = float("inf")
    silent: float = float("inf")

    def published(self, number: int) -> float:
        late = random.Random(f"{self.site.name} {number}").random() / 4  # noqa: S311
        return FIRST + (number + late) * self.pace

    def published_until(self, now: float, oldest: int = 0) -> list[int]:
        """The numbers of its articles from the oldest on."""
        last = min(now, self.silent)
        newest = int((last - FIRST) // self.pace)
        return [number for number in range(oldest, newest + 1) if self.published(number) <= last]

    def feed(self, now: float) -> list[str]:
        """The addresses of the newest articles."""
        oldest = max(0, int((min(now, self.silent) - FIRST) // self.pace) - FEED)
        return [self.site.url(f"tin/bai-{number}.html") for number in self.published_until(now, oldest)[::-1]]

    def page(self, url: str, now: float) -> Page:
        number = int(url.removesuffix(".html").rpartition("-")[2])
        at = self.published(number)
        day = datetime.fromtimestamp(at, UTC).strftime("%d/%m/%Y %H:%M")
        # What is redesigned says the day where no declared selector reads it.
        stamp = f'<p class="ngay">{day}</p>' if at < self.redesigned else f"<i data-when='{at:.0f}'></i>"
        text = TEXT.format(
            day=number % 28 + 1, number=number + 100, share=number % 60 + 20, place=self.site.name
        )
        body = (
            f"<html><head><title>{self.site.name} bài {number}</title></head><body>{stamp}<main>{text}</main>"
        )
        moment = datetime.fromtimestamp(now, UTC)
        return Page(url, body.encode(), moment, "text/html; charset=utf-8", 200, self.site.name)


SITE = """
name = "{name}"
home = "https://{name}.test/"
publisher = "{name}"
kind = "press"
article = '/tin/bai-\\d+\\.html'
feeds = ["rss.xml"]
date_format = "%d/%m/%Y %H:%M"
every = {every}
selectors = {{ published = ".ngay", body = "main" }}
expects = {{ silent_hours = {silent_hours} }}
"""


def paper(name: str, pace: float, silent_hours: int, **rest: float) -> Paper:
    with TemporaryDirectory() as directory:
        return Paper(declared(Path(directory), name, silent_hours), pace, **rest)


def declared(directory: Path, name: str, silent_hours: float) -> Site:
    path = directory / f"{name}.toml"
    every = int(EVERY / MINUTE)
    path.write_text(SITE.format(name=name, every=every, silent_hours=silent_hours), "utf-8")
    return read_site(path)


class Killed(Exception):
    pass


@dataclass
class World:
    """A home whose schedule is run from BEGIN on."""

    home: Path
    papers: dict[str, Paper]
    kills: float = 0.0  # probability that the process dies at a crawl
    off: tuple[float, float] = (0.0, 0.0)  # when the machine is off
    chance: random.Random = field(default_factory=lambda: random.Random(8))  # noqa: S311
    now: float = BEGIN

    def __post_init__(self) -> None:
        self.sites = [paper.site for paper in self.papers.values()]

    def go(self, until: float) -> None:
        while self.now < until:
            try:
                with Store.open(self.home) as store:
                    wake = self.run(store)
            except Killed:
                wake = self.now
            self.now = max(wake, self.now + REST) + self.chance.uniform(0, JITTER)
            if self.off[0] <= self.now < self.off[1]:
                self.now = self.off[1] + self.chance.uniform(0, JITTER)

    def run(self, store: Store) -> float:
        """What is due is crawled; says when the next is."""
        wanted = [turn.site for turn in due(self.sites, read_histories(store, self.sites), self.now)]
        for start in range(0, len(wanted), AT_ONCE):
            begun = [
                Crawl(self.papers[site.name], store, self.now) for site in wanted[start : start + AT_ONCE]
            ]
            for crawl in begun:
                self.now += self.chance.uniform(1, 20)
                crawl.go(self.now, self.chance.random() if self.chance.random() < self.kills else 1.0)
        return turns(self.sites, read_histories(store, self.sites), self.now)[0].at


class Crawl:
    def __init__(self, paper: Paper, store: Store, now: float) -> None:
        self.paper, self.store, self.began = paper, store, now
        self.record = Record(paper.site, store, now)
        self.counted: Counter[str] = Counter()
        self.saver = Saver(paper.site, store, self._saved, None)

    def go(self, now: float, share: float) -> CrawlReport:
        """The crawl, or a share of it, after which it is killed."""
        site, frontier = self.paper.site, self.store.frontier
        feed = self.paper.feed(self.began)
        self.counted[counts.NAMED] = len(feed)
        self.counted[counts.DISCOVERED] = frontier.discover(site.name, feed, self.began)
        wanted = frontier.due(site.name, self.began, 10 * FEED)
        for one in self._until_killed(wanted, share):
            self.saver.add(self.paper.page(one.url, now), one, Validators())
        self.saver.flush()
        return self.record.end(FINISHED, self.counted, self.saver.new, now)

    def _until_killed(self, wanted: list[Due], share: float) -> Iterator[Due]:
        yield from wanted[: int(len(wanted) * share)]
        if share < 1:
            raise Killed

    def _saved(self, _: str, kind: str) -> None:
        self.counted[counts.FETCHED] += 1
        self.counted[kind] += 1


def lived(home: Path, days: float, *, disturbed: bool) -> None:
    """Lets a home's schedule run so many days, then builds; `disturbed`: with kills, and two days off."""
    world = World(home, papers(days))
    if disturbed:
        world.kills, world.off = KILLS, (at(days, OFF), at(days, OFF) + 2 * DAY)
    world.go(BEGIN + days * DAY)
    with TemporaryDirectory() as directory:
        for site in world.sites:
            declared(Path(directory), site.name, site.expects["silent_hours"])
        build(Home(home), Path(directory))


def papers(days: float) -> dict[str, Paper]:
    """Twelve sites: ten that go on as they are, one that is redesigned and one that falls silent."""
    usual = [paper(f"bao-{number}", 4 * DAY, 150) for number in range(10)]
    redesigned = paper("moi", 8 * HOUR, 24, redesigned=at(days, REDESIGNED))
    silent = paper("im", 6 * HOUR, 16, silent=at(days, SILENT))
    return {one.site.name: one for one in (*usual, redesigned, silent)}


def at(days: float, share: float) -> float:
    """The moment when so much of the time is over, at midnight UTC."""
    return (BEGIN + share * days * DAY) // DAY * DAY


def reports(home: Path) -> dict[str, list[CrawlReport]]:
    """All crawls of each site, in the order in which they were begun."""
    with Store.reading(home) as store:
        return {site: store.crawls.begun(site, -1)[::-1] for site in store.crawls.sites()}
