"""Recognises pages that are not releases, and refuses them with a reason."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NoReturn

from lxml.etree import XPath, _Element

from osce_crawl.pages.reading.bounds import TooLargeError
from osce_crawl.pages.reading.document import EmptyPageError, HtmlDocument, NoPageError
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.refusals import NotAListing, NotARelease, Reason
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import other_kind_in, resolve_content_type

#: Titles and headings of browser checks and of their refusals.
_CHALLENGE = re.compile(
    r"^just a moment\s*(?:$|\.|…)|^attention required|^checking your browser"
    r"|^verify(?:ing)? (?:that )?you are|^are you (?:a )?human\s*\?|^ddos protection by"
    r"|^one moment, please|^security check\s*(?:$|[|:–-])|^access to this page"
    r"|^bot verification|^request unsuccessful|^request rejected|^pardon our interruption"
    r"|^please enable (?:js|javascript)|^you are being redirected"
    r"|^making sure you(?:['’]|&#39;)re not a bot|^you have been blocked"
    r"|^sorry, you have been blocked",
    re.IGNORECASE,
)
#: Text that only such pages contain: Cloudflare, Imperva, DataDome, PerimeterX, AWS WAF, Sucuri,
#: Anubis. The scripts that these put into ordinary pages have other names.
_CHALLENGE_HOOKS = (
    b"_cf_chl_opt",
    b"_Incapsula_Resource?CWUDNSAI",
    b"_Incapsula_Resource?SWUDNSAI",
    b"geo.captcha-delivery.com",
    b"disable any ad blocker",
    b"px-captcha",
    b"challenge-container",
    b"sucuri_cloudproxy",
    b"anubis_challenge",
)
#: The incident number in refusals of Akamai and F5.
_INCIDENT = re.compile(r"reference\s*#\s*\d|incident (?:id|\d)|support id is", re.IGNORECASE)
_SHOWN = XPath("//body//text()[not(ancestor::script or ancestor::style)]")
# "500 officers complete course" is a headline: a status is followed by nothing, or by error words.
_STATUS_ENDS = (
    r"(?=\s*(?:$|[-–—:|!.])|\s+(?:error|page|not found|forbidden|access denied"
    r"|internal|bad gateway|service|gateway|method|unauthori[sz]ed)\b)"
)
_NOT_FOUND = re.compile(
    rf"^(?:(?:error )?40[34]{_STATUS_ENDS}|page not found|not found\s*(?:$|[|.!:])"
    r"|access denied\s*(?:$|[|.!])|page does not exist"
    r"|the page you requested|sorry, (?:the|this) page|страница не найдена|сторінку не знайдено"
    r"|stranica nije pronađena|страница није пронађена|faqja nuk u gjet|seite nicht gefunden)",
    re.IGNORECASE,
)
_NOT_FOUND_TITLE = re.compile(
    rf"^(?:error )?404{_STATUS_ENDS}|^page not found\b|^not found$", re.IGNORECASE
)
_UNAVAILABLE = re.compile(
    rf"^(?:(?:error )?50[0-4]{_STATUS_ENDS}|bad gateway|service (?:temporarily )?unavailable"
    r"|gateway time-?out"
    r"|too many requests|internal server error|temporarily unavailable)"
    r"|(?:site|website|page) (?:is )?(?:currently )?(?:under maintenance|offline|down for)"
    r"|(?:site|website|page) encountered an (?:unexpected )?error"
    r"|^(?:under )?maintenance$|^site off-?line",
    re.IGNORECASE,
)
#: Titles and headings of pages that only ask for cookies, or for consent to them.
_COOKIES = re.compile(
    r"^(?:please )?(?:enable|allow|accept|activate|turn on|switch on)(?: \w+){0,2} cookies\b"
    r"|\bcookies? (?:(?:is|are|must be|have to be|should be) )?"
    r"(?:required|needed|disabled|blocked|not enabled|turned off|switched off|enabled|accepted)\b"
    r"|^(?:cookie|privacy|consent)s? (?:consent|settings|preferences|check|wall|required|choices)\b"
    r"|^cookies?\s*(?:$|[|:–-])|^we (?:use|need) cookies\b|^we value your privacy\b"
    r"|^before you continue\b|^(?:this|our|the) (?:web)?site (?:requires|needs|uses) cookies\b"
    r"|^your (?:privacy|cookie) (?:choices|settings)\b"
    r"|\bcookies? (?:aktivieren|zulassen|akzeptieren)"
    r"|^включите (?:файлы )?cookies?\b|^увімкніть (?:файли )?cookies?\b",
    re.IGNORECASE,
)
#: Requests in the text of such a page, if neither title nor heading has one; banners differ.
_ASKS_FOR_COOKIES = re.compile(
    r"\bplease (?:enable|allow|accept|activate)(?: \w+){0,3} cookies\b"
    r"|\b(?:enable|activate|turn on|switch on|support)(?: \w+){0,2} cookies\b"
    r"|\bcookies? (?:is|are|must be|have to be)"
    r" (?:required|needed|disabled|blocked|not enabled|turned off|enabled|accepted)\b"
    r"|\b(?:requires|needs) (?:\w+ )?cookies\b"
    r"|\b(?:does not|doesn['’]t) (?:accept|allow|support|keep) cookies\b",
    re.IGNORECASE,
)
#: Every match of `_COOKIES` contains one of these.
_COOKIE_WORDS = ("cookie", "privacy", "consent", "before you continue")
_COOKIE = re.compile(rb"cookies?", re.IGNORECASE)
_AROUND = 80
_TAGS = re.compile(r"<[^>]*>?|^[^<>]*>")
#: A page that also asks for scripts is a browser check, which no setting passes.
_SCRIPTS = re.compile(r"\bjava ?script\b|\bjs\b", re.IGNORECASE)
#: A release prints its date; the year of a copyright line does not count.
_YEAR = re.compile(r"(?<!©)(?<!©\s)\b(?:19|20)\d\d\b")
_LOGIN = re.compile(r"^(?:log ?in|sign in|user account|user login|anmelden|вход)\b", re.IGNORECASE)
_PASSWORD = XPath("boolean(//input[@type='password'])")
_LISTING_LABEL = "Publishing date"
_LITTLE_TEXT = 1500
#: Consent pages have longer texts than those that only ask for cookies.
_CONSENT_TEXT = 6000
_VERY_LITTLE_TEXT = 600
#: This many entries make a listing.
SEVERAL = 3
_EVENT_KIND = re.compile(r"event|meeting|council|conference|summit|forum|seminar|training|workshop")


def refuse_furniture_pages(page: HtmlDocument, lines: Sequence[Line] = ()) -> None:
    """Refuse challenge, login and error pages and listings.

    :param lines: the lines after the headline, if there is one.
    :raises NotARelease: with the reason.
    """
    furniture = _furniture_page(page, lines)
    if furniture is not None:
        raise NotARelease(furniture[0], page.url, furniture[1])
    if _printed(lines) < _LITTLE_TEXT:  # the entries may be above the headline
        labels = len(list(page.places_of(_LISTING_LABEL.encode())))
    else:
        labels = [_LISTING_LABEL in line.text for line in lines].count(True)
    if labels >= SEVERAL:
        raise NotARelease("listing", page.url, "a listing of several items")


def refuse_unreadable_listing(page: HtmlDocument) -> None:
    """Refuse challenge, login and error pages served instead of a listing.

    :raises NotAListing: with the reason.
    """
    furniture = _furniture_page(page)
    if furniture is not None:
        raise NotAListing(furniture[0], page.url, furniture[1])


def stand_in(body: bytes, url: str) -> Reason | None:
    """Return the kind of an error page: a browser check, a login, …; None if unknown."""
    try:
        furniture = _furniture_page(HtmlDocument(body, url))
    except (EmptyPageError, NoPageError, TooLargeError):
        return None
    return furniture[0] if furniture is not None else None


def _furniture_page(page: HtmlDocument, lines: Sequence[Line] = ()) -> tuple[Reason, str] | None:
    """Return the kind of a page that is not a proper page of the site, and the evidence.

    :param lines: the page's lines, if it was read; usually they are enough.
    """
    title = page.head_title or ""
    heading = page.heading
    words = clean_text("".join(map(str, heading.itertext()))) if heading is not None else ""
    shown = _printed(lines)
    if shown < _LITTLE_TEXT:
        shown = _least_shown(page)
    if shown < _LITTLE_TEXT and _is_challenge(page, title, words):
        return "challenge", f"a browser check instead of the page: {title or words}"
    asked = _asked_for_cookies(page, title, words, shown)
    if asked is not None and _SCRIPTS.search(asked):
        return "challenge", f"a browser check instead of the page: {words or title or asked}"
    if asked is not None:
        return "cookie-wall", (
            f"a request for cookies instead of the page: {words or title or asked};"
            " -s COOKIES_ENABLED=1 keeps them"
        )
    if _NOT_FOUND.match(words) or _NOT_FOUND_TITLE.match(title):
        return "not-found", f"an error page: {words or title}"
    if _is_of_outage(words) or _is_of_outage(title):
        return "unavailable", f"the site is not available: {words or title}"
    if (_LOGIN.match(words) or _LOGIN.match(title)) and _PASSWORD(page.root):
        return "login", "a login form instead of the page"
    if heading is None and not clean_text("".join(map(str, page.body.itertext()))):
        return "empty", "no text at all"
    return None


def _is_of_cookies(words: str) -> bool:
    """Return whether a title or heading matches `_COOKIES`; fast if it has no such word."""
    folded = words.casefold()
    return any([word in folded for word in _COOKIE_WORDS]) and bool(_COOKIES.search(words))


def _is_of_outage(words: str) -> bool:
    """Return whether words match `_UNAVAILABLE`: at their start, or about the site or page."""
    folded = words.casefold()
    inside = "site" in folded or "page" in folded
    return bool((_UNAVAILABLE.search if inside else _UNAVAILABLE.match)(words))


def _is_challenge(page: HtmlDocument, title: str, words: str) -> bool:
    """Return whether a browser check, or its refusal, was served instead of a page.

    Each of the signs may also be on an ordinary page, but not on one with few words.
    """
    certain = bool(_CHALLENGE.search(title) or _CHALLENGE.search(words)) or any(
        hook in page.source for hook in _CHALLENGE_HOOKS
    )
    if not (certain or _NOT_FOUND.match(words) or _NOT_FOUND.match(title)):
        return False
    text = clean_text(" ".join(map(str, _SHOWN(page.whole))))
    return len(text) < _LITTLE_TEXT and (certain or _INCIDENT.search(text) is not None)


def _printed(lines: Sequence[Line]) -> int:
    return sum([len(line.text) for line in lines])


def _least_shown(page: HtmlDocument) -> int:
    """Return the length of the text in paragraphs and links; stops once it is enough.

    Starts with those after the headline, because menus may consist of empty paragraphs.
    """
    behind = chain.from_iterable([part.iter("p") for part in page.behind_heading])
    length = _length(chain(behind, page.body.iter("a")))
    if length >= _LITTLE_TEXT:
        return length
    return _length(chain(page.body.iter("p"), page.body.iter("a")))


def _length(elements: Iterable[_Element]) -> int:
    """Return the length of the elements' own text, up to a sufficient length."""
    length = 0
    for element in elements:
        if text := element.text:
            length += len(clean_text(text))
            if length >= _LITTLE_TEXT:
                break
    return length


