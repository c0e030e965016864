"""What the Makefile's commands promise: the demo is apart, and what is printed works as printed."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import starting

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LIVE = {
    "items.jsonl": b"published by a live crawl\n",
    "changes.jsonl": b'{"seq":1}\n',
    "newsroom.sqlite": b"a store of a live crawl",
    "invalid.jsonl": b"{}\n",
    "runs/latest.prom": b"osce_crawl_run_status 0\n",
}


def checkout(folder: Path) -> Path:
    """Make a checkout in which a live crawl has written."""
    for name in ("Makefile", "scrapy.cfg", "osce_crawl", "fixtures", "tools"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").mkdir()
    (folder / ".venv/bin").symlink_to(BIN)
    for name, content in LIVE.items():
        path = folder / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def make(folder: Path, *words: str, **environ: str) -> subprocess.Popen[str]:
    """Start make in a checkout whose packages are installed."""
    stamps = ("--old-file=.venv/run.stamp", "--old-file=.venv/dataset.stamp")
    line = ["make", "--no-print-directory", *stamps, f"BIN={BIN}", *words]
    return subprocess.Popen(
        line,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def live(folder: Path) -> dict[str, bytes]:
    """Return what the live crawl has written, as it is now."""
    return {name: (folder / "output" / name).read_bytes() for name in LIVE}


def written(folder: Path) -> set[str]:
    """Return the files that there are beside those of the live crawl."""
    output = folder / "output"
    found = {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}
    return found - LIVE.keys()


# -- make crawl, make dataset


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout after `make crawl` and what `make dataset` does then.

    There are settings of a live crawl in the environment. The second command is run as make prints
    it, by `starting`: all that it imports would take seconds.
    """
    folder = checkout(tmp_path_factory.mktemp("demo"))
    settings = {"OSCE_BASE_URL": "https://moved.osce.org", "OSCE_RECHECK_DAYS": "x"}
    made = make(folder, "crawl", **settings)
    _, err = made.communicate(timeout=120)
    assert made.returncode == 0, err  # the settings above are not the demo's
    (folder / "log").write_text(err, "utf-8")

    printed, _ = make(folder, "dataset", "--dry-run").communicate(timeout=60)
    crawl, dataset = (shlex.split(line) for line in printed.replace("\\\n", "").splitlines())
    assert [Path(crawl[0]).name, *crawl[1:3]] == ["scrapy", "crawl", "newsroom"]
    environ = {**os.environ, "PYTHONPATH": str(folder)}
    run = starting.start(*dataset[1:], cwd=folder, env=environ)
    run.communicate(60)
    assert run.returncode == 0, run.said
    return folder


def test_demo_leaves_what_a_live_crawl_wrote(demo: Path) -> None:
    assert live(demo) == LIVE


def test_demo_ends_as_the_readme_shows(demo: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.partition("```text\n")[2].partition("```")[0]
    pattern = "(?s)" + re.escape(shown).replace("…", ".*")

    assert re.search(pattern, (demo / "log").read_text("utf-8").replace(f"{demo}/", ""))


def test_demo_writes_into_a_folder_of_its_own(demo: Path) -> None:
    new = written(demo)

    assert {name.partition("/")[0] for name in new} == {"demo"}
    assert {f"demo/{name}" for name in ("items.jsonl", "newsroom.sqlite", "changes.jsonl")} <= new


def test_dataset_of_the_demo_is_written_beside_it(demo: Path) -> None:
    names = ("index.html", "newsroom.db", "README.md")

    assert {f"demo/dataset/{name}" for name in names} <= written(demo)


def test_clean_leaves_what_a_live_crawl_wrote(tmp_path: Path) -> None:
    folder = checkout(tmp_path)
    (folder / "output/demo").mkdir()
    make(folder, "clean").communicate(timeout=60)

    assert (written(folder), (folder / "output/demo").exists()) == (set(), False)
    assert live(folder) == LIVE


# -- make newsroom


@contextmanager
def newsroom(folder: Path, *options: str) -> Iterator[str]:
    """Run a small newsroom; give the command that it prints, for this checkout."""
    words = " ".join(("--items 12 --port 0", *options))
    running = make(folder, "newsroom", f"OPTIONS={words}")
    assert running.stdout is not None
    command = next(line for line in running.stdout if line.startswith("cd "))
    try:
        yield command.replace(str(ROOT), str(folder))
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.communicate(timeout=20)


def addresses(folder: Path, command: str) -> list[str]:
    """Return the addresses of the items in the file that a printed command names."""
    feed = folder / command.partition(" -O ")[2].partition(" ")[0]
    return [json.loads(line)["url"] for line in feed.read_text("utf-8").splitlines()]


def test_site_of_today_is_the_live_one_and_the_printed_command_works_as_printed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = checkout(tmp_path)
    terminal = tmp_path_factory.mktemp("another-terminal")
    with newsroom(folder, "--site script") as command:
        done = subprocess.run(["sh", "-c", command], cwd=terminal, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    found = addresses(folder, command)

    assert "OSCE_BASE_URL" not in command
    assert len(found) == 12
    assert all(str(urlsplit(url).hostname).endswith(".osce.org") for url in found)


def test_newsroom_is_crawled_beside_a_live_one_and_asks_for_no_delay(tmp_path: Path) -> None:
    folder = checkout(tmp_path)
    with newsroom(folder) as command:
        _, place, _, scrapy, *words = shlex.split(command)
        run = starting.start(*words, cwd=Path(place), env=os.environ)
        run.communicate(60)
        assert run.returncode == 0, run.said
        (base,) = re.findall(r"OSCE_BASE_URL=(\S+)", command)
        with urlopen(f"{base}/robots.txt") as answer:
            robots = answer.read().decode()
    found = addresses(folder, command)

    assert scrapy == ".venv/bin/scrapy"
    assert len(found) >= 12
    assert {name.partition("/")[0] for name in written(folder)} == {"simulated"}
    assert "Disallow" in robots
    assert "Crawl-delay" not in robots
