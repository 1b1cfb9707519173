"""How we behave on other people's servers: the Scrapy settings of a crawl."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from spiders.site import Site

SETTINGS: dict[str, Any] = {
    "USER_AGENT": "trichtin (reads Vietnamese government news; one polite crawler)",
    "ROBOTSTXT_OBEY": True,
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "spiders.robots.RobotsTxt": 100,  # in its place
    },
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 1.0,  # seconds
    "AUTOTHROTTLE_MAX_DELAY": 60.0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "COOKIES_ENABLED": False,
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "vi",
    },
    "DOWNLOAD_TIMEOUT": 30,  # seconds
    "DOWNLOAD_MAXSIZE": 20 << 20,  # bytes, also after decompression: no article is larger
    "REDIRECT_MAX_TIMES": 5,
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",  # the report counts it
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}
# There is nobody to be polite to but the demo newsroom and the tests.
ON_THIS_MACHINE: dict[str, Any] = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
}


def settings(site: Site) -> dict[str, Any]:
    """The settings for crawling one site."""
    return {**SETTINGS, **(ON_THIS_MACHINE if _is_local(site.home) else {})}


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
