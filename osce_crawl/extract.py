"""From a saved or fetched page to its item: contract, loader, item.

The one call that the spider, the tests and a re-extraction of old captures share. No network, no
clock, no settings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from osce_crawl.items import KEYS, content_hash, list_keys
from osce_crawl.normalise.datelines import parse_dateline, read_places, split_places
from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.languages import language_of
from osce_crawl.normalise.places import merge_places
from osce_crawl.normalise.urls import (
    absolute,
    clean_address,
    is_osce_or_own_host,
    node_of,
    read_address,
)
from osce_crawl.pages.listing.listing import Listing, ListingEntry, read_listing
from osce_crawl.pages.release.release import Release, read_release
from osce_crawl.vocabulary import resolve_content_type, resolve_source

#: Raised with every change of what the contracts or loaders make of the same page.
EXTRACTOR_VERSION = "1.1.0"

_LISTS = list_keys()


@dataclass
class Extraction:
    """An item and how it was read.

    :ivar ways: field → which way served it.
    :ivar disagreements: fields for which two ways said different things.
    """

    item: dict[str, Any]
    ways: dict[str, str]
    disagreements: list[str]


@dataclass(frozen=True)
class Standing:
    """What is known of an item's node before its page is read.

    :ivar node: of the listing entry or the address that was asked for. It stands where neither the
        page nor its own address states one, as behind a redirect to ``/news/some-slug``.
    :ivar published: an item was published under it although no page stated it; an id is for ever.
    """

    node: str | None = None
    published: bool = False


def extract(
    body: bytes | str, url: str, *, listing: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the item of a release page, run-time keys null.

    :param body: the page; bytes are taken as UTF-8 if they are that, else in the encoding
        that fits them best (`osce_crawl.normalise.encodings`).
    :param url: the address it came from.
    :param listing: its entry as `extract_listing` returns it.
    :raises NotARelease: with the reason (``.reason``) why the page is none.
    """
    node = str(listing["node"]) if listing and listing.get("node") else None
    return extract_with_ways(body, url, listing, Standing(node)).item


