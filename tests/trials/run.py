"""The runs of a trial: the real command, in its own process and folder, against the newsroom.

They measure the site's access log, the time, and the memory of the process.
"""

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import starting
from crawl.command import Command, Run
from newsroom import truth
from newsroom.faults import Faulty
from newsroom.server import HOST, Hit, Server
from newsroom.site import Site

from .trial import Night, Trial, World

#: Settings of a crawl without delays that gives up early; a row may add its own.
SETTINGS: dict[str, object] = {
    "OSCE_CONTACTS": 1,
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_TIMEOUT": 2,
    "RETRY_TIMES": 1,
}
#: The output of an earlier run.
OLD = b'{"id":"1-en","title":"published before"}\n'
#: To a crawl, another machine that listens on the newsroom's port.
STRANGER = "127.0.0.2"
_TAKEN = ("shutting down gracefully", "forcing unclean shutdown")
_GLANCE = 0.01


@dataclass(frozen=True)
class Ran:
    """The process of a run.

    :ivar memory: its peak memory in bytes.
    :ivar hung: whether it had to be killed.
    """

    run: Run
    seconds: float
    memory: int
    hung: bool


@dataclass(frozen=True)
class Outcome:
    """The result of a run, and the requests that the site received.

    :ivar old: the published file before the run; ``truth``: the newsroom's items after it.
    :ivar strayed: whether the run visited a host that is not allowed.
    :ivar struck: how often each fault occurred.
    """

    ran: Ran
    old: bytes
    truth: Sequence[dict[str, Any]]
    hits: Sequence[Hit]
    most_at_once: int
    strayed: bool
    struck: Sequence[int]


def run_nights(trial: Trial, folder: Path) -> Iterator[tuple[Night, Outcome]]:
    """Run the nights of a trial in `folder`, one after the other.

    The stranger accepts no connections: those of clients stay pending and are found afterwards.
    """
    command = Command(folder)
    command.feed.write_bytes(OLD)
    with _bound() as kept:  # later servers use its port, since a newsroom keeps its address
        port = kept.getsockname()[1]
        site = Site(f"http://{HOST}:{port}", trial.items, trial.seed, delay=trial.crawl_delay)
        for night in trial.nights:
            site.clock.advance(timedelta(days=night.days))
            if night.before is not None:
                night.before(World(folder, site))
            yield night, _night(trial, night, command, site, port)


def _night(trial: Trial, night: Night, command: Command, site: Site, port: int) -> Outcome:
    faulty = Faulty(site, night.faults, trial.seed)
    server: Server | None = None
    with contextlib.ExitStack() as stack:
        stranger = stack.enter_context(socket.create_server((STRANGER, port)))
        if not night.closed:
            server = stack.enter_context(Server(port))
            server.answer = faulty.answer
        old = command.feed.read_bytes()
        ran = _run(trial, night, command, site, server.hits if server else [])
        return Outcome(
            ran=ran,
            old=old,
            truth=list(truth.items(site.facts.items, site.base)),
            hits=list(server.hits) if server else [],
            most_at_once=server.most_at_once if server else 0,
            strayed=bool(select.select([stranger], [], [], 0)[0]),
            struck=[found.total() for found in faulty.struck],
        )


def _bound() -> socket.socket:
    """Return a socket that reserves a port and never answers; a server may share the port."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((HOST, 0))
    return bound


def _run(trial: Trial, night: Night, command: Command, site: Site, hits: Sequence[Hit]) -> Ran:
    today = {"OSCE_BASE_URL": site.base, "OSCE_NOW": f"{site.clock.now:%Y-%m-%d}T23:00:00Z"}
    settings = {**today, **SETTINGS, **night.settings}
    words = command.words("newsroom", "-O", command.feed.name, *night.words, **settings)
    log = command.folder / "stderr"
    started = time.monotonic()
    with log.open("wb") as err:
        process = starting.start(
            *words,
            cwd=command.folder,
            env=command.environ,
            stdout=err,
            stderr=err,
            limits=night.limits,
        )
    ended = _ends(process.pid, trial.seconds, _signals(night, hits, log))
    return Ran(
        run=Run(process.wait(), b"", log.read_text("utf-8", "replace"), command.folder),
        seconds=time.monotonic() - started,
        memory=process.memory,
        hung=not ended,
    )


def _ends(pid: int, seconds: float, signals: Iterator[signal.Signals | None]) -> bool:
    """Wait until a process ends, sending its signals; kill it after `seconds`.

    Return whether it ended by itself. It is not reaped, so its id is not reused.
    """
    last = time.monotonic() + seconds
    ends = os.pidfd_open(pid)
    try:
        while not select.select([ends], [], [], _GLANCE)[0]:
            if time.monotonic() > last:
                os.kill(pid, signal.SIGKILL)
                return False
            due = next(signals, None)
            if due is not None:
                os.kill(pid, due)
    finally:
        os.close(ends)
    return True


def _signals(night: Night, hits: Sequence[Hit], log: Path) -> Iterator[signal.Signals | None]:
    """Yield the next signal when it is due, None while it is not."""
    for number, due in enumerate(night.signals):
        while not (_TAKEN[number - 1] in log.read_text() if number else len(hits) >= night.after):
            yield None
        yield due
