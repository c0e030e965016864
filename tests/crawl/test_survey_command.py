"""`scrapy survey`: what it prints, what it keeps, and what earlier runs make of it."""

import json
from collections.abc import Iterator

import pytest
from crawl.command import Command, Run
from crawl.site import ONE_PAGE, Newsroom, entry, html, listing, releases
from server import Page

COUNT = 6
GONE = Page(b"<h1>Page not found</h1>", 404)
PRESS = "/press-releases?page=0&rows=50&solrsort=ds_date+desc"


def survey(command: Command, newsroom: Newsroom, *words: str, **more: object) -> Run:
    """Survey a newsroom."""
    settings = {**newsroom.settings, "LOG_LEVEL": "ERROR", **more}
    return command.scrapy("survey", *words, **settings)


@pytest.fixture(scope="module")
def moved() -> Iterator[Newsroom]:
    """Yield a newsroom whose listing has moved, without a word, to where the home page says."""
    with Newsroom(releases(COUNT), {PRESS: GONE}) as newsroom:
        newsroom.pages["/"] = html("OSCE", '<h1>OSCE</h1><p><a href="/news">News</a></p>')
        newsroom.pages["/news"] = listing(map(entry, newsroom.facts), ONE_PAGE)
        yield newsroom


@pytest.fixture(scope="module")
def surveyed(moved: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a survey of it that kept all that came, and printed JSON."""
    command = Command(tmp_path_factory.mktemp("surveyed"))
    return survey(command, moved, "--json", "--save", "seen")


def test_table_tells_what_is_where(command: Command, moved: Newsroom) -> None:
    done = survey(command, moved)

    said = done.out.decode()
    assert done.status == 0, said + done.err
    row = next(line for line in said.splitlines() if line.startswith(f"{moved.url}/news"))
    assert "cards" in row
    assert "everything" in row
    assert "Reason     /press-releases answers 404" in said
    assert "Use        OSCE_SOURCES=cards=/news" in said


def test_programs_get_the_same_as_json(surveyed: Run, moved: Newsroom) -> None:
    told = json.loads(surveyed.out)
    assert (told["status"], told["setting"]) == (0, "OSCE_SOURCES=cards=/news")
    find = next(find for find in told["finds"] if find["url"].endswith("/news"))
    assert (find["kind"], find["listed"], find["proves"]) == ("cards", COUNT, "whole")
    assert (find["newest"], find["oldest"]) == ("2024-06-30", "2024-06-25")
    assert [sample["release"] for sample in find["samples"]] == [True]
    assert told["requests"] == {moved.url: 5}
    assert [left["url"] for left in told["not_looked_at"]] == [f"{moved.url}/sitemap.xml"]


def test_what_it_found_is_what_a_crawl_walks(
    command: Command, moved: Newsroom, surveyed: Run
) -> None:
    name, _, value = json.loads(surveyed.out)["setting"].partition("=")
    result = command.run(**{**moved.settings, name: value})

    assert (result.status, len(result.ids)) == (0, COUNT), result.err


def test_all_that_came_is_kept_and_can_be_surveyed_and_crawled_again(
    moved: Newsroom, surveyed: Run
) -> None:
    command = Command(surveyed.folder)
    asked = len(moved.server.hits)
    again = survey(command, moved, "--json", OSCE_REPLAY="seen")
    crawled = command.run(
        "-a", "max_pages=1", **{**moved.settings, "OSCE_REPLAY": "seen", "OSCE_STORE": ""}
    )

    one, other = json.loads(surveyed.out), json.loads(again.out)
    assert (one["setting"], one["finds"]) == (other["setting"], other["finds"])
    assert len(moved.server.hits) == asked
    assert "chosen by survey" in crawled.err


def test_folder_that_has_something_in_it_is_refused(command: Command, moved: Newsroom) -> None:
    (command.folder / "seen").mkdir()
    (command.folder / "seen/notes.txt").write_text("mine")
    asked = len(moved.server.hits)
    done = survey(command, moved, "--save", "seen")

    assert (done.status, len(moved.server.hits)) == (2, asked)
    assert "--save seen" in done.err


def test_pages_that_lack_what_they_had_are_told_against_earlier_runs(command: Command) -> None:
    with Newsroom(releases(24)) as newsroom:
        command.run(**newsroom.settings)
        for one in newsroom.facts:
            page = html(one.title, f"<h1>{one.title}</h1><p>{one.day}</p><p>Nothing else.</p>")
            newsroom.pages[one.at] = page
        done = survey(command, newsroom)

    assert done.status == 4, done.out.decode()
    assert "Check  " in done.out.decode()


def test_single_page_that_fails_does_not_matter_where_nothing_is_known_of_before(
    command: Command,
) -> None:
    with Newsroom(releases(6)) as newsroom:
        newsroom.pages[newsroom.facts[1].at] = Page(b"<h1>Oops</h1>", 500)
        done = survey(command, newsroom)

    assert (done.status, b"2 of 3" in done.out) == (0, True), done.out.decode()


def test_set_sources_are_surveyed(command: Command, moved: Newsroom) -> None:
    moved.pages["/archive"] = moved.pages["/news"]
    done = survey(command, moved, "--json", OSCE_SOURCES="cards=/archive")

    assert json.loads(done.out)["finds"][0]["via"] == "OSCE_SOURCES"
