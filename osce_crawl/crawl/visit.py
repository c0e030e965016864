"""A visit: an entry whose page will be requested, and what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from osce_crawl.normalise.web import split_address
from osce_crawl.store.fetched import Entry, Key
from osce_crawl.store.known import Known


@dataclass(frozen=True)
class Visit:
    """An entry whose page will be requested.

    :ivar moment: when its listing page was received.
    :ivar source: the name of the source that shows it in this run; None if it is only known from
        earlier runs or was named by the operator.
    :ivar known: what the store knows about it.
    :ivar absent: no listing shows it any more, although the listings were seen in full where it
        would be. If its page is gone as well, it is removed.
    :ivar at: the item's own address, if its host differs from the entry's. It is requested first,
        because it redirects if the item has moved.
    :ivar gone_from: that address, once the site has answered that there is no such page.
    """

    entry: Entry
    moment: datetime
    source: str | None = None
    absent: bool = False
    known: Known | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    at: str | None = None
    gone_from: str | None = None

    @property
    def url(self) -> str:
        """The address to request."""
        return self.at or str(self.entry["url"])

    def elsewhere(self, *, gone: bool) -> "Visit | None":
        """Return the visit to the entry's own address after the item's has failed, or None.

        :param gone: the site answered that there is no such page.
        """
        if self.at is None:
            return None
        return replace(self, at=None, gone_from=self.at if gone else None, headers={})

    @property
    def listed(self) -> bool:
        """Whether a source shows it in this run."""
        return self.source is not None

    @property
    def named(self) -> bool:
        """Whether a source only names its address, which may be any page."""
        return self.listed and "title" not in self.entry

    @property
    def retried(self) -> bool:
        """Whether an earlier run could not read its page and published a stub of it."""
        known = self.known
        return known is not None and known.item_id is not None and not known.complete

    @property
    def key(self) -> Key:
        """The key of its entry."""
        return self.entry["node"], self.entry["language"]

    @property
    def host(self) -> str:
        """The host that is requested first; it may redirect to another."""
        return split_address(self.entry["url"]).hostname or ""
