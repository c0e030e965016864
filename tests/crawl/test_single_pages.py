"""`scrapy extract`, `parse` and `shell`: what one page says, without a run."""

import gzip
import json
from pathlib import Path

import pytest
from crawl.command import REPLAY, SITE

from osce_crawl import extract, extract_listing
from osce_crawl.normalise.web import web_address

URL = "https://www.osce.org/secretariat/322492"
PAGE = SITE / "pages/322492-en.html"
LISTING_URL = "https://www.osce.org/press-releases"
LISTING = SITE / "pages/listing-bih-0.html"


@pytest.fixture
def scrapy(command):
    """Return how to run `scrapy` in a project."""

    def run(*words, page=b"", **environ):
        return command.scrapy(*words, page=page, environ=environ)

    return run


def test_item_of_a_saved_page_is_one_object(scrapy):
    shown = scrapy("extract", PAGE, "--url", URL)

    assert (shown.status, shown.err) == (0, "")
    assert json.loads(shown.out) == extract(PAGE.read_bytes(), URL)
    assert shown.out.startswith(b'{\n  "id": "322492-en",\n')


def test_page_of_a_release_is_no_listing(scrapy):
    shown = scrapy("extract", PAGE, "--url", URL, "--listing")

    assert (shown.status, shown.out) == (2, b"")
    assert "leave --listing out" in shown.err


def test_ways_tell_how_each_field_of_a_page_on_standard_input_was_found(scrapy):
    shown = json.loads(scrapy("extract", "-", "--url", URL, "--ways", page=PAGE.read_bytes()).out)

    assert list(shown) == ["item", "ways", "disagreements", "left_out"]
    assert (shown["ways"]["date"], shown["disagreements"]) == ("label", [])


def test_address_may_be_the_one_that_the_page_states(scrapy):
    shown = scrapy("extract", PAGE)

    assert json.loads(shown.out) == extract(PAGE.read_bytes(), URL)


def test_entries_of_a_saved_listing(scrapy):
    shown = scrapy("extract", LISTING, "--url", LISTING_URL, "--listing")

    assert json.loads(shown.out) == extract_listing(LISTING.read_bytes(), LISTING_URL)


def test_hidden_characters_are_escaped(scrapy):
    page = PAGE.read_bytes().replace(b"Live exercise", "Live \u202e exercise".encode())
    shown = scrapy("extract", "-", "--url", f"{URL}", page=page)

    assert "\u202e" not in shown.text
    assert json.loads(shown.out) == extract(page, URL)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "takes one saved page, e.g. scrapy extract page.html --url"),
        (("-",), "- states no address; give the address it was saved from: scrapy extract"),
        ((PAGE, "--url", "322492"), "--url 322492 is not a web address; give the page's own"),
        (("none.html", "--url", URL), "none.html cannot be read (No such file or directory); name"),
        ((SITE, "--url", URL), "cannot be read (Is a directory); name a saved page"),
        (("-", "--url", URL), f"-: {URL}: no release (empty): the response has no markup; save"),
        (("",), "the name of the saved page is empty; give one, e.g. scrapy extract"),
        ((PAGE, "--bogus"), "has no option --bogus; its options: scrapy extract --help"),
        (("/dev/zero", "--url", URL), "no release (too-large): "),
        (("/dev/zero",), "/dev/zero has more than 2097152 bytes"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_remedy(scrapy, words, says):
    shown = scrapy("extract", *words)

    assert (shown.status, shown.out) == (2, b"")
    assert shown.err.startswith("osce_crawl: ")
    assert shown.err.count("\n") == 1
    assert says in shown.err


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (gzip.compress(PAGE.read_bytes()), "- is compressed with gzip; decompress it first"),
        (b"<link rel=canonical href=/secretariat/322492>", "- states only /secretariat/322492,"),
    ],
)
def test_what_a_page_on_standard_input_lacks_is_said(scrapy, page, says):
    shown = scrapy("extract", "-", page=page)

    assert (shown.status, shown.err.count("\n")) == (2, 1)
    assert says in shown.err


def test_address_in_full_is_taken_before_a_relative_one(scrapy):
    page = PAGE.read_bytes().replace(b"<head>", b"<head><link rel=canonical href=/1>", 1)

    assert json.loads(scrapy("extract", "-", page=page).out)["url"] == URL


def test_parse_prints_the_item(scrapy):
    words = ("--spider", "newsroom", "--nocolour", "--nolinks", "-s", "LOG_ENABLED=0")
    shown = scrapy("parse", *words, URL, OSCE_REPLAY=str(SITE))

    assert (shown.status, shown.err) == (0, "")
    assert b"'id': '322492-en'" in shown.out


def test_shell_has_the_functions_that_read_pages(scrapy):
    code = "extract(response.body, response.url)['id']"
    shown = scrapy("shell", URL, "-c", code, "-s", "LOG_ENABLED=0", OSCE_REPLAY=str(SITE))

    assert (shown.status, shown.out, shown.err) == (0, b"322492-en\n", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("parse", "http://127.0.0.1:9/node/1"),
            "could not be fetched, see the log; to read a saved page",
        ),
        (("parse",), "takes one address"),
        (("shell", "http://127.0.0.1:9/node/1", "-c", "response.status"), "could not be fetched"),
    ],
)
def test_where_no_page_comes_a_sentence_says_what_to_use(scrapy, words, says):
    shown = scrapy(*words, "-s", "RETRY_TIMES=0", OSCE_BASE_URL="http://127.0.0.1:9")

    assert shown.status == 2
    assert "Traceback" not in shown.err
    assert says in shown.err.splitlines()[-1]


