"""A source is one class: it registers itself, and a crawl walks it."""

from crawl.site import Newsroom, releases

#: A module of another project: a listing that is read as cards are, under a word of its own.
OWN = """
from osce_crawl.sources import listing_source
from osce_crawl.sources.cards import CardsSource
from osce_crawl.spiders.newsroom import NewsroomSpider


@listing_source("archive")
class ArchiveSource(CardsSource):
    def __init__(self, address):
        super().__init__(address)
        self.name = f"archive {address}"


class Spider(NewsroomSpider):
    pass
"""


def test_registered_source_is_walked(command):
    (command.folder / "mine.py").write_text(OWN)
    with Newsroom(releases(6), rows=3) as site:
        settings = {**site.settings, "OSCE_SOURCES": "archive=/press-releases"}
        result = command.run(SPIDER_MODULES="mine", **settings)

    assert (result.status, len(result.ids)) == (0, 6), result.err
    assert any("archive" in name for name in result.stats if name.startswith("osce/walk/"))