def extract_with_ways(
    body: bytes | str,
    url: str,
    listing: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> Extraction:
    """Return the item of a release page and which way served each field; raises as `extract`.

    :param standing: what is known of the item's node beforehand.
    """
    page = read_release(body, url, listing)
    item = _load(page, listing, standing or Standing())
    return Extraction(item, page.ways, page.disagreements)


def extract_listing(body: bytes | str, url: str) -> dict[str, Any]:
    """Return the entries of a listing page.

    :returns: ``{"entries": [...], "next": url or None, "total": int or None}``; an entry has
        ``url``, ``node``, ``language``, ``title``, ``published`` (ISO or None), ``published_raw``,
        ``content_type``, ``content_type_raw``, ``sources``, ``fields_of_work``, ``locations``,
        ``collections`` (lists of printed names) and ``summary``.
    :raises NotAListing: with the reason (``.reason``) why the page is none.
    """
    listing = read_listing(body, url)
    return {
        "entries": [listing_entry(entry, listing) for entry in listing.entries],
        "next": listing.pager.next,
        "total": listing.total,
    }


def listing_entry(entry: ListingEntry, listing: Listing) -> dict[str, Any]:
    """Return one entry of a listing as `extract_listing` gives it."""
    stated = read_address(entry.url).language
    known = resolve_content_type(entry.kind) if entry.kind else None
    language = language_of(stated, listing.language, entry.title)
    published = _date_of(entry.date, entry.times, language)
    return {
        "url": clean_address(entry.url),
        "node": entry.node,
        "language": language,
        "title": entry.title,
        "published": published.isoformat() if published else None,
        "published_raw": entry.date,
        "content_type": known["id"] if known else None,
        "content_type_raw": entry.kind,
        "sources": entry.sources,
        "fields_of_work": entry.fields_of_work,
        "locations": entry.locations,
        "collections": entry.collections,
        "summary": entry.summary,
    }


def stub(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the item of a listing entry whose page could not be had (``complete`` false)."""
    issues: list[dict[str, Any]] = []
    node, language = str(entry["node"]), str(entry["language"])
    listed = date.fromisoformat(entry["published"]) if entry.get("published") else None
    kind = entry.get("content_type_raw") or None
    _note_kind(kind, issues)
    values = _loaded(
        "",
        title=entry.get("title"),
        content_type=kind,
        content_type_raw=kind,
        published=listed,
        sources=entry.get("sources"),
        fields_of_work=entry.get("fields_of_work"),
        summary=entry.get("summary"),
    )
    dates = {"page": None, "listing": listed.isoformat() if listed else None, "dateline": None}
    return _complete(
        values,
        issues,
        _words(entry.get("title"), entry.get("content_type_raw"), [], []),
        id=f"{node}-{language}",
        node=node,
        language=language,
        work_id=node,
        url=entry["url"],
        dates=dates,
        complete=False,
        provenance=_provenance(None),
    )


def _load(page: Release, listing: Mapping[str, Any] | None, standing: Standing) -> dict[str, Any]:
    entry: Mapping[str, Any] = listing or {}
    issues: list[dict[str, Any]] = [*page.issues]
    url, node, stated = _identity(page, standing)
    language = language_of(stated, page.html_language, page.body or page.title)

    dates, dateline = _dates(page, entry, language, issues)
    if page.title is None:
        page.ways["title"] = "listing"
    kind = page.kind or entry.get("content_type_raw") or None
    _note_kind(kind, issues)
    if page.kind is None and kind:
        page.ways["content_type"] = "listing"
    published = next((value for value in dates.values() if value), None)
    values = _loaded(
        page.url,
        title=entry.get("title") if page.title is None else page.title,
        content_type=kind,
        content_type_raw=kind,
        published=date.fromisoformat(published) if published else None,
        sources=[*page.sources, *entry.get("sources", ())],
        fields_of_work=[*page.fields_of_work, *entry.get("fields_of_work", ())],
        summary=[entry.get("summary"), page.lead],
        body=page.body,
        body_html=page.body_html,
        definitions=page.definitions,
        images=page.images,
        documents=page.documents,
        links=page.links,
        contacts=page.contacts,
        translations=page.translations,
    )

    hosts = _host_countries(values.get("sources", ()))
    places = _places(page, dateline, hosts, issues)
    return _complete(
        values,
        issues,
        _words(page.title, page.kind, page.sources, page.fields_of_work),
        id=f"{node}-{language}",
        node=node,
        language=language,
        work_id=_work_id(node, [href for href, _ in page.translations]),
        url=url,
        dates=dates,
        dateline=dateline,
        places=places,
        countries=_countries(places, hosts),
        complete=True,
        provenance=_provenance(page.layout),
    )


def _dates(
    page: Release, entry: Mapping[str, Any], language: str, issues: list[dict[str, Any]]
) -> tuple[dict[str, str | None], dict[str, Any] | None]:
    """Return ``dates`` and ``dateline``; what cannot be read or disagrees becomes an issue."""
    printed = _date_of(page.date, page.date_times, language)
    if printed is None and page.header is not None:
        printed = page.header.date
        page.ways["date"] = "header-line"
    elif page.header is not None and page.header.date not in {None, printed}:
        page.disagreements.append("date")
    if page.date and printed is None:
        issues.append({"code": "date-unparsed", "value": page.date})
    listed = date.fromisoformat(entry["published"]) if entry.get("published") else None
    if entry.get("published_raw") and listed is None:
        issues.append({"code": "date-unparsed", "value": entry["published_raw"]})
    dateline = parse_dateline(page.body, printed or listed) if page.body else None
    dates = {
        "page": printed.isoformat() if printed else None,
        "listing": listed.isoformat() if listed else None,
        "dateline": dateline["date"] if dateline else None,
    }
    if len({value for value in dates.values() if value}) > 1:
        said = ", ".join(f"{name} {value}" for name, value in dates.items() if value)
        issues.append({"code": "dates-disagree", "value": said})
    return dates, dateline


def _places(
    page: Release,
    dateline: Mapping[str, Any] | None,
    hosts: Sequence[str],
    issues: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return ``places``; those that no gazetteer knows for certain become issues."""
    printed = ", ".join(page.places)
    known = read_places(printed) if printed else None
    header = list(known.places) if known else split_places(printed) if printed else []
    country = known.country if known else None
    if page.header is not None and page.header.places and not header:
        header = page.header.places
        page.ways["place"] = "header-line"
    places = merge_places(header, country, dateline, hosts)
    issues += [
        {"code": "place-unresolved", "value": place["header_raw"] or place["dateline_raw"]}
        for place in places
        if place["name"] is None
    ]
    return places


def _identity(page: Release, standing: Standing) -> tuple[str, str, str | None]:
    """Return the canonical address of a page, its node id and the language its addresses state.

    A canonical address counts where it is of the same node on an allowed host; it may state the
    language that the address met (``/node/N``) does not.
    """
    met = read_address(page.url)
    node, language = met.node, met.language
    if standing.published:
        return clean_address(page.url), standing.node or node_of(page.url), language
    for href in (page.canonical, page.shortlink):
        other = absolute(page.url, href) if href else None
        stated = read_address(other) if other else None
        if stated is None or stated.node is None or (node is not None and stated.node != node):
            continue
        node = stated.node
        if href is not page.canonical or not is_osce_or_own_host(stated.url, page.url):
            continue
        if language is None or stated.language == language:
            return clean_address(stated.url), node, stated.language
    return clean_address(page.url), node or standing.node or node_of(page.url), language


def _date_of(printed: str | None, times: Sequence[str], language: str) -> date | None:
    """Return the printed date; where nothing is printed, the machine-readable one."""
    if printed:
        found = parse_date(printed, language)
        if found is not None:
            return found
    return next((found for stamp in times if (found := parse_date(stamp))), None)


def _loaded(url: str, **words: Any) -> dict[str, Any]:
    """Return what the loader makes of the words for each key."""
    # itemloaders loads Scrapy where it is installed: only whoever makes items waits for it
    from osce_crawl.loaders import ReleaseLoader  # noqa: PLC0415

    loader = ReleaseLoader(url=url)
    loader.add_value(None, {key: printed for key, printed in words.items() if printed})
    values: dict[str, Any] = loader.load_item()
    return values


def _note_kind(raw: str | None, issues: list[dict[str, Any]]) -> None:
    if raw and resolve_content_type(raw) is None:
        issues.append({"code": "content-type-unknown", "value": raw})


def _host_countries(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the host countries of the field operations among *sources*."""
    hosts: list[str] = []
    for source in sources:
        unit = resolve_source(source["raw"]) if source["id"] else None
        host = unit.get("host_country") if unit and unit["kind"] == "field-operation" else None
        if host and host not in hosts:
            hosts.append(host)
    return hosts


def _countries(places: Iterable[Mapping[str, Any]], hosts: Iterable[str]) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for place in places:
        if place["country"]:
            found.setdefault(place["country"], "place")
    for host in hosts:
        found.setdefault(host, "unit")
    return [{"code": code, "origin": origin} for code, origin in found.items()]


def _work_id(node: str, translations: Iterable[str]) -> str:
    nodes = {node, *(read_address(url).node or node for url in translations)}
    return min(nodes, key=lambda one: (not one.isdigit(), int(one) if one.isdigit() else 0, one))


def _provenance(layout: str | None) -> dict[str, Any]:
    return {
        "layout": layout,
        "extractor": EXTRACTOR_VERSION,
        "http_status": None,
        "response_sha256": None,
        "archive": None,
    }


def _words(
    title: str | None, kind: str | None, sources: Sequence[str], fields: Sequence[str]
) -> dict[str, Any]:
    return {
        "title": title,
        "content_type_raw": kind,
        "sources": list(sources),
        "fields_of_work": list(fields),
    }


def _complete(
    values: Mapping[str, Any],
    issues: list[dict[str, Any]],
    words: Mapping[str, Any],
    **own: Any,
) -> dict[str, Any]:
    """Return an item with every key of the definition, in its order.

    :param words: what the page itself prints of what a listing says too, see `content_hash`.
    """
    for code, key in (("source-unknown", "sources"), ("field-unknown", "fields_of_work")):
        issues += [
            {"code": code, "value": value["raw"]}
            for value in values.get(key, ())
            if value["id"] is None
        ]
    if own["language"] == "und":
        issues.append({"code": "language-unknown", "value": None})
    merged = {**values, **own, "issues": issues}
    item = {key: merged.get(key, [] if key in _LISTS else None) for key in KEYS}
    item["content_hash"] = content_hash(item, words)
    return item
