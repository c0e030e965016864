"""The nightly script of recipes/cron, with programs of our own in the place of Scrapy and mail."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from osce_crawl.verdict import Status

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "recipes" / "cron" / "osce-crawl-nightly"


class Machine:
    """A machine whose `osce-scrapy` does what is written into it, and whose mail is a file."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self.mailbox = folder / "mailbox"
        self.scrapy = folder / "osce-scrapy"
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.program(
            self.programs / "mail", f'{{ echo "$@"; cat; }} >> {shlex.quote(str(self.mailbox))}'
        )

    def program(self, path: Path, lines: str) -> None:
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    def start(self, does: str, *words: str, **environ: str) -> subprocess.Popen[str]:
        self.program(self.scrapy, does)
        return subprocess.Popen(
            ["sh", SCRIPT, *words],
            env={
                "PATH": f"{self.programs}:{os.environ['PATH']}",
                "NEWSROOM_DATA": str(self.data),
                "NEWSROOM_SCRAPY": str(self.scrapy),
                "MAILTO": "operator@example.org",
                **environ,
            },
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, does: str, *words: str, **environ: str) -> tuple[int, str]:
        """Return exit status and standard output of a night."""
        process = self.start(does, *words, **environ)
        out, _ = process.communicate(timeout=30)
        return process.returncode, out

    @property
    def mail(self) -> str:
        return self.mailbox.read_text() if self.mailbox.exists() else ""

    @property
    def logs(self) -> list[Path]:
        return sorted((self.data / "logs").iterdir())


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_arguments_reach_the_crawl(machine):
    machine.run('echo "$@"', "-a", "since=2024-01-01")
    assert machine.logs[0].read_text() == "crawl newsroom -O items.jsonl -a since=2024-01-01\n"


def test_good_night_is_silent(machine):
    assert machine.run("exit 0") == (0, "")
    assert machine.mail == ""


@pytest.mark.parametrize("status", [int(status) for status in Status if status])
def test_status_of_the_run_is_the_status_of_the_night(machine, status):
    assert machine.run(f"exit {status}") == (status, "")


@pytest.mark.parametrize("status", [int(status) for status in Status if status])
def test_any_other_night_is_mailed_with_its_status_and_the_end_of_the_log(machine, status):
    machine.run(f"echo Look at the pager; exit {status}")
    assert f": status {status}, " in machine.mail
    assert "Look at the pager" in machine.mail


def test_without_mailto_the_message_is_left_to_cron(machine):
    _, out = machine.run("exit 4", MAILTO="")
    assert "status 4, withheld" in out


def test_message_that_cannot_be_mailed_is_left_to_cron(machine):
    machine.program(machine.programs / "mail", "exit 1")
    _, out = machine.run("exit 4")
    assert "status 4, withheld" in out


def test_killed_run_is_told_as_such(machine):
    machine.run("kill -9 $$")
    assert "status 137, killed" in machine.mail


def test_second_night_does_not_start_while_the_first_runs(machine):
    started, ended = machine.data / "started", machine.data / "ended"
    os.mkfifo(started)
    os.mkfifo(ended)
    first = machine.start(f"echo > {shlex.quote(str(started))}; cat {shlex.quote(str(ended))}")
    started.read_text()
    status, _ = machine.run("exit 0")
    ended.write_text("")
    first.communicate(timeout=30)
    assert status == 75
    assert "still going" in machine.mail


def test_run_that_takes_too_long_gets_sigterm_and_keeps_its_status(machine):
    status, _ = machine.run(
        "trap 'exit 5' TERM; while :; do sleep 0.05; done", NEWSROOM_LONGEST="0.5s"
    )
    assert status == 5


def test_thirty_logs_are_kept(machine):
    folder = machine.data / "logs"
    folder.mkdir()
    for day in range(1, 32):
        (folder / f"202401{day:02}T031700Z.log").touch()
    machine.run("exit 0")
    assert len(machine.logs) == 30
    assert machine.logs[0].name == "20240103T031700Z.log"


def test_night_without_a_place_for_logs_is_told(machine):
    (machine.data / "logs").touch()
    status, _ = machine.run("exit 0")
    assert status == 1
    assert "no log can be written" in machine.mail
