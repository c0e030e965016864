"""What the pages' commands name exists: commands, options, arguments, settings, modules, files.

This holds for all commands, also those that no test runs.
"""

import argparse
import errno
import os
import re
import shlex
import subprocess
from importlib import import_module
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from types import CodeType

from docs.page_blocks import PAGES, ROOT, shell_blocks
from grid import check_each
from newsroom.__main__ import make_parser
from scrapy.settings import Settings

from osce_crawl.options import argument_docs, setting_names
from osce_crawl.options.selection import selection_docs

TEXTS = {page: (ROOT / page).read_text("utf-8") for page in PAGES}
BLOCKS = shell_blocks()
SETTINGS = setting_names()
#: Not a setting: read from the environment only, so that it is not in the process list.
SECRET = "OSCE_TYPESENSE_KEY"
#: Scrapyd's own argument.
SCRAPYD = {"setting"}
_SCRAPY = re.compile(r"^(?:.*[ /])?(?:osce-)?scrapy (?=[a-z])|^podman run .* osce-crawl (?=[a-z])")
_INLINE = re.compile(r"`((?:\.venv/bin/|osce-)?scrapy [a-z][^`]+)`")


def named(pattern):
    """Return each word that matches a pattern, with the pages that have it."""
    found = {}
    for page, text in TEXTS.items():
        for word in re.findall(pattern, text):
            found.setdefault(word, set()).add(page)
    return found


def scrapy_commands():
    """Yield the `scrapy` commands of all pages, in blocks and in running text, from the verb on."""
    lines = [line for block in BLOCKS for line in block.commands]
    lines += [inline for text in TEXTS.values() for inline in _INLINE.findall(text)]
    for line in lines:
        if found := _SCRAPY.match(line):
            yield line[found.end() :].partition(" | ")[0]


def test_command_has_the_options():
    def unknown(command):
        verb, *words = shlex.split(command.replace("…", ""))
        described = import_module(f"osce_crawl.commands.{verb}").Command()
        described.settings = Settings()
        parser = argparse.ArgumentParser(exit_on_error=False, conflict_handler="resolve")
        described.add_options(parser)
        _, left = parser.parse_known_args(words)
        return [word for word in left if word.startswith("-")]

    check_each(unknown, {command: [] for command in scrapy_commands()})


def test_arguments_exist():
    known = argument_docs().keys() | selection_docs().keys() | SCRAPYD
    given = named(r"(?:-a|--arg) ([a-z_]+)=")

    assert {word: given[word] for word in given.keys() - known} == {}


def test_settings_that_are_given_exist():
    given = named(r"-s '?([A-Z_]+)=")

    assert {word: given[word] for word in given if word not in {*SETTINGS, *Settings()}} == {}


def test_settings_of_the_project_exist():
    given = named(r"\bOSCE_[A-Z_]+\b")

    assert {word: given[word] for word in given.keys() - {*SETTINGS, SECRET}} == {}


def test_modules_exist():
    given = named(r"python -m ((?:benchmarks|tests|tools)[\w.]+)")

    assert {word: given[word] for word in given if not find_spec(word)} == {}


def test_files_of_the_checkout_exist():
    given = named(r"(?:/opt/osce-crawl/|(?<=[ '])(?=recipes/|tools/))([\w*][\w./*-]+)")
    there = {word for word in given if word.startswith(".venv") or list(ROOT.glob(word))}

    assert {word: given[word] for word in given.keys() - there} == {}


def test_simulated_newsroom_takes_the_options():
    for words in named(r'OPTIONS="([^"]+)"'):
        assert make_parser().parse_args(shlex.split(words))


def test_symptoms_of_failures_are_messages_of_the_code():
    section = TEXTS["docs/running.md"].partition("\n## Failures")[2].partition("\n## ")[0]
    symptoms = set(re.findall(r'"([^"]+)"', re.sub("`[^`]*`", "", section)))
    modules = (SourceFileLoader("_", str(path)) for path in (ROOT / "osce_crawl").rglob("*.py"))
    texts = (text for module in modules for text in texts_of(module.get_code("_")))
    messages = "\n".join([*texts, os.strerror(errno.ENOSPC)])

    assert [one for one in symptoms if not all(p.strip() in messages for p in one.split("…"))] == []


def texts_of(code):
    """Yield the texts in the compiled code of a module, and in its functions."""
    for value in code.co_consts:
        if isinstance(value, str):
            yield value
        elif isinstance(value, CodeType):
            yield from texts_of(value)


def test_shell_understands_every_block():
    for block in BLOCKS:
        assert subprocess.run(["bash", "-n", "-c", block.code], check=False).returncode == 0, block
