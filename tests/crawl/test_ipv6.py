"""A newsroom on an IPv6 address is crawled as any other.

Whether the machine has such an address is found out by asking for one. Where it has none, the real
crawl is made over IPv4, and what an IPv6 address passes through without a socket (options, hosts,
robots.txt, slots, store, items) is tried by the replay.
"""

import json
import socket

import pytest
from crawl.site import ROBOTS, Newsroom, address, release, releases


def has_ipv6():
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


HOST = "::1" if has_ipv6() else "127.0.0.1"
REPLAYED = "http://[::1]:8000"


@pytest.fixture(scope="module")
def site():
    with Newsroom(releases(3), host=HOST) as running:
        yield running


def test_newsroom_on_the_loopback_address_is_crawled(command, site):
    result = command.run(**site.settings)

    assert (result.status, [item["url"] for item in result.items]) == (
        0,
        [f"{site.url}{one.at}" for one in site.facts],
    ), result.err


def test_saved_newsroom_on_an_ipv6_address_is_crawled(command, site):
    pages = {"/robots.txt": ROBOTS, address(0): site.page(0)}
    pages |= {one.at: release(one) for one in site.facts}
    folder = command.folder / "saved"
    folder.mkdir()
    lines = []
    for number, (path, page) in enumerate(pages.items()):
        (folder / str(number)).write_bytes(page.body)
        line = {
            "url": f"{REPLAYED}{path}",
            "status": 200,
            "headers": dict(page.headers),
            "saved_at": "2024-07-01T12:00:00Z",
            "file": str(number),
        }
        lines.append(json.dumps(line))
    (folder / "index.jsonl").write_text("\n".join(lines))
    result = command.run(
        OSCE_REPLAY=folder, OSCE_BASE_URL=REPLAYED, OSCE_NOW="2024-07-01T12:00:00Z"
    )

    assert (result.status, [item["url"] for item in result.items]) == (
        0,
        [f"{REPLAYED}{one.at}" for one in site.facts],
    ), result.err