@pytest.mark.parametrize("words", [("--pipelines",), ("-O", "x.jsonl"), ("-a", "limit=1")])
def test_parse_refuses_what_belongs_to_a_run(scrapy, command, words):
    shown = scrapy("parse", URL, *words, OSCE_REPLAY=str(SITE))

    assert (shown.status, shown.out, shown.err.count("\n")) == (2, b"", 1)
    assert "leave it out, or use scrapy extract FILE" in shown.err
    assert [file.name for file in command.folder.iterdir()] == ["scrapy.cfg"]


def test_parse_writes_no_feed_of_the_settings(scrapy, command):
    feeds = json.dumps({"x.jsonl": {"format": "jsonlines"}})
    shown = scrapy("parse", URL, "-s", f"FEEDS={feeds}", OSCE_REPLAY=str(SITE))

    assert shown.status == 0
    assert [file.name for file in command.folder.iterdir()] == ["scrapy.cfg"]


def test_help_of_parse_offers_nothing_that_is_refused(scrapy):
    offered = scrapy("parse", "--help").text

    refused = ("--pipelines", "--output", "--callback", "--rules", "--cbkwargs", " -a ")
    assert [option for option in refused if option in offered] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("parse", URL, "--spider", "canary"), "has no spider canary; leave --spider out"),
        (("parse", URL, "--meta", "[1]"), "--meta is not a JSON object; give e.g. "),
        (("shell", URL, "--bogus"), "has no option --bogus; its options: scrapy shell --help"),
        (("shell", URL, URL), "takes one address or none"),
    ],
)
def test_what_the_commands_do_not_have_is_named(scrapy, words, says):
    shown = scrapy(*words)

    assert (shown.status, shown.err.count("\n")) == (2, 1)
    assert says in shown.err


BAD_ADDRESSES = ["https://www.osce.org:99999/1", "file:///etc/passwd", ""]


@pytest.mark.parametrize(
    ("name", "address"), [("shell", "page.html"), *(("parse", one) for one in BAD_ADDRESSES)]
)
def test_what_is_no_address_is_refused(scrapy, name, address):
    shown = scrapy(name, address)

    assert (shown.status, shown.out, shown.err.count("\n")) == (2, b"", 1)
    given = address or "an empty argument"
    said = f"osce_crawl: {given} is not a web address; give it in full, e.g. "
    assert shown.err.startswith(said)
    assert "scrapy extract FILE --url URL" in shown.err


@pytest.mark.parametrize("address", ["//www.osce.org/1", "./page.html", "page.html"])
def test_what_has_no_scheme_is_no_address(address):
    assert web_address(address) is None


def test_shell_needs_no_address(scrapy):
    shown = scrapy("shell", "-c", "response", "-s", "LOG_ENABLED=0")

    assert (shown.status, shown.out, shown.err) == (0, b"None\n", "")


COMMANDS = {
    "extract": ("extract", PAGE),
    "parse": ("parse", URL, "-s", "LOG_ENABLED=0"),
    "shell": ("shell", URL, "-c", "response.text * 9", "-s", "LOG_ENABLED=0"),
}
FULL = "osce_crawl: standard output cannot be written (No space left on device)\n"


@pytest.fixture(params=COMMANDS)
def words(request):
    return [str(word) for word in COMMANDS[request.param]]


def test_reader_that_goes_away_ends_it_quietly(command, words):
    process = command.start(*words[1:], verb=words[0], **REPLAY)
    process.stdout.close()
    shown = command.wait(process)

    assert (shown.status, shown.err) == (0, "")


def test_full_disk_is_said_in_one_line(command, words):
    with Path("/dev/full").open("wb") as full:
        shown = command.scrapy(*words, stdout=full, **REPLAY)

    assert (shown.status, shown.err) == (1, FULL)


@pytest.mark.parametrize(
    ("words", "streams", "status", "says"),
    [
        (COMMANDS["extract"], "1", 0, ""),
        (COMMANDS["shell"], "1", 0, ""),
        (COMMANDS["parse"], "01", 0, ""),
        (("extract", "-"), "0", 2, "osce_crawl: standard input is closed; name a saved page\n"),
    ],
)
def test_closed_stream_is_no_reason_for_a_traceback(command, words, streams, status, says):
    shown = command.closed(streams, *words, environ={"OSCE_REPLAY": str(SITE)})

    assert (shown.status, shown.err) == (status, says)


def test_setting_without_effect_is_told_of(scrapy):
    shown = scrapy(*COMMANDS["parse"], OSCE_REPLAY=str(SITE), OSCE_FEW_FAILED="1")

    assert (shown.status, shown.err.count("\n")) == (0, 1)
    assert shown.err.startswith("osce_crawl: setting OSCE_FEW_FAILED has no effect any more")


@pytest.mark.parametrize("name", ["parse", "shell", "extract"])
def test_settings_are_checked_as_before_a_crawl(scrapy, name):
    shown = scrapy(name, URL, "-s", "LOG_ENABLED=0", OSCE_REPLAY="/nowhere")

    assert shown.status == 2
    assert shown.err.startswith("osce_crawl: setting OSCE_REPLAY=/nowhere names no saved pages; ")
    assert shown.err.count("\n") == 1
