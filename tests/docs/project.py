"""A project folder whose commands reach a simulated newsroom at the live site's addresses."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

import starting
from newsroom.network import HOSTS, Network
from newsroom.proxy import Proxy
from newsroom.site import HTML, NOW, Answer
from newsroom.ways import WAYS
from reextract.rereading import forking

from .page_blocks import ROOT, Block

ITEMS = 24
#: A page named in the documentation, served as on the offline site.
NAMED = "/secretariat/322492"
_PLAIN = re.compile(r"(?:\.venv/bin/)?scrapy [^|&;<>$*]+")
_SCRAPY = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m scrapy "$@"\n'
#: Settings without delays, since politeness has its own tests.
_SETTINGS = "from osce_crawl.settings import *\nDOWNLOAD_DELAY = 0\nAUTOTHROTTLE_ENABLED = False\n"


class Site:
    """A newsroom with a listing, sitemaps and news pages, at https://www.osce.org."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.newsroom = Network(
            ITEMS, seed=4
        )  # some items are on the host that docs/running.md names
        self.newsroom.way = replace(WAYS["listing"], cards=True)
        self.proxy = Proxy(HOSTS, folder)
        self.proxy.answer = self._answer

    def __enter__(self) -> Self:
        self.proxy.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.proxy.__exit__(*error)

    def _answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        if target == NAMED:
            page = ROOT / "fixtures/site/pages/322492-en.html"
            return Answer(page.read_text("utf-8"), headers={"Content-Type": HTML})
        return self.newsroom.answer(target, headers)


class Project:
    """A folder in which the commands of the pages run.

    :param folder: the folder to create.
    :param like: a project to copy, if any.
    :param environ: environment variables for its commands.
    """

    def __init__(
        self, folder: Path, site: Site, like: "Project | None" = None, **environ: str
    ) -> None:
        self.folder = folder
        self.site = site
        self.environ = environ
        if like is None:
            (folder / ".venv/bin").mkdir(parents=True)
            scrapy = folder / ".venv/bin/scrapy"
            scrapy.write_text(_SCRAPY)
            scrapy.chmod(0o755)
            (folder / ".venv/bin/python").symlink_to(sys.executable)
            (folder / "scrapy.cfg").write_text("[settings]\ndefault = without_delay\n")
            (folder / "without_delay.py").write_text(_SETTINGS)
            forking(folder)  # a reader for each processor would take half a second to start
        else:
            shutil.copytree(like.folder, folder, symlinks=True)

    def run(self, block: Block, *statuses: int, **placeholders: str) -> str:
        """Run the commands of a block one after the other; return their output.

        :param statuses: the exit statuses that the page leads a reader to expect; 0 by default.
        :param placeholders: word of the page → the reader's own value.
        :raises AssertionError: for any other status.
        """
        printed = []
        for command in block.commands:
            for word, value in placeholders.items():
                command = command.replace(word, value)  # noqa: PLW2901  # one word after another
            status, out, err = self.shell(command)
            assert status in (statuses or (0,)), (command, out, err)
            printed.append(out)
        return "".join(printed)

    def shell(self, command: str) -> tuple[int, str, str]:
        """Run a command; return its exit status, standard output and standard error.

        Bash runs it, unless it is a plain `scrapy` command, which `starting` starts faster.
        """
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OSCE_")}
        env = {
            **clean,
            **self.site.proxy.environ,
            "CURL_CA_BUNDLE": str(self.site.proxy.trust),
            "OSCE_NOW": f"{NOW}T23:00:00Z",
            "PATH": f"{self.folder / '.venv/bin'}:{clean['PATH']}",
            "PYTHONPATH": f"{ROOT}:{self.folder}",
            **self.environ,
        }
        if _PLAIN.fullmatch(command):
            process = starting.start(*shlex.split(command)[1:], cwd=self.folder, env=env)
            out, err = process.communicate(timeout=60)
            return process.wait(), out.decode(), err.decode()
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=env, capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()
