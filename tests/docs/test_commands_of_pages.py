"""The commands of the pages, run as the pages show them; the site is simulated.

A block that is new fails `test_block_is_run_or_listed` until a test runs it or it is listed here.
"""

import json

import pytest
from docs.page_blocks import PAGES, ROOT, blocks, shell_blocks
from docs.project import ITEMS, NAMED, Project, Site
from grid import check_each

BLOCKS = {block.name: block for block in shell_blocks()}
LIVE = "README.md#the-live-newsroom-1"
#: Block → why no test runs it as it stands. `test_words_of_commands` checks its words.
NOT_RUN = {
    "README.md#two-commands-1": "installs packages; test_make runs `make crawl`",
    "benchmarks/README.md#benchmarks-1": "takes minutes and installs packages",
    "docs/archive.md#the-wayback-machine-1": "needs a package and a service of others",
    "docs/extending.md#4-confirm-1": "runs the project's own checks",
    "docs/running.md#a-simulated-newsroom-1": "runs until interrupted; test_make starts one",
    "fixtures/README.md#the-offline-site-1": "rewrites the fixtures, which test_fixtures reads",
    "recipes/README.md#installation-for-cron-and-systemd-1": "changes the machine, as root",
    "recipes/README.md#installation-for-cron-and-systemd-2": "needs the installed recipe",
    "recipes/README.md#cron-1": "changes the machine, as root; test_cron runs the script",
    "recipes/README.md#systemd-1": "changes the machine, as root",
    "recipes/README.md#scrapyd-1": "installs packages: `make recipes`",
    "recipes/README.md#scrapyd-2": "needs a running Scrapyd: `make recipes`",
    "recipes/README.md#container-1": "needs Podman and a registry",
    "recipes/README.md#pywb-1": "installs packages: `make recipes`",
    "recipes/README.md#spark-1": "installs packages: `make spark`",
    "recipes/README.md#datasette-1": "serves until interrupted: `make recipes`",
    "tests/trials/README.md#trials-1": "takes hours; test_quick runs a few",
}
#: Beginning of a block's name → the test that runs it.
RUN_ELSEWHERE = {
    "docs/archive.md#recording": "crawl/test_recorded_runs.py",
    "docs/archive.md#keeping-and-erasing": "crawl/test_recorded_runs.py",
    "docs/archive.md#common-crawl": "crawl/test_archive_page.py",
    "docs/using-the-data.md": "using_the_data/test_using_the_data.py",
}
_run_here = [LIVE]


def runs(name):
    """Give a test the block that it runs."""
    _run_here.append(name)
    return pytest.mark.parametrize("block", [pytest.param(BLOCKS[name], id=name)])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site") / "of-today") as running:
        yield running


@pytest.fixture(scope="module")
def live(site, tmp_path_factory):
    """Return a project after the README's commands for the live newsroom, which were recorded."""
    folder = tmp_path_factory.mktemp("live") / "project"
    project = Project(folder, site, OSCE_ARCHIVE="output/archive")
    project.run(BLOCKS[LIVE])
    return project


@pytest.fixture
def project(live, tmp_path):
    """Return a copy of that project."""
    return Project(tmp_path / "project", live.site, like=live)


def items(project, name="items.jsonl"):
    return [json.loads(line) for line in (project.folder / name).read_text("utf-8").splitlines()]


# -- README.md


def test_commands_of_the_readme_publish_the_newsroom(live):
    assert len(items(live)) == ITEMS


# -- docs/running.md


@runs("docs/running.md#withheld-1")
def test_withheld_run_is_compared_and_accepted(project, block):
    newsroom = project.site.newsroom
    gone = [fact.id for fact in newsroom.facts.items[:12]]
    for one in gone:
        newsroom.withdraw(one)
    status, _, err = project.shell("scrapy crawl newsroom -O items.jsonl -a full=1")
    for one in gone:
        newsroom.restore(one)

    assert status == 4, err
    project.run(block, ID="last")
    assert sum(item["removed_at"] is not None for item in items(project)) == 12


@runs("docs/running.md#unknown-words-1")
def test_unknown_words_are_listed(project, block):
    assert project.run(block)


@runs("docs/running.md#missed-nights-1")
def test_full_walk_publishes_everything(project, block):
    project.run(block)

    assert len(items(project)) == ITEMS


@runs("docs/running.md#the-first-long-run-1")
def test_first_run_is_published_window_by_window(site, tmp_path, block):
    project = Project(tmp_path / "project", site)
    project.run(block, 0, 3)

    assert len(items(project)) == ITEMS


@runs("docs/running.md#survey-1")
def test_sources_that_are_named_are_walked(project, block):
    project.run(block, 3)

    assert len(items(project)) == ITEMS


@runs("docs/running.md#metrics-and-alarms-1")
def test_link_leads_to_the_metrics(project, block, tmp_path):
    project.run(block, **{"/var/lib/prometheus/node-exporter": str(tmp_path)})

    assert (tmp_path / "osce_crawl.prom").read_text("utf-8").startswith("# HELP")


@runs("docs/running.md#back-up-1")
def test_backup_is_sound(project, block):
    assert project.run(block) == "ok\n"


@runs("docs/running.md#politeness-1")
def test_site_learns_who_crawls(project, block):
    before = len(project.site.proxy.hits)
    project.run(block)
    agents = {hit.headers["user-agent"] for hit in project.site.proxy.hits[before:]}

    assert agents == {"osce_crawl/0.1 (+https://example.org/about-our-crawl)"}


# -- docs/archive.md


@runs("docs/archive.md#replaying-1")
def test_archive_is_replayed(live, project, block):
    project.run(block, 0, 3)

    assert {one["id"] for one in items(project)} == {one["id"] for one in items(live)}


@runs("docs/archive.md#re-extracting-1")
def test_archive_is_extracted_again(live, tmp_path, block):
    project = Project(tmp_path / "project", live.site, like=live, **live.environ)
    project.run(block, 0, 3)

    assert {one["id"] for one in items(project, "again.jsonl")} == {
        one["id"] for one in items(live)
    }


@runs("docs/archive.md#re-extracting-2")
def test_store_is_updated_from_the_archive(live, project, block):
    project.run(block)

    assert items(project) == items(live)


# -- docs/extending.md


@runs("docs/extending.md#1-see-how-the-page-is-read-1")
def test_saved_page_is_read_with_the_ways(project, block):
    read = json.loads(project.run(block))

    assert (read["item"]["id"], read["ways"]["date"]) == (f"{NAMED[-6:]}-en", "label")


# -- fixtures/captured/README.md


@runs("fixtures/captured/README.md#captured-pages-1")
def test_page_is_captured_scrubbed_and_checked(project, block):
    project.run(block)

    assert list((project.folder / "fixtures/captured/expected").rglob(f"{NAMED[-6:]}-en.json"))


# -- all pages


def test_every_block_names_its_language():
    assert [block for page in PAGES for block in blocks(page) if not block.language] == []


def test_block_is_run_or_listed():
    def times(name):
        elsewhere = [one for one in RUN_ELSEWHERE if name.startswith(one)]
        return [*_run_here, *NOT_RUN].count(name) + len(elsewhere)

    check_each(times, dict.fromkeys(BLOCKS, 1))


def test_every_listed_block_is_on_a_page():
    assert {*_run_here, *NOT_RUN} <= BLOCKS.keys()


def test_every_file_that_runs_blocks_exists():
    assert all((ROOT / "tests" / file).exists() for file in RUN_ELSEWHERE.values())
