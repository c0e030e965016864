"""Messages on standard error: one line with the project's name."""

import sys
from collections.abc import Mapping
from typing import NoReturn

from osce_crawl.text.forms import printable
from osce_crawl.verdict import Status


def say(message: str) -> None:
    """Print a line."""
    sys.stderr.write(f"osce_crawl: {printable(message)}\n")


def refuse(message: str) -> NoReturn:
    """Print why a command cannot start, and exit with 2."""
    say(message)
    sys.exit(int(Status.REFUSED))


def listed(arguments: Mapping[str, str]) -> str:
    """Return arguments with their meanings as one line for `--help`."""
    return "; ".join(f"{name}: {meaning}" for name, meaning in arguments.items())
