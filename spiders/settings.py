"""How we behave on other people's servers: Scrapy's settings module of this project (`scrapy.cfg`)."""

from __future__ import annotations

import os
from importlib.metadata import version
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.settings import BaseSettings

    from spiders.site import Site

BOT_NAME = "trichtin"
SPIDER_MODULES = ["spiders.news"]

CONTACT = os.environ.get("TRICHTIN_CONTACT", "")
"""An e-mail address or a web page of whoever crawls; every site but those on this machine is told."""

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.redirects.StayOnSite": 90,  # asks for no robots.txt elsewhere
    "spiders.robots.RobotsTxt": 100,  # in its place
    "spiders.politeness.Politeness": 560,  # sees what RetryMiddleware (550) makes a new request of
}
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # seconds
AUTOTHROTTLE_MAX_DELAY = 60.0
CONCURRENT_REQUESTS = CONCURRENT_REQUESTS_PER_DOMAIN = 2  # the same, so that none is under way behind a rest
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as the ledger orders them
BACKOFF_START = 5.0  # seconds of rest after an answer 429 or 503
BACKOFF_LONGEST = 300.0  # a longer rest ends the crawl
CRAWL_DELAY_LONGEST = 30.0  # seconds between two requests, whatever robots.txt says
CONCURRENT_ITEMS = 1  # Scrapy makes so many tasks for each answer, and there are no items here
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi",
}
DOWNLOAD_TIMEOUT = 30  # seconds
DOWNLOAD_MAXSIZE = 20 << 20  # bytes, also after decompression: no article is larger
REDIRECT_MAX_TIMES = 5
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the report counts it
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# There is nobody to be polite to but the demo newsroom and the tests.
ON_THIS_MACHINE: dict[str, Any] = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "BACKOFF_START": 0.05,
}


class NoContact(Exception):
    """A site must be told whom it can turn to."""


def for_site(site: Site, settings: BaseSettings) -> dict[str, Any]:
    """What is particular to the crawl of one site; raises NoContact."""
    contact = settings.get("CONTACT")
    require_contact([site], contact)
    local = _is_local(site.home)
    says = f"{BOT_NAME}/{version(BOT_NAME)}" + (f" (+{contact})" if contact else "")
    return {"USER_AGENT": says, **(ON_THIS_MACHINE if local else {})}


def require_contact(sites: Iterable[Site], contact: str) -> None:
    """Raises NoContact where a site is not on this machine, and is not told whom it can turn to."""
    for site in sites:
        if not contact and not _is_local(site.home):
            raise NoContact(
                f"{site.name}: say who crawls: "
                "set TRICHTIN_CONTACT to an e-mail address or a web page of yours"
            )


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
