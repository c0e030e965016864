"""Writing to standard output: readers may go away, and invisible characters are escaped."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console

from osce_crawl.text.forms import printable
from osce_crawl.verdict import Status
from osce_crawl.work.saying import say

#: Of a table where no terminal says how wide it is.
_WIDTH = 160


@contextmanager
def while_it_is_read() -> Iterator[None]:
    """End what is written inside quietly when its reader goes away, as `head` does.

    What the reader took was right, so that the exit status stays what it is. Where the output
    cannot be written for another reason, as on a full disk, a line says so and the status is 1.
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
    """Turn away from an output: Python flushes once more at its end, and would complain again."""
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
    r"""Return a value as a line of JSON in which what does not print is escaped (`\u202e`)."""
    return f"{_without_hidden(orjson.dumps(value).decode())}\n".encode()


def write_object(value: Any) -> None:
    """Write one value as indented JSON to standard output, escaped as `json_line` has it."""
    lines = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode().split("\n")
    with while_it_is_read():
        sys.stdout.buffer.writelines(f"{_without_hidden(line)}\n".encode() for line in lines)


class Screen(Console):
    """A console with colours on a terminal, plain and wide enough elsewhere."""

    def __init__(self) -> None:
        super().__init__(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)

    def on_broken_pipe(self) -> None:
        """Leave a reader that goes away to `while_it_is_read`; rich would end the process."""
        raise BrokenPipeError


def _without_hidden(line: str) -> str:
    return line if line.isprintable() else "".join(map(_escaped, line))


def _escaped(character: str) -> str:
    if printable(character) == character:
        return character
    pairs = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[n]:02x}{pairs[n + 1]:02x}" for n in range(0, len(pairs), 2))
