"""The entries of a sitemap that are not releases: their page or their address shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from random import Random

from . import chrome
from .datelines import printed_date
from .tables import fields, units

_FIRST_NODE = 300_000
#: Of five addresses, this many differ from a release's only in their page.
_PAGES = 3
#: Kinds as such pages print them, with their labels for date and author.
_KINDS = (
    ("General event", "Date", "Organized by"),
    ("Conference / meeting", "Date", "Organized by"),
    ("Factsheet", "Published on", "Publisher"),
    ("Guide / manual / handbook", "Published on", "Publisher"),
    ("Study / report", "Published on", "Publisher"),
    ("Annual report", "Published on", "Publisher"),
)


@dataclass(frozen=True, slots=True)
class Other:
    """An address that is not a release's.

    :ivar host: its host; ``path``: its path, possibly with a query.
    :ivar kind: kind of its page; None if the address alone shows it.
    """

    host: str
    path: str
    day: date
    kind: int | None = None


def draw_others(count: int, seed: int, now: date, hosts: dict[str, str], www: str) -> list[Other]:
    """Return this many addresses; the same for the same arguments.

    :param hosts: path of a unit with its own host → that host.
    """
    return list(_others(count, Random(seed + 13), now, hosts, www))


def _others(
    count: int, random: Random, now: date, hosts: dict[str, str], www: str
) -> Iterator[Other]:
    folders = [unit.path for unit in units()]
    topics = [one.id for one in fields()]
    for number in range(count):
        node = _FIRST_NODE + number
        folder, topic = random.choice(folders), random.choice(topics)
        day = now - timedelta(days=random.randint(0, 9000))
        host = hosts.get(folder, www)
        if number % 5 < _PAGES:
            path = random.choice((f"/{folder}/{node}", f"/node/{node}", f"/{topic}-day/{node}"))
            yield Other(host, path, day, number % len(_KINDS))
            continue
        path = random.choice(
            (
                f"/taxonomy/term/{node}/feed",
                f"/what-we-do/{topic}/part-{number}",
                f"/sites/default/files/f/documents/{number % 10}/a/{node}.pdf",
                f"/{folder}/{node}?download=true",
                f"/{folder}/{topic}-{number}",
                f"/search?page={number}",
                f"/press-releases/{topic}?page={number}",
            )
        )
        yield Other(host, path, day)


def page(one: Other) -> str:
    """Return the page of an address that is not a release's; a small one, since there are many."""
    kind, label, made = _KINDS[one.kind or 0]
    unit = units()[int(one.day.toordinal()) % len(units())]
    title = f"{kind} on shared archives"
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8" /><title>{title} | OSCE</title></head>
<body class="path-node">
<header class="site-header"><a href="/" class="site-logo">OSCE</a></header>
<main id="main-content"><div class="page__inner">
<p class="kind">{kind}</p>
<h1>{title}</h1>
<div class="info">
<p class="info__item"><span class="info__label">{label}:</span>
<span class="info__value">{printed_date(one.day, "en")}</span></p>
<p class="info__item"><span class="info__label">{made}:</span>
<span class="info__value">{escape(unit.label)}</span></p></div>
<div class="body body-section is-text text--default">
<p>Those who would like a copy can ask at the desk.</p></div>
</div></main>
{chrome.footer()}
</body></html>
"""
