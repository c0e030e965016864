"""The compared extractors, each called as its documentation says; no network.

They run in the environment of `benchmarks/requirements.lock`. Only `read` is timed; `told` converts
its result to the names of `benchmarks.accuracy`. A field that a tool does not offer is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import newspaper
import trafilatura
from lxml import html
from newsplease import NewsPlease
from parsel import Selector
from readability import Document

from benchmarks import callbacks
from benchmarks.fundus_parser import OsceParser
from osce_crawl import NotARelease, extract

Told = dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """One tool.

    :ivar read: takes the page as text and as bytes, and its address.
    :ivar told: takes the result of `read`.
    """

    read: Callable[[str, bytes, str], Any]
    told: Callable[[Any], Told]


def _ours(_text: str, page: bytes, url: str) -> Any:
    try:
        return extract(page, url)
    except NotARelease:
        return None


def _ours_told(item: Any) -> Told:
    if item is None:
        return {}
    return {
        "title": item["title"],
        "date": item["published"],
        "language": item["language"],
        "body": item["body"],
        "kind": item["content_type_raw"],
        "places": [one["header_raw"] or one["dateline_raw"] for one in item["places"]],
        "units": [one["raw"] for one in item["sources"]],
        "tags": [one["raw"] for one in item["fields_of_work"]],
        "images": [one["url"] for one in item["images"]],
        "documents": [one["url"] for one in item["documents"]],
        "translations": [one["language"] for one in item["translations"]],
    }


def _newspaper(text: str, _page: bytes, url: str) -> Any:
    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=text)
    article.parse()
    return article


def _newspaper_told(article: Any) -> Told:
    return {
        "title": article.title,
        "date": _day(article.publish_date),
        "language": article.meta_lang,
        "body": article.text,
        "tags": list(article.tags or ()),
        "images": list(article.images or ()),
    }


#: Without this, trafilatura takes the site's menu for part of the text.
_MENUS = ["//ul[@class='tree']", "//aside"]


def _trafilatura(text: str, _page: bytes, url: str) -> Any:
    return trafilatura.bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        favor_precision=True,
        prune_xpath=_MENUS,
    )


def _trafilatura_told(found: Any) -> Told:
    if found is None:
        return {}
    return {
        "title": found.title,
        "date": found.date,
        "body": found.text,
        "tags": list(found.tags or []),
    }


def _news_please(text: str, _page: bytes, url: str) -> Any:
    return NewsPlease.from_html(text, url=url, fetch_images=False)


def _news_please_told(article: Any) -> Told:
    return {
        "title": article.title,
        "date": _day(article.date_publish),
        "language": article.language,
        "body": article.maintext,
    }


_OSCE = OsceParser()(date(2026, 10, 31))


def _fundus(text: str, _page: bytes, _url: str) -> Any:
    return _OSCE.parse(text, error_handling="suppress")


def _fundus_told(found: Any) -> Told:
    body = found.get("body")
    return {
        "title": found.get("title"),
        "date": _day(found.get("publishing_date")),
        "body": body.text() if body else None,
        "tags": found.get("topics") or [],
        "images": [image.versions[0].url for image in found.get("images") or []],
    }


def _readability(text: str, _page: bytes, url: str) -> Any:
    document = Document(text, url=url)
    return document.short_title(), document.summary(html_partial=True)


def _readability_told(found: Any) -> Told:
    title, body = found
    return {"title": title, "body": html.fromstring(body).text_content() if body else None}


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


FLOOR = "lxml's bare parse"
READERS = {
    FLOOR: Reader(lambda _text, page, _url: html.document_fromstring(page), lambda _: {}),
    "a callback with parsel": Reader(
        lambda _text, page, url: callbacks.by_hand(page, url), lambda found: found
    ),
    "a callback with an ItemLoader": Reader(
        lambda _text, page, url: callbacks.by_loader(Selector(body=page, base_url=url)),
        lambda found: dict.fromkeys(callbacks.NAMES) | found,
    ),
    "`osce_crawl.extract`": Reader(_ours, _ours_told),
    "trafilatura": Reader(_trafilatura, _trafilatura_told),
    "newspaper4k": Reader(_newspaper, _newspaper_told),
    "news-please": Reader(_news_please, _news_please_told),
    "fundus": Reader(_fundus, _fundus_told),
    "readability-lxml": Reader(_readability, _readability_told),
}
