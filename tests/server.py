"""A web server on the loopback interface, and a crawl of it in a separate process."""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6
from typing import Any, Self

from starting import start


@dataclass(frozen=True)
class Hit:
    """One request: its time (`time.monotonic`), path with query, and headers."""

    time: float
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Page | Callable[[Hit], Page]


class Server:
    """Serves `pages` (path with query → a Page, or a function of the Hit).

    Other paths are answered by `others`, or else with 404. A context manager. `url` has no slash at
    the end; `hits` is the access log.
    """

    def __init__(
        self,
        pages: Mapping[str, Answer] | None = None,
        host: str = "127.0.0.1",
        others: Answer = Page(b"no such page", 404),
    ) -> None:
        self.pages: dict[str, Answer] = dict(pages or {})
        self.others = others
        self.hits: list[Hit] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Headers and body are two writes: the second would wait 40 ms for the first to be
            # acknowledged.
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                hit = Hit(time.monotonic(), self.path, dict(self.headers))
                server.hits.append(hit)
                answer = server.pages.get(self.path, server.others)
                page = answer if isinstance(answer, Page) else answer(hit)
                self.send_response(page.status)
                length = str(len(page.body))
                standard = {"Content-Type": "text/html", "Content-Length": length}
                for name, value in {**standard, **page.headers}.items():
                    self.send_header(name, value)
                with suppress(ConnectionError):  # the run was stopped in the meantime
                    self.end_headers()
                    self.wfile.write(page.body)

            def log_message(self, *_args: object) -> None:
                """Print nothing."""

        class Http(ThreadingHTTPServer):
            address_family = AF_INET6 if ":" in host else AF_INET

        self._http = Http((host, 0), Handler)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def paths(self) -> list[str]:
        """The requested paths, in order."""
        return [hit.path for hit in self.hits]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@dataclass(frozen=True)
class Crawl:
    """The output of a crawl: Scrapy's stats (dates as text) and its log."""

    stats: dict[str, Any]
    log: str


_SCRIPT = """
import json, sys, warnings
from pathlib import Path
from scrapy.exceptions import ScrapyDeprecationWarning
warnings.simplefilter("error", ScrapyDeprecationWarning)
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

{spider}

settings, stats = map(Path, sys.argv[1:])
process = AsyncCrawlerProcess(json.loads(settings.read_text()))
crawler = process.create_crawler(TheSpider)
process.crawl(crawler)
process.start()
stats.write_text(json.dumps(crawler.stats.get_stats(), default=str))
"""

_SETTINGS = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "INFO",
    "RETRY_ENABLED": False,
}


def crawl(folder: Path, spider: str, settings: Mapping[str, Any]) -> Crawl:
    """Run the Scrapy spider whose source (class TheSpider) is `spider`, in `folder`.

    Request and Spider are already imported; `settings` must be JSON. A Scrapy deprecation is an
    error, and so is a process that fails.
    """
    script, stats = folder / "crawl.py", folder / "stats.json"
    script.write_text(_SCRIPT.replace("{spider}", spider))
    (folder / "settings.json").write_text(json.dumps({**_SETTINGS, **settings}))
    process = start(
        "settings.json",
        "stats.json",
        program=script,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    log = process.communicate(timeout=60)[1].decode()
    assert process.wait() == 0, log
    assert "ScrapyDeprecationWarning" not in log, log
    return Crawl(json.loads(stats.read_text()), log)
