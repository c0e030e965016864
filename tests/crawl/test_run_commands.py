"""`scrapy runs`, `scrapy runs accept` and `scrapy survey`, after real runs."""

import json

import pytest
from crawl.command import Command
from crawl.nights import Nights
from newsroom.faults import Faulty, aimed
from newsroom.scenarios import SCENARIOS


def redesigned(nights, name):
    """Let the item pages be as a scenario has them."""
    return Faulty(nights.site, aimed(SCENARIOS[name].faults, part="items"), 1).answer


class Story:
    """A good night, then one withheld for its redesigned pages, accepted, then a quiet one."""

    def __init__(self, nights):
        self.good = nights.night()
        self.feed_of_the_good = self.good.run.feed
        nights.site.publish(2)
        nights.server.answer = redesigned(nights, "redesign-labels")
        self.withheld = nights.night()
        self.feed_of_the_withheld = self.withheld.run.feed
        self.part = self.withheld.run.part
        self.shown = nights.command.scrapy("runs", "show", "last")
        self.shown_json = json.loads(nights.command.scrapy("runs", "show", "last", "--json").text)
        self.asked_before = len(nights.server.hits)
        self.accepted = nights.command.scrapy("runs", "accept", self.shown_json["run_id"])
        self.asked_after = len(nights.server.hits)
        self.feed_of_the_accepted = nights.command.feed.read_bytes()
        self.package = json.loads((nights.command.folder / "items.datapackage.json").read_bytes())
        self.again = nights.command.scrapy("runs", "accept", "last")
        self.quiet = nights.night()
        self.listed = nights.command.scrapy("runs")
        self.lines = nights.command.scrapy("runs", "--json").text.splitlines()
        self.folder = nights.command.folder


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("story"), 60) as nights:
        return Story(nights)


def test_redesign_withholds_the_run(story):
    assert (story.good.run.status, story.withheld.run.status) == (0, 4), story.withheld.run.err


def test_withheld_run_leaves_the_old_file(story):
    assert story.feed_of_the_withheld == story.feed_of_the_good


def test_shown_run_says_why_it_was_withheld(story):
    assert "the item pages were redesigned" in story.shown.text


def test_shown_run_says_what_to_do(story):
    assert f"scrapy runs accept {story.shown_json['run_id']}" in story.shown.text


def test_accepted_run_is_published_as_it_was_kept(story):
    assert (story.accepted.status, story.feed_of_the_accepted) == (0, story.part)


def test_nothing_is_asked_for_to_accept(story):
    assert story.asked_after == story.asked_before


def test_package_of_the_accepted_run_tells_its_rows(story):
    assert story.package["resources"][0]["rows"] == 62


def test_run_is_accepted_once(story):
    assert (story.again.status, "was already accepted" in story.again.err) == (2, True)


def test_accepted_run_is_what_later_ones_are_held_against(story):
    assert story.quiet.run.status == 0, story.quiet.run.err


def test_what_was_accepted_is_not_fetched_again(story):
    assert len(story.quiet.pages) <= 2


def test_changes_of_an_accepted_run_reach_the_change_feed(story):
    lines = (story.folder / "output" / "changes.jsonl").read_text().splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(1, 63))


def test_runs_are_listed_newest_first(story):
    verdicts = [json.loads(line)["verdict"] for line in story.lines]
    assert verdicts == ["published", "accepted", "published"]


def test_list_names_the_reason(story):
    assert "redesigned" in story.listed.text


def test_report_and_page_of_each_run_are_there(story):
    runs = [json.loads(line)["run_id"] for line in story.lines]
    names = {path.name for path in (story.folder / "output" / "runs").iterdir()}
    assert names == {f"{run}.{kind}" for run in runs for kind in ("json", "html")} | {"latest.prom"}


# -- refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("runs",), "there is no store"),
        (("runs", "show"), "show ID"),
        (("runs", "-s", "OSCE_STORE="), "OSCE_STORE is empty"),
        (("survey", "now"), "takes no arguments"),
        (("survey", "-s", "OSCE_FOO=1"), "OSCE_FOO"),
    ],
)
def test_command_that_cannot_be_done_is_refused(tmp_path, words, said):
    result = Command(tmp_path).scrapy(*words)

    assert (result.status, said in result.err) == (2, True), result.err


def test_run_that_is_not_known_is_named(story):
    result = Command(story.folder).scrapy("runs", "accept", "1999")

    assert (result.status, "no run 1999" in result.err) == (2, True), result.err


# -- the survey


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("survey"), 20) as nights:
        yield nights


@pytest.fixture
def look(site):
    """Return what a survey says while the site answers in a certain way."""

    def look_at(*words, answer=None):
        site.server.answer = answer or site.site.answer
        before = len(site.server.hits)
        result = site.command.scrapy(*(words or ["survey"]), **site.settings, RETRY_TIMES=0)
        return result, [hit.path for hit in site.server.hits[before:]]

    return look_at


@pytest.fixture(scope="module")
def works(site):
    """Return a survey of the site as it is, and the paths that it asked for."""
    site.server.answer = site.site.answer
    before = len(site.server.hits)
    result = site.command.scrapy("survey", **site.settings)
    return result, [hit.path for hit in site.server.hits[before:]]


def test_survey_of_a_site_that_works_ends_with_0(works):
    assert works[0].status == 0, works[0].text + works[0].err


def test_survey_asks_for_robots_a_listing_page_and_three_items(works):
    _, paths = works
    items = [path for path in paths if not path.startswith(("/robots.txt", "/press-releases"))]
    assert (len(paths), len(set(items)), paths[0]) == (5, 3, "/robots.txt")


def test_survey_says_what_to_set(works):
    assert "Use        OSCE_SOURCES=pager=/press-releases" in works[0].text


@pytest.mark.usefixtures("works")
def test_survey_publishes_and_stores_nothing(site):
    assert [path.name for path in site.command.folder.iterdir()] == ["scrapy.cfg"]


def test_survey_names_each_field_and_its_way(works):
    assert "title (h1)" in works[0].text


def test_survey_of_unreadable_pages_ends_with_4(site, look):
    result, _ = look(answer=redesigned(site, "redesign-scripted"))
    unread = [line for line in result.text.splitlines() if line.startswith("Unread")]
    assert (result.status, {line.count("http://") for line in unread}) == (4, {1}), result.text


def test_survey_of_a_listing_that_is_none_finds_another_way(site, look):
    faults = aimed(SCENARIOS["challenge-200"].faults, part="listing")
    result, _ = look(answer=Faulty(site.site, faults, 1).answer)
    assert (result.status, "challenge" in result.text) == (0, True), result.text
    assert "Reason     /press-releases is not a listing (challenge)" in result.text
    assert "Use        OSCE_SOURCES=sitemap=/sitemap.xml" in result.text


def test_survey_where_no_page_can_be_read_ends_with_4(site, look):
    answer = Faulty(site.site, SCENARIOS["challenge-200"].faults, 1).answer
    result, _ = look(answer=answer)
    assert (result.status, "challenge" in result.text) == (4, True), result.text


def test_canary_is_an_alias_and_says_so(look):
    result, paths = look("canary")
    assert (result.status, len(paths)) == (0, 5), result.err
    assert "is called scrapy survey now" in result.err
