"""The places of a release: header and dateline merged, one entry per place."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary.gazetteer import resolve_place

_UNRESOLVED: dict[str, Any] = {
    "name": None,
    "kind": None,
    "country": None,
    "latitude": None,
    "longitude": None,
    "geonames_id": None,
}


def merge_places(
    header: Sequence[str],
    header_country: str | None,
    dateline: Mapping[str, Any] | None,
    unit_countries: Sequence[str],
) -> list[dict[str, Any]]:
    """Return the places that header and dateline name, in that order, without repetition.

    :param header: printed names of the header; ``header_country``: the country printed with them.
    :param dateline: as returned by `parse_dateline`.
    :param unit_countries: host countries of the units that issued the release.
    :returns: entries of the item's ``places``; unresolved ones hold only their printed names.
    """
    country = dateline["country"] or region_country(dateline["raw"]) if dateline else None
    named = [("header_raw", raw, header_country, country) for raw in header]
    if dateline is not None:
        named += [("dateline_raw", raw, country, header_country) for raw in dateline["places"]]
    merged: list[dict[str, Any]] = []
    for origin, raw, own, other in named:
        # the country printed on the other side helps, but does not belong to this name
        resolved = resolve_place(raw, own or other, unit_countries=unit_countries)
        if resolved is None and own is None and other is not None:
            resolved = resolve_place(raw, unit_countries=unit_countries)
        known = next((place for place in merged if _same(place, raw, resolved)), None)
        if known is None:
            known = {**(resolved or _UNRESOLVED), "header_raw": None, "dateline_raw": None}
            merged.append(known)
        elif known["name"] is None and resolved is not None:
            known.update(resolved)
        if known[origin] is None:
            known[origin] = raw
    return merged


@cache
def _regions() -> dict[str, str]:
    return {fold(name): code for code, names in read_data("regions").items() for name in names}


def region_country(raw: str) -> str | None:
    """Return the country of the State or province after a town: "PARIS, Texas".

    Georgia and Washington are left out: here they are a country and a capital. With two countries
    in one dateline, neither applies to all its places.
    """
    codes = {_regions().get(fold(piece)) for piece in raw.split(",")[1:]} - {None}
    return codes.pop() if len(codes) == 1 else None


def _same(place: Mapping[str, Any], raw: str, resolved: Mapping[str, Any] | None) -> bool:
    if fold(raw) in {fold(place[key]) for key in ("header_raw", "dateline_raw") if place[key]}:
        return True
    return resolved is not None and (place["name"], place["country"], place["kind"]) == (
        resolved["name"],
        resolved["country"],
        resolved["kind"],
    )
