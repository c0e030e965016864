"""Files of those who write WARC: wget, warcio, FastWARC, Heritrix, Browsertrix, Common Crawl."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from archive.warcs import PAGE, http, info, record, write
from server import Page, Server
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from osce_crawl.archive.captures import Captures, read_capture

SAMPLES = Path(__file__).with_name("samples")
URL = "https://www.osce.org/odihr/1001"
OTHER = "https://www.osce.org/odihr/1002"


def bodies(*paths: Path) -> dict[str, bytes]:
    """Return the newest body of each address; nothing may be refused."""
    with Captures(paths) as captures:
        read = {found.url: read_capture(found).body for found in captures.newest()}
        assert captures.refused == {}
    return read


@pytest.mark.parametrize("name", ["fastwarc", "fastwarc-whole"])
def test_fastwarc_packs_records_or_the_whole_file(name: str) -> None:
    """Written by FastWARC 2.0.1, with and without `finish()` after each record."""
    assert bodies(SAMPLES / f"{name}.warc.gz") == {URL: PAGE, OTHER: PAGE}


# warcio does not close the temporary files of its records
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("packed", [True, False])
def test_warcio(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "warcio"}))
        for url in (URL, OTHER):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(url, "response", payload=BytesIO(PAGE), http_headers=head)
            )
    assert bodies(path) == {URL: PAGE, OTHER: PAGE}


@pytest.mark.skipif(shutil.which("wget") is None, reason="no wget")
def test_wget_and_what_it_does_not_keep_twice(tmp_path: Path) -> None:
    with Server({"/a": Page(PAGE), "/b": Page(PAGE * 2), "/old": Page(status=404)}) as server:
        words = ["wget", "-q", "--warc-cdx", "-P", "mirror"]
        pages = [f"{server.url}/a", f"{server.url}/b", f"{server.url}/old"]
        for number, more in enumerate(([], ["--warc-dedup=w0.cdx"])):
            subprocess.run(
                [*words, *more, f"--warc-file=w{number}", *pages],
                cwd=tmp_path,
                check=False,
                timeout=60,
            )
        with Captures([tmp_path]) as captures:
            first, second = captures.lookup(pages[0]), captures.lookup(pages[1])
            assert captures.run is None
            assert captures.lookup(pages[2]).status == 404
            assert [read_capture(one).body for one in (first, second)] == [PAGE, PAGE * 2]
            assert {captures.name_of(first.place), captures.name_of(first.body)} == {
                "w0.warc.gz",
                "w1.warc.gz",
            }


def test_heritrix(tmp_path: Path) -> None:
    """WARC 1.0; a revisit has the head alone, and names what it has left out as truncated."""
    profile = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    revisit = record(
        http(b"", "Content-Length: 46"),
        URL,
        profile,
        "WARC-Payload-Digest: sha1:A",
        "WARC-Truncated: length",
        f"WARC-Refers-To-Target-URI: {URL}",
        "WARC-Refers-To-Date: 2024-05-01T12:00:00Z",
        kind="revisit",
        date="2024-06-01T12:00:00Z",
        version="1.0",
    )
    first = record(http(PAGE), URL, "WARC-Payload-Digest: sha1:A", version="1.0")
    dns = record(b"20240501120000\nwww.osce.org. 300 IN A 192.0.2.1", "dns:www.osce.org")
    path = write(tmp_path / "x.warc.gz", info("software: Heritrix/3.4.0"), dns, first, revisit)
    assert bodies(path) == {URL: PAGE}


def test_browsertrix(tmp_path: Path) -> None:
    """WARC 1.1 with milliseconds; bodies as a browser had them, and records of its own."""
    first = record(http(PAGE, "x-orig-content-encoding: br"), URL, date="2024-05-01T12:00:00.123Z")
    revisit = record(
        http(b""),
        OTHER,
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        f"WARC-Refers-To-Target-URI: {URL}",
        "WARC-Refers-To-Date: 2024-05-01T12:00:00Z",
        kind="revisit",
        date="2024-05-01T12:00:07.001Z",
    )
    info_of_page = record(b"{}", "urn:pageinfo:https://www.osce.org", kind="resource")
    path = write(tmp_path / "x.warc.gz", first, revisit, info_of_page)
    assert bodies(path) == {URL: PAGE, OTHER: PAGE}


def test_common_crawl(tmp_path: Path) -> None:
    """Bodies are decoded, and the headers that said how they came renamed."""
    block = http(
        PAGE,
        "X-Crawl-Content-Encoding: gzip",
        "X-Crawl-Transfer-Encoding: chunked",
        f"Content-Length: {len(PAGE)}",
    )
    request = record(b"GET /odihr/1001 HTTP/1.1\r\n\r\n", URL, kind="request")
    metadata = record(b"fetchTimeMs: 12\r\n", URL, kind="metadata")
    path = write(tmp_path / "x.warc.gz", request, record(block, URL), metadata)
    assert bodies(path) == {URL: PAGE}


def test_a_resource_is_a_page_without_a_head(tmp_path: Path) -> None:
    page = record(PAGE, URL, kind="resource").replace(b"application/http", b"text/html")
    with Captures([write(tmp_path / "x.warc", page)]) as captures:
        found = captures.lookup(URL)
        assert (found.media, read_capture(found).body) == ("text/html", PAGE)
