"""A command waits for what it needs itself, not for what the other commands need.

Scrapy imports all command modules for any of them: see `osce_crawl.commands`.
"""

import subprocess
import sys
from importlib import import_module
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
#: Scrapy's components that are off unless they are switched on: switch → name, and a library that
#: no other imports.
COMPONENTS = {
    "COOKIES_ENABLED": ("scrapy.downloadermiddlewares.cookies.CookiesMiddleware", "tldextract"),
    "REMOTE_CONTROL_ENABLED": ("scrapy.extensions.remote_control.RemoteControl", "aiohttp"),
    "TELNETCONSOLE_ENABLED": ("scrapy.extensions.telnet.TelnetConsole", "twisted.conch"),
}
#: What each command does without: one that comes later has what the ones before it have.
NEEDLESS = {
    "version": OF_RUNS | {"osce_crawl.reports", "osce_crawl.store", "rich"},
    "history": OF_RUNS | {"osce_crawl.reports"},
    "runs": OF_RUNS,
    "crawl": {library for _, library in COMPONENTS.values()},
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
    crawl = " ".join(command.words("newsroom", "-a", "limit=1", **REPLAY))
    lines = ["version", f"history {item}", "runs", crawl]
    found = dict(zip(NEEDLESS, imported(command, *lines), strict=True))
    assert "osce_crawl.pages.release" in found["crawl"]  # it has read a page
    return found


@pytest.mark.parametrize("verb", NEEDLESS)
def test_command_imports_nothing_that_only_others_need(
    after: dict[str, set[str]], verb: str
) -> None:
    assert "osce_crawl.commands.crawl" in after[verb]
    assert after[verb] & NEEDLESS[verb] == set()


def test_crawl_has_the_components_that_are_switched_on(tmp_path: Path) -> None:
    settings = {**REPLAY, **dict.fromkeys(COMPONENTS, 1)}
    run = Command(tmp_path).run(
        "-a", "limit=1", **settings, REMOTE_CONTROL_JOBS_DIR=tmp_path / "jobs"
    )

    assert [name for name, _ in COMPONENTS.values() if f"'{name}'" not in run.err] == []


@pytest.mark.parametrize(("name", "library"), COMPONENTS.values())
def test_component_needs_its_library(name: str, library: str) -> None:
    import_module(name.rpartition(".")[0])

    assert library in sys.modules


@pytest.mark.parametrize("name", sorted(set().union(*NEEDLESS.values())))
def test_what_commands_do_without_exists(name: str) -> None:
    assert find_spec(name) is not None


def test_each_command_module_is_a_command() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in COMMANDS.glob("[!_]*.py")}

    assert [name for name, text in texts.items() if "\nclass Command(" not in text] == []
