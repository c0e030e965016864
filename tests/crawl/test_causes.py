"""The reason why a page could not be fetched is in the summary, the report and the survey."""

import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import pytest
from crawl.command import Command
from crawl.site import Newsroom, address, releases
from grid import check_each
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
def wire(talks: dict[str, Callable[[socket.socket], None]]) -> Iterator[str]:
    """Serve robots.txt, let the talk of its path have every other connection; yield the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[connection], daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            path = connection.recv(65536).decode("latin-1").split(" ")[1]
            talk = talks.get(path.removeprefix("/"))
            connection.sendall(NO_RULES) if talk is None else talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()


#: Name and path of a listing → how it is answered, and what the operator reads.
PAGES: dict[str, tuple[Answer, str]] = {
    "403": (Page(b"<h1>Go away</h1>", 403), "the site answered 403 Forbidden"),
    "too-large": (Page(b"x" * 200_000), "larger than DOWNLOAD_MAXSIZE"),
    "redirects": (lead_back, "REDIRECT_MAX_TIMES"),
    "cookie-wall": (WALL, "COOKIES_ENABLED=1"),
    "cookie-wall-with-403": (Page(WALL.body, 403), "COOKIES_ENABLED"),
    "cookie-circle": (circle, "COOKIES_ENABLED=1"),
}
#: The same, where there is no answer.
TALKS: dict[str, tuple[Callable[[socket.socket], None], str]] = {
    "silence": (say_nothing, "no response came in time (DOWNLOAD_TIMEOUT)"),
    "reset": (reset, "the connection was closed before a response came"),
    "data-loss": (break_off, "data loss"),
    "no-http": (babble, "is not HTTP"),
}
#: The same, where there is no connection.
HOSTS = {
    "certificate": "the TLS certificate of the host cannot be trusted",
    "name": "could not be found (DNS)",
    "refused": "the connection was refused",
}
CAUSES = {name: words for name, (_, words) in (PAGES | TALKS).items()} | HOSTS
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "RETRY_ENABLED": 0,
    "DOWNLOAD_TIMEOUT": 2,
    "DOWNLOAD_MAXSIZE": 100_000,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[str]]:
    """Crawl listings that fail; return what the summary and the report say of each."""
    found = {}

    def crawl(url: str, names: Iterable[str]) -> None:
        sources = ",".join(f"cards=/{name}" for name in names)
        command = Command(tmp_path_factory.mktemp("cause"))
        run = command.run(**SETTINGS, OSCE_BASE_URL=url, OSCE_SOURCES=sources)
        summary = [line for line in run.errors if line.startswith("Check ")]
        report = [reason["text"] for reason in run.report["reasons"]]
        for place, lines in {"summary": summary, "report": report}.items():
            for name in names:
                found[name, place] = [line for line in lines if f" {url}/{name}: " in line]

    pages = {f"/{name}": answer for name, (answer, _) in PAGES.items()}
    with Newsroom(pages=pages) as newsroom:
        crawl(newsroom.url, PAGES)
    with wire({name: talk for name, (talk, _) in TALKS.items()}) as url:
        crawl(url, TALKS)
    with self_signed(tmp_path_factory.mktemp("key")) as url:
        crawl(url, ["certificate"])
    crawl("http://newsroom.invalid", ["name"])
    crawl("http://127.0.0.1:9", ["refused"])
    return found


def test_cause_is_told(told: dict[tuple[str, str], list[str]]) -> None:
    def cause(name: str, place: str) -> str:
        (said,) = told[name, place]
        return CAUSES[name] if CAUSES[name] in said else said

    places = ("summary", "report")
    check_each(cause, {(name, place): CAUSES[name] for name in CAUSES for place in places})


@pytest.mark.parametrize("name", ["403", "cookie-wall", "cookie-circle"])
def test_survey_tells_the_cause(command: Command, name: str) -> None:
    answer, words = PAGES[name]
    with Newsroom(pages={address(0): answer}) as newsroom:
        survey = command.scrapy("survey", **SETTINGS, OSCE_BASE_URL=newsroom.url)

    assert words in survey.text


def test_survey_tells_that_a_certificate_cannot_be_trusted(command: Command) -> None:
    with self_signed(command.folder) as url:
        survey = command.scrapy("survey", **SETTINGS, OSCE_BASE_URL=url)

    assert HOSTS["certificate"] in survey.text


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
