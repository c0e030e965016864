"""The loader of a release: how every key of the item comes about."""

from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import MapCompose

from osce_crawl.items import KEYS, list_keys
from osce_crawl.loaders import values, words
from osce_crawl.loaders.processors import Each, Follows, every, first, unique
from osce_crawl.normalise.safe_html import sanitise
from osce_crawl.text.forms import clean_text

_LISTS = list_keys()


def blank_item() -> dict[str, Any]:
    """Return an item that says nothing: every key in its order, null or an empty list."""
    return {key: [] if key in _LISTS else None for key in KEYS}


class ReleaseLoader(ItemLoader):
    """Fills the keys of an item; those that only a run can fill stay null.

    Its context: ``page`` (`ReleasePage`), its ``url``, ``entry`` (of the listing, as
    `extract_listing` gives it, or empty), ``identity``, ``complete``, and ``extractor``, the
    version that reads.
    """

    default_item_class = staticmethod(blank_item)  # type: ignore[assignment]  # a factory will do

    # Keys that have words of their own: what becomes of each word, and which values stand. Both are
    # declared for each key: the loader is slow to find out that there is none.
    node_in, node_out = every, first
    url_in, url_out = every, first
    title_in, title_out = Each(clean_text), first
    content_type_in, content_type_out = Each(words.to_content_type), first
    content_type_raw_in, content_type_raw_out = Each(clean_text), first
    summary_in, summary_out = Each(clean_text), first
    body_in, body_out = Each(str.strip), first  # its lines are clean; paragraphs stay apart
    body_html_in, body_html_out = MapCompose(sanitise), first  # it takes the url of the context
    sources_in, sources_out = Each(words.to_source), unique
    fields_of_work_in, fields_of_work_out = Each(words.to_field), unique
    definitions_in, definitions_out = Each(words.to_definition), every
    images_in, images_out = Each(words.to_image), every
    documents_in, documents_out = Each(words.to_document), every
    links_in, links_out = Each(words.to_link), every
    translations_in, translations_out = Each(words.to_translation), every
    contacts_in, contacts_out = Each(clean_text), every

    # Keys that follow from the context and from the keys above them, in this order.
    language_in, language_out = every, Follows(values.to_language)
    id_in, id_out = every, Follows(values.to_id)
    work_id_in, work_id_out = every, Follows(values.to_work_id)
    dateline_in, dateline_out = every, Follows(values.to_dateline)
    dates_in, dates_out = every, Follows(values.to_dates)
    published_in, published_out = every, Follows(values.to_published)
    places_in, places_out = every, Follows(values.to_places)
    countries_in, countries_out = every, Follows(values.to_countries)
    complete_in, complete_out = every, Follows(values.to_complete)
    provenance_in, provenance_out = every, Follows(values.to_provenance)
    issues_in, issues_out = every, Follows(values.to_issues)
    content_hash_in, content_hash_out = every, Follows(values.to_hash)

    def add_page(self) -> None:
        """Add what the page and the listing entry of the context print."""
        page, entry, identity = (self.context[name] for name in ("page", "entry", "identity"))
        kind = page.kind or entry.get("content_type_raw")
        printed = {
            "node": identity.node,
            "url": identity.url,
            "title": entry.get("title") if page.title is None else page.title,
            "content_type": kind,
            "content_type_raw": kind,
            "summary": [entry.get("summary"), page.lead],
            "body": page.body,
            "body_html": page.body_html,
            "sources": [*page.sources, *entry.get("sources", ())],
            "fields_of_work": [*page.fields_of_work, *entry.get("fields_of_work", ())],
            "definitions": page.definitions,
            "images": page.images,
            "documents": page.documents,
            "links": page.links,
            "translations": page.translations,
            "contacts": page.contacts,
        }
        self.add_value(None, {key: said for key, said in printed.items() if said} | _FOLLOWING)


#: The keys that follow; a loader asks only for keys it was given a word of.
_FOLLOWING = {
    name.removesuffix("_out"): True
    for name, processor in vars(ReleaseLoader).items()
    if isinstance(processor, Follows)
}
