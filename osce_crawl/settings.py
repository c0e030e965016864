"""Scrapy's settings for this project: one reason for each that differs from Scrapy's default.

The defaults are those of a polite crawler; `-s NAME=VALUE` overrides them.
The project's own settings (`OSCE_*`) and their defaults are in `osce_crawl.options`.
"""

from osce_crawl.feeds.formats import exporters
from osce_crawl.options import environment

BOT_NAME = "osce_crawl"
SPIDER_MODULES = ["osce_crawl.spiders.newsroom"]
NEWSPIDER_MODULE = "osce_crawl.spiders"
COMMANDS_MODULE = "osce_crawl.commands"

# Who sends the requests, and where to complain.  # default "Scrapy/VERSION (+https://scrapy.org)"
USER_AGENT = "osce_crawl/0.1 (+https://github.com/osce-crawl/osce_crawl)"

# Politeness: robots.txt as in RFC 9309, with its Crawl-delay, one request at a time.
ROBOTSTXT_OBEY = True  # default False
CONCURRENT_REQUESTS = 32  # default 16: of all hosts together, one request at a time for each
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8
DOWNLOAD_DELAY = 1.0  # default 0
AUTOTHROTTLE_ENABLED = True  # default False: slower still when the site is slow
AUTOTHROTTLE_START_DELAY = 1.0  # default 5.0
AUTOTHROTTLE_MAX_DELAY = 60.0

# Safety: what a page or a proxy may do to this machine.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # default 1 GiB: no page of the newsroom comes near it
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024  # default 32 MiB
DOWNLOAD_TIMEOUT = 60  # default 180
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
URLLENGTH_LIMIT = 0  # default 2083: drops requests silently
REDIRECT_MAX_TIMES = 5  # default 20
RETRY_TIMES = 3  # default 2
TELNETCONSOLE_ENABLED = False  # default True: runs what is sent to it
COOKIES_ENABLED = False  # default True: the newsroom needs none
METAREFRESH_ENABLED = False  # default True: only pages that stand in a release's place use it
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    "Accept-Language": "en",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "osce_crawl.downloader.hosts.HostsMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "osce_crawl.downloader.robots.RobotsMiddleware": 100,
    "osce_crawl.downloader.retry_after.RetryAfterMiddleware": 560,  # nearer the site than retries
    "osce_crawl.downloader.truncation.TruncationMiddleware": 585,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "osce_crawl.downloader.compression.CompressionMiddleware": 590,
    "osce_crawl.downloader.stopping.StoppingMiddleware": 595,  # next to the downloader
    "osce_crawl.downloader.cookies.CookieWallMiddleware": 610,  # before redirects are followed
}
# A run that is asked to stop waits neither for a server nor for a name server; OSCE_ARCHIVE records
# the answers.
DOWNLOAD_HANDLERS = {
    "http": "osce_crawl.downloader.recording.RecordingDownloadHandler",
    "https": "osce_crawl.downloader.recording.RecordingDownloadHandler",
}
# supports IPv6, unlike Scrapy's default
TWISTED_DNS_RESOLVER = "osce_crawl.downloader.resolver.DaemonResolver"

# Hosts side by side, each at its own pace.
SCHEDULER_PRIORITY_QUEUE = "osce_crawl.downloader.queue.HostQueue"  # default: the hosts in turn
# Newest first, as in the listing, so that a stopped run has the newest releases.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # default LIFO
CONCURRENT_ITEMS = 1  # default 100: keeps the rows in order if a pipeline waits for something

# Items: checked, then written; files appear only if the run passes its checks.
ITEM_PIPELINES = {
    "osce_crawl.pipelines.contacts.ContactsPipeline": 100,
    "osce_crawl.pipelines.validate.ValidatePipeline": 200,
    "osce_crawl.pipelines.unique.UniquePipeline": 300,
}
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORE_EMPTY = True
FEED_STORAGES = {
    "": "osce_crawl.feeds.storage.PartFileStorage",
    "file": "osce_crawl.feeds.storage.PartFileStorage",
    "stdout": "osce_crawl.feeds.storage.StandardOutput",
}
FEED_EXPORTERS = exporters()
REMOTE_CONTROL_ENABLED = False  # default True: runs what is sent to it
EXTENSIONS = {
    "osce_crawl.reports.printable_log.PrintableLog": 0,
    "osce_crawl.downloader.recording.Recording": 400,
    "osce_crawl.feeds.publisher.Publisher": 500,
    "osce_crawl.reports.progress.Progress": 500,
    "scrapy.extensions.logstats.LogStats": None,  # its items are rows: none before the end
}

# mypy finds what this looks for, and it parses the callbacks again and again.
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True

# Log: the run's own lines and its errors.
LOG_LEVEL = "INFO"  # default DEBUG
LOGSTATS_INTERVAL = 60.0  # of the progress line

# OSCE_* environment variables are settings of the same names; -s overrides them.
globals().update(environment())
