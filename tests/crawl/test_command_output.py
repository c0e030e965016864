"""What commands write: nothing hidden in it, for readers that may go away, from the right store."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from crawl.command import REPLAY, SITE, Command, Run
from crawl.site import Newsroom, fact, release, releases
from server import Page
from store.making import ORIGIN, Night, entry

from osce_crawl.store import Store
from osce_crawl.text.forms import printable

#: A right-to-left override, an isolate, a zero-width space, an escape, and a C1 control.
HIDDEN = "\u202e\u2067\u200b\x1b[2J\x9b31m"
LONG = "A sentence that is repeated. " * 5_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Return a project whose store holds a long item and one with hidden characters."""
    command = Command(tmp_path_factory.mktemp("project"))
    with closing(Store.open(command.folder / "output/newsroom.sqlite", ORIGIN)) as store:
        night = Night(store, 1)
        night.read(entry(7), title="Long", body=LONG)
        night.read(entry(8), title=f"Harm{HIDDEN}less", body="One.").publish()
        for day in range(2, 5):
            Night(store, day).read(entry(7), title=f"Long {day}", body=f"{LONG}{day}").publish()
    return command


# -- readers that go away


def read_first_line(command: Command, *words: str) -> tuple[int, str]:
    """Run a command whose reader leaves after a line; return its status and standard error."""
    process = command.start(*words[1:], verb=words[0])
    process.stdout.readline()
    process.stdout.close()
    run = command.wait(process)
    return run.status, run.err


@pytest.mark.parametrize("words", ["history 7-en --json", "history 7-en"])
def test_command_ends_quietly_when_its_reader_goes_away(project: Command, words: str) -> None:
    assert read_first_line(project, *words.split()) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        *("runs", "runs --json", "runs unknown", "runs show last", "runs show last --json"),
        *("history 8-en", "survey"),
    ],
)
def test_command_ends_quietly_when_nobody_reads(project: Command, words: str) -> None:
    settings = {**REPLAY, "OSCE_STORE": ""} if words == "survey" else {}
    verb, *rest = words.split()
    process = project.start(*rest, verb=verb, LOG_LEVEL="WARNING", **settings)
    process.stdout.close()
    done = project.wait(process)

    assert (done.status in {0, 3}, done.err) == (True, "")


@pytest.mark.parametrize("words", ["runs", "history 8-en", "survey"])
def test_command_with_a_closed_output_ends_as_it_would_have(project: Command, words: str) -> None:
    environ = {"OSCE_REPLAY": str(SITE), "OSCE_STORE": ""} if words == "survey" else {}
    done = project.closed("1", *words.split(), "-s", "LOG_LEVEL=WARNING", environ=environ)

    assert (done.status in {0, 3}, done.err) == (True, "")


# -- hidden characters


@pytest.mark.parametrize("words", ["history 8-en", "history 8-en --json"])
def test_hidden_characters_do_not_reach_the_terminal(project: Command, words: str) -> None:
    shown = project.scrapy(*words.split()).text

    assert shown.splitlines() == [printable(line) for line in shown.splitlines()]


def test_hidden_characters_are_whole_in_json(project: Command) -> None:
    (line,) = project.scrapy("history", "8-en", "--json").text.splitlines()

    assert json.loads(line)["item"]["title"] == f"Harm{HIDDEN}less"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Crawl pages full of hidden characters; return the log with the summary, and the page."""
    command = Command(tmp_path_factory.mktemp("hostile"))
    one = fact(500_100, title=f"Harm{HIDDEN}less")
    refused = fact(500_099, title="Refused")
    with Newsroom([one, refused, *releases(10)]) as newsroom:
        newsroom.pages[refused.at] = Page(
            f"<html><body><h1>404 not found {HIDDEN}</h1></body></html>".encode()
        )
        newsroom.pages[one.at] = release(one)
        run = command.run(**newsroom.settings)
    assert run.status == 3, run.err
    (page,) = (command.folder / "output/runs").glob("*.html")
    return run.err, page.read_text("utf-8")


@pytest.mark.parametrize("place", [0, 1], ids=["log", "page"])
def test_hidden_characters_of_pages_reach_neither_log_nor_page(
    hostile: tuple[str, str], place: int
) -> None:
    lines = hostile[place].split("\n")

    assert [line for line in lines if line != printable(line)] == []


# -- which store

STORE = "output/demo/newsroom.sqlite"


@pytest.fixture
def demo(command: Command) -> Path:
    """Return the store that `make crawl` left, where no other is."""
    path = command.folder / STORE
    with closing(Store.open(path, ORIGIN)) as store:
        Night(store, 1).read(entry(7), title="Demo", body="One.").publish()
    return path


@pytest.mark.parametrize("words", ["runs", "runs show last", "history 7-en"])
@pytest.mark.usefixtures("demo")
def test_store_of_the_demo_is_named_where_there_is_no_other(command: Command, words: str) -> None:
    done = command.scrapy(*words.split())

    assert (done.status, f"-s OSCE_STORE={STORE}" in done.err) == (2, True)


@pytest.mark.usefixtures("demo")
def test_named_store_of_the_demo_is_read(command: Command) -> None:
    assert command.scrapy("runs", OSCE_STORE=STORE).status == 0


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Crawl with the setting of an add-on, and with store and reports in another folder."""
    names = {"OSCE_STORE": STORE, "OSCE_REPORTS": "output/demo/runs", "SPIDERMON_ENABLED": 1}
    return Command(tmp_path_factory.mktemp("elsewhere")).run("-a", "limit=1", **REPLAY, **names)


def test_report_is_found_beside_the_store(elsewhere: Run) -> None:
    shown = Command(elsewhere.folder).scrapy("runs", "show", "last", OSCE_STORE=STORE)

    assert "Report     " in shown.text


# -- misspelt words


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("crawl newsrom", "newsroom"),
        ("crawl newsroom -a sinse=2024-01-01", "since"),
        ("crawl newsroom -a langage=en", "language"),
        ("crawl newsroom -a content_type=press-relase", "press-release"),
        ("crawl newsroom -s OSCE_STOR=x", "OSCE_STORE"),
        ("crawl newsroom -s OCSE_STORE=x", "OSCE_STORE"),
        ("crawl newsroom -s DOWNLAOD_DELAY=10", "DOWNLOAD_DELAY"),
        ("crawl newsroom -s OSCE_SOURCES=pagr=/press-releases", "pager"),
        ("runs shwo last", "show"),
        ("runs acept last", "accept"),
        ("runs unknwon", "unknown"),
    ],
)
def test_word_that_was_meant_is_suggested(command: Command, words: str, meant: str) -> None:
    done = command.scrapy(*words.split())

    assert (done.status, f"(did you mean {meant}?)" in done.err) == (2, True), done.err


def test_setting_of_an_add_on_is_left_alone(elsewhere: Run) -> None:
    assert elsewhere.status == 0
