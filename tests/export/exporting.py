"""`scrapy export` and its outputs."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

from crawl.command import Command

NOW = "2026-11-03T03:00:00Z"
#: A program that prints what frictionless finds wrong in the data packages that are named.
VALIDATE = """
import sys
import frictionless

for name in sys.argv[1:]:
    found = frictionless.validate(name)
    assert found.tasks
    if not found.valid:
        print(name, found.to_summary())
"""


class Export(Command):
    """`scrapy export` in a project folder."""

    verb = "export"

    def to(self, *names, more=(), **options):
        """Export to files; see `Command.start`."""
        words = [word for name in names for word in ("-O", name)]
        return self.spider(*words, *more, **{"OSCE_NOW": NOW, **options})

    def lines(self, name):
        """Return the rows of a file of JSON Lines."""
        return [json.loads(line) for line in (self.folder / name).read_bytes().splitlines()]

    def package(self, name):
        """Return a data package."""
        return json.loads((self.folder / f"{name}.datapackage.json").read_bytes())

    def invalid(self, *names):
        """Return the errors that frictionless finds in data packages and their files.

        It runs in a separate process because it leaves files open, and only once because it starts
        slowly.
        """
        packages = [f"{name}.datapackage.json" for name in names]
        words = [sys.executable, "-c", VALIDATE, *packages]
        found = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=True)
        return found.stdout

    @property
    def store(self):
        """The store's file."""
        return self.folder / "output/newsroom.sqlite"

    def known(self):
        """Return the contents of the store."""
        with closing(sqlite3.connect(self.store)) as db:
            return list(db.iterdump())

    def files(self):
        """Return the project's other files with their contents."""
        found = (path for path in self.folder.iterdir() if path.is_file())
        return {path.name: path.read_bytes() for path in found}
