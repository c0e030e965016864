"""The table of mutations: removed guards, and the trials that must then fail."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A guard, and the trials that must fail without it.

    :ivar file: a file of the package; `text` occurs in it exactly once and is replaced by `by`.
    :ivar trials: names of trials, each of which must fail.
    :ivar shows: a part of each failure's message, so that it fails for the right reason.
    """

    guard: str
    file: str
    text: str
    by: str
    trials: tuple[str, ...]
    shows: str


def _check(name: str, *trials: str, shows: str = "status is ") -> Mutation:
    """Return the mutation that removes a check of the verdict, the function with this name."""
    return Mutation(
        guard=f"the verdict includes `{name}`",
        file="osce_crawl/verdict/checks.py",
        text=f"Check({name},",
        by="Check(lambda *_: iter(()),",
        trials=trials,
        shows=shows,
    )


_CHECKS = (
    _check("incomplete", "pager-loop@listing", "500-third@listing"),
    _check("nothing", "later-empty"),
    _check("too_few_listed", "later-eight-gone"),
    _check("too_few_rows", "later-store-lost"),
    _check("unlisted", "later-pager-ends-early"),
    _check("relisted", "later-listing-reworded"),
    _check("too_many_failed", "later-half-fail"),
    _check("unreadable", "later-redesign-scripted", "later-challenge@items"),
    _check("challenged", "challenge-thrice@items", shows="status is 3, not 4"),
    _check("core_missing", "no-paragraphs@items", shows="says not: pages have no body"),
    _check("bare_pages", "later-redesign-labels", "later-one-bare", "later-resumed-redesigned"),
    _check("dropped_fields", "later-one-label"),
    _check("fading_fields", "later-one-label-fades"),
    _check("left_out", "later-left-out"),
    _check("removed", "later-dozen-gone"),
    _check("doubled", "later-doubled"),
    _check("unknown_words", "later-unknown-words"),
    _check("fallbacks", "later-other-way", shows="says not: date was read from time"),
    _check("disagreements", "later-two-titles"),
    _check("emptied", "later-emptied"),
    _check("future", "later-future"),
    _check("disordered", "listing-ascending"),
    _check("quiet", "later-quiet"),
)
_STORE = (
    Mutation(
        guard="answers of an earlier run are not requested again",
        file="osce_crawl/crawl/frontier.py",
        text="if fetched is not None:",
        by="if False:",
        trials=("later-resumed",),
        shows="osce/items/reused is 0",
    ),
    Mutation(
        guard="they are judged by the run that publishes them",
        file="osce_crawl/crawl/frontier.py",
        text="self._reuse(visit, fetched)",
        by="pass",
        trials=("later-resumed-redesigned",),
        shows="status is ",
    ),
    Mutation(
        guard="those of a run whose extraction is in doubt are discarded",
        file="osce_crawl/store/store.py",
        text="fetched.forget_suspect(self.db)",
        by="pass",
        trials=("later-redesign-undone",),
        shows="status is 4, not 0",
    ),
    Mutation(
        guard="another item's page is not read under this item's address",
        file="osce_crawl/extraction.py",
        text="if another_day and has_another_title(page, entry) and states_another(page):",
        by="if False:",
        trials=("later-other-page",),
        shows="status is ",
    ),
    Mutation(
        guard="answers are good for thirty days",
        file="osce_crawl/store/store.py",
        text="fetched.forget_old(self.db, now)",
        by="pass",
        trials=("later-resumed-too-late",),
        shows="osce/items/reused is 5",
    ),
    Mutation(
        guard="a reworded listing does not cause requests for all pages",
        file="osce_crawl/crawl/frontier.py",
        text="return self.relisted > many",
        by="return False",
        trials=("later-listing-reworded",),
        shows="requests to items",
    ),
    Mutation(
        guard="the store holds only what has been published",
        file="osce_crawl/publication/publish.py",
        text="        intents.put(store.db, publication.run_id, publication.intent())\n",
        by="        commit(store.db, publication.run_id, publication.now, {}, full=False)\n"
        "        intents.put(store.db, publication.run_id, publication.intent())\n",
        trials=("killed-before-rename",),
        shows="the store knows 63 items, and 60 are published",
    ),
    Mutation(
        guard="one run on a store at a time",
        file="osce_crawl/store/lock.py",
        text="fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        by="pass",
        trials=("two-at-once",),
        shows="the second run: status ",
    ),
    Mutation(
        guard="the store's rows are checked before the first request",
        file="osce_crawl/store/database.py",
        text="            _check_content(db)\n",
        by="            pass\n",
        trials=("later-store-row-changed",),
        shows="status is 0, not 2",
    ),
    Mutation(
        guard="items that are gone are counted",
        file="osce_crawl/crawl/intake.py",
        text="self._run.take(visit, gone)",
        by="pass",
        trials=("later-dozen-gone",),
        shows="status is 0, not 4",
    ),
    Mutation(
        guard="a run ended by a second signal reports it",
        file="osce_crawl/actions/crawl.py",
        text="                spider.engine_stopped()",
        by="                pass",
        trials=("later-sigint-twice",),
        shows="says not: Status     5",
    ),
)
_SOURCES = (
    Mutation(
        guard="a truncated file is not complete",
        file="osce_crawl/sources/tree.py",
        text="if page.fault is not None:",
        by="if False:",
        trials=("sitemap-short@first",),
        shows="status 0, not 4",
    ),
    Mutation(
        guard="a feed proves nothing about items it lacks",
        file="osce_crawl/sources/feed.py",
        text='proves = "recent"',
        by='proves = "whole"',
        trials=("feed-broken",),
        shows="status 0, not 3",
    ),
    Mutation(
        guard="another source may describe known items in other words",
        file="osce_crawl/crawl/frontier.py",
        text="known = _in_its_words(visit, known)",
        by="pass",
        trials=("moved-hub",),
        shows="status 4, not 3",
    ),
    Mutation(
        guard="pages in a sitemap that are not releases do not count as lost",
        file="osce_crawl/crawl/run.py",
        text="if not visit.named:",
        by="if True:",
        trials=("first-contact-sitemap-90000",),
        shows="status 4, not 0",
    ),
)
MUTATIONS = (
    # -- hosts and robots.txt
    Mutation(
        guard="only allowed hosts are visited",
        file="osce_crawl/settings.py",
        text='"osce_crawl.downloader.hosts.HostsMiddleware": 50',
        by='"osce_crawl.downloader.hosts.HostsMiddleware": None',
        trials=("redirect-stranger@items", "redirect-stranger-later@items"),
        shows="a foreign host was visited",
    ),
    Mutation(
        guard="requests with `dont_filter` are limited to the hosts too",
        file="osce_crawl/downloader/hosts.py",
        text="super().process_request(request.replace(dont_filter=False))",
        by="super().process_request(request)",
        trials=("redirect-stranger-later@items",),
        shows="a foreign host was visited",
    ),
    Mutation(
        guard="a host without a readable robots.txt is closed",
        file="osce_crawl/downloader/robots.py",
        text="        if parser is None:\n            raise IgnoreRequest(",
        by="        if parser is None:\n            return\n            raise IgnoreRequest(",
        trials=("robots-500", "robots-timeout", "robots-redirect"),
        shows="requests to listing",
    ),
    Mutation(
        guard="what robots.txt forbids is not requested",
        file="osce_crawl/downloader/robots.py",
        text="if not parser.allowed(request.url, self._agent_of(request)):",
        by="if False:",
        trials=("robots-forbids-all", "robots-forbids-listing", "robots-huge", "robots-at-once"),
        shows="requests to ",
    ),
    Mutation(
        guard="all requests to a host wait for its one robots.txt",
        file="osce_crawl/downloader/robots.py",
        text="async with self._locks[host]:",
        by="if True:",
        trials=("robots-at-once",),
        shows="requests to robots",
    ),
    # -- pace
    Mutation(
        guard="Crawl-delay is applied",
        file="osce_crawl/downloader/robots.py",
        text="if delay and self._live:",
        by="if False:",
        trials=("crawl-delay", "crawl-delay-autothrottle"),
        shows="seconds apart",
    ),
    Mutation(
        guard="requests that wait in the slot are held for Retry-After",
        file="osce_crawl/downloader/retry_after.py",
        text="slot.lastseen = max(slot.lastseen, time.monotonic() + seconds)",
        by="pass",
        trials=("retry-after-seconds", "retry-after-date", "429-seconds@items"),
        shows="seconds after a",
    ),
    Mutation(
        guard="a host that asks for too long a wait is left alone",
        file="osce_crawl/downloader/retry_after.py",
        text="if seconds > self._longest:",
        by="if False:",
        trials=("429-an-hour@items",),
        shows="hangs",
    ),
    Mutation(
        guard="concurrency limits hold without a delay",
        file="osce_crawl/downloader/retry_after.py",
        text="_LEAST_DELAY = 0.001",
        by="_LEAST_DELAY = 0.0",
        trials=("still-at-once",),
        shows="most requests at once",
    ),
    # -- what a page may do to the machine
    Mutation(
        guard="responses are capped in size",
        file="osce_crawl/settings.py",
        text="DOWNLOAD_MAXSIZE = 16 * 1024 * 1024",
        by="DOWNLOAD_MAXSIZE = 0",
        trials=("gzip-bomb@items",),
        shows="memory is",
    ),
    Mutation(
        guard="at most five redirects are followed",
        file="osce_crawl/settings.py",
        text="REDIRECT_MAX_TIMES = 5",
        by="REDIRECT_MAX_TIMES = 50",
        trials=("redirect-loop@items", "redirect-self@listing"),
        shows="asked ",
    ),
    # -- pages in a release's place
    Mutation(
        guard="browser checks are recognised",
        file="osce_crawl/pages/recognise.py",
        text="if shown < _LITTLE_TEXT and _is_challenge(page, title, words):",
        by="if False:",
        trials=("challenge-200@items", "challenge-200@listing"),
        shows="refused/challenge",
    ),
    Mutation(
        guard="error pages with status 200 are recognised",
        file="osce_crawl/pages/recognise.py",
        text="if _NOT_FOUND.match(words) or _NOT_FOUND_TITLE.match(title):",
        by="if False:",
        trials=("soft-404@items",),
        shows="refused/not-found",
    ),
    Mutation(
        guard="login forms are recognised",
        file="osce_crawl/pages/recognise.py",
        text="if (_LOGIN.match(words) or _LOGIN.match(title)) and _PASSWORD(page.root):",
        by="if False:",
        trials=("login@items",),
        shows="refused/login",
    ),
    # -- the walk
    Mutation(
        guard="a next link that leads back ends the walk",
        file="osce_crawl/sources/chain.py",
        text="if page.next in self.pages:",
        by="if False:",
        trials=("pager-loop@listing",),
        shows="says not: leads back",
    ),
    Mutation(
        guard="a page that only repeats entries is noticed",
        file="osce_crawl/sources/borders.py",
        text="return bool(keys) and self._seen.issuperset(keys)",
        by="return False",
        trials=("pager-last-again@listing",),
        shows="says not: its pager goes on",
    ),
    Mutation(
        guard="a lost next link makes the walk incomplete",
        file="osce_crawl/sources/chain.py",
        text='self.incomplete.append(f"{page.url} lost its next link: {page.lost_next}")',
        by="pass",
        trials=("pager-loses-next@listing",),
        shows="status is 0, not 4",
    ),
    Mutation(
        guard="an empty page that is still linked makes the walk incomplete",
        file="osce_crawl/sources/chain.py",
        text="self._empty_though_linked = page.url if self._borders.first else None",
        by="pass",
        trials=("pager-empty-page@listing", "pager-endless@listing"),
        shows="status is 0, not 4",
    ),
    Mutation(
        guard="pages are read again, so that borders can be verified",
        file="osce_crawl/sources/chain.py",
        text="self._back = [number - 1]",
        by="self._back = []",
        trials=("still",),
        shows="status is 4, not 0",
    ),
    Mutation(
        guard="an answer is discarded if its entry has changed",
        file="osce_crawl/store/fetched.py",
        text='db.execute("DELETE FROM staged WHERE (node, language) = (?, ?)", key)',
        by="pass",
        trials=("later-reworded-undone",),
        shows="feed is not the old file",
    ),
    # -- the verdict and the files
    Mutation(
        guard="too many failed pages withhold the run",
        file="osce_crawl/verdict/checks.py",
        text="and run.fresh_failed > limits.max_failed * asked",
        by="and False",
        trials=("500-third@items",),
        shows="status is 3, not 4",
    ),
    Mutation(
        guard="only a run with a good verdict is published",
        file="osce_crawl/feeds/publisher.py",
        text='if spider is None or not getattr(spider, "publishable", False):',
        by="if spider is None:",
        trials=("500-third@items", "pager-loop@listing"),
        shows="feed is not the old file",
    ),
    Mutation(
        guard="feeds are written beside the published file",
        file="osce_crawl/feeds/storage.py",
        text="self.part = part_of(self.path)",
        by="self.part = self.path",
        trials=("500-third@items",),
        shows="feed is not the old file",
    ),
    Mutation(
        guard="an item whose page fails is built from its listing entry",
        file="osce_crawl/crawl/intake.py",
        text="            self._keep(visit, answer)\n\n    def _keep_apart",
        by="            pass\n\n    def _keep_apart",
        trials=("500-twentieth@items",),
        shows="number of stubs is 0",
    ),
    *_CHECKS,
    *_STORE,
    *_SOURCES,
)
