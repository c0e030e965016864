"""What the Makefile's commands promise: the demo is apart, and what is printed works as printed."""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LIVE = {
    "items.jsonl": b"published by a live crawl\n",
    "changes.jsonl": b'{"seq":1}\n',
    "newsroom.sqlite": b"a store of a live crawl",
    "invalid.jsonl": b"{}\n",
    "runs/latest.prom": b"osce_crawl_run_status 0\n",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout in which a live crawl has written."""
    for name in ("Makefile", "scrapy.cfg", "osce_crawl", "fixtures", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name, content in LIVE.items():
        path = tmp_path / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def make(checkout: Path, *words: str, **environ: str) -> subprocess.Popen[str]:
    """Start make in a checkout whose packages are installed."""
    stamps = ("--old-file=.venv/run.stamp", "--old-file=.venv/dataset.stamp")
    line = ["make", "--no-print-directory", *stamps, f"BIN={BIN}", *words]
    return subprocess.Popen(
        line,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def written(checkout: Path) -> set[str]:
    """Return the files that there are beside those of the live crawl."""
    output = checkout / "output"
    found = {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}
    return found - LIVE.keys()


# -- make crawl


def test_demo_leaves_what_a_live_crawl_wrote(checkout: Path) -> None:
    _, err = make(checkout, "crawl").communicate(timeout=60)

    assert {name: (checkout / "output" / name).read_bytes() for name in LIVE} == LIVE, err


def test_demo_writes_into_a_folder_of_its_own(checkout: Path) -> None:
    make(checkout, "crawl").communicate(timeout=60)
    new = written(checkout)

    assert {name.partition("/")[0] for name in new} == {"demo"}
    assert {f"demo/{name}" for name in ("items.jsonl", "newsroom.sqlite", "changes.jsonl")} <= new


def test_dataset_of_the_demo_is_written_beside_it(checkout: Path) -> None:
    _, err = make(checkout, "dataset").communicate(timeout=120)
    new = {name for name in written(checkout) if name.startswith("demo/dataset/")}

    assert {name: (checkout / "output" / name).read_bytes() for name in LIVE} == LIVE, err
    assert {f"demo/dataset/{name}" for name in ("index.html", "newsroom.db", "README.md")} <= new


def test_settings_of_a_live_crawl_in_the_environment_are_not_the_demos(checkout: Path) -> None:
    run = make(checkout, "crawl", OSCE_BASE_URL="https://moved.osce.org", OSCE_RECHECK_DAYS="x")
    _, err = run.communicate(timeout=60)

    assert run.returncode == 0, err


def test_clean_leaves_what_a_live_crawl_wrote(checkout: Path) -> None:
    (checkout / "output/demo").mkdir()
    make(checkout, "clean").communicate(timeout=60)

    assert (written(checkout), (checkout / "output/demo").exists()) == (set(), False)
    assert (checkout / "output/newsroom.sqlite").exists()


# -- make newsroom


@pytest.fixture
def newsroom(checkout: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """Start a small newsroom, on many hosts where the test says how to find what they hold."""
    site = f" --site {request.param}" if hasattr(request, "param") else ""
    running = make(checkout, "newsroom", f"OPTIONS=--items 12 --port 0{site}")
    yield running
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=20)


def printed(newsroom: subprocess.Popen[str]) -> str:
    """Return the command that a newsroom prints."""
    assert newsroom.stdout is not None
    return next(line for line in newsroom.stdout if line.startswith("cd "))


@pytest.mark.parametrize("newsroom", ["script"], indirect=True)
def test_site_of_today_is_the_live_one_behind_a_proxy(
    newsroom: subprocess.Popen[str], checkout: Path
) -> None:
    command = printed(newsroom).replace(str(ROOT), str(checkout))
    (checkout / ".venv").mkdir()
    (checkout / ".venv/bin").symlink_to(BIN)
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    feed = checkout / command.partition(" -O ")[2].partition(" ")[0]
    found = [json.loads(line)["url"] for line in feed.read_text("utf-8").splitlines()]

    assert done.returncode == 0, done.stderr
    assert "OSCE_BASE_URL" not in command
    assert len(found) == 12
    assert all(str(urlsplit(url).hostname).endswith(".osce.org") for url in found)


def test_printed_command_works_as_printed(
    newsroom: subprocess.Popen[str], checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    command = printed(newsroom).replace(str(ROOT), str(checkout))
    (checkout / ".venv").mkdir()
    (checkout / ".venv/bin").symlink_to(BIN)
    elsewhere = tmp_path_factory.mktemp("another-terminal")
    done = subprocess.run(
        ["sh", "-c", command], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    feed = checkout / command.partition(" -O ")[2].partition(" ")[0]

    assert done.returncode == 0, done.stderr
    assert len([json.loads(line) for line in feed.read_text("utf-8").splitlines()]) >= 12
    assert {name.partition("/")[0] for name in written(checkout)} == {"simulated"}


def test_simulated_newsroom_asks_for_no_delay_unless_told_to(
    newsroom: subprocess.Popen[str],
) -> None:
    url = next(
        word.partition("=")[2]
        for word in shlex.split(printed(newsroom))
        if word.startswith("OSCE_BASE_URL=")
    )
    asked = f"import urllib.request as u; print(u.urlopen({url + '/robots.txt'!r}).read().decode())"
    robots = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert "Disallow" in robots.stdout
    assert "Crawl-delay" not in robots.stdout
