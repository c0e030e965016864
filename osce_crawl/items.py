"""The item: the one definition of its keys, types and meaning, and its hash.

The published JSON Schema, the data dictionary in ``docs/`` and the validation of every row before
it reaches a feed are derived from the classes below; nothing else lists the keys.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, get_args

import msgspec
import orjson
from msgspec import Meta

from osce_crawl.normalise.urls import without_osce_host
from osce_crawl.normalise.web import PATTERN
from osce_crawl.pages.generations import GENERATIONS

SCHEMA_VERSION = "2.0.0"

Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="`YYYY-MM-DD`")]
Timestamp = Annotated[
    str,
    Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$", description="`YYYY-MM-DDThh:mm:ssZ`"),
]
Text = Annotated[str, Meta(min_length=1)]
Url = Annotated[str, Meta(pattern=PATTERN)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
_LAYOUTS = ", ".join(f"`{one.name}`" for one in reversed(GENERATIONS))


def doc(description: str, **constraints: Any) -> Meta:
    """Return the description and constraints of a key for schema and data dictionary."""
    return Meta(description=description, **constraints)


@dataclass(slots=True)
class Dates:
    """Every date the item carries, each as found, none corrected by another."""

    page: Annotated[Date | None, doc("the date in the header of the release's own page")]
    listing: Annotated[Date | None, doc("the publishing date the listing shows")]
    dateline: Annotated[Date | None, doc("the date in the dateline that opens the text")]


@dataclass(slots=True)
class Dateline:
    """The place and date that open the text of a release."""

    raw: Annotated[Text, doc("as printed, without the dash that ends it")]
    date: Annotated[
        Date | None, doc("its date; if it prints no year, the year nearest to `published`")
    ]
    places: Annotated[list[Text], doc("the place names as printed")]
    country: Annotated[Text | None, doc("the country as printed")]
    end: Annotated[
        int, doc("offset in `body`, in code points, at which the text proper starts", ge=0)
    ]


@dataclass(slots=True)
class Place:
    """A place where the release was issued; header and dateline merged, one entry per place."""

    name: Annotated[Text | None, doc("as GeoNames spells it")]
    kind: Annotated[Text | None, doc("`city`, `country` or `site`")]
    country: Annotated[
        Text | None, doc("today's ISO 3166-1 alpha-2 code (`XK`: see the note on Kosovo)")
    ]
    latitude: Annotated[float | None, doc("degrees north; null for countries")]
    longitude: Annotated[float | None, doc("degrees east; null for countries")]
    geonames_id: Annotated[Text | None, doc("GeoNames' id")]
    header_raw: Annotated[Text | None, doc("the name as the header prints it")]
    dateline_raw: Annotated[Text | None, doc("the name as the dateline prints it")]


@dataclass(slots=True)
class Country:
    """A country the release concerns, and how that is known."""

    code: Annotated[Text, doc("ISO 3166-1 alpha-2")]
    origin: Annotated[
        Text, doc("`place`: from `places`; `unit`: host country of a field operation")
    ]


@dataclass(slots=True)
class Source:
    """A unit of the OSCE that issued the release."""

    id: Annotated[Text | None, doc("the unit's id in the vocabulary, the same under all its names")]
    label: Annotated[Text | None, doc("the unit's name, without `(closed)`")]
    kind: Annotated[Text | None, doc("`field-operation`, `institution`, `secretariat`, …")]
    raw: Annotated[Text, doc("as printed")]


@dataclass(slots=True)
class FieldOfWork:
    """A field of work the release is filed under."""

    id: Annotated[Text | None, doc("the field's id in the vocabulary")]
    label: Annotated[Text | None, doc("the field's name in today's menu")]
    raw: Annotated[Text, doc("as printed")]


@dataclass(slots=True)
class Definition:
    """A glossary term the text explains in a tooltip."""

    term: Text
    definition: Text


@dataclass(slots=True)
class Image:
    """A picture of the release."""

    url: Url
    caption: Text | None
    credit: Text | None


@dataclass(slots=True)
class Document:
    """A file offered for download."""

    url: Url
    title: Text | None
    language: Language | None


@dataclass(slots=True)
class Link:
    """A link in the text or among the related links."""

    url: Url
    text: Text


@dataclass(slots=True)
class Translation:
    """The same release in another language."""

    url: Url
    language: Language


@dataclass(slots=True)
class ArchiveRecord:
    """Where the response is kept as it was received."""

    file: Annotated[Text, doc("name of the WARC file in the folder of the archive")]
    offset: Annotated[int, doc("offset of the record's first byte in the file", ge=0)]
    length: Annotated[int, doc("compressed length of the record, in bytes", ge=1)]


@dataclass(slots=True)
class Provenance:
    """How this content was read."""

    layout: Annotated[Text | None, doc(f"generation of the page: {_LAYOUTS}")]
    extractor: Annotated[Text, doc("version of the code that read the page")]
    http_status: Annotated[int | None, doc("status of the response behind this content")]
    response_sha256: Annotated[Text | None, doc("SHA-256 of its body")]
    archive: Annotated[ArchiveRecord | None, doc("WARC record that holds it, if one was kept")]


@dataclass(slots=True)
class Issue:
    """Something about this item that could not be determined."""

    code: Annotated[
        Text, doc("what is wrong, e.g. `date-unparsed`; docs/reference/statistics.md lists them")
    ]
    value: Annotated[Text | None, doc("the printed words in question")]


#: What each code of an issue means, and what its `value` holds.
ISSUES: dict[str, str] = {
    "date-unparsed": "a printed date that cannot be read with certainty; it is null",
    "dates-disagree": "page, listing and dateline give different days; all are kept",
    "place-unresolved": "a printed place that is unknown or ambiguous",
    "source-unknown": "a unit that the vocabulary lacks",
    "field-unknown": "a field of work that the vocabulary lacks",
    "content-type-unknown": "a kind that the vocabulary lacks",
    "label-unknown": "a label, between known ones, that `labels.json` lacks; its value is in no"
    " key. `value` is the label",
    "text-left-out": "prose of the page that is in no key. `value` is its first words, without"
    " addresses and numbers",
    "body-missing": "`body` is null, and all prose of the page was left out for counted reasons",
    "page-cut": "the page opens `html` or `body` and closes neither: its end may be missing",
    "encoding-guessed": "the page is not, or not entirely, UTF-8, and its encoding had to be"
    " guessed: non-ASCII letters may be wrong. `value` is Python's name of the encoding",
    "characters-lost": "the page contains U+FFFD (`�`): bytes that are invalid in its"
    " encoding, or characters that the site itself had lost. `value` is their number",
    "text-garbled": "headline or body contain words that the site decoded wrongly"
    " (`Missionâ€™s`); they are left as they are. `value` is the first one",
    "address-unreadable": "the address of a picture, a file or a link cannot be parsed"
    " (`http://[…`); it is left out. `value` is the address as printed",
    "language-unknown": "neither the address nor the page nor the text shows the language",
}


@dataclass(slots=True)
class Release:
    """One release of the newsroom in one language: one line of the dataset."""

    id: Annotated[Text, doc('`"<node>-<language>"`, unique, never changes')]
    node: Annotated[Text, doc("the site's node id, the same under every address of the item")]
    language: Annotated[Language, doc("BCP 47; `und` if unknown")]
    work_id: Annotated[
        Text,
        doc("lowest `node` among the known translations of one release, the same for all of them"),
    ]
    url: Annotated[Url, doc("canonical address")]
    title: Annotated[Text | None, doc("the headline")]
    content_type: Annotated[Text | None, doc("slug: `press-release`, `news`, `spot-report`, …")]
    content_type_raw: Annotated[Text | None, doc("the words on the page")]
    published: Annotated[
        Date | None, doc("first of `dates.page`, `dates.listing`, `dates.dateline`")
    ]
    dates: Annotated[Dates, doc("every date the item carries")]
    dateline: Annotated[Dateline | None, doc("place and date that open the text")]
    places: Annotated[list[Place], doc("where it was issued")]
    countries: Annotated[list[Country], doc("countries of the places and of the field operations")]
    sources: Annotated[list[Source], doc("the units that issued it")]
    fields_of_work: Annotated[list[FieldOfWork], doc("the fields of work it is filed under")]
    summary: Annotated[
        Text | None, doc("the listing's teaser; else a lead above the labels of the page's header")
    ]
    body: Annotated[
        Text | None,
        doc(
            "the text, paragraphs separated by a blank line, dateline kept. It opens with a lead"
            " above the labels of the header if the listing has another teaser"
        ),
    ]
    body_html: Annotated[Text | None, doc("the text as sanitised HTML")]
    definitions: Annotated[list[Definition], doc("glossary terms explained in tooltips")]
    images: Annotated[list[Image], doc("pictures with caption and credit")]
    documents: Annotated[list[Document], doc("files offered for download")]
    links: Annotated[list[Link], doc("links in the text, then the related links")]
    contacts: Annotated[list[Text], doc("press contacts; empty unless `OSCE_CONTACTS=1`")]
    translations: Annotated[list[Translation], doc("the same release in other languages")]
    complete: Annotated[bool, doc("false if only the listing entry was available")]
    revision: Annotated[int, doc("1, 2, …; rises only when what the page prints changes", ge=1)]
    content_hash: Annotated[
        str,
        doc(
            "`sha256:` and the hash of what the page prints, without OSCE host names",
            pattern=r"^sha256:[0-9a-f]{64}$",
        ),
    ]
    first_seen_at: Annotated[Timestamp, doc("when the crawler first had the item")]
    changed_at: Annotated[Timestamp, doc("when any other key last changed")]
    removed_at: Annotated[Timestamp | None, doc("when it was found to be gone from the site")]
    fetched_at: Annotated[Timestamp, doc("when the response behind this content was received")]
    provenance: Annotated[Provenance, doc("how this content was read")]
    issues: Annotated[list[Issue], doc("what could not be determined or had to be left out")]


#: The keys of an item, in their order.
KEYS: tuple[str, ...] = tuple(field.name for field in fields(Release))

#: Keys that only a run can fill; `extract` leaves them null.
RUN_KEYS: tuple[str, ...] = (
    "revision",
    "first_seen_at",
    "changed_at",
    "removed_at",
    "fetched_at",
)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of the dataset."""
    schema = msgspec.json.schema(Release)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OSCE newsroom item",
        "version": SCHEMA_VERSION,
        **schema,
    }


