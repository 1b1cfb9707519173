"""A newspaper on loopback that answers as a test wants, and crawls of it in processes of their own."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from corpus.article import Page

    Answer = Callable[[BaseHTTPRequestHandler], None]

# Forks a process for each crawl it is told of, so that Scrapy is imported once. A crawl prints a line for
# each page as soon as it is stored, and the reports in the end.
FORGE = """
import json, os, resource, sys
from dataclasses import asdict
from pathlib import Path
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object
from corpus.store import Store, StoreError
from spiders.crawling import crawl
from spiders.site import sites

def stored(page, number):
    print(json.dumps([number, page.url]), flush=True)

def run(sites_in, home, overrides, largest):
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    with Store.open(Path(home)) as store:
        reports = crawl(sites(Path(sites_in)), store, on_page=stored, overrides=overrides)
    print(json.dumps([asdict(report) for report in reports]), flush=True)

# What Scrapy would import in each of them.
for kind in ("EXTENSIONS", "SPIDER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES"):
    for path in getattr(default_settings, kind + "_BASE"):
        load_object(path)
for name in ("DOWNLOADER", "SCHEDULER", "DUPEFILTER_CLASS", "STATS_CLASS", "ROBOTSTXT_PARSER"):
    load_object(getattr(default_settings, name))
load_object("scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler")
assert "twisted.internet.reactor" not in sys.modules

for line in sys.stdin:
    out, err, arguments = json.loads(line)
    if not (child := os.fork()):
        for number, name in ((1, out), (2, err)):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        try:
            run(**arguments)
        except StoreError as error:
            print(f"StoreError: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(2)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

SITE = """
name = "{name}"
home = "{home}"
publisher = "Báo Thử"
kind = "press"
article = '/tin/[a-z0-9-]+-\\d+\\.html'
"""


class Paper(ThreadingHTTPServer):
    """A news site on loopback that remembers what it was asked; answers inside its `with` block."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.home = f"http://127.0.0.1:{self.server_port}/"
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.headers: dict[str, Any] = {}
        self.before: Callable[[], None] = lambda: None
        self._thread = Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def url(self, path: str) -> str:
        return self.home[:-1] + path

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that hangs up is no error of ours."""


class Desk(BaseHTTPRequestHandler):
    server: Paper

    def do_GET(self) -> None:
        self.server.before()
        self.server.asked[self.path] += 1
        self.server.headers[self.path] = self.headers
        self.server.answers.get(self.path, says(404, b"none"))(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


def says(
    status: int, body: bytes | str, content_type: str = "text/html; charset=utf-8", **headers: str
) -> Answer:
    raw = body.encode() if isinstance(body, str) else body

    def answer(desk: BaseHTTPRequestHandler) -> None:
        desk.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(raw)), **headers}.items():
            desk.send_header(name.replace("_", "-"), value)
        desk.end_headers()
        desk.wfile.write(raw)

    return answer


def links(urls: Iterable[str], following: str = "") -> str:
    rest = f'<a rel="next" href="{following}">Trang sau</a>' if following else ""
    return "<html><body>" + "".join(f'<a href="{url}">tin</a>' for url in urls) + rest + "</body></html>"


def story(number: int, head: str = "", **headers: str) -> Answer:
    return says(200, written(number, head), **headers)


def written(number: int, head: str = "") -> str:
    paragraph = (
        f"<p>Bài số {number} nói về việc nộp hồ sơ qua mạng ở huyện, với nhiều chi tiết đáng chú ý.</p>"
    )
    return f"<html><head><title>Bài {number}</title>{head}</head><body>{paragraph * 5}</body></html>"


def rss(urls: Iterable[str]) -> Answer:
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    return says(200, f"<rss><channel>{items}</channel></rss>", "text/xml")


def urlset(urls: Iterable[str], changed: str = "") -> str:
    said = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "<urlset>" + "".join(f"<url><loc>{url}</loc>{said}</url>" for url in urls) + "</urlset>"


def at(number: int) -> str:
    return f"/tin/bai-{number}.html"


def declare(directory: Path, declared: str = 'feeds = ["rss.xml"]', **homes: str) -> Path:
    """A directory of sites, each by name and address, all with what is declared."""
    directory.mkdir(exist_ok=True)
    for name, home in homes.items():
        (directory / f"{name}.toml").write_text(SITE.format(name=name, home=home) + declared, "utf-8")
    return directory


def urls_in(home: Path) -> list[str]:
    return [page.url for page in pages_in(home)]


def pages_in(home: Path) -> list[Page]:
    with Store.reading(home) as store:
        return [page for _, page in store.pages(store.numbers())]


class Crawl:
    """One crawl, from its beginning to its end."""

    def __init__(self, sites: Path, home: Path, **arguments: Any) -> None:
        self._out, self._err = home.with_suffix(".out"), home.with_suffix(".err")
        given = {"overrides": {}, "largest": None, **arguments}
        forge = _forge()
        assert forge.stdin
        assert forge.stdout
        told = {"sites_in": str(sites), "home": str(home), **given}
        forge.stdin.write(json.dumps([str(self._out), str(self._err), told]) + "\n")
        forge.stdin.flush()
        self.pid = int(forge.stdout.readline())
        self._ends = forge.stdout

    def wait(self) -> int:
        """Its exit code, minus the signal that killed it."""
        return int(self._ends.readline())

    @property
    def noise(self) -> str:
        return self._err.read_text("utf-8")

    @property
    def lines(self) -> list[Any]:
        whole = [
            line for line in self._out.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")
        ]
        return [json.loads(line) for line in whole]


def crawled(sites: Path, home: Path, **overrides: Any) -> dict[str, Any]:
    """The reports of a whole crawl by site; it must have nothing to complain of."""
    crawl = Crawl(sites, home, overrides=overrides)
    code = crawl.wait()
    assert (code, crawl.noise) == (0, ""), f"{code}: {crawl.noise}"
    return {report["site"]: report for report in crawl.lines[-1]}


@cache
def _forge() -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", FORGE]
    forge = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_close, forge)
    return forge


def _close(forge: subprocess.Popen[str]) -> None:
    with forge:
        assert forge.stdin
        forge.stdin.close()
