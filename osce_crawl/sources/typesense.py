"""The site's search service: ``typesense=ADDRESS`` of its search, with OSCE_TYPESENSE_KEY."""

from urllib.parse import urlencode

from osce_crawl.normalise.urls import is_page_address
from osce_crawl.options import OptionError, Options
from osce_crawl.pages.search_results import Document, read_results
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import named
from osce_crawl.sources.query import parameters, without
from osce_crawl.sources.registry import listing_source
from osce_crawl.sources.results import ResultsPage, ResultsWalk
from osce_crawl.sources.walk import Terms
from osce_crawl.vocabulary import resolve_content_type

#: The service of the OSCE's site (seen in its pages).
SERVICE = "https://prod.search.web.osce.org/collections/unified/documents/search"
#: Default parameters, unless the address states others: everything, newest first, without texts.
_ASKED = {"q": "*", "sort_by": "date:desc", "exclude_fields": "full_text"}


@listing_source("typesense")
class TypesenseSource(ListingSource):
    """Lists all documents of the site that may be releases; reading their pages decides.

    The service requires a key, which the operator gets from the OSCE or from the site's own pages.
    The key is sent only to the service itself.
    """

    #: The service states the reason in the body: a bad key, no such collection, too many results.
    statuses = (400, 401, 404, 422)

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"typesense {address}"
        own = parameters(address)
        self._filter = own.pop("filter_by", "")
        self._wanted = _ASKED | own
        self._bare = without(address, set(own) | {"filter_by"})
        self._base_url = Options.base_url

    def configure(self, options: Options) -> None:
        """Read the key; raises OptionError when it is missing."""
        if options.typesense_key is None:
            raise OptionError(
                f"setting OSCE_SOURCES: {self.name.replace(' ', '=', 1)!r} needs the key of the"
                " search service: give OSCE_TYPESENSE_KEY as an environment variable"
            )
        self.headers = {"X-TYPESENSE-API-KEY": options.typesense_key}
        self._base_url = options.base_url

    def first(self) -> list[str]:
        """Return the address of the first page."""
        return [self.page_address(1, 1, None)]

    def walk(self, terms: Terms) -> ResultsWalk:
        """Return a walk through all results."""
        return ResultsWalk(self.name, terms, self.proves, address=self.page_address)

    def page_address(self, number: int, size: int, latest: int | None) -> str:
        """Return the address of a page of results.

        :param latest: the latest date of the results, in the service's own form; None: any.
        """
        until = "" if latest is None else f"date:<={latest}"
        terms = " && ".join(term for term in (self._filter, until) if term)
        asked = {**self._wanted, "per_page": str(size), "page": str(number)}
        if terms:
            asked["filter_by"] = terms
        return f"{self._bare}?{urlencode(asked)}"

    def read(self, body: bytes, url: str) -> ResultsPage:
        """Read a page of results; raises NotAListing."""
        results = read_results(body, url, self._base_url)
        documents = results.documents
        entries = [
            named(one.address, node=one.node, published=one.day)
            for one in documents
            if one.address is not None and _may_be_release(one)
        ]
        return ResultsPage(
            url,
            entries,
            unfit=len(documents) - len(entries),
            ids=[one.id for one in documents],
            days=[one.day for one in documents if one.day is not None],
            oldest=min((one.date for one in documents if one.date is not None), default=None),
            found=results.found,
            limit=results.limit,
        )


def _may_be_release(one: Document) -> bool:
    """Return whether a document may be a release, judging by its type and address."""
    kind = resolve_content_type(one.kind) if one.kind else None
    if kind is not None and not kind["release"]:
        return False
    return one.address is not None and is_page_address(one.address)
