"""`scrapy runs`, `scrapy runs accept` and `scrapy survey`, after real runs."""

import json
import subprocess
import sys

import pytest
from crawl.command import Command
from crawl.nights import Nights
from newsroom.faults import Faulty, aimed
from newsroom.scenarios import SCENARIOS


def scrapy(nights, *words, **settings):
    """Run a command of Scrapy's in the project of these nights."""
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words, *options],
        cwd=nights.command.folder,
        env=nights.command.environ,
        capture_output=True,
        text=True,
        check=False,
    )


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
        self.shown = scrapy(nights, "runs", "show", "last")
        self.shown_json = json.loads(scrapy(nights, "runs", "show", "last", "--json").stdout)
        self.asked_before = len(nights.server.hits)
        self.accepted = scrapy(nights, "runs", "accept", self.shown_json["run_id"])
        self.asked_after = len(nights.server.hits)
        self.feed_of_the_accepted = nights.command.feed.read_bytes()
        self.package = json.loads((nights.command.folder / "items.datapackage.json").read_bytes())
        self.again = scrapy(nights, "runs", "accept", "last")
        self.quiet = nights.night()
        self.listed = scrapy(nights, "runs")
        self.lines = scrapy(nights, "runs", "--json").stdout.splitlines()
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
    assert "the item pages were redesigned" in story.shown.stdout


def test_shown_run_says_what_to_do(story):
    assert f"scrapy runs accept {story.shown_json['run_id']}" in story.shown.stdout


def test_accepted_run_is_published_as_it_was_kept(story):
    assert (story.accepted.returncode, story.feed_of_the_accepted) == (0, story.part)


def test_nothing_is_asked_for_to_accept(story):
    assert story.asked_after == story.asked_before


def test_package_of_the_accepted_run_tells_its_rows(story):
    assert story.package["resources"][0]["rows"] == 62


def test_run_is_accepted_once(story):
    assert (story.again.returncode, "was accepted" in story.again.stderr) == (2, True)


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
    assert "redesigned" in story.listed.stdout


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
    command = Command(tmp_path)
    result = subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=command.folder,
        env=command.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr


def test_run_that_is_not_known_is_named(story, tmp_path):
    command = Command(tmp_path)
    result = subprocess.run(
        [sys.executable, "-m", "scrapy", "runs", "accept", "1999"],
        cwd=story.folder,
        env=command.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, "no run 1999" in result.stderr) == (2, True), result.stderr


# -- the survey


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Nights(tmp_path_factory.mktemp("survey"), 60) as nights:
        yield nights


@pytest.fixture
def look(site):
    """Return what a survey says while the site answers in a certain way."""

    def look_at(*words, answer=None):
        site.server.answer = answer or site.site.answer
        before = len(site.server.hits)
        result = scrapy(site, *(words or ["survey"]), **site.settings, RETRY_TIMES=0)
        return result, [hit.path for hit in site.server.hits[before:]]

    return look_at


def test_survey_of_a_site_that_works_ends_with_0(look):
    result, _ = look()
    assert result.returncode == 0, result.stdout + result.stderr


def test_survey_asks_for_robots_a_listing_page_and_three_items(look):
    _, paths = look()
    items = [path for path in paths if not path.startswith(("/robots.txt", "/press-releases"))]
    assert (len(paths), len(set(items)), paths[0]) == (5, 3, "/robots.txt")


def test_survey_says_what_to_set(look):
    result, _ = look()
    assert "Use        OSCE_SOURCES=pager=/press-releases" in result.stdout


def test_survey_publishes_and_stores_nothing(site, look):
    look()
    assert [path.name for path in site.command.folder.iterdir()] == ["scrapy.cfg"]


def test_survey_names_each_field_and_its_way(look):
    result, _ = look()
    assert "title (h1)" in result.stdout


def test_survey_of_unreadable_pages_ends_with_4(site, look):
    result, _ = look(answer=redesigned(site, "redesign-scripted"))
    assert (result.returncode, "Unread" in result.stdout) == (4, True), result.stdout


def test_survey_of_a_listing_that_is_none_finds_another_way(site, look):
    faults = aimed(SCENARIOS["challenge-200"].faults, part="listing")
    result, _ = look(answer=Faulty(site.site, faults, 1).answer)
    assert (result.returncode, "challenge" in result.stdout) == (0, True), result.stdout
    assert "Why        /press-releases is no listing (challenge)" in result.stdout
    assert "Use        OSCE_SOURCES=sitemap=/sitemap.xml" in result.stdout


def test_survey_where_no_page_can_be_read_ends_with_4(site, look):
    answer = Faulty(site.site, SCENARIOS["challenge-200"].faults, 1).answer
    result, _ = look(answer=answer)
    assert (result.returncode, "challenge" in result.stdout) == (4, True), result.stdout


def test_canary_is_an_alias_and_says_so(look):
    result, paths = look("canary")
    assert (result.returncode, len(paths)) == (0, 5), result.stderr
    assert "is called scrapy survey now" in result.stderr
