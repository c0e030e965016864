"""The expected item for each fact: the contract's keys without those of the run.

`body_html` is left out, since its tags are the crawler's choice; `issues` are only codes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .contents import Contents, contents
from .datelines import Dateline
from .facts import Fact
from .tables import KINDS, fields_by_name, places, units_by_name

#: The facts printed in a listing entry: date, kind, labels (units and fields), teaser.
LISTING = frozenset({"day", "kind", "labels", "teaser"})
#: Printed names that are in no gazetteer.
_MISSPELT = frozenset({"SKOPE"})
#: A Latin letter in a Cyrillic name, as old headers have it.
_HALF_LATIN = {"КИЕВ": "KИЕВ"}


def item(fact: Fact, base: str, prints: frozenset[str] = LISTING) -> dict[str, Any]:
    """Return the item of a fact.

    :param base: the address its page is served at, without a slash at the end.
    :param prints: the facts, out of `LISTING`, that its source prints.
    """
    words = contents(fact)
    fact = _as_found(fact, prints)
    dates = {
        "page": _iso(fact.page_day),
        "listing": _iso(fact.listing_day),
        "dateline": _iso(words.dateline.date) if words.dateline else None,
    }
    body = [block.text for block in words.blocks]
    found = _places(fact, words.dateline)
    sources = _sources(fact)
    kind = fact.kind or fact.listed_kind
    return {
        "id": fact.id,
        "node": fact.node,
        "language": fact.language,
        "work_id": fact.work_id if fact.translations else fact.node,
        "url": base + fact.path,
        "title": words.title,
        "content_type": KINDS[kind][0] if kind else None,
        "content_type_raw": kind,
        "published": dates["page"] or dates["listing"] or dates["dateline"],
        "dates": dates,
        "dateline": _dateline(words.dateline),
        "places": found,
        "countries": _countries(found, sources),
        "sources": sources,
        "fields_of_work": _fields(fact),
        "summary": words.teaser if "teaser" in prints else None,
        "body": "\n\n".join(body),
        **_lists(fact, words, base),
        "complete": True,
        "provenance": {"layout": fact.generation},
        "issues": _issues(dates, found),
    }


def _as_found(fact: Fact, prints: frozenset[str]) -> Fact:
    """Return a fact without the values that are printed nowhere."""
    return replace(
        fact,
        listing_day=fact.listing_day if "day" in prints else None,
        listed_kind=fact.listed_kind if "kind" in prints else None,
        listed_sources=fact.listed_sources if "labels" in prints else (),
        listed_fields=fact.listed_fields if "labels" in prints else (),
    )


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _dateline(said: Dateline | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "raw": said.raw,
        "date": _iso(said.date),
        "places": list(said.printed),
        "country": said.country,
        "end": len(said.text),
    }


def header_places(fact: Fact) -> tuple[str, ...]:
    """Return the places as printed in the header; none if it has no such line."""
    if not fact.header_place:
        return ()
    names = [
        places()[name].printed.get(fact.language, places()[name].printed["en"])
        for name in fact.places
    ]
    if fact.generation == "g1":
        names = [_HALF_LATIN.get(name, name) for name in names]
    return tuple(names)


def _places(fact: Fact, said: Dateline | None) -> list[dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    printed = said.printed if said else ()
    for key, names in (("header_raw", header_places(fact)), ("dateline_raw", printed)):
        for position, raw in enumerate(names):
            name = fact.places[position]
            known = None if raw in _MISSPELT else places()[name]
            place = merged.setdefault(
                raw if known is None else name,
                {
                    "name": known.name if known else None,
                    "kind": "city" if known else None,
                    "country": known.country if known else None,
                    "latitude": known.latitude if known else None,
                    "longitude": known.longitude if known else None,
                    "geonames_id": known.geonames_id if known else None,
                    "header_raw": None,
                    "dateline_raw": None,
                },
            )
            place[key] = place[key] or raw
    return list(merged.values())


def _sources(fact: Fact) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for raw in (*fact.sources, *fact.listed_sources):
        unit = units_by_name()[raw]
        value = {"id": unit.id, "label": unit.label, "kind": unit.kind, "raw": raw}
        found.setdefault(unit.id, value)
    return list(found.values())


def _fields(fact: Fact) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for raw in (*fact.fields, *fact.listed_fields):
        one = fields_by_name()[raw]
        found.setdefault(one.id, {"id": one.id, "label": one.label, "raw": raw})
    return list(found.values())


def _countries(
    found: Iterable[dict[str, Any]], sources: Iterable[dict[str, Any]]
) -> list[dict[str, str]]:
    origins: dict[str, str] = {}
    for place in found:
        if place["country"]:
            origins.setdefault(place["country"], "place")
    for source in sources:
        host = units_by_name()[source["raw"]].host
        if host:
            origins.setdefault(host, "unit")
    return [{"code": code, "origin": origin} for code, origin in origins.items()]


def _lists(fact: Fact, words: Contents, base: str) -> dict[str, Any]:
    pieces = [piece for block in words.blocks for piece in block.pieces]
    return {
        "definitions": _once(
            {"term": piece.text, "definition": piece.definition}
            for piece in pieces
            if piece.definition
        ),
        "images": [
            {"url": base + image.path, "caption": image.caption, "credit": image.credit}
            for image in words.images
        ],
        "documents": [
            {"url": base + one.path, "title": one.title, "language": one.language}
            for one in words.documents
        ],
        "links": [{"url": base + piece.href, "text": piece.text} for piece in pieces if piece.href]
        + [{"url": base + path, "text": text} for text, path in words.related],
        "contacts": [", ".join(lines) for lines in words.contacts],
        "translations": [
            {"url": base + path, "language": language} for language, path in fact.translations
        ],
    }


def _once(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _issues(dates: dict[str, str | None], found: Iterable[dict[str, Any]]) -> list[str]:
    codes = []
    if len({day for day in dates.values() if day}) > 1:
        codes.append("dates-disagree")
    codes += ["place-unresolved" for place in found if place["name"] is None]
    return codes


def items(facts: Iterable[Fact], base: str) -> Iterator[dict[str, Any]]:
    """Return the items of a newsroom, each as by `item`."""
    return (item(fact, base) for fact in facts)
