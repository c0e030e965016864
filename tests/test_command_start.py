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
#: `python -m scrapy`, which leaves the names of its modules in the file named first.
PROGRAM = """
import atexit, sys
from pathlib import Path
from scrapy.cmdline import execute

file = Path(sys.argv.pop(1))
atexit.register(lambda: file.write_text(" ".join(sys.modules)))
execute()
"""
#: What reads pages, what requests them, and what publishes their items.
OF_RUNS = {
    *("osce_crawl.extraction", "osce_crawl.loaders", "osce_crawl.pages.release", "pycld2"),
    *("osce_crawl.crawl", "osce_crawl.downloader", "osce_crawl.sources", "osce_crawl.spiders"),
    *("osce_crawl.dataset", "osce_crawl.publication", "osce_crawl.reports.build"),
    *("scrapy.core.downloader.handlers.http11", "scrapy.core.downloader.contextfactory"),
}
#: What each command does without.
NEEDLESS = {
    "version": OF_RUNS | {"osce_crawl.reports", "osce_crawl.store", "rich"},
    "history": OF_RUNS | {"osce_crawl.reports"},
    "runs": OF_RUNS,
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Command, str]:
    """Return the commands of a folder whose store has a run, and the id of an item in it."""
    command = Command(tmp_path_factory.mktemp("crawled"))
    return command, command.run("-a", "limit=1", **REPLAY).ids[0]


@pytest.mark.parametrize("verb", NEEDLESS)
def test_command_imports_nothing_that_only_others_need(
    crawled: tuple[Command, str], verb: str
) -> None:
    command, item = crawled
    words = [item] if verb == "history" else []
    line = [sys.executable, "-c", PROGRAM, "imported", verb, *words]
    subprocess.run(line, cwd=command.folder, env=command.environ, check=True)
    imported = set((command.folder / "imported").read_text("utf-8").split())

    assert "osce_crawl.commands.crawl" in imported
    assert imported & NEEDLESS[verb] == set()


#: Switch of one of Scrapy's components → a library that it uses alone.
SWITCHES = {
    "COOKIES_ENABLED": "tldextract",
    "REMOTE_CONTROL_ENABLED": "aiohttp",
    "TELNETCONSOLE_ENABLED": "twisted.conch",
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_crawl_imports_only_components_that_are_switched_on(tmp_path: Path, switch: str) -> None:
    command = Command(tmp_path)
    settings = {**REPLAY, switch: 1, "REMOTE_CONTROL_JOBS_DIR": tmp_path / "jobs"}
    words = command.words("newsroom", "-a", "limit=1", **settings)
    line = [sys.executable, "-c", PROGRAM, "imported", *words]
    subprocess.run(line, cwd=command.folder, env=command.environ, check=True)
    imported = set((command.folder / "imported").read_text("utf-8").split())

    assert imported & set(SWITCHES.values()) == {SWITCHES[switch]}


@pytest.mark.parametrize("name", sorted(set().union(*NEEDLESS.values())))
def test_what_commands_do_without_exists(name: str) -> None:
    assert find_spec(name) is not None


def test_each_command_module_is_a_command() -> None:
    texts = {file.stem: file.read_text("utf-8") for file in COMMANDS.glob("[!_]*.py")}

    assert [name for name, text in texts.items() if "\nclass Command(" not in text] == []
