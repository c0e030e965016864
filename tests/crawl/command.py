"""The real command line, run in its own process and project folder."""

import ast
import json
import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import starting

ROOT = Path(__file__).parents[2]
SITE = ROOT / "fixtures" / "site"
CLOSED = Path(__file__).with_name("closed.py")
REPLAY = {"OSCE_REPLAY": SITE}
_DUMP = re.compile(r"Dumping Scrapy stats:\n(\{.*?\})\n\d{4}-", re.DOTALL)
_DATE = re.compile(r"datetime\.datetime\([^)]*\)")


@dataclass(frozen=True)
class Run:
    """The results of a run: exit status, standard output and error, project folder."""

    status: int
    out: bytes
    err: str
    folder: Path

    @cached_property
    def stats(self) -> dict[str, Any]:
        """Scrapy's stats as written to the log, dates as None."""
        dumped = _DUMP.search(self.err)
        assert dumped is not None, self.err
        stats: dict[str, Any] = ast.literal_eval(_DATE.sub("None", dumped[1]))
        return stats

    @property
    def report(self) -> dict[str, Any]:
        """The report of the last run; the names of two runs of one second have no order."""
        reports = (self.folder / "output/runs").glob("*.json")
        last = max(reports, key=lambda one: one.stat().st_mtime_ns)
        report: dict[str, Any] = json.loads(last.read_text("utf-8"))
        return report

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()

    @property
    def errors(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()

    @property
    def feed(self) -> bytes:
        """The published feed."""
        return (self.folder / "items.jsonl").read_bytes()

    @property
    def part(self) -> bytes:
        """The feed that was withheld."""
        return (self.folder / "items.jsonl.part").read_bytes()

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of the published feed."""
        return [json.loads(line) for line in self.feed.splitlines()]

    @property
    def ids(self) -> list[str]:
        """Their ids, in order."""
        return [item["id"] for item in self.items]


class Command:
    """`scrapy crawl newsroom` with arguments and settings, in `folder`, its own project.

    :cvar verb: the command that `line` calls.
    """

    verb = "crawl"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.feed = folder / "items.jsonl"
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")

    def impatient(self) -> None:
        """Make runs give up on requests that Scrapy lost after tenths of a second, not seconds."""
        code = "from osce_crawl.crawl import outstanding\n\noutstanding.PATIENCE = 0.1\n"
        (self.folder / "sitecustomize.py").write_text(code)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a run: this process's, without the project's settings."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OSCE_")}
        return {**clean, "PYTHONPATH": f"{ROOT}:{self.folder}"}

    def words(self, *words: object, verb: str | None = None, **settings: object) -> list[str]:
        """Return the words after `scrapy`; `settings` are passed with `-s`.

        The log does not list the versions of libraries: looking for them takes 6 % of a short run.
        """
        settings = {"LOG_VERSIONS": "", **settings}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return [verb or self.verb, *map(str, words), *options]

    def line(self, *words: object, **settings: object) -> list[str]:
        """Return the whole command line, for a shell."""
        return [*starting.COMMAND, *self.words(*words, **settings)]

    def start(
        self,
        *words: object,
        verb: str | None = None,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        page: bytes = b"",
        stdout: IO[bytes] | None = None,
        limits: Mapping[str, int] | None = None,
        **settings: object,
    ) -> starting.Process:
        """Start a run; the caller must wait for it. See `starting.start`."""
        return starting.start(
            *self.words(*words, verb=verb, **settings),
            cwd=cwd or self.folder,
            env={**self.environ, **(environ or {})},
            page=page,
            stdout=stdout,
            limits=limits,
        )

    def run(self, *words: object, **options: Any) -> Run:
        """Run `scrapy crawl newsroom -O items.jsonl` with more `words`; see `start`."""
        return self.spider("newsroom", "-O", "items.jsonl", *words, **options)

    def spider(self, *words: object, **options: Any) -> Run:
        """Run `scrapy crawl` with only these words."""
        return self.wait(self.start(*words, **options))

    def scrapy(self, verb: str, *words: object, **options: Any) -> Run:
        """Run another Scrapy command; see `start`."""
        return self.spider(*words, verb=verb, **options)

    def closed(self, streams: str, *words: str, environ: Mapping[str, str]) -> Run:
        """Run a Scrapy command with closed streams, given by number, such as ``01``."""
        env = {**self.environ, **environ}
        return self.wait(starting.start(streams, *words, cwd=self.folder, env=env, program=CLOSED))

    def wait(self, process: starting.Process) -> Run:
        """Wait for the end of a run."""
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(
                subprocess.TimeoutExpired
            ):  # a process that it began may hold its streams
                process.communicate(timeout=5)
            raise AssertionError(process.said.decode()) from None
        return Run(process.wait(), out, err.decode(), self.folder)
