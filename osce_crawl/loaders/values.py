"""Values that depend on several texts: of the page, its listing entry, or earlier keys.

``page`` is the read page, ``entry`` its listing entry (empty if unknown), ``identity`` which item
it is, ``item`` the item so far.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from osce_crawl.items import content_hash
from osce_crawl.loaders.identity import Identity
from osce_crawl.loaders.words import to_content_type
from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.encodings import garbled
from osce_crawl.normalise.languages import language_of, plain_language
from osce_crawl.normalise.place_names import read_places, split_places
from osce_crawl.normalise.places import merge_places
from osce_crawl.normalise.safe_html import sanitise
from osce_crawl.normalise.urls import lowest_node, read_address
from osce_crawl.pages.release.release import ReleasePage
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import resolve_source

Entry = Mapping[str, Any]
Item = Mapping[str, Any]


# -- the text


def to_body(page: ReleasePage, entry: Entry) -> str | None:
    """Return ``body``: a lead that is not the listing's teaser opens it."""
    opening = page.lead if _opens_with_lead(page, entry) else None
    return "\n\n".join(filter(None, (opening, page.body))) or None


def to_body_html(page: ReleasePage, entry: Entry) -> str | None:
    """Return ``body_html``, sanitized so that it can neither run nor load anything."""
    opening = page.lead_html if _opens_with_lead(page, entry) else ""
    html = opening + page.body_html
    return sanitise(html, page.url) if html else None


def _opens_with_lead(page: ReleasePage, entry: Entry) -> bool:
    """Return whether the lead of a page is part of the text: the listing has another teaser."""
    listed = entry.get("summary")
    return bool(page.lead and listed) and not _opens(str(listed), str(page.lead))


# -- which item, of which kind, in which language


def to_kind(item: Item) -> str | None:
    """Return ``content_type``, the kind whose words the page prints."""
    printed = item["content_type_raw"]
    return to_content_type(printed) if printed else None


def to_language(identity: Identity, page: ReleasePage) -> str:
    """Return ``language``: as the addresses state it, else as detected from page and text.

    A text that is clearly in another language decides, unless the item was published before.
    """
    stated, tag = identity.language, page.html_language
    if stated and not identity.fixed:
        return plain_language(stated, tag, page.title, page.body) or stated
    return language_of(stated, tag, page.body or page.title)


def to_work_id(identity: Identity, page: ReleasePage) -> str:
    """Return ``work_id`` from one page alone: the lowest node id among its translations.

    A run adds what other pages link, see `osce_crawl.store.works`.
    """
    named = (read_address(url).node or identity.node for url, _ in page.translations)
    return lowest_node((identity.node, *named))


# -- dates


def date_of(printed: str | None, times: Sequence[str], language: str) -> date | None:
    """Return the printed date; if none is printed, the machine-readable one."""
    if printed:
        found = parse_date(printed, language)
        if found is not None:
            return found
    return next((found for stamp in times if (found := parse_date(stamp))), None)


def to_dateline(page: ReleasePage, entry: Entry, item: Item) -> dict[str, Any] | None:
    """Return ``dateline``; if it prints no year, the date of the page or listing supplies it."""
    if not page.body:
        return None
    near = _page_date(page, item["language"]) or _listed_date(entry)
    found = parse_dateline(page.body, near)
    if found is None or not _opens_with_lead(page, entry):
        return found
    return found | {"end": found["end"] + len(item["body"]) - len(page.body)}


def to_dates(page: ReleasePage, entry: Entry, item: Item) -> dict[str, str | None]:
    """Return ``dates``; no date is corrected by another."""
    printed, listed = _page_date(page, item["language"]), _listed_date(entry)
    return {
        "page": printed.isoformat() if printed else None,
        "listing": listed.isoformat() if listed else None,
        "dateline": item["dateline"]["date"] if item["dateline"] else None,
    }


def to_published(item: Item) -> str | None:
    """Return ``published``: the first of ``dates``."""
    return next((value for value in item["dates"].values() if value), None)


def _page_date(page: ReleasePage, language: str) -> date | None:
    """Return the date in the page's header, from its own line or else the line with the places."""
    own = date_of(page.date, page.date_times, language)
    return page.header.date if own is None and page.header is not None else own


def _listed_date(entry: Entry) -> date | None:
    return date.fromisoformat(entry["published"]) if entry.get("published") else None


# -- places


def to_places(page: ReleasePage, item: Item) -> list[dict[str, Any]]:
    """Return ``places``: those in header and dateline, without repetition."""
    names, country = _header_places(page)
    if not names and page.header is not None:
        names = page.header.places
    return merge_places(names, country, item["dateline"], host_countries(item["sources"]))


