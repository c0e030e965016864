"""Chooses which of the sources found by a survey to walk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from osce_crawl.normalise.web import split_address
from osce_crawl.survey.finds import Find

#: A listing with labels says most about a page before it is requested, a feed least.
_KINDS = ("pager", "cards", "sitemap", "typesense", "feed")


@dataclass(frozen=True)
class Choice:
    """The sources to walk, the best first, as ``OSCE_SOURCES`` takes them.

    :ivar whole: whether together they can prove which releases exist.
    :ivar why: why the newsroom's usual listing was not chosen.
    :ivar firm: no source was rejected that may work on another day.
    """

    sources: tuple[str, ...]
    whole: bool
    why: str = ""
    firm: bool = True

    @property
    def line(self) -> str:
        """The setting."""
        return f"OSCE_SOURCES={','.join(self.sources)}"


def choose(finds: Sequence[Find], base_url: str, why: str = "") -> Choice:
    """Return the sources to walk: all that can be walked, except those that another contains."""
    found = sorted((find for find in finds if find.walkable), key=_order)
    for find in reversed(found[:]):
        others = [other for other in found if other is not find]
        if any(contains(other, find) for other in others) or _spread(find, others):
            found.remove(find)
    return Choice(
        tuple(f"{find.kind}={_named(find.url, base_url)}" for find in found),
        whole=any(find.proves == "whole" for find in found),
        why=why,
        firm=not any(find.brief for find in finds),
    )


def contains(one: Find, other: Find) -> bool:
    """Return whether a source lists everything that another does, as far as both were read.

    If a listing continues beyond what was read, only the other's entries of the same days are
    compared. A source that names all pages of a site names much besides releases: the newsroom's
    usual listing, if it continues, is assumed to have all of its releases unless a sampled page
    shows otherwise. No other listing is.
    """
    if one.proves == "recent" and other.proves == "whole":
        return False
    goes_on = one.kind in {"pager", "cards"} and one.more
    oldest = one.oldest if goes_on else None
    if other.names_all and one.usual and goes_on:
        days = other.sampled_days
        return set(one.entries).issuperset(_not_older(days, days, oldest))
    if other.names_all and (goes_on or other.more):
        return False
    nodes = _not_older(other.entries, other.days, oldest)
    return bool(nodes) and nodes <= set(one.entries)


def _not_older(
    nodes: Iterable[str], days: Mapping[str, str | None], oldest: str | None
) -> set[str]:
    """Return the nodes that are not older than a day, including those of unknown date."""
    return {node for node in nodes if oldest is None or (days.get(node) or oldest) >= oldest}


def _spread(find: Find, others: Sequence[Find]) -> bool:
    """Return whether other sources together list all that this one does.

    False if it continues beyond what was read.
    """
    if find.proves == "whole" and find.more:
        return False
    listed = {node for other in others if other.proves == "whole" for node in other.entries}
    return listed.issuperset(find.entries)


def _order(find: Find) -> tuple[bool, bool, int, int]:
    return (
        find.proves != "whole",
        not find.releases,
        _KINDS.index(str(find.kind)) if find.kind in _KINDS else len(_KINDS),
        -find.number,
    )


def _named(url: str, base_url: str) -> str:
    """Return an address as the setting takes it: relative on the base's host, commas encoded."""
    parts, base = split_address(url), split_address(base_url)
    if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
        url = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return url.replace(",", "%2C")
