"""The walk through files that name others: sitemaps, or a single feed.

Each file is read once, because unlike pages of a listing it does not shift while it is read.
Several requests may be under way. The entries are returned at the end, the newest of all files
first, so that a long first run that is stopped has the newest releases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.walk import Entry, Key, Walk, day_of

#: Levels below the first file. A robots.txt names an index, which may not name another index
#: (sitemaps.org); one more level is tolerated.
DEEPEST = 3


@dataclass
class TreeWalk(Walk):
    """The walk of one source of files."""

    _depths: dict[str, int] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _keys: set[Key] = field(default_factory=set)
    _found: list[Entry] = field(default_factory=list)

    def begin(self, first: Sequence[str]) -> list[str]:
        """Return the source's first files."""
        return self._ask(first, 0)

    def take(self, page: ListingPage) -> tuple[list[Entry], list[str]]:
        """Take a file; return the files that it names, and after the last file all entries."""
        self._waiting.discard(page.url)
        self.pages.append(page.url)
        if page.fault is not None:
            self.incomplete.append(f"{page.url}: {page.fault}")
        for entry in page.entries:
            key = (entry["node"], entry["language"])
            if key not in self._keys:
                self._keys.add(key)
                self._found.append(entry)
        self.listed = len(self._keys)
        if self.listed > self.terms.most_entries:
            return self._give_up(f"{page.url} brings it to {self.listed} entries")
        asked = self._ask(page.more, self._depths.get(page.url, 0) + 1)
        if len(self._depths) > self.terms.most_pages:
            return self._give_up(f"{page.url} brings it to {len(self._depths)} files")
        return self._ended(), asked

    def fail(
        self, url: str, why: str, *, gone: bool = False, silent: bool = False
    ) -> tuple[list[Entry], list[str]]:
        """Record that a file could not be fetched or read; the others still count."""
        del gone, silent  # a file that another file names must exist
        self._waiting.discard(url)
        self.incomplete.append(f"{url}: {why}")
        return self._ended(), []

    def _ask(self, addresses: Sequence[str], depth: int) -> list[str]:
        """Return the addresses not requested yet, so that the walk cannot go in circles."""
        new = [one for one in dict.fromkeys(addresses) if one not in self._depths]
        if new and depth > DEEPEST:
            self.incomplete.append(
                f"{new[0]} is nested deeper than {DEEPEST} files, and is not requested"
            )
            return []
        most = self.terms.arguments.max_pages
        if most is not None and len(self._depths) + len(new) > most:
            new = new[: most - len(self._depths)]
            self.stop = "max-pages"
        self._depths.update(dict.fromkeys(new, depth))
        self._waiting.update(new)
        return new

    def _give_up(self, why: str) -> tuple[list[Entry], list[str]]:
        self.endless = True
        self.incomplete.append(
            f"{why}: it seems to have no end (OSCE_MOST_PAGES, OSCE_MOST_ENTRIES)"
        )
        self.stop = "incomplete"
        return [], []

    def _ended(self) -> list[Entry]:
        """Return the entries, the newest first, once no request is under way."""
        if self._waiting or self.endless:
            return []
        sound = self.stop is None and not self.incomplete
        if sound and self.proves == "whole" and not self.listed:
            # the site may be rewriting it: as incomplete, it proves no known page missing
            self.incomplete.append("its files name no page that can be a release")
        if self.stop is None and self.incomplete:
            self.stop = "incomplete"
        elif self.stop is None:
            self.stop = "all-files" if self.proves == "whole" else "recent"
        found, self._found = self._found, []
        fresh = [entry for entry in found if self.terms.seen.add(entry) and self.in_reach(entry)]
        return sorted(fresh, key=_newness, reverse=True)


def _newness(entry: Entry) -> tuple[str, int]:
    """Return a sort key: the day, then the node, since node numbers mostly rise with time."""
    changed = entry.get("lastmod") or ""
    day = changed if day_of(changed) else entry.get("published") or ""
    return day, int(entry["node"]) if entry["node"].isdigit() else 0
