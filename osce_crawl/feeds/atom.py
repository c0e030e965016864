"""The newest releases as an Atom feed (RFC 4287); the site itself has none.

The file does not state when or by whom it was written, so it changes only if an entry does.
"""

import re
from collections.abc import Iterable, Mapping
from typing import IO, Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from osce_crawl.feeds.row import Row
from osce_crawl.feeds.row_exporter import RowExporter

#: The number of entries in a feed: the first rows of a run, which come newest first.
ENTRIES = 50
#: Ids are tag URIs (RFC 4151), which stay the same when addresses change.
TAG = "tag:osce-crawl.github.io,2026:"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_SITE = "https://www.osce.org/"
#: The time of a feed without entries, which must have one.
_NEVER = "1970-01-01T00:00:00Z"
_RIGHTS = "Texts belong to the OSCE: https://www.osce.org/copyright"
#: Characters that XML 1.0 does not allow.
_FOREIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPH_END = "\n\n"


class AtomExporter(RowExporter):
    """Write the first 50 items as an Atom feed: UTF-8, one entry per line.

    An entry keeps its id; its `updated` is the time of the item's last change.

    :param asked: the filters of the feed by name, a part of its id.
    :param title: the feed's title.
    """

    def __init__(
        self,
        file: IO[bytes],
        *,
        asked: Mapping[str, str] | None = None,
        title: str = "OSCE newsroom",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.fields_to_export = None  # an entry needs its keys, whatever FEED_EXPORT_FIELDS says
        self._file = file
        self._title = title
        query = "&".join(f"{name}={value}" for name, value in sorted((asked or {}).items()))
        self._id = f"{TAG}newsroom{'?' if query else ''}{query}"
        self._items: list[Mapping[str, Any]] = []

    @property
    def rows(self) -> int:
        """The number of entries."""
        return len(self._items)

    def write(self, row: Mapping[str, Any]) -> None:
        """Keep an item, if it is one of the first."""
        if self.rows < ENTRIES:
            self._items.append(row)

    def write_row(self, row: Row) -> None:
        """Keep a row, if it is one of the first."""
        if self.rows < ENTRIES:
            super().write_row(row)

    def end(self) -> None:
        """Write the feed."""
        xml = _Writer(self._file)
        xml.startDocument()
        xml.begin("feed", xmlns=_NAMESPACE)
        xml.text("id", self._id)
        xml.text("title", self._title)
        xml.text("updated", max((str(one["changed_at"]) for one in self._items), default=_NEVER))
        xml.empty("link", rel="alternate", type="text/html", href=_SITE)
        xml.people(["OSCE"])
        xml.text("rights", _RIGHTS)
        xml.text("generator", "osce_crawl")
        for item in self._items:
            xml.line()
            _entry(xml, item)
        xml.line()
        xml.endElement("feed")
        xml.line()


class _Writer(XMLGenerator):
    """Writes elements, without characters that XML does not allow."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, encoding="utf-8", short_empty_elements=True)

    def begin(self, name: str, **attributes: str) -> None:
        cleaned = {key: _clean(value) for key, value in attributes.items()}
        self.startElement(name, AttributesImpl(cleaned))

    def text(self, name: str, text: str, **attributes: str) -> None:
        self.begin(name, **attributes)
        self.characters(_clean(text))
        self.endElement(name)

    def empty(self, name: str, **attributes: str) -> None:
        self.begin(name, **attributes)
        self.endElement(name)

    def people(self, names: Iterable[str]) -> None:
        for name in names:
            self.begin("author")
            self.text("name", name)
            self.endElement("author")

    def line(self) -> None:
        self.characters("\n")


def _entry(xml: _Writer, item: Mapping[str, Any]) -> None:
    xml.begin("entry", **{"xml:lang": item["language"]})
    xml.text("id", f"{TAG}item/{item['id']}")
    xml.text("title", item["title"] or item["url"])
    xml.text("updated", item["changed_at"])
    if item["published"]:
        xml.text("published", f"{item['published']}T00:00:00Z")
    xml.empty(
        "link", rel="alternate", type="text/html", hreflang=item["language"], href=item["url"]
    )
    xml.people(dict.fromkeys(one["label"] or one["raw"] for one in item["sources"]))
    for scheme, term, label in _categories(item):
        xml.empty("category", term=term, scheme=f"{TAG}{scheme}", label=label)
    if summary := item["summary"] or _opening(item["body"]):
        xml.text("summary", summary)
    if item["body_html"]:
        xml.text("content", item["body_html"], type="html")
    xml.endElement("entry")


def _categories(item: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Yield the categories of an item: scheme, id, label."""
    kind = item["content_type"]
    if kind:
        yield "content_type", kind, item["content_type_raw"] or kind
    for name, key in (("unit", "sources"), ("field", "fields_of_work")):
        for one in item[key]:
            yield name, one["id"] or one["raw"], one["label"] or one["raw"]
    for code in dict.fromkeys(one["code"] for one in item["countries"]):
        yield "country", code, code
    if item["removed_at"]:
        yield "removed", "removed", f"gone from the site since {item['removed_at']}"


def _opening(body: str | None) -> str:
    """Return the first paragraph of a text."""
    return (body or "").partition(_PARAGRAPH_END)[0]


def _clean(text: str) -> str:
    return _FOREIGN.sub("\ufffd", text)
