"""All results of a search are found, however few a key may read, and however they move."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from grid import check_each
from newsroom.search import KEY, PATH, Search

from osce_crawl.options import Arguments, OptionError, Options
from osce_crawl.sources import make_sources
from osce_crawl.sources.typesense import TypesenseSource
from osce_crawl.sources.walk import SeenKeys, Terms

ADDRESS = f"https://prod.search.web.osce.org{PATH}"
NOON = 1_497_009_600
DAY = 86_400
#: A document of each day, the newest first.
NODES = range(1_600, 1_000, -1)
#: More pages than any of these walks has.
ENDLESS = 100


def document(node, day=None, **more):
    """Return a document; its day rises with its node."""
    given = {"id": f"entity:node/{node}", "nid": str(node), "url": f"/odihr/{node}"}
    date_ = NOON + (node if day is None else day) * DAY
    return {**given, "date": date_, "item_type_label": "News", **more}


class Service:
    """The search service of the simulated site, and a walk through it.

    :ivar then: what is done to the documents before a page is answered, by its place in the walk.
    """

    def __init__(self, documents, most_hits=None, address=ADDRESS, **terms):
        self.documents = list(documents)
        self.search = Search(most_hits=most_hits)
        self.source = TypesenseSource(address)
        self.source.configure(Options(typesense_key=KEY))
        arguments = Arguments(**terms.pop("arguments", {}))
        self.walk = self.source.walk(Terms(arguments, SeenKeys(), **terms))
        self.asked = []
        self.found = []
        self.then = {}

    def go(self):
        waiting = self.walk.begin(self.source.first())
        while waiting and len(self.asked) < ENDLESS:
            (url,) = waiting
            self.then.pop(len(self.asked), lambda _documents: None)(self.documents)
            self.asked.append(url)
            parts = urlsplit(url)
            headers = {name.lower(): value for name, value in self.source.headers.items()}
            body, _, _ = self.search.answer(f"{parts.path}?{parts.query}", headers, self.documents)
            entries, waiting = self.walk.take(self.source.read(body.encode(), url))
            self.found += [entry["node"] for entry in entries]
        return self

    @property
    def sizes(self):
        return [int(parse_qs(urlsplit(url).query)["per_page"][0]) for url in self.asked]


def nodes(service):
    return [str(one["nid"]) for one in service.documents]


def test_all_results_are_met_in_pages_of_250_the_newest_first():
    service = Service(map(document, NODES)).go()

    assert service.found == nodes(service)
    assert (service.sizes, service.walk.stop, service.walk.listed) == ([250] * 3, "last-page", 600)
    assert service.walk.met_the_end


def test_no_results_at_all_are_the_whole():
    service = Service([]).go()

    assert (service.found, service.walk.stop, len(service.asked)) == ([], "last-page", 1)


@pytest.mark.parametrize("most_hits", [100, 250, 300, 500])
def test_key_that_may_look_only_so_far_sees_all_in_windows_of_dates(most_hits):
    service = Service(map(document, NODES), most_hits).go()

    assert service.found == nodes(service)
    assert (service.walk.stop, service.walk.incomplete) == ("last-page", [])


def test_several_results_of_a_day_are_all_met_in_windows():
    service = Service([document(node, node // 30) for node in NODES], most_hits=100).go()

    assert sorted(service.found) == sorted(nodes(service))
    assert service.walk.stop == "last-page"


def test_more_results_of_a_day_than_the_key_may_look_at_are_no_whole():
    service = Service([document(node, node // 200) for node in NODES], most_hits=100).go()

    assert service.walk.stop == "incomplete"
    assert "more than that have the same date" in service.walk.incomplete[0]


def test_results_without_a_date_beyond_what_the_key_may_look_at_are_missed_and_said_so():
    undated = [document(node, date=None) for node in range(10)]
    service = Service([*map(document, NODES), *undated], most_hits=300).go()

    assert "there are 610 results, but shows 600" in service.walk.incomplete[0]


def test_key_that_may_look_at_nothing_ends_the_walk():
    service = Service(map(document, NODES), most_hits=0).go()

    assert (len(service.asked), service.walk.stop) == (1, "incomplete")


def test_what_is_published_meanwhile_costs_nothing():
    service = Service(map(document, NODES))
    service.then[1] = lambda documents: documents.insert(0, document(2_000))
    service.go()

    assert set(service.found) == set(nodes(service)) - {"2000"}
    assert (service.walk.stop, len(service.asked)) == ("last-page", 3)


def test_what_is_withdrawn_meanwhile_makes_all_be_read_once_more():
    service = Service(map(document, NODES))
    service.then[1] = lambda documents: documents.pop(0)
    service.go()

    assert set(service.found) >= set(nodes(service))
    assert (service.walk.stop, service.walk.moved, len(service.asked)) == ("last-page", 1, 6)


def test_results_that_come_up_each_time_are_no_whole():
    service = Service(map(document, NODES))
    service.then = {number: lambda documents: documents.pop(0) for number in (1, 4)}
    service.go()

    assert service.walk.stop == "incomplete"


# -- what ends it early


def test_window_ends_the_walk_once_it_is_passed():
    since = date(2017, 6, 9) + timedelta(days=1_500)
    service = Service(map(document, NODES), arguments={"since": since}).go()

    assert (service.walk.stop, len(service.asked)) == ("since-passed", 2)
    assert min(service.found) >= str(1_500 - 31)


def test_walk_ends_inside_of_what_is_proven():
    day = date(2017, 6, 9) + timedelta(days=1_550)
    service = Service(
        map(document, NODES), proven_down_to=day, is_known=lambda entry: entry["node"] < "1590"
    ).go()

    assert (service.walk.stop, len(service.asked)) == ("known", 1)


@pytest.mark.parametrize(
    ("limits", "stop"),
    [
        ({"arguments": {"max_pages": 2}}, "max-pages"),
        ({"most_pages": 2}, "incomplete"),
        ({"most_entries": 400}, "incomplete"),
    ],
)
def test_walk_has_bounds(limits, stop):
    service = Service(map(document, NODES), **limits).go()

    assert (service.walk.stop, len(service.asked)) == (stop, 2)


def test_page_that_cannot_be_had_ends_the_walk():
    walk = Service([]).walk
    walk.begin([])

    assert walk.fail(ADDRESS, "the site answered 503") == ([], [])
    assert (walk.stop, walk.incomplete) == ("incomplete", [f"{ADDRESS}: the site answered 503"])


# -- what it asks, and what it takes


def test_everything_is_asked_for_without_the_texts():
    asked = parse_qs(urlsplit(Service([]).go().asked[0]).query)

    assert asked == {
        "q": ["*"],
        "sort_by": ["date:desc"],
        "exclude_fields": ["full_text"],
        "per_page": ["250"],
        "page": ["1"],
    }


def test_parameters_of_the_address_are_kept():
    own = f"{ADDRESS}?filter_by=bundle:=news&sort_by=published:desc"
    service = Service(map(document, NODES), 300, address=own)
    service.documents = [one | {"bundle": "news"} for one in service.documents]
    asked = [parse_qs(urlsplit(url).query) for url in service.go().asked]

    assert {one["sort_by"][0] for one in asked} == {"published:desc"}
    assert asked[0]["filter_by"] == ["bundle:=news"]
    assert asked[-1]["filter_by"][0].startswith("bundle:=news && date:<=")


def test_only_what_may_be_a_release_is_taken():
    def taken(key, value):
        service = Service([document(1_500, **{key: value})]).go()
        return len(service.found), service.walk.stop

    check_each(
        taken,
        {
            ("item_type_label", "News Item"): (1, "last-page"),
            ("item_type_label", "Something new"): (1, "last-page"),
            ("item_type_label", None): (1, "last-page"),
            ("item_type_label", "Event"): (0, "last-page"),
            ("url", "/files/f/documents/a/b/1.pdf"): (0, "last-page"),
            ("url", "/press-releases?page=3"): (0, "last-page"),
            ("url", "mailto:press@osce.org"): (0, "last-page"),
        },
    )


def test_entry_has_the_node_of_the_document_and_its_day():
    service = Service([])
    page = service.source.read(
        service.search.answer(
            PATH, {"x-typesense-api-key": KEY}, [document(1_500, url="https://bih.osce.org/news/a")]
        )[0].encode(),
        ADDRESS,
    )

    assert page.entries == [
        {
            "url": "https://bih.osce.org/news/a",
            "node": "1500",
            "language": "en",
            "published": (date(2017, 6, 9) + timedelta(days=1_500)).isoformat(),
        }
    ]


def test_without_a_key_it_is_refused_before_any_request():
    with pytest.raises(OptionError, match=r"needs the key .* OSCE_TYPESENSE_KEY"):
        make_sources(Options(sources=(f"typesense={ADDRESS}",)), Arguments())
