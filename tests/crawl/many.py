"""A site whose last answer is a retry, crawled many times in one process."""

from itertools import cycle
from pathlib import Path

from crawl.command import Command
from crawl.site import Newsroom, release, releases
from server import Page
from starting import start

CRAWLS = Path(__file__).with_name("many_crawls.py")


class LastIsRetried(Newsroom):
    """In each crawl, the last release's page is answered with two errors before it is served."""

    def __init__(self, status: int) -> None:
        super().__init__(releases(3))
        last = self.facts[-1]
        refusal = Page(b"<html><body>Busy</body></html>", status)
        answers = cycle([refusal, refusal, release(last)])
        self.pages[last.at] = lambda _hit: next(answers)


def outcomes(command: Command, newsroom: Newsroom, count: int) -> list[str]:
    """Return the results of this many crawls of a newsroom: the status, and reasons if any."""
    with newsroom as site:
        settings = {**site.settings, "RETRY_TIMES": 2, "LOG_LEVEL": "CRITICAL"}
        words = (count, *(f"{name}={value}" for name, value in settings.items()))
        process = start(*words, program=CRAWLS, cwd=command.folder, env=command.environ)
        out, err = process.communicate(timeout=300)
    lines = out.decode().splitlines()
    if len(lines) != count:
        raise AssertionError(err.decode())
    return lines
