"""Item pages that fail: a few are known from the listing alone, more withhold the run."""

from dataclasses import replace

from newsroom.faults import Fault, Request, Where
from newsroom.kinds import redirect, status, truncated_gzip
from newsroom.site import Answer

from trials.run import STRANGER
from trials.trial import Night, Trial

from .nights import A_FEW_FAIL, FINE, HANG_UPS, REFUSING, SMILING, WITHHELD, on_items


def _refused(night: Night, reason: str) -> Night:
    return replace(night, stats={f"osce/items/refused/{reason}": range(20, 100)})


def _to_the_stranger(request: Request) -> Answer:
    """Redirect to another machine that listens at this newsroom's port."""
    port = request.headers["host"].rpartition(":")[2]
    return redirect(f"http://{STRANGER}:{port}{{target}}")(request)


#: All pages are read a second time: only what a night before saw tells new labels from none.
_ANEW = replace(WITHHELD, words=("-a", "fresh=1"))
_WAITS = {status: replace(FINE, quiet={status: 2.0}) for status in (429, 503)}
#: One page in fifty is one of these newsrooms' sixty; here it is one in thirty.
_MORE = {"items": 100}

ROWS = (
    # -- statuses
    on_items("429-seconds", _WAITS[429]),
    on_items("429-date", _WAITS[429]),
    on_items(
        "429-an-hour",
        replace(WITHHELD, says=("asked the crawler to stay away",), requests={"items": 4}),
        seconds=20.0,
    ),
    on_items("503", WITHHELD),
    on_items("503-retry-after", _WAITS[503]),
    on_items("500-burst", FINE),
    on_items("500-long-burst", FINE),
    on_items("500-twentieth", A_FEW_FAIL),
    on_items("500-third", WITHHELD),
    on_items("410", A_FEW_FAIL),
    on_items("403", WITHHELD),
    # -- the wire
    on_items("timeout", A_FEW_FAIL),
    on_items("timeout-once", FINE),
    on_items("hang-up", replace(A_FEW_FAIL, most=HANG_UPS)),
    on_items("slow", FINE),
    on_items("drip", A_FEW_FAIL),
    on_items("reset", A_FEW_FAIL),
    on_items("reset-once", FINE),
    on_items("cut", A_FEW_FAIL),
    on_items("truncated-gzip", A_FEW_FAIL),
    Trial(
        name="gzip-ends-early@items",
        about="one page in twenty is compressed and lacks its last twentieth",
        night=replace(
            A_FEW_FAIL, faults=(Fault(truncated_gzip(0.95), Where("items", share=0.05)),)
        ),
    ),
    on_items("length-too-long", A_FEW_FAIL),
    on_items("length-too-long-open", A_FEW_FAIL),
    on_items("length-too-short", A_FEW_FAIL),
    on_items("endless", A_FEW_FAIL, **_MORE),
    on_items("endless-chunked", A_FEW_FAIL, **_MORE),
    on_items("gzip-bomb", A_FEW_FAIL, **_MORE),
    # -- characters
    on_items("charset-latin1", FINE),
    on_items("charset-cyrillic", FINE),
    on_items("charset-utf16", FINE),
    on_items("charset-meta", FINE),
    on_items("charset-missing", FINE),
    on_items("charset-other", FINE),
    on_items("charset-lie", FINE),
    # -- pages in another's place
    on_items("empty", _refused(WITHHELD, "empty")),
    on_items("empty-twentieth", A_FEW_FAIL),
    on_items("soft-404", _refused(WITHHELD, "not-found")),
    on_items("soft-404-twentieth", A_FEW_FAIL),
    on_items("home", replace(A_FEW_FAIL, requests={"other": range(1, 7)}, most=6)),
    on_items("login", replace(_refused(WITHHELD, "login"), requests={"other": range(60, 140)})),
    *(on_items(name, WITHHELD) for name in REFUSING),
    *(on_items(name, _refused(WITHHELD, "challenge")) for name in SMILING),
    on_items("challenge-midway", WITHHELD),
    # -- redirects
    on_items("redirect-loop", replace(A_FEW_FAIL, most=6)),
    on_items("redirect-self", replace(A_FEW_FAIL, most=6)),
    on_items("redirect-endless", A_FEW_FAIL),
    on_items("redirect-foreign", A_FEW_FAIL),
    on_items("redirect-metadata", A_FEW_FAIL),
    on_items("redirect-private", A_FEW_FAIL),
    on_items("redirect-file", A_FEW_FAIL),
    Trial(
        name="redirect-stranger@items",
        about="one page in twenty redirects to a reachable machine that is not the OSCE's",
        night=replace(A_FEW_FAIL, faults=(Fault(_to_the_stranger, Where("items", share=0.05)),)),
    ),
    Trial(
        name="redirect-stranger-later@items",
        about="the same on the second request for a page, after a 500, with robots.txt ignored",
        night=replace(
            A_FEW_FAIL,
            settings={"ROBOTSTXT_OBEY": 0},
            faults=(
                Fault(status(500), Where("items", times=1)),
                Fault(_to_the_stranger, Where("items", share=0.05)),
            ),
        ),
    ),
    # -- redesigns
    on_items("redesign-classes", FINE),
    on_items(
        "redesign-labels",
        _ANEW,
        earlier=(FINE,),
        about="everything is fetched again the next night, and every label is reworded",
    ),
    on_items("redesign-scripted", WITHHELD),
    on_items("redesign-classes-third", FINE),
    on_items(
        "redesign-labels-third",
        _ANEW,
        earlier=(FINE,),
        about="the same, in a third of the items",
    ),
    on_items("redesign-scripted-third", WITHHELD),
)
