"""The reason why a page could not be fetched is in the summary, the report and the survey."""

import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
from crawl.command import Command
from crawl.site import Newsroom, address, releases
from server import Answer, Hit, Page
from tls import self_signed

NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
WALL = Page(
    b"<html><head><title>OSCE</title></head><body><h1>Cookies are required</h1>"
    b"<p>Please enable cookies in your browser to see this site.</p></body></html>"
)


def circle(hit: Hit) -> Page:
    """Set a cookie and lead back to the same address, for ever."""
    return Page(b"", 302, {"Location": hit.path, "Set-Cookie": "seen=1"})


def lead_back(hit: Hit) -> Page:
    """Lead back to the same address, for ever, and for no cookie."""
    return Page(b"", 302, {"Location": hit.path})


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def break_off(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of")


def babble(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example.org ESMTP\r\n\r\n")


def say_nothing(connection: socket.socket) -> None:
    connection.recv(1)  # until the visitor leaves


@contextmanager
def wire(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve robots.txt, let `talk` have all other connections; yield the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                asked = connection.recv(65536)
                connection.sendall(NO_RULES) if b"/robots.txt" in asked else talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()


@contextmanager
def listing(answer: Answer) -> Iterator[str]:
    """Serve a newsroom whose listing is answered so; yield the address."""
    with Newsroom(releases(3), {address(0): answer}) as newsroom:
        yield newsroom.url


@contextmanager
def nowhere(url: str) -> Iterator[str]:
    yield url


#: What is wrong → the site, and what the operator reads.
CAUSES: dict[str, tuple[Callable[..., object], object, str]] = {
    "certificate": (self_signed, None, "the TLS certificate of the host cannot be trusted"),
    "name": (nowhere, "http://newsroom.invalid", "could not be found (DNS)"),
    "refused": (nowhere, "http://127.0.0.1:9", "the connection was refused"),
    "silence": (wire, say_nothing, "no response came in time (DOWNLOAD_TIMEOUT)"),
    "reset": (wire, reset, "the connection was closed before a response came"),
    "data loss": (wire, break_off, "data loss"),
    "no HTTP": (wire, babble, "is not HTTP"),
    "403": (listing, Page(b"<h1>Go away</h1>", 403), "the site answered 403 Forbidden"),
    "too large": (listing, Page(b"x" * 200_000), "larger than DOWNLOAD_MAXSIZE"),
    "redirects": (listing, lead_back, "REDIRECT_MAX_TIMES"),
    "cookie wall": (listing, WALL, "COOKIES_ENABLED=1"),
    "cookie wall with 403": (listing, Page(WALL.body, 403), "COOKIES_ENABLED"),
    "cookie circle": (listing, circle, "COOKIES_ENABLED=1"),
}
#: Of these the words of the survey are looked at as well.
SURVEY = ("certificate", "403", "cookie wall", "cookie circle")
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "RETRY_ENABLED": 0,
    "DOWNLOAD_TIMEOUT": 2,
    "DOWNLOAD_MAXSIZE": 100_000,
}


def look(command: Command, settings: dict[str, object]) -> str:
    """Return what the survey says."""
    return command.scrapy("survey", **settings).text


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """Crawl and look at each site; return summary, report and what the survey says."""
    folders = {name: tmp_path_factory.mktemp("cause") for name in CAUSES}

    def tell(name: str) -> tuple[str, str, str]:
        site, given, _ = CAUSES[name]
        folder = folders[name]
        with ExitStack() as stack:
            url = stack.enter_context(site(folder if given is None else given))  # type: ignore[arg-type]
            command = Command(folder)
            settings: dict[str, object] = {**SETTINGS, "OSCE_BASE_URL": url}
            run = command.run(**settings)
            survey = look(command, settings) if name in SURVEY else ""
        look_at = "\n".join(line for line in run.errors if line.startswith("Check "))
        (report,) = (folder / "output/runs").glob("*.json")
        reasons = json.loads(report.read_bytes())["reasons"]
        return look_at, "\n".join(reason["text"] for reason in reasons), survey

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(CAUSES, pool.map(tell, CAUSES), strict=True))


@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize("place", [0, 1], ids=["summary", "report"])
def test_cause_is_told(told: dict[str, tuple[str, str, str]], name: str, place: int) -> None:
    assert CAUSES[name][2] in told[name][place]


@pytest.mark.parametrize("name", SURVEY)
def test_survey_tells_the_cause(told: dict[str, tuple[str, str, str]], name: str) -> None:
    assert CAUSES[name][2] in told[name][2]


def test_causes_of_item_pages_are_counted(command: Command) -> None:
    with Newsroom(releases(12)) as newsroom:
        for one in newsroom.facts[:4]:
            newsroom.pages[one.at] = Page(b"<h1>Go away</h1>", 403)
        newsroom.pages[newsroom.facts[4].at] = WALL
        run = command.run(**newsroom.settings)

    assert (
        "5 of 12 item pages failed: the site answered 403 Forbidden (4),"
        " a page that asks for cookies (COOKIES_ENABLED=1 keeps them) was served instead (1)"
    ) in run.err


def test_cookie_circle_ends_at_once(command: Command) -> None:
    with Newsroom(releases(1), {address(0): circle}) as newsroom:
        command.run(**newsroom.settings)

    assert len(newsroom.listings) == 1


def test_cookie_is_kept_where_the_operator_says_so(command: Command) -> None:
    def once(hit: Hit) -> Page:
        return newsroom.page(0) if "seen=1" in hit.headers.get("Cookie", "") else circle(hit)

    with Newsroom(releases(3)) as newsroom:
        newsroom.pages[address(0)] = once
        run = command.run(**newsroom.settings, COOKIES_ENABLED=1)

    assert (run.status, len(run.items)) == (0, 3), run.err
