"""How fast a crawl is beside a bare Scrapy spider, what 100,000 known URLs cost, how much memory it takes.

    python benchmarks/crawling.py [throughput] [start] [memory]

Everything runs on this machine: a server and a crawl, each in a process of its own, politeness off in both
spiders, everything else of ours on: ledger, durable archive, robots.txt, canonical URLs, health.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES, ROUNDS = 2_000, 4
MANY = 20_000  # pages of the crawl whose memory is measured
KNOWN = 100_000  # URLs
CONCURRENCY = {"CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 16}
LINE = "<p>Bộ cho biết số hồ sơ nộp qua mạng ở các huyện tăng thêm so với năm trước, nhiều nơi gấp đôi.</p>\n"
MENU = "".join(f'<li><a href="/muc/{n}" class="menu-item-{n}">Chuyên mục {n}</a></li>' for n in range(150))
HEAD = (
    '<!doctype html><html><head><meta charset="utf-8"><title>Bài {0}</title>'
    '<meta property="article:published_time" content="2021-06-20T08:00:00+07:00">'
    '<link rel="canonical" href="/tin/bai-{0}.html"></head>'
)
BODY = f"<body><ul>{MENU}</ul><article><h1>Bài</h1>{LINE * 60}</article></body></html>"


class Server(asyncio.Protocol):
    """Answers with a sitemap of so many articles, and with any of them: about 20 KB each."""

    body = BODY.encode()
    sitemap = b""

    def connection_made(self, transport: Any) -> None:
        self.transport, self.rest = transport, b""

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            asked, _, self.rest = self.rest.partition(b"\r\n\r\n")
            self.answer(asked.split()[1].decode())

    def answer(self, path: str) -> None:
        status, body = "404 Not Found", b"none"
        if path == "/sitemap.xml":
            status, body = "200 OK", self.sitemap
        elif path.startswith("/tin/bai-"):
            status, body = "200 OK", HEAD.format(path[9:-5]).encode() + self.body
        head = f'HTTP/1.1 {status}\r\nContent-Type: text/html\r\nETag: "{path}"\r\n'
        head += f"Content-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def serve(pages: str) -> None:
    named = "".join(f"<url><loc>/tin/bai-{n}.html</loc></url>" for n in range(int(pages)))
    Server.sitemap = f"<urlset>{named}</urlset>".encode()
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def bare(home: str) -> None:
    """A spider that asks for every article and looks at none."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        seen = 0

        async def start(self) -> Any:
            yield scrapy.Request(home + "sitemap.xml")

        def parse(self, response: Any) -> Iterator[Any]:
            for url in re.findall("<loc>([^<]+)", response.text):
                yield response.follow(url, self.article)

        def article(self, _: Any) -> None:
            Bare.seen += 1

    process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, **CONCURRENCY})
    process.crawl(Bare)
    started = time.perf_counter()
    process.start()
    tell(Bare.seen, started)


def ours(home: str, directory: str) -> None:
    from corpus.store import Store
    from spiders.crawling import crawl
    from spiders.site import Site

    site = Site("b", home, "B", "press", r"/tin/bai-\d+\.html", sitemaps=("sitemap.xml",), budget=10**9)
    started = time.perf_counter()
    with Store.open(Path(directory)) as store:
        (report,) = crawl([site], store, overrides=CONCURRENCY)
    assert not report.failed
    tell(report.new, started)


def tell(pages: int, started: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = {"pages": pages, "seconds": time.perf_counter() - started, "memory": used.ru_maxrss >> 10}
    print(json.dumps({**spent, "processor": used.ru_utime + used.ru_stime}))


def run(role: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, __file__, role, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def server(pages: int) -> Iterator[str]:
    command = [sys.executable, __file__, "serve", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
        process.terminate()


@contextmanager
def directory() -> Iterator[str]:
    # Beside the code and not in /tmp, which may lie in memory: what is durable must cost what it costs.
    with TemporaryDirectory(dir=Path(__file__).parent) as path:
        yield path


def throughput() -> None:
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    with server(PAGES) as home:
        for _ in range(ROUNDS):
            for role, rate in rates.items():
                with directory() as path:
                    found = run(role, home, *([path] if role == "ours" else []))
                assert found["pages"] == PAGES
                rate.append(PAGES / found["seconds"])
                print(f"{role}: {rate[-1]:.0f} pages/s, {found['processor']:.1f} s of processor time")
    best = {role: max(found) for role, found in rates.items()}
    print(f"throughput: {best['ours']:.0f} pages/s, {best['ours'] / best['bare']:.2f} of a bare spider's")


def start() -> None:
    """A crawl that finds nothing new, with an empty ledger and with one of 100,000 URLs stored."""
    from corpus.frontier import Validators
    from corpus.store import Store

    best = {}
    with server(0) as home:
        for known in (0, KNOWN):
            with directory() as path:
                with Store.open(Path(path)) as store, store._ledger.transaction():  # noqa: SLF001
                    for n in range(known):
                        store.frontier.stored(f"{home}tin/bai-{n}.html", "b", time.time(), Validators())
                best[known] = min(run("ours", home, path)["seconds"] for _ in range(ROUNDS))
    print(f"start: {best[0]:.2f} s with an empty ledger, {best[KNOWN]:.2f} s with {KNOWN:,} known URLs")


def memory() -> None:
    with server(MANY) as home, directory() as path:
        found = run("ours", home, path)
    assert found["pages"] == MANY
    print(f"memory: {found['memory']} MB at most over a crawl of {MANY:,} pages in {found['seconds']:.0f} s")


def main() -> None:
    roles: dict[str, Callable[..., Any]] = {"bare": bare, "ours": ours}
    name, *arguments = sys.argv[1:] or ["throughput", "start", "memory"]
    if name == "serve":
        asyncio.run(serve(*arguments))
    elif name in roles:
        roles[name](*arguments)
    else:
        for wanted in (name, *arguments):
            {"throughput": throughput, "start": start, "memory": memory}[wanted]()


if __name__ == "__main__":
    main()
