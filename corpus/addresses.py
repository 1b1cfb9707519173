"""Which URLs name one article: with other schemes, for other devices, from other places."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

# Say from where a reader came, or who the reader is; never what is read.
_PASSING = re.compile(
    r"""(?: utm_\w+ | fbclid | gclid | dclid | gbraid | wbraid | msclkid | yclid | twclid | igshid | zarsrc
          | mc_[ce]id | _ga | _gl | phpsessid | jsessionid | aspsessionid\w* | session_?id ) (?: = | $ )
        # sid is a session's on some sites and a story's on others
        | sid = [0-9a-z]{16,}""",
    re.IGNORECASE | re.VERBOSE,
)
_PATH_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_FOR_A_DEVICE = re.compile(r"(?:amp|mobile)(?:=|$)|outputtype=amp$", re.IGNORECASE)
_HOST_OF_A_DEVICE = re.compile(r"^(?:www|m|mobile|amp|wap)\.(?=[^.]+\.)")
_PATH_OF_A_DEVICE = re.compile(r"^/amp(?=/)|(?:/amp|[./]amp\.html|\.amp)$", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r":(?:80|443)$")


def plain(url: str) -> str:
    """A URL without fragment, tracking and session parameters: the same page for every reader.

    Raises ValueError where it is no URL.
    """
    parts = urlsplit(url)
    path = _PATH_SESSION.sub("", parts.path)
    query = "&".join(pair for pair in parts.query.split("&") if not _PASSING.match(pair))
    return parts._replace(path=path, query=query, fragment="").geturl()


def identity(url: str) -> str:
    """What all URLs of one article have in common; it is no URL itself.

    Not told apart: http and https, hosts and paths for mobile readers and AMP, www, a slash at the end,
    the order of parameters, escapes. A URL of anything but the web stands for itself.
    """
    if not url.startswith(("http:", "https:")):
        return url
    parts = urlsplit(plain(url))
    host = _HOST_OF_A_DEVICE.sub("", _DEFAULT_PORT.sub("", parts.netloc.lower()))
    path = re.sub("/+", "/", unquote(parts.path)).rstrip("/")
    pairs = sorted(pair for pair in parts.query.split("&") if pair and not _FOR_A_DEVICE.match(pair))
    path = _PATH_OF_A_DEVICE.sub("", path)
    return f"{host}{path}" + (f"?{'&'.join(pairs)}" if pairs else "")
