"""A real Datasette on a dataset, viewed in a real browser: `make recipes`.

It needs .venv/datasette, a separate environment, and the browser installed by .ci/browser.
"""

import json
import os
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from crawl.command import REPLAY, Command

ROOT = Path(__file__).parents[2]
RUN = ROOT / "recipes/datasette/run"
#: Addresses of the parts of the dataset; all of them must work without a network.
PAGES = ("/", "/newsroom", "/newsroom/releases", "/newsroom/items", "/newsroom/cities")
QUESTIONS = {
    "search": "words=election*",
    "releases_a_year_by_kind": "",
    "releases_a_month_of_a_unit": "unit=odihr",
    "about_a_state": "code=MD",
    "cities_of_a_unit": "unit=odihr",
    "pairs_of_languages": "one=en&other=ru",
    "copies": "",
    "edited_or_removed": "",
    "days_between_header_and_dateline": "",
    "documents_of_a_year": "year=2026",
}
#: Queries without results on the offline site, which is crawled once.
EMPTY = {"edited_or_removed"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a dataset of the offline site."""
    command = Command(tmp_path_factory.mktemp("project"))
    for run in (command.run(**REPLAY), command.scrapy("dataset", "dataset")):
        assert run.status == 0, run.err
    return command.folder / "dataset"


@pytest.fixture(scope="module")
def url(folder):
    """Return the address of a Datasette started as in the recipe."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder.parent / "datasette.log"
    with (
        log.open("wb") as said,
        subprocess.Popen(
            [RUN, folder, "--port", str(port)], cwd=folder.parent, stdout=said, stderr=said
        ) as process,
    ):
        end = time.monotonic() + 120
        while not answers(f"http://127.0.0.1:{port}/"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def answers(url):
    try:
        with urlopen(url):
            return True
    except URLError:
        return False


def asked(url, path):
    with urlopen(f"{url}{path}") as answer:
        return json.loads(answer.read())


def complaints(browser):
    """Return the console's messages except those about map tiles, which are on another server."""
    tiles = "tile.openstreetmap.org"
    return [one for one in browser.complaints() if tiles not in str(one.get("url"))]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_shown_without_a_complaint(browser, url, path):
    browser.show(f"{url}{path}", 1280)

    assert browser.ask("document.querySelector('h1').textContent.trim()") != ""
    assert complaints(browser) == []


def test_releases_have_facets(browser, url):
    browser.show(f"{url}/newsroom/releases", 1280)

    heads = browser.ask(
        "[...document.querySelectorAll('.facet-info-name strong')]"
        ".map(one => one.textContent.trim().split(/\\s/)[0]).sort().join()"
    )

    assert heads == "content_type,countries,fields,language,units"


def test_releases_are_searched(browser, url):
    browser.show(f"{url}/newsroom/releases", 1280)
    browser.ask("document.querySelector('input[name=_search]').focus()")
    browser.type("election day")
    browser.press("Enter", 13)
    until(browser, "location.search.includes('_search=election')")

    titles = browser.ask(
        "[...document.querySelectorAll('td.col-title')].map(one => one.textContent).join('|')"
    )
    assert "what observers do on election day" in titles
    assert "Mobile library" not in titles


def test_a_facet_chooses(url):
    name = quote("OSCE Mission to Moldova")
    found = asked(url, f"/newsroom/releases.json?units__arraycontains={name}&_shape=objects")

    assert found["rows"]
    assert all("OSCE Mission to Moldova" in json.loads(row["units"]) for row in found["rows"])


def test_cities_are_on_a_map(browser, url):
    browser.show(f"{url}/newsroom/cities", 1280)

    until(browser, "document.querySelectorAll('.leaflet-marker-icon').length > 3")

    assert complaints(browser) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_answered(url, folder, question):
    found = asked(url, f"/newsroom/{question}.json?{QUESTIONS[question]}&_shape=array")

    if question == "copies":
        lines = (folder / "links.jsonl").read_bytes().splitlines()
        assert len(found) == sum("copy" in json.loads(line)["relation"] for line in lines)
    else:
        assert bool(found) is (question not in EMPTY)


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("co-operation", True),
        ("vill*", True),
        ('"election day"', True),
        ('"day election"', False),
        ("mission's (new", False),
        ('"', False),
        ("", False),
    ],
)
def test_search_takes_words_as_people_write_them(url, words, finds):
    found = asked(url, f"/newsroom/search.json?words={quote(words)}&_shape=array")

    assert bool(found) is finds


def test_every_question_is_tried(url):
    assert {one["name"] for one in asked(url, "/newsroom.json")["queries"]} == QUESTIONS.keys()


def test_folder_without_a_database_is_refused(tmp_path):
    ran = subprocess.run([RUN, tmp_path], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: recipes/datasette/run FOLDER")


def test_recipe_can_be_run():
    assert os.access(RUN, os.X_OK)


def until(browser, expression):
    """Wait until an expression is true on the page."""
    end = time.monotonic() + 20
    while not browser.ask(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.1)
