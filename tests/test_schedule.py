"""When a site is due: once in each turn, whatever the zone of the host, its clock and its crawls do."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from corpus.crawls import KILLED, CrawlReport
from corpus.frontier import DAY, HOUR
from pipeline.schedule import MINUTE, RETRY, RETRY_LONGEST, History, due, span, turns
from spiders.endings import budget_used, rest_wanted
from spiders.site import Site

NOW = 1_750_000_000.0
SITE = Site("bao", "https://bao.test/", "Báo", "press", ".*", feeds=("rss",), every=360)
EVERY = 6 * HOUR
YEAR = 365 * DAY
ZONES = ("Asia/Ho_Chi_Minh", "America/New_York", "Europe/Berlin")


def crawl(hours_ago: float, because: str | None = "finished", **rest: object) -> CrawlReport:
    began = NOW - hours_ago * HOUR
    ended = None if because is None else began
    return replace(CrawlReport("bao", began, ended, because, named=10), **rest)  # type: ignore[arg-type]


def asked(*newest_first: CrawlReport, now: float = NOW) -> tuple[float, str]:
    """In how many hours the next crawl is due, and why."""
    crawled = {"bao": History(newest_first[-1].started, newest_first)} if newest_first else {}
    (turn,) = turns([SITE], crawled, now)
    assert due([SITE], crawled, now) == ([turn] if turn.at <= now else [])
    return round((turn.at - now) / HOUR, 2), turn.why


@pytest.mark.parametrize(
    ("crawls", "hours", "why"),
    [
        ([], 0, "never crawled"),
        ([crawl(1)], 5, "last crawl began 60 min ago, every 6 h"),
        ([crawl(6)], 0, "last crawl began 6 h ago, every 6 h"),
        ([crawl(50)], -44, "last crawl began 2.08 days ago, every 6 h"),
        ([crawl(3), crawl(9.5)], 2.5, "last crawl began 3 h ago, every 6 h"),  # half an hour late in its turn
        ([crawl(3), crawl(14.9)], 0.0, "last crawl began 3 h ago, every 6 h"),  # 6 min before its end
        ([crawl(0, None)], 0.17, "not ended, or killed; tried again after 10 min"),
        ([crawl(1, KILLED)], -0.83, "killed; tried again after 10 min"),
        ([crawl(0, KILLED)] * 3, 0.67, "killed, 3 times in a row; tried again after 40 min"),
        ([crawl(1, KILLED), crawl(2), crawl(3, KILLED)], -0.83, "killed; tried again after 10 min"),
        ([crawl(0, KILLED)] * 7, 6.0, "killed, 7 times in a row; tried again after 6 h"),
        ([crawl(0, failed={"timeout": 1}, named=0)], 0.17, "nothing could be had; tried again after 10 min"),
        ([crawl(1, failed={"timeout": 1})], 5, "last crawl began 60 min ago, every 6 h"),
        ([crawl(0, "shutdown")], 0.17, "ended early (shutdown); tried again after 10 min"),
        ([crawl(1, budget_used(5000))], 5, "last crawl began 60 min ago, every 6 h"),
        (
            [crawl(0, rest_wanted(7200))], 2.0,
            "ended early (the site wants to be left alone for 7200 s); tried again after 2 h",
        ),
        ([crawl(-5)], 11, "last crawl seems to begin in 5 h, every 6 h"),  # it holds its turn
        ([crawl(-7), crawl(20)], 0, "last crawl seems to begin in 7 h: the clock was set back"),
    ],
)  # fmt: skip
def test_when_and_why(crawls: list[CrawlReport], hours: float, why: str) -> None:
    assert asked(*crawls) == (hours, why)


def test_the_breaches_of_the_last_crawl_are_told_and_the_longest_due_comes_first() -> None:
    other = replace(SITE, name="khac")
    told = crawl(7, breaches=("no new article for 52 hours (48 are declared)",))
    crawled = {"bao": History(told.started, [told]), "khac": History(NOW - 8 * HOUR, [crawl(8)])}
    found = due([SITE, replace(SITE, name="moi"), other], crawled, NOW)
    assert [(turn.site.name, turn.breaches) for turn in found] == [
        ("khac", ()),
        ("bao", told.breaches),
        ("moi", ()),
    ]


def test_a_site_that_always_fails_is_tried_ever_more_rarely_and_never_given_up() -> None:
    began = ran(lambda now: now, YEAR / 12, fails=True)
    waits = [later - earlier for earlier, later in pairwise(began)]
    assert waits[:7] == pytest.approx([RETRY * 2**n for n in range(6)] + [RETRY_LONGEST], abs=MINUTE)
    assert waits[7:] == pytest.approx([RETRY_LONGEST] * len(waits[7:]), abs=MINUTE)


def ran(
    clock: Callable[[float], float], seconds: float, *, tick: float = 0, fails: bool = False
) -> list[float]:
    """The true moments at which a host begins crawls whose clock shows what `clock` says.

    With `tick` a timer of the host looks so often what is due, else a loop sleeps until then.
    """
    moments, log = [], list[CrawlReport]()
    now, chance = NOW, random.Random(5)  # noqa: S311
    while now < NOW + seconds:
        shown = clock(now)
        crawled = {"bao": History(log[0].started, log[:-11:-1])} if log else {}
        (turn,) = turns([SITE], crawled, shown)
        if turn.at <= shown:
            moments.append(now)
            ended = CrawlReport("bao", shown, shown, "finished", named=10)
            log.append(replace(ended, named=0, failed={"timeout": 1}) if fails else ended)
        if tick:
            now = (now // tick + 1) * tick + chance.uniform(0, MINUTE)
        else:
            now += max(1.0, min(turn.at - shown, HOUR if clock(now) == now else MINUTE))
    return moments


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("tick", [0, 10 * MINUTE])
def test_a_year_in_every_zone(zone: str, tick: float) -> None:
    """Changes to summer time and back lose and double nothing: 1,460 turns are 1,460 crawls."""
    assert len({time.localtime(NOW + day * DAY).tm_gmtoff for day in range(365)}) == (
        1 if "Minh" in zone else 2
    )
    began = ran(lambda now: now, YEAR, tick=tick)
    assert [int((moment - began[0]) // EVERY) for moment in began] == list(range(4 * 365))


@pytest.mark.parametrize("by", [-5 * DAY, -HOUR, -5, 5, HOUR, 5 * DAY])
def test_a_clock_that_is_set_costs_one_turn_at_most(by: float) -> None:
    """Set by so many seconds in the middle of a month, for good."""
    set_at = NOW + 15 * DAY + 2 * HOUR
    began = ran(lambda now: now + by * (now > set_at), 30 * DAY)
    gaps = [later - earlier for earlier, later in pairwise(began)]
    odd = [gap for gap in gaps if gap != pytest.approx(EVERY, abs=MINUTE)]
    assert len(odd) <= 2
    assert all(gap < 2 * EVERY for gap in odd)
    assert abs(len(began) - 30 * 4) <= 1


def test_a_clock_that_was_a_year_ahead_for_a_day() -> None:
    wrong = (NOW + 10 * DAY, NOW + 11 * DAY)
    began = ran(lambda now: now + YEAR * (wrong[0] < now < wrong[1]), 30 * DAY)
    gaps = [later - earlier for earlier, later in pairwise(began)]
    assert max(gaps) < EVERY + MINUTE * 2
    assert abs(len(began) - 30 * 4) <= 2


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-1, "0 s"), (40, "40 s"), (119, "119 s"), (600, "10 min"), (5400, "90 min"), (7200, "2 h")],
)
def test_spans(seconds: float, said: str) -> None:
    assert span(seconds) == said
