"""The base of spiders that publish nothing: they request as a crawl does, and open no store."""

from scrapy import Spider
from scrapy.settings import BaseSettings

from osce_crawl.downloader.hosts import allowed_domains
from osce_crawl.downloader.replay import set_up_replay
from osce_crawl.options import Options
from osce_crawl.options.switched_off import leave_out_switched_off

#: Switches off the extensions of a publishing run.
EXTENSIONS = {
    "osce_crawl.reports.printable_log.PrintableLog": 0,
    "osce_crawl.downloader.recording.Recording": 400,
}


class UnpublishedSpider(Spider):
    """Stays on the hosts of the site."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Ignore all feeds; leave out what is switched off, and delays and sockets in a replay."""
        super().update_settings(settings)
        leave_out_switched_off(settings)
        settings.set("FEEDS", {}, priority="cmdline")
        settings.set("EXTENSIONS", EXTENSIONS, priority="cmdline")
        set_up_replay(settings)

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.allowed_domains = allowed_domains(options.base_url)
