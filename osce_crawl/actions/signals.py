"""The signals that end a run, from its start."""

import signal
import sys
from functools import partial
from types import FrameType
from typing import NoReturn

from osce_crawl.actions.messages import say
from osce_crawl.verdict import Status


def end_on_signals(said: str = "stopped before the first request") -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the process with status 5 until Scrapy takes them over.

    Scrapy does so for the first two when its reactor runs. SIGHUP, sent when a terminal is closed,
    always counts as SIGTERM, unless it is ignored (nohup).

    :param said: the message for standard error.
    """
    end = partial(_end, said)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _terminate)


def ignore_signals() -> None:
    """Ignore all further signals, so that they cannot change the exit status either.

    Otherwise Python restores their default effect while it exits.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _end(said: str, _number: int, _frame: FrameType | None) -> NoReturn:
    ignore_signals()
    say(said)
    sys.exit(int(Status.STOPPED))


def _terminate(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)
