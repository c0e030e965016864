"""The loader of a release: how every key of the item is filled."""

from typing import Any

from itemloaders import ItemLoader

from osce_crawl.items import KEYS, list_keys
from osce_crawl.loaders import values, words
from osce_crawl.loaders.processors import Each, every, first, unique
from osce_crawl.text.forms import clean_text

_LISTS = list_keys()


def blank_item() -> dict[str, Any]:
    """Return an empty item: every key in order, null or an empty list."""
    return {key: [] if key in _LISTS else None for key in KEYS}


class ReleaseLoader(ItemLoader):
    """Fills the keys of an item; those that only a run can fill stay null.

    Its context: ``page`` (`ReleasePage`), ``entry`` (the listing entry in the form of
    `extract_listing`, or empty), ``identity``, ``complete``, and ``extractor`` (its version).
    """

    default_item_class = staticmethod(blank_item)  # type: ignore[assignment]  # a factory will do

    # Keys with words of their own: how each text is converted, and which values are used. Both are
    # declared for each key, because the loader is slow to find that one is missing.
    title_in, title_out = Each(clean_text), first
    content_type_raw_in, content_type_raw_out = Each(clean_text), first
    summary_in, summary_out = Each(clean_text), first
    body_in, body_out = Each(str.strip), first  # its lines are already clean
    sources_in, sources_out = Each(words.to_source), unique
    fields_of_work_in, fields_of_work_out = Each(words.to_field), unique
    definitions_in, definitions_out = Each(words.to_definition), every
    images_in, images_out = Each(words.to_image), every
    documents_in, documents_out = Each(words.to_document), every
    links_in, links_out = Each(words.to_link), every
    translations_in, translations_out = Each(words.to_translation), every
    contacts_in, contacts_out = Each(clean_text), every

    def load_item(self) -> dict[str, Any]:
        """Return the item: first the keys with words, then those that follow from them."""
        item: dict[str, Any] = super().load_item()
        page, entry = self.context["page"], self.context["entry"]
        identity = self.context["identity"]
        # each may depend on those before it
        item["complete"] = self.context["complete"]
        item["node"], item["url"] = identity.node, identity.url
        item["content_type"] = values.to_kind(item)
        item["body_html"] = values.to_body_html(page, entry)
        item["language"] = values.to_language(identity, page)
        item["id"] = f"{item['node']}-{item['language']}"
        item["work_id"] = values.to_work_id(identity, page)
        item["dateline"] = values.to_dateline(page, entry, item)
        item["dates"] = values.to_dates(page, entry, item)
        item["published"] = values.to_published(item)
        item["places"] = values.to_places(page, item)
        item["countries"] = values.to_countries(item)
        item["provenance"] = values.to_provenance(page, self.context["extractor"])
        item["issues"] = values.to_issues(page, entry, item)
        item["content_hash"] = values.to_content_hash(page, item)
        return item

    def add_page(self) -> None:
        """Add the texts of the page and the listing entry in the context."""
        page, entry = self.context["page"], self.context["entry"]
        printed = {
            "title": entry.get("title") if page.title is None else page.title,
            "content_type_raw": page.kind or entry.get("content_type_raw"),
            "summary": [entry.get("summary"), page.lead],
            "body": values.to_body(page, entry),
            "sources": [*page.sources, *entry.get("sources", ())],
            "fields_of_work": [*page.fields_of_work, *entry.get("fields_of_work", ())],
            "definitions": page.definitions,
            "images": page.images,
            "documents": page.documents,
            "links": page.links,
            "translations": page.translations,
            "contacts": page.contacts,
        }
        self.add_value(None, {key: said for key, said in printed.items() if said})