def validate(item: dict[str, Any]) -> None:
    """Check one finished item against the definition.

    :raises ValueError: when a key is invalid, missing, unknown or out of order; the message names
        the key and what was expected.
    """
    if tuple(item) != KEYS:
        missing = [key for key in KEYS if key not in item]
        unknown = [key for key in item if key not in KEYS]
        raise ValueError(
            f"keys differ from the schema: missing {missing}, unknown {unknown}, or order"
        )
    try:
        msgspec.convert(item, Release)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def list_keys() -> frozenset[str]:
    """Return the keys whose value is a list (never null in an item)."""
    return frozenset(
        field.name for field in fields(Release) if "list[" in str(get_args(field.type)[:1])
    )


#: Keys that `content_hash` uses unchanged, and keys that it uses without the OSCE's hosts.
_PRINTED = ("body", "definitions")
_WITH_ADDRESSES = ("images", "documents", "links", "translations")


def content_hash(item: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Return ``sha256:`` and the hex digest of the page's own words.

    It distinguishes a new revision from the same page.

    It excludes whatever may change while the page stays the same: ids and labels of the project's
    vocabularies, resolved places, data that only the listing has, contacts (stored only on
    request), and the hosts of the OSCE's addresses, because the site sometimes moves.

    :param words: title, kind, sources and fields of work as the page itself prints them, None or
        empty if it does not; *item* may have those of the listing instead.
    """
    printed: dict[str, Any] = {key: item[key] for key in _PRINTED}
    printed |= {key: _without_hosts(item[key]) for key in _WITH_ADDRESSES}
    printed |= words
    printed["date"] = item["dates"]["page"]
    printed["places"] = [place["header_raw"] for place in item["places"]]
    digest = hashlib.sha256(orjson.dumps(printed, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"sha256:{digest}"


def _without_hosts(values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return values with addresses, so that one path on two OSCE hosts counts as one address."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        address = without_osce_host(value["url"])
        found.setdefault(address, {**value, "url": address})
    return list(found.values())
