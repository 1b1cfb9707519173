"""Whether a crawl was as it should be: measured by what the site declares and by its own last crawls.

What is found to be wrong once is told by every crawl until it is mended, or for KNOWN: a crawl is measured by
those in which the same was not wrong, or ten broken crawls would make it the usual.
"""

from __future__ import annotations

from itertools import takewhile
from math import exp, inf, lgamma, log, log1p
from statistics import median
from typing import TYPE_CHECKING

from corpus.frontier import DAY, HOUR
from spiders.parsing import UnreadablePage, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.article import Article, Page
    from corpus.crawls import CrawlReport
    from corpus.store import Store
    from spiders.site import Site

FIELDS = ("title", "published", "text")
ARTICLES = "articles"
SAMPLE = 30  # articles of a crawl that are read to see what is found in them
SHORTEST = 80  # characters of a text; what is shorter is a caption, or the title again
SURE = 0.001  # how improbable bad luck must be before it is called a breach
KNOWN = 7 * DAY  # how long before a crawl those began that it is measured by
USUAL = 10  # crawls that say what is usual
AT_BEST = 0.95  # even where a field was always found, one page in twenty may lack it


def coverage(site: Site, store: Store, numbers: Sequence[int]) -> dict[str, int]:
    """How many of a crawl's new pages have each field, and how many pages were read for that.

    Of many new pages SAMPLE are read, spread over the crawl: a field that a site has stopped showing is
    missed in all of them, one that only some kinds of its pages lack may go unnoticed.
    """
    step = max(1, -(-len(numbers) // SAMPLE))
    found = dict.fromkeys((ARTICLES, *FIELDS), 0)
    for _, page in store.pages(numbers[::step]):
        found[ARTICLES] += 1
        for name in _fields(page, site):
            found[name] += 1
    return found


def same_article(old: Page, new: Page, site: Site) -> bool:
    """Whether title, publish date and text are the same; what can't be read is no article's equal."""
    try:
        return old.body == new.body or parse(old, site).version == parse(new, site).version
    except UnreadablePage:
        return False


def known(store: Store, report: CrawlReport) -> list[CrawlReport]:
    """The crawls that one is measured by, newest first: of KNOWN, and the last that brought anything."""
    last = store.crawls.between(report.site, report.started - KNOWN, report.started)
    if any(crawl.new for crawl in last):
        return last
    return last + [crawl for crawl in store.crawls.bringing(report.site, report.started) if crawl not in last]


def breaches(site: Site, report: CrawlReport, last: Sequence[CrawlReport]) -> tuple[str, ...]:
    """What is not as it should be, one line each; `last` holds the crawls before, newest first."""
    found = [*_nothing(report), *_lost_fields(report, last)]
    if report.finished:
        found += [*_named_less(report, last), *_failing(report, last), *_too_few(site, report, last)]
    return tuple(found)


def _without(last: Sequence[CrawlReport], breach: str) -> list[CrawlReport]:
    """The crawls that say what is usual: a breach of these words is told of none within a day from each."""
    found, broken = [], inf
    for crawl in last:
        if any(breach in told for told in crawl.breaches):
            broken = crawl.started
        elif broken - crawl.started >= DAY:
            found.append(crawl)
    return found


def _fields(page: Page, site: Site) -> Iterator[str]:
    try:
        article = parse(page, site)
    except UnreadablePage:
        return
    has = {
        "title": bool(article.title),
        "published": article.published is not None,
        "text": _has_text(article),
    }
    yield from (name for name in FIELDS if has[name])


def _has_text(article: Article) -> bool:
    return len(article.text) >= SHORTEST and article.text != article.title


def _nothing(report: CrawlReport) -> Iterator[str]:
    if report.brought_nothing:
        yield "nothing could be had"


def _lost_fields(report: CrawlReport, last: Sequence[CrawlReport]) -> Iterator[str]:
    """Fields that far fewer articles have than before; an article has a title and a text from the first.

    Where this crawl brought too few articles to tell, those of the day before it are counted in.
    """
    day = list(takewhile(lambda crawl: report.started - crawl.started < DAY, last))
    for name in FIELDS:
        if _covered([report], name) == _covered([report], ARTICLES):
            continue  # What was missing is found again.
        fine = _without(last, _found(name))
        for before in ([], day):
            crawls = [report, *before]
            found, read = _covered(crawls, name), _covered(crawls, ARTICLES)
            usual = _usually_covered([crawl for crawl in fine if crawl not in before], name)
            if _at_most(found, read, min(AT_BEST, usual)) < SURE:
                yield f"{_found(name)} {found} of {read} articles ({usual:.0%} is usual)"
                break


def _found(name: str) -> str:
    return f"{name} was found in"


def _usually_covered(fine: Sequence[CrawlReport], name: str) -> float:
    crawls = [crawl for crawl in fine if crawl.coverage.get(ARTICLES)][:USUAL]
    read = _covered(crawls, ARTICLES)
    return _covered(crawls, name) / read if read else float(name != "published")


def _covered(crawls: Sequence[CrawlReport], name: str) -> int:
    return sum(crawl.coverage.get(name, 0) for crawl in crawls)


def _named_less(report: CrawlReport, last: Sequence[CrawlReport]) -> Iterator[str]:
    says = "feeds, sitemaps and listings name"
    finished = [crawl.named for crawl in _without(last, says) if crawl.finished][:USUAL]
    usual = median(finished) if finished else 0
    if report.named < usual / 2:
        yield f"{says} {report.named} articles ({usual:.0f} is usual)"


def _failing(report: CrawlReport, last: Sequence[CrawlReport]) -> Iterator[str]:
    """More than twice the failures of before, and more than one try in ten."""
    says = "tries failed"
    failed, asked = _tries(report)
    tries = [_tries(crawl) for crawl in _without(last, says)[:USUAL]]
    before = sum(asked for _, asked in tries)
    usual = sum(failed for failed, _ in tries) / before if before else 1.0
    if _at_most(asked - failed, asked, 1 - max(0.1, 2 * usual)) < SURE:
        worst = max(report.failed, key=lambda why: report.failed[why])
        yield f"{failed} of {asked} {says} ({usual:.0%} is usual), most of them: {worst}"


def _too_few(site: Site, report: CrawlReport, last: Sequence[CrawlReport]) -> Iterator[str]:
    """Fewer new articles than the site is declared to bring; by half is within what days differ by."""
    crawls = [report, *last]
    recent = list(takewhile(lambda crawl: report.started - crawl.started <= KNOWN, crawls))
    hours = (report.started - recent[-1].started) / HOUR
    if (daily := site.expects.get("articles_a_day")) and hours >= DAY / HOUR:
        # The first of these crawls brought what was published before it.
        found = sum(crawl.new for crawl in recent[:-1]) * DAY / HOUR / hours
        if found < daily / 2:
            yield f"{found:.1f} new articles a day ({daily:g} are declared)"
    newest = next((crawl.started for crawl in crawls if crawl.new), crawls[-1].started)
    silence = (report.started - newest) / HOUR
    if (silent := site.expects.get("silent_hours")) and silence > silent:
        yield f"no new article for {silence:.0f} hours ({silent:g} are declared)"


def _tries(crawl: CrawlReport) -> tuple[int, int]:
    failed = sum(crawl.failed.values())
    return failed, failed + crawl.fetched


def _at_most(hits: int, tries: int, share: float) -> float:
    """The probability of at most so many hits in as many tries, each hitting with the probability `share`."""
    if share <= 0:
        return 1.0
    logs = (log(share), log1p(-share))
    ways = (lgamma(tries + 1) - lgamma(k + 1) - lgamma(tries - k + 1) for k in range(hits + 1))
    return sum(exp(way + k * logs[0] + (tries - k) * logs[1]) for k, way in enumerate(ways))
