"""The outcomes of a run: words, what to do next, shape and colours."""

from dataclasses import dataclass

_TICK, _BANG = "M6.5 12.5l3.5 3.5 7.5-8", "M12 7v6M12 16.4v.2"
_DISC = "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z"
_SQUARE = "M3 3h18v18H3z"
_GREEN, _RED = "#127a45", "#b3261e"


@dataclass(frozen=True)
class Outcome:
    """An outcome.

    :ivar words: its words in the summary, the data package and `scrapy runs`.
    :ivar title: its heading on the run's page; ``sentence``: the sentence below.
    :ivar following: what the operator should do next; "" for nothing.
    :ivar reread: the same for `scrapy reextract`, which makes no requests and keeps no partial
        results.
    :ivar shape: the icon as a path 24 units wide and high; ``sign``: the sign drawn on it.
    :ivar colour: colour of the icon in the browser's tab, which no style sheet can set.
    :ivar style: its style on a terminal.
    """

    words: str
    title: str = ""
    sentence: str = ""
    following: str = ""
    reread: str = ""
    shape: str = ""
    sign: str = ""
    colour: str = ""
    style: str = ""


#: By the verdict in a report or record.
OUTCOMES = {
    "published": Outcome(
        "published",
        title="Published",
        sentence="The feed is up to date.",
        shape=_DISC,
        sign=_TICK,
        colour=_GREEN,
        style="green",
    ),
    "warnings": Outcome(
        "published with warnings",
        title="Published with warnings",
        sentence="The feed is up to date, but check the findings below.",
        following="The file is published. Check the findings; the next run retries what failed.",
        reread="The file is published. Check the findings; what you fix is read again.",
        shape="M12 2L23 21H1z",
        sign="M12 9v6M12 18v.2",
        colour="#9a5b00",
        style="yellow",
    ),
    "withheld": Outcome(
        "withheld; the previously published file is still in place",
        title="Withheld",
        sentence="The previously published file is still in place.",
        following="If the site was down, run again later; what was fetched is kept.",
        reread="See whether the archive has what is missing (scrapy archive check), or name more"
        " files.",
        shape="M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z",
        sign=_BANG,
        colour=_RED,
        style="red",
    ),
    "accepted": Outcome(
        "withheld by the checks, then accepted and published by hand",
        title="Accepted by hand",
        sentence="The checks withheld this run; a person published it.",
        shape=_SQUARE,
        sign=_TICK,
        colour=_GREEN,
    ),
    "stopped": Outcome(
        "stopped before its end; nothing was published",
        title="Stopped",
        sentence="It was stopped before its end. Nothing was published.",
        following="Run the same command again: it continues with what was fetched.",
        reread="Run the same command again: it starts over.",
        shape=_SQUARE,
        sign="M9 8v8M15 8v8",
        colour="#46627f",
    ),
    "bug": Outcome(
        "an unexpected error; nothing was published",
        title="Failed",
        sentence="An unexpected error. Nothing was published.",
        following="See the traceback in the log and report it with the command you ran.",
        reread="See the traceback in the log and report it with the command you ran.",
        shape=_DISC,
        sign="M8 8l8 8M16 8l-8 8",
        colour=_RED,
        style="red",
    ),
    "running": Outcome("it is still running, or was killed a moment ago"),
    "killed": Outcome("killed before its end; nothing was published"),
}
