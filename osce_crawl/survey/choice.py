"""Which of the sources that a survey has found are to be walked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from osce_crawl.normalise.web import split_address
from osce_crawl.survey.finds import Find

#: A listing with labels tells most before a page is asked for, a feed the least.
_KINDS = ("pager", "cards", "sitemap", "typesense", "feed")


@dataclass(frozen=True)
class Choice:
    """The sources to be walked, the best first, as ``OSCE_SOURCES`` takes them.

    :ivar whole: whether together they can prove what there is.
    :ivar why: why it is not the newsroom's usual listing.
    :ivar firm: nothing was passed over that may be well another day.
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
    """Return the sources to be walked: all that can be, without those that another contains."""
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
    """Return whether a source lists all that another one does, as far as both were read.

    Of a listing that goes on, only what the other one has of the same days can be compared. What
    names all pages of a site names much else: the newsroom's usual listing, where it goes on, is
    believed to have its releases unless a sampled one shows otherwise, and no other listing is.
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
    """Return nodes that are not older than a day, those of an unknown day among them."""
    return {node for node in nodes if oldest is None or (days.get(node) or oldest) >= oldest}


def _spread(find: Find, others: Sequence[Find]) -> bool:
    """Return whether all that a source lists is spread over others; not of one that goes on."""
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
    """Return an address as the setting takes it: short on the base's host, commas encoded."""
    parts, base = split_address(url), split_address(base_url)
    if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
        url = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return url.replace(",", "%2C")
