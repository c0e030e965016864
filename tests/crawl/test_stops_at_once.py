"""A run that is told to stop ends within two seconds, whatever it is waiting for."""

import signal
import socket
import threading
import time

import pytest
from crawl.site import ROBOTS, Newsroom, address, release, releases
from server import Page

#: Seconds between the word to stop and the end of the process: two, and as much again for a
#: machine that runs other tests. What the runs here wait for takes half a minute or more.
AT_ONCE = 4.0
#: A machine that looks names up for ever, and says so.
HANGING_DNS = """
import socket, sys, threading

def hang(host, *_args, **_more):
    print("looking up", host, file=sys.stderr, flush=True)
    threading.Event().wait()

socket.getaddrinfo = socket.gethostbyname = hang
"""


def rules(text):
    return Page(f"User-agent: *\n{text}\n".encode(), headers={"Content-Type": "text/plain"})


@pytest.fixture
def site():
    with Newsroom(releases(3)) as running:
        yield running


def start(command, site, **settings):
    return command.start("newsroom", "-O", "items.jsonl", **{**site.settings, **settings})


def read_until(process, word):
    """Wait for a line of the log."""
    while word.encode() not in (line := process.stderr.readline()):
        assert line, f"the run ended before it said {word!r}"


def stop(command, process, name=signal.SIGTERM):
    """Stop a run; return it and the seconds that it took to end."""
    begun = time.monotonic()
    process.send_signal(name)
    result = command.wait(process)
    return result, time.monotonic() - begun


def ended_well(command, process, old):
    result, seconds = stop(command, process)
    return (result.status, result.feed, seconds < AT_ONCE) == (5, old, True), (seconds, result.err)


def test_during_a_long_crawl_delay_without_complaining_of_a_page(command, site, old):
    site.pages["/robots.txt"] = rules("Crawl-delay: 61")
    process = start(command, site)
    read_until(process, "asks for 61 seconds")

    result, seconds = stop(command, process, signal.SIGINT)
    assert (result.status, result.feed, seconds < AT_ONCE) == (5, old, True), result.err
    assert not [line for line in result.errors if "ERROR" in line or "could not be fetched" in line]


def test_while_several_requests_wait_for_a_crawl_delay(command, site, old):
    urls = command.folder / "urls.txt"
    urls.write_text("".join(f"{site.url}{one.at}\n" for one in site.facts))
    site.pages["/robots.txt"] = rules("Crawl-delay: 61")
    process = command.start("newsroom", "-O", "items.jsonl", "-a", "urls=urls.txt", **site.settings)
    read_until(process, "asks for 61 seconds")

    ended, why = ended_well(command, process, old)
    assert ended, why


def test_during_a_retry_after(command, site, old):
    site.pages[address(0)] = Page(status=429, headers={"Retry-After": "800"})
    process = start(command, site)
    read_until(process, "asks the crawler to wait 800 seconds")

    ended, why = ended_well(command, process, old)
    assert ended, why


@pytest.mark.parametrize("path", ["/robots.txt", address(0)])
def test_while_a_page_hangs(command, site, old, path):
    reached, opened = threading.Event(), threading.Event()

    def hang(_hit):
        reached.set()
        opened.wait(30)
        return ROBOTS

    site.pages[path] = hang
    process = start(command, site)
    assert reached.wait(30)
    ended, why = ended_well(command, process, old)
    opened.set()

    assert ended, why


@pytest.fixture
def trickle():
    """Serve one connection a byte at a time, for ever; yield the address and "a byte went out"."""
    sent, over = threading.Event(), threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while not over.wait(0.01):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return
                sent.set()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", sent
    over.set()
    thread.join()
    listener.close()


def test_while_a_page_trickles_in(command, site, old, trickle):
    base, sent = trickle
    process = start(command, site, OSCE_BASE_URL=base)
    assert sent.wait(30)

    ended, why = ended_well(command, process, old)
    assert ended, why


def test_while_a_name_server_does_not_answer(command, site, old):
    (command.folder / "sitecustomize.py").write_text(HANGING_DNS)
    process = start(command, site, OSCE_BASE_URL="http://newsroom.invalid")
    read_until(process, "looking up")

    ended, why = ended_well(command, process, old)
    assert ended, why


def test_limit_of_scrapys_during_a_long_crawl_delay(command, site, old):
    """Without the stop the run would end with the delay, a minute later."""
    site.pages["/robots.txt"] = rules("Crawl-delay: 61")
    result = command.wait(start(command, site, CLOSESPIDER_TIMEOUT=1))

    assert (result.status, result.feed, result.stats["elapsed_time_seconds"] < 10) == (
        5,
        old,
        True,
    ), result.err


def test_run_that_was_stopped_keeps_what_it_had_and_gives_up_nothing(command, site, old):
    """The page that was on its way when the run was stopped is asked for again, no stub is made."""
    reached, opened = threading.Event(), threading.Event()

    def hang(_hit):
        reached.set()
        opened.wait(30)
        return release(site.facts[2])

    site.pages[site.facts[2].at] = hang
    process = start(command, site)
    assert reached.wait(30)
    ended, why = ended_well(command, process, old)
    assert ended, why
    opened.set()
    del site.pages[site.facts[2].at]
    again = command.run(**site.settings)

    assert (again.status, again.stats["osce/items/reused"], len(again.items)) == (0, 2, 3)
