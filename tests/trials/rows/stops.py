"""Runs that are stopped, and a site that is not there."""

import signal
from functools import partial
from pathlib import Path

from crawl.command import Command
from crawl.many import LastIsRetried, outcomes
from newsroom.faults import Fault, Where
from newsroom.kinds import timeout

from trials.trial import Night, OldFile, Scripted, Trial

#: Pages that never come, so that the run is still there when the signals are sent.
_HELD = (Fault(timeout(), Where("items", after=5)),)


def _stopped(name: str, about: str, *signals: signal.Signals) -> Trial:
    return Trial(
        name=name,
        about=about,
        night=Night(
            status=5,
            feed=OldFile(),
            faults=_HELD,
            settings={"DOWNLOAD_TIMEOUT": 3},
            says=("Status     5",),
            signals=signals,
            after=9,
        ),
    )


def _drained(status: int, folder: Path) -> list[str]:
    found = outcomes(Command(folder), LastIsRetried(status), 100)
    return [f"run {number}: {one}" for number, one in enumerate(found, start=1) if one != "0"]


ROWS = (
    *(
        Scripted(
            name=f"last-is-a-retry-{status}",
            about=f"100 runs whose last outstanding answer is a retry after two {status}",
            must="status 0 each time",
            problems=partial(_drained, status),
        )
        for status in (503, 429)
    ),
    _stopped("sighup", "SIGHUP while pages arrive", signal.SIGHUP),
    _stopped("sigint", "SIGINT while pages arrive", signal.SIGINT),
    _stopped("sigint-twice", "SIGINT twice", signal.SIGINT, signal.SIGINT),
    _stopped("sigterm", "SIGTERM while pages arrive", signal.SIGTERM),
    _stopped("sigterm-twice", "SIGTERM twice", signal.SIGTERM, signal.SIGTERM),
    Trial(
        name="sigkill",
        about="SIGKILL while pages arrive",
        night=Night(
            status=-signal.SIGKILL,
            feed=OldFile(),
            faults=_HELD,
            signals=(signal.SIGKILL,),
            after=9,
        ),
    ),
    Trial(
        name="site-down",
        about="the connection is refused",
        night=Night(
            status=4,
            feed=OldFile(),
            says=("robots.txt could not be fetched", "Status     4"),
            closed=True,
        ),
    ),
)
