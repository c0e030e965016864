"""Keeps commands running when the console or the log cannot be written to.

The reader of a pipe may exit, the disk may be full, or a stream may be closed from the start. Only
the output is lost.
"""

import io
import logging
import os
import sys
from contextlib import suppress
from typing import TextIO

from scrapy.settings import BaseSettings
from scrapy.utils.log import TopLevelFormatter


class Sink(io.FileIO):
    """A file whose writes never fail.

    :ivar error: the first error, after which output was lost.
    """

    error: OSError | None = None

    def write(self, data: object, /) -> int:
        """Write as much as possible; report all of it as written."""
        size = memoryview(data).nbytes  # type: ignore[arg-type]
        try:
            super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            self.error = self.error or error
        return size


def secure_console(*, output: bool = False) -> None:
    """Make standard error ignore write errors, and open closed standard streams on the null device.

    Otherwise, the next file to be opened would get a closed stream's number, and with it the output
    meant for the console.

    :param output: replace a missing ``sys.stdout`` as well, for a command that writes to it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    encoding = sys.stderr.encoding if sys.stderr else "utf-8"
    sys.stderr = _text(Sink(2, "wb", closefd=False), encoding, line_buffering=True)
    if output and sys.stdout is None:
        sys.stdout = _text(Sink(1, "wb", closefd=False), "utf-8")


def close_output() -> bool:
    """Flush standard output; return whether that succeeded.

    A flush that fails when the interpreter exits would change the exit status.
    """
    if sys.stdout is None:
        return True
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return False
    return True


def start_log(settings: BaseSettings) -> Sink | None:
    """Install a log handler according to Scrapy's settings; return the log file, if there is one.

    It replaces Scrapy's own handler, which raises an error when it closes its file on a full disk.

    :raises OSError, LookupError, ValueError: when LOG_FILE cannot be opened.
    """
    if not settings.getbool("LOG_INSTALL_ROOT_HANDLER"):
        return None
    sink = None
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    handler: logging.Handler
    if name := settings["LOG_FILE"]:
        mode = "ab" if settings.getbool("LOG_FILE_APPEND") else "wb"
        sink = Sink(name, mode)
        handler = logging.StreamHandler(_text(sink, settings["LOG_ENCODING"]))
    elif settings.getbool("LOG_ENABLED"):
        handler = logging.StreamHandler()
    else:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    handler.setLevel(settings["LOG_LEVEL"])
    if settings.getbool("LOG_SHORT_NAMES"):
        handler.addFilter(TopLevelFormatter(["scrapy"]))
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)
    return sink


def _text(sink: Sink, encoding: str, *, line_buffering: bool = False) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(sink), encoding, "backslashreplace", line_buffering=line_buffering
    )
