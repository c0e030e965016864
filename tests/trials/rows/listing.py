"""A listing that fails: what it did not show cannot be known, so the run is withheld."""

from dataclasses import replace

from trials.trial import Everything

from .nights import FINE, HANG_UPS, REFUSING, SMILING, WITHHELD, on_listing

#: Pages of a listing come one after another, so that a burst hits one page several times.
_PATIENT = replace(FINE, settings={"RETRY_TIMES": 3})
_WAITS = {status: replace(_PATIENT, quiet={status: 2.0}) for status in (429, 503)}
_NOTHING = replace(WITHHELD, requests={"items": 0})

ROWS = (
    # -- statuses
    on_listing("429-seconds", _WAITS[429]),
    on_listing("429-date", _WAITS[429]),
    on_listing(
        "429-an-hour", replace(WITHHELD, says=("asked the crawler to stay away",)), seconds=20.0
    ),
    on_listing("503", replace(WITHHELD, requests={"listing": 2, "items": 0})),
    on_listing("503-retry-after", _WAITS[503]),
    on_listing("500-burst", _PATIENT),
    on_listing("500-long-burst", WITHHELD),
    on_listing("500-twentieth", WITHHELD),
    on_listing("500-third", WITHHELD),
    on_listing("410", WITHHELD),
    on_listing("403", replace(WITHHELD, requests={"listing": 1, "items": 0})),
    # -- the wire
    on_listing("timeout", WITHHELD),
    on_listing("timeout-once", FINE),
    on_listing("hang-up", replace(WITHHELD, most=HANG_UPS)),
    on_listing("slow", FINE),
    on_listing("drip", WITHHELD),
    on_listing("reset", WITHHELD),
    on_listing("reset-once", FINE),
    on_listing("cut", WITHHELD),
    on_listing("truncated-gzip", WITHHELD),
    on_listing("length-too-long", WITHHELD),
    on_listing("length-too-long-open", WITHHELD),
    on_listing("length-too-short", WITHHELD),
    on_listing("endless", WITHHELD),
    on_listing("endless-chunked", WITHHELD),
    on_listing("gzip-bomb", WITHHELD),
    # -- characters
    on_listing("charset-latin1", FINE),
    on_listing("charset-cyrillic", FINE),
    on_listing("charset-utf16", FINE),
    on_listing("charset-meta", FINE),
    on_listing("charset-missing", FINE),
    on_listing("charset-other", FINE),
    on_listing("charset-lie", FINE),
    # -- pages in another's place
    on_listing("empty", WITHHELD),
    on_listing("empty-twentieth", WITHHELD),
    on_listing("soft-404", WITHHELD),
    on_listing("soft-404-twentieth", WITHHELD),
    on_listing("home", replace(WITHHELD, requests={"other": range(1, 3)})),
    on_listing("login", replace(WITHHELD, requests={"other": range(1, 3)})),
    *(on_listing(name, _NOTHING) for name in REFUSING),
    *(
        on_listing(name, replace(_NOTHING, stats={"osce/listing/refused/challenge": 1}))
        for name in SMILING
    ),
    # -- redirects
    on_listing("redirect-loop", replace(WITHHELD, most=6)),
    on_listing("redirect-self", replace(WITHHELD, most=6)),
    on_listing("redirect-endless", WITHHELD),
    on_listing("redirect-foreign", WITHHELD),
    on_listing("redirect-metadata", WITHHELD),
    on_listing("redirect-private", WITHHELD),
    on_listing("redirect-file", WITHHELD),
    # -- the pager
    on_listing("pager-loop", replace(WITHHELD, says=("leads back",))),
    # without an earlier run to compare with, nothing shows that there was more
    on_listing("pager-ends-early", replace(FINE, feed=Everything(lacking=range(1, 40)))),
    on_listing("pager-loses-next", replace(WITHHELD, says=("lost its next link",))),
    on_listing("pager-loses-next-once", replace(WITHHELD, says=("lost its next link",))),
    on_listing("pager-last-again", replace(WITHHELD, says=("its pager goes on",)), seconds=20.0),
    on_listing("pager-endless", replace(WITHHELD, says=("is empty although",))),
    on_listing("pager-empty-page", WITHHELD),
    on_listing("pager-blank-page", WITHHELD),
    on_listing("pager-same-page", WITHHELD),
    on_listing("pager-same-entries", WITHHELD),
    # -- redesigns
    on_listing("redesign-classes", FINE),
    # only what a night before saw tells new labels from none
    on_listing(
        "redesign-labels",
        WITHHELD,
        earlier=(FINE,),
        about="every label is reworded the next night",
    ),
    on_listing("redesign-scripted", WITHHELD),
)
