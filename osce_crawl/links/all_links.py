"""All links of a snapshot, in one pass over its rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from osce_crawl.links.citations import Citations
from osce_crawl.links.copies import Copies
from osce_crawl.links.link import Link, Release
from osce_crawl.links.translations import Translations


def links(
    rows: Iterable[Mapping[str, Any]], aliases: Mapping[str, str] | None = None
) -> Iterator[Link]:
    """Yield the links of a snapshot, sorted; the order of the rows makes no difference.

    :param rows: items, read once; their texts are not kept.
    :param aliases: clean address → id of the item it leads to, see `osce_crawl.store.aliases`.
    """
    translations, copies, citations = Translations(), Copies(), Citations(aliases or {})
    for row in rows:
        release = Release(row["id"], row["node"], row["language"], row["published"])
        translations.add(release, row)
        copies.add(release, row)
        citations.add(release, row)
    found = [*translations.links(), *copies.links(), *citations.links()]
    yield from sorted(found, key=lambda link: (link.from_, link.to, link.relation))
