"""`scrapy history`: the versions of an item for a person and for a machine."""

import hashlib
import json
import shutil
from contextlib import closing

import pytest
from crawl.command import Command
from store.making import ORIGIN, Night, address, entry

from osce_crawl.items import KEYS
from osce_crawl.store import Store

BEFORE = (
    "The mission met the mayor of the town. They spoke about schools."
    " The next meeting will be held in May."
)
AFTER = BEFORE.replace("schools", "roads")
REPORT = """\
7-en  Roads

revision 1, new, 2026-11-01T03:00:00Z

revision 2, updated, 2026-11-02T03:00:00Z
  title
    - Schools
    + Roads
  body
      The mission met the mayor of the town.
    - They spoke about schools.
    + They spoke about roads.
      The next meeting will be held in May.
  links
    - url: https://www.osce.org/1, text: One
      url: https://www.osce.org/2, text: Two

revision 2, removed, 2026-11-03T03:00:00Z
  removed_at
    + 2026-11-03T03:00:00Z
"""


def link(number, text):
    return {"url": f"https://www.osce.org/{number}", "text": text}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return the command in a project in whose store an item was edited and removed."""
    command = Command(tmp_path_factory.mktemp("project"))
    path = command.folder / "output/newsroom.sqlite"
    links = [link(1, "One"), link(2, "Two")]
    with closing(Store.open(path, ORIGIN)) as store:
        run = Night(store, 1).read(
            entry(7), title="Schools", body=BEFORE, body_html=f"<p>{BEFORE}</p>", links=links
        )
        run.read(entry(8, title="Red \x1b[31m"), body="One. Two.").publish()
        run = Night(store, 2).read(
            entry(7), title="Roads", body=AFTER, body_html=f"<p>{AFTER}</p>", links=links[1:]
        )
        run.read(entry(8, title="Red \x1b[31m"), body="One.\n\nTwo.").publish()
        Night(store, 3).gone(address(7)).publish()
    return command


@pytest.fixture
def path(project, command):
    """Return the store of a copy of the project, which is the test's own."""
    shutil.copytree(project.folder, command.folder, dirs_exist_ok=True)
    return command.folder / "output/newsroom.sqlite"


@pytest.fixture(scope="module")
def shown(project):
    """Return what is shown of the item: for a person, and in JSON."""
    return project.scrapy("history", "7-en"), project.scrapy("history", "7-en", "--json")


@pytest.fixture(scope="module")
def other(project):
    """Return what is shown of an item with a control character and other line breaks."""
    return project.scrapy("history", "8-en").text


@pytest.fixture
def history(command):
    """Return how to run `scrapy history` in the project."""

    def run(*words, **environ):
        return command.scrapy("history", *words, environ=environ)

    return run


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_versions_are_shown_with_what_changed_in_each(shown):
    run, _ = shown

    assert (run.status, run.text, run.err) == (0, REPORT, "")


def test_words_of_the_site_cannot_steer_the_terminal(other):
    assert "\x1b" not in other


def test_change_that_shows_in_no_line_is_named(other):
    assert "  body\n    … only spaces or line breaks\n" in other


def test_versions_are_lines_of_json_where_that_is_asked_for(shown):
    versions = [json.loads(line) for line in shown[1].out.splitlines()]

    assert [(one["change"], one["at"], one["keys"]) for one in versions] == [
        ("new", "2026-11-01T03:00:00Z", list(KEYS)),
        (
            "updated",
            "2026-11-02T03:00:00Z",
            ["title", "body", "body_html", "links", "revision"],
        ),
        ("removed", "2026-11-03T03:00:00Z", ["removed_at"]),
    ]


def test_line_of_json_has_the_whole_item(shown):
    first, *_ = shown[1].out.splitlines()

    assert tuple(json.loads(first)["item"]) == KEYS


def test_store_is_left_as_it_was(history, path):
    before = sorted(path.parent.iterdir()), digest(path)
    history("7-en")

    assert (sorted(path.parent.iterdir()), digest(path)) == before


def test_item_is_shown_while_a_run_has_the_store(history, path):
    with closing(Store.open(path, ORIGIN)) as store:
        Night(store, 4).read(entry(7), title="Committed meanwhile").publish()
        shown = history("7-en").text

    assert shown.startswith("7-en  Committed meanwhile\n")


@pytest.mark.parametrize(
    ("words", "environ"),
    [
        pytest.param(["-s", "OSCE_STORE=other.sqlite"], {}, id="by -s"),
        pytest.param([], {"OSCE_STORE": "other.sqlite"}, id="by the environment"),
    ],
)
def test_store_is_the_one_that_is_named(history, path, words, environ):
    path.rename(path.parent.parent / "other.sqlite")

    assert history("7-en", *words, **environ).status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["7-ru"], "has no item 7-ru; the store has 7-en", id="language"),
        pytest.param(["9-en"], "has no item 9-en", id="node"),
        pytest.param([], "scrapy history takes the id of one item", id="no id"),
        pytest.param(["7-en", "-s", "OSCE_STORE="], "setting OSCE_STORE is empty", id="no store"),
        pytest.param(
            ["7-en", "-s", "OSCE_STORE=none.sqlite"],
            "setting OSCE_STORE: there is no store",
            id="store that is not there",
        ),
        pytest.param(
            ["7-en", "-s", "OSCE_STORE=scrapy.cfg"],
            "setting OSCE_STORE: store",
            id="file that is none",
        ),
    ],
)
@pytest.mark.usefixtures("path")
def test_what_cannot_be_shown_is_refused_in_one_line(history, words, said):
    shown = history(*words)
    (line,) = shown.errors

    assert (shown.status, shown.out, line.startswith("osce_crawl: ")) == (2, b"", True)
    assert said in line


def test_store_that_is_not_there_is_not_made(history, command):
    history("7-en")

    assert [one.name for one in command.folder.iterdir()] == ["scrapy.cfg"]
