"""The meaning of the stats under ``osce/``. Their names are an interface: other programs read them.

Each stat is set where it is counted; a test compares the names with this list. A part in angle
brackets varies.
"""

STATS: dict[str, str] = {
    "osce/archive/error": "why recording stopped; the run then ends with status 3 instead of 0",
    "osce/archive/files": "the WARC files that hold the responses",
    "osce/archive/responses": "responses that were recorded in full",
    "osce/archive/revisits": "responses that were recorded as unchanged",
    "osce/changes/error": "why the change feed could not be written; the next run adds what is"
    " missing",
    "osce/committed": "whether the store remembers what was published",
    "osce/feeds": "the files of the feeds: path, rows, bytes, hash",
    "osce/field/<field>/disagree": "pages on which two ways of reading a field gave different"
    " values",
    "osce/field/<field>/from/<way>": "pages on which a way of reading provided a field",
    "osce/items/<answer>": "answers kept: `read`, `unchanged` (status 304), `removed` (gone from"
    " listing and site), `left_out` (not a release)",
    "osce/items/complete": "items read from their own pages",
    "osce/items/duplicate": "rows whose id was already in the feed; anything but absent is a bug",
    "osce/items/error": "items lost to an error in a pipeline; the run ends with status 1",
    "osce/items/failed": "item pages that could not be fetched",
    "osce/items/incomplete": "items made from their listing entry alone",
    "osce/items/invalid": "pages whose item failed the schema",
    "osce/items/known": "entries that needed no request because their items are published",
    "osce/items/moved": "item pages that turned out to be another item: the address redirected, or"
    " the text is in another language",
    "osce/items/put_off": "addresses of a sitemap left for a later night, after 500 were checked",
    "osce/items/refused/<reason>": "fetched item pages that are not releases or cannot be read",
    "osce/items/refused/foreign-host": "entries on hosts that are not crawled",
    "osce/items/reused": "entries whose answer an earlier run had fetched but not published",
    "osce/lines/left_out/<reason>": "lines of pages that are in no key",
    "osce/listing/asked": "requests for listing pages, including second reads and repeats",
    "osce/listing/entries": "entries on the listing pages; a page read twice counts twice",
    "osce/listing/failed": "listing pages that could not be fetched",
    "osce/listing/left_out/<parameter>": "sources walked without a parameter that robots.txt"
    " forbids",
    "osce/listing/moved": "entries found only when a page was read again",
    "osce/listing/pages": "listing pages received; a page read twice counts twice",
    "osce/listing/refused/<reason>": "pages received that are not listings; `error`: the reader"
    " raised an exception",
    "osce/listing/traps": "links to endless keyword searches below the listing, not followed",
    "osce/listing/unfit": "addresses in sitemaps and feeds that cannot be releases",
    "osce/publish/error": "why the run could not be published",
    "osce/published": "whether the feeds were put in place",
    "osce/replay/not_saved": "addresses requested in a replay that were not saved",
    "osce/replay/refused/<reason>": "captures that could not be served when they were requested",
    "osce/retry_after/count": "answers that asked the crawler to wait",
    "osce/retry_after/unreadable": "answers whose request to wait could not be read",
    "osce/robots/crawl_delay/<host>": "seconds between two requests, from Crawl-delay or"
    " Request-rate",
    "osce/robots/too_slow": "hosts skipped because this delay exceeds `OSCE_LONGEST_DELAY`",
    "osce/robots/unreachable": "hosts skipped because their robots.txt could not be fetched",
    "osce/rows/incomplete": "rows of the feed made from a listing entry alone, by any run",
    "osce/sample": "whether the run took a sample (`limit`, `max_pages`, `urls`)",
    "osce/store/error": "why the store could not be written; the run ends with status 1",
    "osce/verdict": "`published`, `warnings`, `withheld` or `bug`; absent if the run was stopped",
    "osce/verdict/reasons": "the findings, as sentences",
    "osce/walk/<source>/stop": "why the walk of a source ended",
}