def to_countries(item: Item) -> list[dict[str, str]]:
    """Return ``countries``: those of the places, then the hosts of the field operations.

    A listing entry alone gives none: it states the units, but not what the release concerns.
    """
    found: dict[str, str] = {}
    if not item["complete"]:
        return []
    for place in item["places"]:
        if place["country"]:
            found.setdefault(place["country"], "place")
    for host in host_countries(item["sources"]):
        found.setdefault(host, "unit")
    return [{"code": code, "origin": origin} for code, origin in found.items()]


def host_countries(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the host countries of the field operations among an item's *sources*."""
    hosts: list[str] = []
    for source in sources:
        unit = resolve_source(source["raw"]) if source["kind"] == "field-operation" else None
        host = unit.get("host_country") if unit else None
        if host and host not in hosts:
            hosts.append(host)
    return hosts


def _header_places(page: ReleasePage) -> tuple[list[str], str | None]:
    """Return the names printed with place labels, and the country printed with them."""
    printed = ", ".join(page.places)
    if not printed:
        return [], None
    known = read_places(printed)
    return (list(known.places), known.country) if known else (split_places(printed), None)


# -- the whole


def to_provenance(page: ReleasePage, extractor: str) -> dict[str, Any]:
    """Return the part of ``provenance`` that needs no run."""
    return {
        "layout": page.layout or None,
        "extractor": extractor,
        "http_status": None,
        "response_sha256": None,
        "archive": None,
    }


def to_issues(page: ReleasePage, entry: Entry, item: Item) -> list[dict[str, Any]]:
    """Return ``issues``: texts that gave no value, and values that disagree.

    If the page was not read, an unreadable date in the listing entry is not an issue.
    """
    dates = item["dates"]
    said = {name: value for name, value in dates.items() if value}
    found: list[tuple[str, str | None]] = []
    if page.date and not dates["page"]:
        found.append(("date-unparsed", page.date))
    if item["complete"] and entry.get("published_raw") and not dates["listing"]:
        found.append(("date-unparsed", entry["published_raw"]))
    if len(set(said.values())) > 1:
        both = ", ".join(f"{name} {value}" for name, value in said.items())
        found.append(("dates-disagree", both))
    if item["content_type_raw"] and item["content_type"] is None:
        found.append(("content-type-unknown", item["content_type_raw"]))
    found += [
        ("place-unresolved", place["header_raw"] or place["dateline_raw"])
        for place in item["places"]
        if place["name"] is None
    ]
    for code, key in (("source-unknown", "sources"), ("field-unknown", "fields_of_work")):
        found += [(code, value["raw"]) for value in item[key] if value["id"] is None]
    if item["language"] == "und":
        found.append(("language-unknown", None))
    word = garbled(f"{item['title']}\n{item['body']}")
    if word is not None:
        found.append(("text-garbled", word))
    return [*page.issues, *({"code": code, "value": value} for code, value in found)]


def _opens(listed: str, printed: str) -> bool:
    """Return whether the listing's words and the page's begin alike, cut or not."""
    one, two = fold(listed).rstrip(" .…"), fold(printed).rstrip(" .…")
    return one.startswith(two) or (bool(one) and two.startswith(one))


def to_content_hash(page: ReleasePage, item: Item) -> str:
    """Return ``content_hash``, computed from the page's own words, not the listing's.

    A lead is not among them, because the listing decides whether it is in the body.
    """
    words = {
        "title": page.title,
        "body": page.body and page.body.strip(),
        "content_type_raw": page.kind,
        "sources": list(page.sources),
        "fields_of_work": list(page.fields_of_work),
    }
    return content_hash(item, words)


def has_another_title(page: ReleasePage, entry: Entry) -> bool:
    """Return whether the headline of a page is another one than that of its listing entry."""
    listed = entry.get("title")
    return bool(listed and page.title) and not _opens(str(listed), str(page.title))


def note_ways(page: ReleasePage, entry: Entry, item: Item) -> None:
    """Record in the ways of *page* which values of the item do not come from its labels.

    A headline that is not the listing's is a disagreement.
    """
    if page.header is not None:
        own = date_of(page.date, page.date_times, item["language"])
        if own is None:
            page.ways["date"] = "header-line"
        elif page.header.date not in {None, own}:
            page.disagreements.append("date")
    if page.title is None:
        page.ways["title"] = "listing"
    elif has_another_title(page, entry) and "title" not in page.disagreements:
        page.disagreements.append("title")
    if page.kind is None and item["content_type_raw"]:
        page.ways["content_type"] = "listing"
    if page.header is not None and page.header.places and not _header_places(page)[0]:
        page.ways["place"] = "header-line"