def _around_cookies(source: bytes) -> Iterator[str]:
    """Yield the words around each mention of cookies, which is cheaper than the whole text."""
    for found in _COOKIE.finditer(source):
        around = source[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        yield clean_text(_TAGS.sub(" ", around.decode("utf-8", "ignore")))


def _asked_for_cookies(page: HtmlDocument, title: str, words: str, shown: int) -> str | None:
    """Return the text of a page that asks for cookies and has nothing else to show, else None.

    :param shown: the minimum length of its text.
    """
    asks = _is_of_cookies(words) or _is_of_cookies(title)
    if not asks and shown >= _VERY_LITTLE_TEXT:
        return None
    if not asks and not any(map(_ASKS_FOR_COOKIES.search, _around_cookies(page.source))):
        return None
    text = clean_text(" ".join(map(str, _SHOWN(page.whole))))
    if len(text) >= (_CONSENT_TEXT if asks else _VERY_LITTLE_TEXT) or _YEAR.search(text):
        return None
    return text if asks or _ASKS_FOR_COOKIES.search(text) else None


def refuse_other_kinds(
    *,
    url: str,
    kind: str | None,
    labels: set[str],
    has_header_line: bool,
    issued: bool,
    opens_with_dateline: Callable[[], bool],
    filed_as_release: Callable[[], bool],
    filed_as_other: Callable[[], str | None],
    title: str | None,
    body: str | None,
    has_chapters: Callable[[], bool],
    dated: bool,
    listing: Mapping[str, Any] | None,
) -> None:
    """Refuse events, reports and unit pages with addresses that look like an item's.

    A release shows at least one of: a kind of releases, a labelled header with a source, a place
    or fields of work, the older one-line header, an opening dateline, or the title under which the
    listing announced a release.

    :param issued: day and unit are printed as those of a release, not of a publication.
    :param opens_with_dateline: called only if nothing else identifies a release.
    :param filed_as_release: whether the page is filed under a kind of releases below its text.
        Called only for a page with an author, which may be a publication.
    :param filed_as_other: the other kind of pages under which the header files it. It is only the
        reason, because releases are filed under "Training", too.
    :param dated: a day is printed at the headline. Unit pages print none, and the oldest releases
        little else, so a page with only a day is not certainly something else.
    :raises NotARelease: with the reason.
    """
    known = resolve_content_type(kind) if kind else None
    # a listing without a kind announces a release if the page is not divided into chapters
    announced = _announced(listing, title) and (_listed_as_release(listing) or not has_chapters())
    if known is not None and not known["release"]:
        raise NotARelease(_reason_of_kind(str(known["id"])), url, f"its kind is {kind!r}")
    other = other_kind_in(kind) if kind and known is None else None
    if other is not None and not (announced or has_header_line or opens_with_dateline()):
        raise NotARelease(_reason_of_kind(str(other["id"])), url, f"its kind is {kind!r}")
    is_release_kind = known is not None or _listed_as_release(listing)
    if not is_release_kind and "place" not in labels:
        if labels & {"event", "location"}:
            raise NotARelease("event", url, "it has a location but not the header of a release")
        if "project" in labels:
            raise NotARelease("project", url, "it is the page of a project")
        written = bool(labels & {"author", "writer"}) and not issued
        if "publication" in labels or (
            written and not (opens_with_dateline() or filed_as_release())
        ):
            raise NotARelease("report", url, "it is the page of a publication")
    header = "date" in labels and bool(labels & {"source", "fields", "place"})
    evidence = known is not None or header or has_header_line or announced or opens_with_dateline()
    if evidence and (body or header or known is not None):
        return
    if _listed_as_release(listing):
        raise NotARelease(
            "unknown", url, "the listing calls it a release, but it does not read as one"
        )
    unit_page = bool(title and body) and "date" not in labels and not dated
    _refuse_without_evidence(url, filed_as_other(), unit_page=unit_page)


def _refuse_without_evidence(url: str, filed: str | None, *, unit_page: bool) -> NoReturn:
    """Refuse a page that shows nothing of a release.

    :param filed: the kind of pages under which its header files it.
    """
    other = resolve_content_type(filed) if filed else None
    if other is not None:
        raise NotARelease(_reason_of_kind(str(other["id"])), url, f"it is filed under {filed!r}")
    if unit_page:
        raise NotARelease("unit-page", url, "no kind, no header and no dateline")
    raise NotARelease("unknown", url, "it does not read as a release")


def _reason_of_kind(slug: str) -> Reason:
    if slug == "project":
        return "project"
    return "event" if _EVENT_KIND.search(slug) else "report"


def _announced(listing: Mapping[str, Any] | None, title: str | None) -> bool:
    if not listing or not title:
        return False
    listed = fold(str(listing.get("title") or "")).rstrip(" .…")
    own = fold(title)
    return bool(listed) and (own == listed or own.startswith(listed) or listed.startswith(own))


def _listed_as_release(listing: Mapping[str, Any] | None) -> bool:
    raw = listing.get("content_type_raw") if listing else None
    known = resolve_content_type(str(raw)) if raw else None
    return known is not None and bool(known["release"])
