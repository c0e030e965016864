"""A real Scrapyd on the loopback interface, used as in recipes/scrapyd: `make recipes`.

It needs .venv/scrapyd, an environment with the requirements of the crawler and of Scrapyd.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from crawl.site import Newsroom, release, releases

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "recipes" / "scrapyd"
BIN = ROOT / ".venv" / "scrapyd" / "bin"


class Scrapyd:
    """A Scrapyd in `folder`, and an operator's actions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "scrapyd.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.environ = {name: value for name, value in os.environ.items() if "OSCE_" not in name}
        self.environ["PATH"] = f"{BIN}:{self.environ['PATH']}"
        conf = (RECIPE / "scrapyd.conf").read_text("utf-8")
        moved = conf.replace("http_port = 6800", f"http_port = {port}\npoll_interval = 0.2")
        (folder / "scrapyd.conf").write_text(moved)
        self.recipe = folder / "project" / "recipes" / "scrapyd"
        shutil.copytree(RECIPE, self.recipe)
        (folder / "project" / "osce_crawl").symlink_to(ROOT / "osce_crawl")
        target = (RECIPE / "scrapy.cfg").read_text("utf-8")
        (self.recipe / "scrapy.cfg").write_text(target.replace("http://127.0.0.1:6800", self.url))

    @contextmanager
    def running(self) -> Iterator["Scrapyd"]:
        """Run it."""
        with (
            self.log.open("wb") as log,
            subprocess.Popen(
                [BIN / "scrapyd"], cwd=self.folder, env=self.environ, stdout=log, stderr=log
            ) as process,
        ):
            self.wait(lambda: "Site starting on" in self.said())
            yield self
            process.terminate()

    def said(self) -> str:
        """Return Scrapyd's own log."""
        return self.log.read_text("utf-8")

    def wait(self, done: Any) -> None:
        """Wait until `done` returns something true."""
        end = time.monotonic() + 60
        while not done():
            assert time.monotonic() < end, self.said()
            threading.Event().wait(0.1)

    def deploy(self) -> None:
        """Deploy the project."""
        self.output("./deploy.sh", "--version", "1")

    def output(self, *words: str) -> str:
        """Run an operator's command in the folder of the recipe; return its output."""
        return subprocess.run(
            words,
            cwd=self.recipe,
            env=self.environ,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def schedule(self, site: Newsroom, **arguments: str) -> str:
        """Schedule a run with scrapyd-client; return the job."""
        # a store accepts only one origin, and each site has another
        settings = {**site.settings, "OSCE_STORE": f"output/{urlsplit(site.url).port}.sqlite"}
        given = [f"setting={name}={value}" for name, value in settings.items()]
        given += [f"{name}={value}" for name, value in arguments.items()]
        words = [part for one in given for part in ("--arg", one)]
        said = self.output("scrapyd-client", "schedule", "-p", "osce_crawl", "newsroom", *words)
        return said.split()[-1]

    def ask(self, name: str, **data: str) -> dict[str, Any]:
        """Call Scrapyd's API, with POST if there is `data`."""
        body = urlencode({"project": "osce_crawl", **data}).encode() if data else None
        with urlopen(f"{self.url}/{name}.json?project=osce_crawl", body) as answer:
            said: dict[str, Any] = json.load(answer)
        assert said["status"] == "ok", said
        return said

    def end(self, job: str) -> int:
        """Wait for the end of a job and return its exit status from Scrapyd's log."""
        self.wait(lambda: job in {one["id"] for one in self.ask("listjobs")["finished"]})
        ends = re.findall(rf"Process (finished:|died: exitstatus=(\d+)) .*job='{job}'", self.said())
        return int(ends[-1][1] or 0)

    def log_of(self, job: str) -> str:
        """Return the log of a job."""
        return (self.folder / f"logs/osce_crawl/newsroom/{job}.log").read_text("utf-8")

    def items(self, job: str) -> list[dict[str, Any]]:
        """Fetch the items of a job."""
        with urlopen(f"{self.url}/items/osce_crawl/newsroom/{job}.jl") as answer:
            return [json.loads(line) for line in answer]


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory):
    with Scrapyd(tmp_path_factory.mktemp("scrapyd")).running() as running:
        running.deploy()
        yield running


@pytest.fixture
def site():
    with Newsroom(releases(4)) as running:
        yield running


@pytest.fixture
def held(site):
    """Delay the site's second page until the test releases it."""
    asked, opened = threading.Event(), threading.Event()
    one = site.facts[1]

    def answer(_hit):
        asked.set()
        opened.wait(30)
        return release(one)

    site.pages[one.at] = answer
    yield asked, opened
    opened.set()


def test_deployed_project_has_its_spider(scrapyd):
    said = scrapyd.output("scrapyd-client", "spiders", "-p", "osce_crawl")
    assert said.split() == ["osce_crawl:", "newsroom"]


def test_deploying_leaves_nothing_in_the_project(scrapyd):
    assert {path.name for path in scrapyd.recipe.parents[1].iterdir()} == {"osce_crawl", "recipes"}
    assert {path.name for path in scrapyd.recipe.iterdir()} == {
        one.name for one in RECIPE.iterdir()
    }


def test_items_of_a_job_are_fetched(scrapyd, site):
    job = scrapyd.schedule(site)
    assert scrapyd.end(job) == 0
    assert [item["node"] for item in scrapyd.items(job)] == [str(one.node) for one in site.facts]


def test_arguments_reach_the_run(scrapyd, site):
    job = scrapyd.schedule(site, since=str(site.facts[1].published))
    scrapyd.end(job)
    assert len(scrapyd.items(job)) == 2


def test_refused_job_is_known_by_its_status(scrapyd, site):
    job = scrapyd.schedule(site, sinc="2024-01-01")
    assert scrapyd.end(job) == 2


def test_cancelled_job_is_stopped_and_publishes_nothing(scrapyd, site, held):
    asked, opened = held
    job = scrapyd.schedule(site)
    assert asked.wait(30)
    scrapyd.ask("cancel", job=job)
    scrapyd.wait(lambda: "shutting down gracefully" in scrapyd.log_of(job))
    opened.set()
    assert scrapyd.end(job) == 5
    with pytest.raises(HTTPError, match="404"):
        scrapyd.items(job)


def test_jobs_run_one_after_the_other(scrapyd, site):
    jobs = [scrapyd.schedule(site), scrapyd.schedule(site)]
    assert [scrapyd.end(job) for job in jobs] == [0, 0]
