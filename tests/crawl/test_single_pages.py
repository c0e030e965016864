"""`scrapy extract`, `parse` and `shell`: what one page says, without a run."""

import json
import subprocess
import sys

import pytest
from crawl.command import SITE

from osce_crawl import extract, extract_listing

URL = "https://www.osce.org/secretariat/322492"
PAGE = SITE / "pages/322492-en.html"
LISTING_URL = "https://www.osce.org/press-releases"
LISTING = SITE / "pages/listing-bih-0.html"


@pytest.fixture
def scrapy(command):
    """Return how to run `scrapy` in a project."""

    def run(*words, page=b"", **environ):
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *map(str, words)],
            cwd=command.folder,
            env={**command.environ, **environ},
            input=page,
            capture_output=True,
            check=False,
            timeout=60,
        )

    return run


def test_item_of_a_saved_page_is_one_object(scrapy):
    shown = scrapy("extract", PAGE, "--url", URL)

    assert (shown.returncode, shown.stderr) == (0, b"")
    assert json.loads(shown.stdout) == extract(PAGE.read_bytes(), URL)
    assert shown.stdout.startswith(b'{\n  "id": "322492-en",\n')


def test_ways_tell_how_each_field_of_a_page_on_standard_input_was_found(scrapy):
    shown = json.loads(
        scrapy("extract", "-", "--url", URL, "--ways", page=PAGE.read_bytes()).stdout
    )

    assert list(shown) == ["item", "ways", "disagreements"]
    assert (shown["ways"]["date"], shown["disagreements"]) == ("label", [])


def test_address_may_be_the_one_that_the_page_states(scrapy):
    shown = scrapy("extract", PAGE)

    assert json.loads(shown.stdout) == extract(PAGE.read_bytes(), URL)


def test_entries_of_a_saved_listing(scrapy):
    shown = scrapy("extract", LISTING, "--url", LISTING_URL, "--listing")

    assert json.loads(shown.stdout) == extract_listing(LISTING.read_bytes(), LISTING_URL)


def test_hidden_characters_are_escaped(scrapy):
    page = PAGE.read_bytes().replace(b"Live exercise", "Live \u202e exercise".encode())
    shown = scrapy("extract", "-", "--url", f"{URL}", page=page)

    assert "\u202e" not in shown.stdout.decode()
    assert json.loads(shown.stdout) == extract(page, URL)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "takes one saved page, e.g. scrapy extract page.html --url"),
        (("-",), "- states no address; give the one it was saved from: scrapy extract"),
        ((PAGE, "--url", "322492"), "--url 322492 is no web address; give the page's own"),
        (("none.html", "--url", URL), "none.html cannot be read (No such file or directory); name"),
        ((SITE, "--url", URL), "cannot be read (Is a directory); name a saved page"),
        (("-", "--url", URL), f"-: {URL}: no release (empty): the response holds no markup; save"),
        ((LISTING, "--url", LISTING_URL), "no release (listing): "),
    ],
)
def test_what_cannot_be_read_is_said_with_the_remedy(scrapy, words, says):
    shown = scrapy("extract", *words)

    assert (shown.returncode, shown.stdout) == (2, b"")
    assert shown.stderr.startswith(b"osce_crawl: ")
    assert shown.stderr.count(b"\n") == 1
    assert says in shown.stderr.decode()


def test_parse_prints_the_item(scrapy):
    words = ("--spider", "newsroom", "--nocolour", "--nolinks", "-s", "LOG_ENABLED=0")
    shown = scrapy("parse", *words, URL, OSCE_REPLAY=str(SITE))

    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"'id': '322492-en'" in shown.stdout


def test_shell_has_the_functions_that_read_pages(scrapy):
    code = "extract(response.body, response.url)['id']"
    shown = scrapy("shell", URL, "-c", code, "-s", "LOG_ENABLED=0", OSCE_REPLAY=str(SITE))

    assert (shown.returncode, shown.stdout, shown.stderr) == (0, b"322492-en\n", b"")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("parse", "http://127.0.0.1:9/node/1"), "could not be fetched, see the log; a saved page"),
        (("parse", "-c", "read_item", URL), "leave --callback and --rules out"),
        (("parse",), "takes one address"),
        (("shell", "http://127.0.0.1:9/node/1", "-c", "response.status"), "could not be fetched"),
    ],
)
def test_where_no_page_comes_a_sentence_says_what_to_use(scrapy, words, says):
    shown = scrapy(*words, OSCE_BASE_URL="http://127.0.0.1:9")

    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr.decode()
    assert says in shown.stderr.decode().splitlines()[-1]


@pytest.mark.parametrize("name", ["parse", "shell"])
def test_settings_are_checked_as_before_a_crawl(scrapy, name):
    shown = scrapy(name, URL, "-s", "LOG_ENABLED=0", OSCE_REPLAY="/nowhere")

    assert shown.returncode == 2
    assert shown.stderr.startswith(b"osce_crawl: setting OSCE_REPLAY=/nowhere is no folder; ")
    assert shown.stderr.count(b"\n") == 1
