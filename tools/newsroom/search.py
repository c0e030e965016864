"""The site's search service, with the behaviour that its documentation and tests describe."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .contents import contents
from .facts import Fact
from .tables import KINDS

HOST = "prod.search.web.osce.org"
PATH = "/collections/unified/documents/search"
KEY = "key-of-the-tests"
_MOST, _USUAL = 250, 10
_CONDITION = re.compile(r"\s*(\w+):\s*(>=|<=|>|<|:=|=)?\s*(?:\[(.*)\]|(.+?))\s*")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}
_JSON = {"Content-Type": "application/json; charset=utf-8"}
#: Status and body.
Said = tuple[int, Mapping[str, Any]]


@dataclass
class Search:
    """The service.

    :ivar key: the key that may search; ``most_hits``: the last result it may see, None for all.
    """

    key: str = KEY
    most_hits: int | None = None

    def answer(
        self, target: str, headers: Mapping[str, str], documents: Iterable[dict[str, Any]]
    ) -> tuple[str, int, Mapping[str, str]]:
        """Return body, status and headers of the answer to a GET."""
        status, said = self._said(target, headers, documents)
        return json.dumps(said, ensure_ascii=False), int(status), _JSON

    def _said(
        self, target: str, headers: Mapping[str, str], documents: Iterable[dict[str, Any]]
    ) -> Said:
        parts = urlsplit(target)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        given = headers.get("x-typesense-api-key", asked.get("x-typesense-api-key"))
        if given != self.key:
            return HTTPStatus.UNAUTHORIZED, {
                "message": "Forbidden - a valid `x-typesense-api-key` header must be sent."
            }
        if parts.path != PATH:
            return HTTPStatus.NOT_FOUND, {"message": "Not Found"}
        page, size = int(asked.get("page", 1)), int(asked.get("per_page", _USUAL))
        if size > _MOST:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {
                "message": f"Only upto {_MOST} hits can be fetched per page."
            }
        if self.most_hits is not None and page * size > self.most_hits:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {
                "message": f"Only upto {self.most_hits} hits can be fetched. Ensure that `page` and"
                " `per_page` parameters are within this range."
            }
        everything = list(documents)
        found = _filtered(everything, asked.get("filter_by", ""))
        for term in reversed(asked.get("sort_by", "date:desc").split(",")):
            name, _, order = term.partition(":")
            found.sort(key=partial(_value, name=name), reverse=order == "desc")
        shown = found[(page - 1) * size : page * size]
        return HTTPStatus.OK, {
            "facet_counts": [],
            "found": len(found),
            "hits": [{"document": one, "highlights": []} for one in shown],
            "out_of": len(everything),
            "page": page,
            "request_params": {
                "collection_name": "unified",
                "per_page": size,
                "q": asked.get("q", ""),
            },
            "search_cutoff": False,
            "search_time_ms": 1,
        }


def _value(one: Mapping[str, Any], name: str) -> Any:
    return one.get(name) or 0


def _filtered(documents: list[dict[str, Any]], expression: str) -> list[dict[str, Any]]:
    """Return the documents that meet all conditions, joined by ``&&``."""
    found = documents
    for part in filter(None, expression.split("&&")):
        condition = _CONDITION.fullmatch(part)
        if condition is None:
            continue
        name, sign, several, one = condition.groups()
        found = [each for each in found if _meets(each.get(name), sign, several, one)]
    return list(found)


def _meets(value: Any, sign: str | None, several: str | None, one: str | None) -> bool:
    if several is not None and ".." in several:
        first, _, last = several.partition("..")
        return value is not None and int(first) <= value <= int(last)
    if sign in _COMPARE:
        return value is not None and _COMPARE[sign](value, int(one or several or 0))
    wanted = [word.strip().strip("`") for word in (several or one or "").split(",")]
    values = value if isinstance(value, list) else [value]
    return any(str(each) in wanted for each in values)


def document(fact: Fact, address: str) -> dict[str, Any]:
    """Return an item as a document of the service."""
    words = contents(fact)
    kind = fact.listed_kind or "News"
    return {
        "id": f"entity:node/{fact.node}:{fact.language}",
        "nid": fact.node,
        "title": words.title,
        "url": address,
        "preview": words.teaser or "",
        "full_text": " ".join(block.text for block in words.blocks),
        "item_type": KINDS[kind][0],
        "item_type_label": kind,
        "date": _seconds(fact.listing_day or fact.day),
        "bundle": "news",
        "fow_label": list(fact.fields),
        "source_label": list(fact.sources),
        "focus_area_label": [],
        "issued_by_label": list(fact.sources),
    }


def other_document(number: int, address: str, day: date) -> dict[str, Any]:
    """Return a document of the service that is not a release."""
    return {
        "id": f"entity:node/{number}:en",
        "nid": str(number),
        "title": "Guide on shared archives",
        "url": address,
        "preview": "",
        "full_text": "",
        "item_type": "resource",
        "item_type_label": "Guide / manual / handbook",
        "date": _seconds(day),
        "bundle": "document",
        "fow_label": [],
        "source_label": [],
        "focus_area_label": [],
        "issued_by_label": [],
    }


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(12), UTC).timestamp())
