"""A real pywb on the loopback interface that serves the pages recorded by a crawl: `make recipes`.

It needs .venv/pywb, a separate environment with recipes/pywb/requirements.lock.
"""

import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from crawl.nights import Nights

from osce_crawl.archive.cdxj import read_index

ROOT = Path(__file__).parents[2]
BIN = ROOT / ".venv" / "pywb" / "bin"


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a simulated newsroom after two recorded nights."""
    with Nights(tmp_path_factory.mktemp("nights"), 40) as found:
        for words in ((), ("-a", "fresh=1")):
            night = found.night(*words, OSCE_ARCHIVE="archive")
            assert night.run.status == 0, night.run.err
        yield found


@pytest.fixture(scope="module")
def pywb(nights):
    """Return the address of a pywb that serves the archive as in the recipe."""
    folder = nights.command.folder
    shutil.copy(ROOT / "recipes/pywb/config.yaml", folder)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/osce"
    line = [BIN / "wayback", "--bind", "127.0.0.1", "--port", str(port)]
    with (
        (folder / "pywb.log").open("wb") as log,
        subprocess.Popen(line, cwd=folder, stdout=log, stderr=log) as process,
    ):
        end = time.monotonic() + 60
        while not answers(url):
            assert time.monotonic() < end, (folder / "pywb.log").read_text()
            time.sleep(0.1)
        yield url
        process.terminate()


def answers(url):
    try:
        with urlopen(url):
            return True
    except HTTPError:
        return True
    except URLError:
        return False


def captures(pywb, url):
    """Return pywb's captures of an address: time and kind."""
    with urlopen(f"{pywb}/cdx?{urlencode({'url': url, 'output': 'json'})}") as answer:
        lines = [json.loads(line) for line in answer]
    return [(line["timestamp"], line["mime"]) for line in lines]


def served(pywb, time, url):
    """Return a page as recorded, without pywb's additions for browsers."""
    with urlopen(f"{pywb}/{time}id_/{url}") as answer:
        return answer.read().decode()


def test_every_page_is_served_as_the_site_sent_it(nights, pywb):
    first = min((nights.command.folder / "archive").glob("*.warc.gz"))
    pages = [line for line in read_index(first) if "/press-releases" not in line.url]

    assert len(pages) > 40
    for line in pages:
        path = line.url.removeprefix(nights.site.base)
        page = served(pywb, f"{line.moment:%Y%m%d%H%M%S}", line.url)
        assert page == nights.site.answer(path, {}).body


def test_what_came_unchanged_on_the_second_night_is_served_from_the_first(nights, pywb):
    item = json.loads(nights.feed.splitlines()[0])

    (first, kind), (second, again) = captures(pywb, item["url"])

    assert (kind, again) == ("text/html", "warc/revisit")
    assert served(pywb, second, item["url"]) == served(pywb, first, item["url"])


def test_a_listing_page_is_served(nights, pywb):
    url = f"{nights.site.base}/press-releases?page=0&rows=50&solrsort=ds_date+desc"

    (time, _kind), *_ = captures(pywb, url)

    assert "<title>News and press releases" in served(pywb, time, url)


def test_an_erased_page_is_not_served(nights, pywb):
    url = json.loads(nights.feed.splitlines()[-1])["url"]
    folder = nights.command.folder
    words = ["archive", "erase", url, "-s", "OSCE_ARCHIVE=archive"]
    subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=folder,
        env=nights.command.environ,
        check=True,
        capture_output=True,
    )

    assert captures(pywb, url) == []
    with pytest.raises(HTTPError, match="404"):
        served(pywb, "20261101000000", url)


def test_pywb_indexes_the_files_as_we_do(nights):
    folder = nights.command.folder / "archive"
    for file in folder.glob("*.warc.gz"):
        own = subprocess.run(
            [BIN / "cdx-indexer", "-j", "-s", file], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        theirs = sorted(kept(line) for line in own if not line.startswith("!"))
        ours = sorted(map(kept, file.with_suffix("").with_suffix(".cdxj").read_text().splitlines()))
        assert ours == theirs


def kept(line):
    """Return the values on which two indexes must agree: key, time and position of the record."""
    key, time, rest = line.split(" ", 2)
    values = json.loads(rest)
    return key, time, values["url"], values["offset"], values["length"], values["filename"]
