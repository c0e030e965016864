"""Writing to standard output: readers may close it, and invisible characters are escaped."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console

from osce_crawl.actions.messages import say
from osce_crawl.text.forms import printable
from osce_crawl.verdict import Status

#: The width of a table if there is no terminal.
_WIDTH = 160


@contextmanager
def while_it_is_read() -> Iterator[None]:
    """Stop writing quietly if the reader closes the output, as `head` does.

    The reader got correct output, so the exit status does not change. If the output cannot be
    written for another reason, such as a full disk, a line says so and the status is 1.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _leave()
    except OSError as error:
        if error.filename is not None:
            raise  # of another file
        _leave()
        say(f"standard output cannot be written ({error.strerror})")
        sys.exit(int(Status.BUG))


def _leave() -> None:
    """Detach from an output: Python's final flush at exit would report the error again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    with while_it_is_read():
        sys.stdout.writelines(f"{printable(line)}\n" for line in lines)


def write_json(values: Iterable[Any]) -> None:
    """Write each value as a line of JSON to standard output."""
    with while_it_is_read():
        sys.stdout.buffer.writelines(map(json_line, values))


def json_line(value: Any) -> bytes:
    r"""Return a value as a line of JSON with unprintable characters escaped (`\u202e`)."""
    return f"{_without_hidden(orjson.dumps(value).decode())}\n".encode()


def write_object(value: Any) -> None:
    """Write one value as indented JSON to standard output, escaped as in `json_line`."""
    lines = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode().split("\n")
    with while_it_is_read():
        sys.stdout.buffer.writelines(f"{_without_hidden(line)}\n".encode() for line in lines)


class Screen(Console):
    """A console with colours on a terminal, otherwise plain and wide enough."""

    def __init__(self) -> None:
        super().__init__(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)

    def on_broken_pipe(self) -> None:
        """Leave a closed output to `while_it_is_read`; rich would end the process."""
        raise BrokenPipeError


def _without_hidden(line: str) -> str:
    return line if line.isprintable() else "".join(map(_escaped, line))


def _escaped(character: str) -> str:
    if printable(character) == character:
        return character
    pairs = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[n]:02x}{pairs[n + 1]:02x}" for n in range(0, len(pairs), 2))
