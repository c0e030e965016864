"""Items, entries and whole runs for tests of the store, without pages or an engine."""

from datetime import UTC, datetime, timedelta

from osce_crawl.extraction import stub
from osce_crawl.items import content_hash
from osce_crawl.options import Arguments
from osce_crawl.store import Store
from osce_crawl.store.commit import commit
from osce_crawl.store.fetched import Answer

ORIGIN = "https://www.osce.org"
FIRST = datetime(2026, 11, 1, 3, tzinfo=UTC)
ALL = Arguments()


def at(day):
    """Return the time of the run on a day of November 2026."""
    return FIRST + timedelta(days=day - 1)


def entry(node, published="2026-10-01", language="en", *, url=None, **keys):
    """Return a listing entry; a language other than English is in its address."""
    prefix = "" if language == "en" else f"/{language}"
    return {
        "url": url or f"{ORIGIN}{prefix}/secretariat/{node}",
        "node": str(node),
        "language": language,
        "title": f"Title of {node}",
        "published": published,
        "published_raw": published,
        "content_type": "press-release",
        "content_type_raw": "Press release",
        "sources": [],
        "fields_of_work": [],
        "locations": [],
        "collections": [],
        "summary": "A teaser.",
        **keys,
    }


def address(node, language="en"):
    """Return what an address alone says about an item."""
    one = entry(node, language=language)
    return {name: one[name] for name in ("url", "node", "language")}


def listed(item, day=1):
    """Return the stub of an entry."""
    return {**stub(item), "fetched_at": f"{at(day):%Y-%m-%dT%H:%M:%SZ}"}


def read(one, day=1, *, extractor=None, **keys):
    """Return the item read from the page of an entry."""
    item = {**listed(one, day), "complete": True, "body": "The text.", **keys}
    item["content_hash"] = content_hash(item, {"title": item["title"]})
    if extractor:
        item["provenance"] = {**item["provenance"], "extractor": extractor}
    return item


def page(item, **more):
    """Return the answer of an entry's own page."""
    return Answer("item", item["id"], item, rank=2, **more)


class Night:
    """A run: it sees entries, gets answers, and is published."""

    def __init__(self, store: Store, day=1):
        self.store = store
        self.now = at(day)
        self.day = day
        self.id = store.begin({}, self.now)

    def see(self, one, answer=None, *, listed=True, failed=False):
        """See an entry, with the answer to the request for its page."""
        known = self.store.known(one)
        source = "a listing" if listed else None
        self.store.see(one, known.item_id if known else None, source=source)
        key = (one["node"], one["language"])
        if failed:
            self.store.fail(key)
        if answer is not None:
            self.store.keep(key, answer, self.now)
        return self

    def read(self, one, etag=None, **keys):
        """See an entry and read its page."""
        return self.see(one, page(read(one, self.day, **keys), etag=etag))

    def gone(self, one):
        """Request an unlisted item, which is not found."""
        answer = Answer("removed", f"{one['node']}-{one['language']}", rank=-1)
        return self.see(one, answer, listed=False)

    def plan(self, arguments=ALL):
        """Return the rows of the snapshot."""
        self.store.work_out_changes()
        return [row.item for row, _ in self.store.rows(arguments)]

    def publish(self, proven=(), *, full=False, sources=()):
        """Commit with these spans of a listing; return the rows of the snapshot."""
        rows = self.plan()
        spans = {"a listing": proven}
        commit(self.store.db, self.id, self.now, spans, full=full, sources=sources)
        return rows


def changes(store):
    """Return the changes so far, as kind and id."""
    query = "SELECT json_extract(line, '$.change'), json_extract(line, '$.id') FROM change"
    return store.db.execute(f"{query} ORDER BY seq").fetchall()


def dump(store):
    """Return the whole contents of the store."""
    return list(store.db.iterdump())
