"""The signals that end a run, from its start."""

import signal
import sys
from functools import partial
from types import FrameType
from typing import NoReturn

from osce_crawl.verdict import Status
from osce_crawl.work.saying import say


def end_on_signals(said: str = "stopped before the first request") -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the process with status 5 until Scrapy takes them over.

    Scrapy does so for the first two when its reactor runs; SIGHUP, which a terminal sends that is
    closed, stands for SIGTERM all the time, unless it is ignored (nohup).

    :param said: what is written on standard error then.
    """
    end = partial(_end, said)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _terminate)


def ignore_signals() -> None:
    """Let a further signal change nothing any more, not the exit status either.

    Python gives signals their usual effect back while it ends, which would be one of theirs.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _end(said: str, _number: int, _frame: FrameType | None) -> NoReturn:
    ignore_signals()
    say(said)
    sys.exit(int(Status.STOPPED))


def _terminate(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)
