"""A command waits for what it needs itself, not for what the other commands need.

Scrapy imports all command modules for any of them: see `osce_crawl.commands`.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from crawl.command import REPLAY, Command

COMMANDS = Path(__file__).parents[1] / "osce_crawl/commands"
#: `scrapy` with each line of standard input; after each it prints the names of its modules.
PROGRAM = """
import sys
from contextlib import redirect_stdout, suppress
from scrapy.cmdline import execute

for line in sys.stdin.read().splitlines():
    with suppress(SystemExit), redirect_stdout(sys.stderr):
        execute(["scrapy", *line.split()])
    print(*sys.modules)
"""
#: What reads pages, what requests them, and what publishes their items.
OF_RUNS = {
    *("osce_crawl.extraction", "osce_crawl.loaders", "osce_crawl.pages.release", "pycld2"),
    *("osce_crawl.crawl", "osce_crawl.downloader", "osce_crawl.sources", "osce_crawl.spiders"),
    *("osce_crawl.dataset", "osce_crawl.publication", "osce_crawl.reports.build"),
    *("scrapy.core.downloader.handlers.http11", "scrapy.core.downloader.contextfactory"),
}
#: What each command does without: one that comes later has what the ones before it have.
NEEDLESS = {
    "version": OF_RUNS | {"osce_crawl.reports", "osce_crawl.store", "rich"},
    "history": OF_RUNS | {"osce_crawl.reports"},
    "runs": OF_RUNS,
}


def imported(command: Command, *lines: str) -> list[set[str]]:
    """Return the modules of an interpreter after each of these commands."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=command.folder,
        env=command.environ,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return [set(line.split()) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return the modules after each command, in a folder whose store has a run."""
    command = Command(tmp_path_factory.mktemp("crawled"))
    (item,) = command.run("-a", "limit=1", **REPLAY).ids
    lines = [f"{verb} {item}" if verb == "history" else verb for verb in NEEDLESS]
    return dict(zip(NEEDLESS, imported(command, *lines), strict=True))


@pytest.mark.parametrize("verb", NEEDLESS)
def test_command_imports_nothing_that_only_others_need(
    after: dict[str, set[str]], verb: str
) -> None:
    assert "osce_crawl.commands.crawl" in after[verb]
    assert after[verb] & NEEDLESS[verb] == set()


#: Switch of one of Scrapy's components → a library that it uses alone.
SWITCHES = {
    "COOKIES_ENABLED": "tldextract",
    "REMOTE_CONTROL_ENABLED": "aiohttp",
    "TELNETCONSOLE_ENABLED": "twisted.conch",
}


@pytest.mark.parametrize("on", [[], [*SWITCHES]], ids=["none", "all"])
def test_crawl_imports_only_components_that_are_switched_on(tmp_path: Path, on: list[str]) -> None:
    command = Command(tmp_path)
    settings = {**REPLAY, **dict.fromkeys(on, 1), "REMOTE_CONTROL_JOBS_DIR": tmp_path / "jobs"}
    words = command.words("newsroom", "-a", "limit=1", **settings)
    (modules,) = imported(command, " ".join(words))

    assert modules & set(SWITCHES.values()) == {SWITCHES[switch] for switch in on}


@pytest.mark.parametrize("name", sorted(set().union(*NEEDLESS.values())))
def test_what_commands_do_without_exists(name: str) -> None:
    assert find_spec(name) is not None


def test_each_command_module_is_a_command() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in COMMANDS.glob("[!_]*.py")}

    assert [name for name, text in texts.items() if "\nclass Command(" not in text] == []
