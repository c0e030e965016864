"""Faults as a visitor sees them on the wire, and which requests they strike."""

import argparse
import gzip
import http.client
import re
import socket
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from grid import check_each
from lxml import html
from newsroom import kinds
from newsroom.faults import Fault, Faulty, Where, aimed
from newsroom.scenarios import SCENARIOS, add_arguments
from newsroom.server import Server
from newsroom.site import Site

BASE = "http://127.0.0.1:1"
LISTING = "/press-releases?rows=50&page="
LAST = 3
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def site():
    """Return a newsroom whose listing has four pages of 50."""
    return Site(BASE, 170, seed=1)


@pytest.fixture(scope="module")
def item(site):
    """Return the address of an item of the second generation."""
    return next(fact.path for fact in site.facts.items if fact.generation == "g2")


@contextmanager
def serving(site, *faults):
    """Serve a site with faults."""
    with Server() as server:
        server.answer = Faulty(site, faults).answer
        yield server


def connect(server):
    host, _, port = server.url.removeprefix("http://").partition(":")
    return closing(socket.create_connection((host, int(port)), 5))


def send(line, target, **headers):
    """Send a request in so many words."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    line.sendall(f"GET {target} HTTP/1.1\r\nHost: newsroom\r\n{''.join(lines)}\r\n".encode())


def read_all(line):
    """Return all that comes until the connection ends."""
    return b"".join(iter(lambda: line.recv(MEGABYTE), b""))


def get(server, target, **headers):
    """Return the answer to one request, read to its end."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=5)
    with closing(connection):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers=names)
        response = connection.getresponse()
        response.body = response.read()
    return response


def ask(site, kind, target, headers=(), **where):
    """Return the answer without a server."""
    return Faulty(site, [Fault(kind, Where(**where))]).answer(target, dict(headers))


def statuses(faulty, *targets):
    return [faulty.answer(target, {}).status for target in targets]


# -- statuses


def test_too_many_requests_names_the_seconds_to_wait(site, item):
    with serving(site, Fault(kinds.status(429, 7))) as server:
        answer = get(server, item)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")


def test_the_date_to_come_back_is_not_before_the_seconds_are_over(site, item):
    before = datetime.now(UTC)
    with serving(site, Fault(kinds.status(503, 7, as_date=True))) as server:
        date = parsedate_to_datetime(get(server, item).headers["Retry-After"])
    assert timedelta(seconds=7) <= date - before < timedelta(seconds=12)


def test_an_error_without_a_time_to_wait_has_no_such_header(site, item):
    with serving(site, Fault(kinds.status(503))) as server:
        assert "Retry-After" not in get(server, item).headers


def test_a_burst_fails_some_requests_in_a_row_and_then_none(site, item):
    burst = Fault(kinds.status(500), Where(after=1, first=3))
    with serving(site, burst) as server:
        found = [get(server, item).status for _ in range(6)]
    assert found == [200, 500, 500, 500, 200, 200]


# -- the wire


def test_a_timeout_says_nothing_until_the_visitor_leaves(site, item):
    with serving(site, Fault(kinds.timeout(), Where("items"))) as server:
        with connect(server) as line:
            send(line, item)
            get(server, "/robots.txt")  # meanwhile others are served
            line.setblocking(False)
            with pytest.raises(BlockingIOError):
                line.recv(1)
        get(server, "/robots.txt")
        hit = next(hit for hit in server.hits if hit.path == item)
    assert (hit.status, hit.sent, hit.left) == (0, 0, True)


def test_who_hangs_up_says_nothing(site, item):
    with serving(site, Fault(kinds.hang_up())) as server, connect(server) as line:
        send(line, item)
        assert read_all(line) == b""


def test_a_slow_page_begins_late(site, item):
    with serving(site, Fault(kinds.slow(0.1))) as server:
        start = time.monotonic()
        get(server, item)
        assert time.monotonic() - start >= 0.1


def test_a_dripping_page_is_whole_at_its_end(site, item):
    with serving(site, Fault(kinds.drip(8192, 0.01))) as server:
        body = get(server, item).body
        hit = server.hits[0]
    assert (body.decode(), hit.ended - hit.time > len(body) / 8192 * 0.01) == (
        site.answer(item, {}).body,
        True,
    )


def test_a_reset_comes_in_mid_body(site, item):
    with serving(site, Fault(kinds.cut(0.5, reset=True))) as server, connect(server) as line:
        send(line, item)
        with pytest.raises(ConnectionResetError):
            read_all(line)


def test_a_cut_leaves_half_of_the_promised_body(site, item):
    with (
        serving(site, Fault(kinds.cut(0.5))) as server,
        pytest.raises(http.client.IncompleteRead) as caught,
    ):
        get(server, item)
    assert abs(len(caught.value.partial) - caught.value.expected) <= 1


def test_a_truncated_gzip_body_has_its_length_and_no_end(site, item):
    with serving(site, Fault(kinds.truncated_gzip())) as server:
        body = get(server, item, accept_encoding="gzip").body
    with pytest.raises(EOFError):
        gzip.decompress(body)


def test_a_length_too_long_is_never_reached(site, item):
    with (
        serving(site, Fault(kinds.wrong_length(500, ends=True))) as server,
        pytest.raises(http.client.IncompleteRead) as caught,
    ):
        get(server, item)
    assert caught.value.expected == 500


def test_a_length_too_long_can_leave_the_connection_open(site, item):
    with serving(site, Fault(kinds.wrong_length(500))) as server, connect(server) as line:
        send(line, item)
        size = len(site.answer(item, {}).body.encode())
        received = b""
        while len(received.partition(b"\r\n\r\n")[2]) < size:
            received += line.recv(MEGABYTE)
        send(line, item)
        assert line.recv(17) == b"HTTP/1.1 200 OK\r\n"


def test_a_length_too_short_leaves_bytes_behind_the_page(site, item):
    with serving(site, Fault(kinds.wrong_length(-500))) as server, connect(server) as line:
        send(line, item, Connection="close")
        head, _, body = read_all(line).partition(b"\r\n\r\n")
    assert len(body) - int(re.search(rb"Content-Length: (\d+)", head)[1]) == 500


def test_a_body_without_end_is_never_held_and_the_server_outlives_its_visitor(site, item):
    with serving(site, Fault(kinds.endless(), Where("items"))) as server:
        with connect(server) as line:
            send(line, item)
            head = line.recv(MEGABYTE)
        assert get(server, "/robots.txt").status == 200
        hit = server.hits[0]
    claimed = int(re.search(rb"Content-Length: (\d+)", head)[1])
    assert (claimed >= 1024 * MEGABYTE, hit.sent < 64 * MEGABYTE, hit.left) == (True, True, True)


def test_a_body_without_end_can_hide_its_length(site, item):
    with serving(site, Fault(kinds.endless(3 * MEGABYTE, chunked=True))) as server:
        answer = get(server, item)
    assert ("Content-Length" in answer.headers, len(answer.body) >= 3 * MEGABYTE) == (False, True)


def test_a_gzip_bomb_is_small_and_becomes_large(site, item):
    with serving(site, Fault(kinds.gzip_bomb(30 * MEGABYTE))) as server:
        body = get(server, item, accept_encoding="gzip").body
    assert (len(body) < MEGABYTE / 16, len(gzip.decompress(body))) == (True, 30 * MEGABYTE)


# -- characters


def test_header_page_and_bytes_have_their_own_character_sets(site, item):
    def claimed(header, meta, written):
        with serving(site, Fault(kinds.charset(header, meta, written))) as server:
            answer = get(server, item)
        in_page = re.findall(r'<meta charset="([^"]+)"', answer.body.decode(written))
        return answer.headers.get_content_charset(), in_page

    check_each(
        claimed,
        {
            ("ISO-8859-1", "utf-8", "utf-8"): ("iso-8859-1", ["utf-8"]),
            ("windows-1251", "utf-8", "utf-8"): ("windows-1251", ["utf-8"]),
            ("utf-16", "utf-8", "utf-8"): ("utf-16", ["utf-8"]),
            ("utf-8", "windows-1251", "utf-8"): ("utf-8", ["windows-1251"]),
            ("utf-8", "utf-8", "windows-1251"): ("utf-8", ["utf-8"]),
            (None, None, "utf-8"): (None, []),
        },
    )


# -- pages in another's place


def test_an_empty_page_has_status_200_and_no_bytes(site, item):
    with serving(site, Fault(kinds.empty())) as server:
        answer = get(server, item)
    assert (answer.status, answer.headers["Content-Length"], answer.body) == (200, "0", b"")


def test_a_soft_404_says_not_found_with_status_200(site, item):
    with serving(site, Fault(kinds.soft_404())) as server:
        answer = get(server, item)
    assert (answer.status, b"<h1>Page not found</h1>" in answer.body) == (200, True)


def test_a_check_for_browsers_has_the_shape_of_its_vendor(site, item):
    def served(vendor, mark):
        with serving(site, Fault(kinds.challenge(vendor))) as server:
            answer = get(server, item)
        return answer.status, mark in answer.body.decode()

    check_each(
        served,
        {
            ("cloudflare", "Just a moment..."): (403, True),
            ("imperva", "Request unsuccessful."): (200, True),
            ("akamai", "<h1>Access Denied</h1>"): (403, True),
            ("datadome", "Please enable JS"): (403, True),
            ("perimeterx", "Access to this page has been denied"): (403, True),
            ("aws", "challenge-container"): (202, True),
            ("sucuri", "You are being redirected..."): (200, True),
            ("f5", "Request Rejected"): (200, True),
            ("anubis", "Making sure you&#39;re not a bot!"): (200, True),
        },
    )


def test_a_check_for_browsers_can_have_another_status(site, item):
    assert ask(site, kinds.challenge("cloudflare", 200), item).status == 200


def test_a_login_page_is_redirected_to(site, item):
    with serving(site, *SCENARIOS["login"].faults) as server:
        place = get(server, item).headers["Location"]
        form = get(server, place)
    assert (place, form.status) == (f"/login?destination={item}", 200)
    assert b'type="password"' in form.body


# -- redirects


def follow(site, kind, target, steps):
    """Return the addresses that redirects lead to."""
    faulty = Faulty(site, [Fault(kind)])
    found = [target]
    for _ in range(steps):
        found.append(faulty.answer(found[-1], {}).headers["Location"])
    return found[1:]


def test_a_page_redirects_to_itself(site):
    assert follow(site, kinds.redirect_loop(1), "/sg/1234?a=b", 2) == ["/sg/1234?a=b"] * 2


def test_a_page_redirects_in_a_circle(site):
    assert follow(site, kinds.redirect_loop(2), "/sg/1234", 4) == [
        "/sg/1234?step=1",
        "/sg/1234",
        "/sg/1234?step=1",
        "/sg/1234",
    ]


def test_a_page_redirects_to_ever_new_addresses(site):
    assert len(set(follow(site, kinds.redirect_loop(None), "/sg/1234", 30))) == 30


def test_a_page_redirects_anywhere(site, item):
    with serving(site, Fault(kinds.redirect("http://169.254.169.254/"))) as server:
        answer = get(server, item)
    assert (answer.status, answer.headers["Location"]) == (302, "http://169.254.169.254/")


def test_another_loopback_address_is_a_foreign_host():
    with Server(host="127.0.0.2") as foreign:
        assert get(foreign, "/").status == 200


# -- the pager


def numbers(answer):
    """Return the pages that a pager links, the next one by that name."""
    found = re.findall(r'pager-(\w+)"><a href="[^"]*[?&;]page=(\d+)', answer.body)
    return {name: int(number) for name, number in found if name in {"next", "last"}}


def entries(answer):
    """Return the addresses of a listing page's entries."""
    return re.findall(r'search-title"><h3><a href="([^"]+)"', answer.body)


def test_a_pager_loses_its_next_link_and_names_later_pages(site):
    assert numbers(ask(site, kinds.next_lost(), f"{LISTING}1")) == {"last": LAST}


def test_a_pager_leads_back(site):
    assert numbers(ask(site, kinds.next_leads_to(0), f"{LISTING}1"))["next"] == 0


def test_a_listing_that_ends_early_names_no_later_page(site):
    found = [ask(site, kinds.pager_ends(1), f"{LISTING}{page}") for page in range(2)]
    assert [numbers(page) for page in found] == [{"next": 1}, {}]


def test_a_listing_that_ends_early_has_nothing_behind_its_end(site):
    found = ask(site, kinds.pager_ends(1), f"{LISTING}2")
    assert (entries(found), numbers(found)) == ([], {})


@pytest.mark.parametrize("page", [LAST, LAST + 1])
def test_a_pager_without_end_has_a_next_link_on_every_page(site, page):
    assert numbers(ask(site, kinds.endless_next(), f"{LISTING}{page}"))["next"] == page + 1


def test_a_listing_without_pager_gets_one_when_it_has_no_end():
    small = Site(BASE, 5, seed=1)
    assert numbers(ask(small, kinds.endless_next(), "/press-releases?rows=50")) == {"next": 1}


def test_past_the_end_comes_the_last_page_again(site):
    last = site.answer(f"{LISTING}{LAST}", {}).body
    assert ask(site, kinds.last_again(), f"{LISTING}{LAST + 5}").body == last


def test_before_the_end_no_page_comes_again(site):
    page = site.answer(f"{LISTING}1", {}).body
    assert ask(site, kinds.last_again(), f"{LISTING}1").body == page


def test_every_page_is_the_same_one(site):
    first = site.answer(f"{LISTING}0", {}).body
    assert ask(site, kinds.same_page(), f"{LISTING}2").body == first


def test_every_page_has_the_same_entries_and_its_own_pager(site):
    found = ask(site, kinds.same_entries(), f"{LISTING}2")
    first = entries(site.answer(f"{LISTING}0", {}))
    assert (entries(found), numbers(found)["next"]) == (first, 3)


@pytest.mark.parametrize("words", ["", "<h2>Nothing</h2>"])
def test_a_page_without_entries_keeps_its_pager(site, words):
    found = ask(site, kinds.no_entries(words), f"{LISTING}1")
    assert (entries(found), numbers(found)["next"], words in found.body) == ([], 2, True)


# -- redesigns


def words(page, within="body"):
    """Return the words of a page without those of scripts."""
    root = html.document_fromstring(page)
    texts = root.xpath(f"//{within}//text()[not(ancestor::script)]")
    return " ".join(" ".join(map(str, texts)).split())


def names(page):
    """Return the class names of a page's body."""
    values = html.document_fromstring(page).xpath("//body/descendant-or-self::*/@class")
    return {name for value in values for name in value.split()}


@pytest.fixture(params=["g1", "g2", "g3", "listing"])
def old(request, site):
    """Return address and page of each make."""
    path = f"{LISTING}0"
    if request.param != "listing":
        path = next(one.path for one in site.facts.items if one.generation == request.param)
    return path, site.answer(path, {}).body


def test_new_class_names_are_all_new(site, old):
    assert not names(old[1]) & names(ask(site, kinds.new_classes(), old[0]).body)


def test_new_class_names_leave_the_words_as_they_were(site, old):
    assert words(ask(site, kinds.new_classes(), old[0]).body) == words(old[1])


def test_new_class_names_are_the_same_on_all_pages(site, old, item):
    others = names(ask(site, kinds.new_classes(), item).body)
    assert names(ask(site, kinds.new_classes(), old[0]).body) & others


@pytest.mark.parametrize("label", ["Date:", "Place:", "Source:", "Fields of work:"])
def test_new_labels_have_no_old_word_in_the_header_of_an_item(site, item, label):
    page = ask(site, kinds.new_labels(), item).body
    assert f"<dt>{label}</dt>" not in page


@pytest.mark.parametrize(
    "label", ["Publishing date:", "Content type:", "Where we are:", "What we do:"]
)
def test_new_labels_have_no_old_word_in_the_entries_of_a_listing(site, label):
    page = ask(site, kinds.new_labels(), f"{LISTING}0").body
    assert label not in words(page, "*[@class='search-result-news']")


def test_new_labels_leave_class_names_as_they_were(site, old):
    assert names(ask(site, kinds.new_labels(), old[0]).body) == names(old[1])


def test_a_scripted_page_has_neither_headline_nor_text(site, old):
    page = ask(site, kinds.scripted(), old[0]).body
    root = html.document_fromstring(page)
    assert (root.xpath("//h1"), root.xpath("string(//*[@id='app']/text())")) == ([], "")


def test_a_scripted_page_has_its_text_as_data(site, old):
    headline = html.document_fromstring(old[1]).findtext(".//h1")
    page = html.document_fromstring(ask(site, kinds.scripted(), old[0]).body)
    assert headline.strip() in page.findtext(".//*[@id='app']/script")


def test_a_redesigned_page_has_another_etag(site, item):
    page = ask(site, kinds.new_classes(), item)
    assert page.headers["ETag"] != site.answer(item, {}).headers["ETag"]


def test_who_knows_the_page_before_its_redesign_gets_it_anew(site, item):
    tag = site.answer(item, {}).headers["ETag"]
    assert ask(site, kinds.new_classes(), item, {"if-none-match": tag}).status == 200


def test_who_knows_the_redesigned_page_gets_no_body(site, item):
    tag = ask(site, kinds.new_classes(), item).headers["ETag"]
    assert ask(site, kinds.new_classes(), item, {"if-none-match": tag}).status == 304


def test_a_third_of_the_items_is_redesigned(site):
    faulty = Faulty(site, SCENARIOS["redesign-classes-third"].faults)
    chosen = faulty.chosen(0, {fact.node for fact in site.facts.items})
    assert len(site.facts.items) / 4 < len(chosen) < len(site.facts.items) / 2


def test_the_other_items_keep_their_bytes(site):
    faulty = Faulty(site, SCENARIOS["redesign-classes-third"].faults)
    paths = [fact.path for fact in site.facts.items[:40]]
    changed = {path for path in paths if faulty.answer(path, {}) != site.answer(path, {})}
    assert changed == set(faulty.struck[0])


# -- robots.txt


def robots(site, name):
    with serving(site, *SCENARIOS[name].faults) as server:
        return get(server, "/robots.txt")


@pytest.mark.parametrize("status", [500, 403])
def test_robots_is_an_error(site, status):
    assert robots(site, f"robots-{status}").status == status


@pytest.mark.parametrize(
    ("name", "rule"), [("all", "Disallow: /\n"), ("listing", "Disallow: /press-releases\n")]
)
def test_robots_forbids(site, name, rule):
    assert rule in robots(site, f"robots-forbids-{name}").body.decode()


@pytest.mark.parametrize(("name", "size"), [("huge", 600_000), ("5-mb", 5_000_000)])
def test_robots_is_huge_and_has_its_rule_first(site, name, size):
    body = robots(site, f"robots-{name}").body
    assert (abs(len(body) - size) < 100, body.index(b"Disallow: /press-releases")) == (True, 14)


def test_robots_is_a_web_page(site):
    answer = robots(site, "robots-html")
    assert (answer.status, answer.body[:15]) == (200, b"<!DOCTYPE html>")


# -- where


def test_a_fault_of_the_listing_leaves_items_alone(site, item):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("listing"))])
    assert statuses(faulty, f"{LISTING}0", item, "/robots.txt") == [500, 200, 200]


def test_a_fault_of_the_items_leaves_the_listing_alone(site, item):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("items"))])
    assert statuses(faulty, f"{LISTING}0", item, "/robots.txt") == [200, 500, 200]


def test_a_fault_of_pages_leaves_robots_alone(site, item):
    faulty = Faulty(site, [Fault(kinds.status(500))])
    assert statuses(faulty, f"{LISTING}0", item, "/robots.txt") == [500, 500, 200]


def test_a_fault_of_all_strikes_all(site, item):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("all"))])
    assert statuses(faulty, f"{LISTING}0", item, "/robots.txt", "/") == [500] * 4


def test_a_keyword_search_is_a_listing(site):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("listing"))])
    assert statuses(faulty, "/press-Releases/words?page=1") == [500]


def test_a_fault_strikes_a_range_of_listing_pages(site):
    faulty = Faulty(site, [Fault(kinds.status(500), Where(pages=(1, 2)))])
    found = statuses(faulty, "/press-releases", *(f"{LISTING}{page}" for page in range(4)))
    assert found == [200, 200, 500, 500, 200]


def test_a_fault_strikes_single_items_under_all_their_addresses(site):
    fact = site.facts.items[0]
    faulty = Faulty(site, [Fault(kinds.status(500), Where(ids=frozenset({fact.node})))])
    others = site.facts.items[1].path
    assert statuses(faulty, fact.path, f"/node/{fact.node}", others) == [500, 500, 200]


def test_a_share_strikes_the_same_items_each_time(site):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("items", share=0.3))])
    paths = [fact.path for fact in site.facts.items]
    assert statuses(faulty, *paths) == statuses(faulty, *paths)


def test_a_share_is_drawn_by_the_seed(site):
    faults = [Fault(kinds.status(500), Where("items", share=0.3))]
    nodes = {fact.node for fact in site.facts.items}
    assert Faulty(site, faults, 1).chosen(0, nodes) != Faulty(site, faults, 2).chosen(0, nodes)


def test_the_drawn_items_are_those_that_are_struck(site):
    faulty = Faulty(site, [Fault(kinds.status(500), Where("items", share=0.3))])
    facts = site.facts.items
    struck = {fact.node for fact in facts if faulty.answer(fact.path, {}).status == 500}
    assert faulty.chosen(0, {fact.node for fact in facts}) == struck


def test_an_address_fails_so_many_times_and_then_no_more(site, item):
    faulty = Faulty(site, [Fault(kinds.status(500), Where(times=2))])
    assert statuses(faulty, item, f"{LISTING}0", item, item) == [500, 500, 500, 200]


def test_a_fault_lasts_for_a_time_of_the_site_s_clock(item):
    site = Site(BASE, 170, seed=1)
    hours = Where(since=timedelta(hours=1), until=timedelta(hours=2))
    faulty = Faulty(site, [Fault(kinds.status(500), hours)])
    found = []
    for _ in range(3):
        found += statuses(faulty, item)
        site.clock.advance(timedelta(hours=1))
    assert found == [200, 500, 200]


def test_the_site_s_clock_goes_on_though_a_fault_answers(item):
    site = Site(BASE, 170, seed=1)
    start = site.clock.now
    statuses(Faulty(site, [Fault(kinds.status(500))]), item, item)
    passed = site.clock.now - start
    site.clock.tick()
    assert passed == 2 * (site.clock.now - start - passed)


def test_the_first_fault_breaks_what_the_second_changed(site, item):
    late, early = Fault(kinds.truncated_gzip()), Fault(kinds.new_classes())
    with serving(site, late, early) as server:
        body = get(server, item).body.decode()
    assert ask(site, kinds.new_classes(), item).body.startswith(body)


def test_aiming_changes_only_the_limits_that_are_named():
    (fault,) = aimed(SCENARIOS["reset"].faults, part="listing")
    assert (fault.where.part, fault.where.share) == ("listing", 0.05)


def test_aiming_leaves_robots_faults_where_they_are():
    faults = SCENARIOS["robots-500"].faults
    assert aimed(faults, part="items") == faults


# -- scenarios


def test_a_scenario_changes_what_a_visitor_gets(site, item):
    targets = ["/robots.txt", item, *(f"{LISTING}{page}" for page in range(LAST + 1))]

    def is_seen(name):
        faulty = Faulty(site, aimed(SCENARIOS[name].faults, share=1.0, after=0))
        return any(faulty.answer(target, {}) != site.answer(target, {}) for target in targets)

    check_each(is_seen, dict.fromkeys(SCENARIOS, True))


def test_scenarios_are_chosen_on_the_command_line(site, item):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    faults = parser.parse_args(["--fault", "503@items,robots-403"]).fault
    found = statuses(Faulty(site, faults), item, f"{LISTING}0", "/robots.txt")
    assert found == [503, 200, 403]


def test_help_describes_the_scenarios():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    assert "one page in fifty is 1 GB long" in " ".join(parser.format_help().split())


# -- the access log


def test_the_log_says_who_asked_for_what_and_what_they_got(site):
    with serving(site) as server, connect(server) as line:
        send(line, "/robots.txt", User_Agent="visitor", If_None_Match='"1"', Connection="close")
        sent = len(read_all(line))
        hit = server.hits[0]
    assert (hit.method, hit.path, hit.status, hit.sent) == ("GET", "/robots.txt", 200, sent)
    assert hit.headers == {
        "host": "newsroom",
        "user-agent": "visitor",
        "if-none-match": '"1"',
        "connection": "close",
    }


def test_who_stays_to_the_end_has_not_left(site, item):
    with serving(site) as server:
        get(server, item)
        assert not server.hits[0].left


def test_the_server_knows_how_many_requests_were_open_at_once(site, item):
    silent = Fault(kinds.timeout(), Where("items"))
    with serving(site, silent) as server, connect(server) as one, connect(server) as other:
        send(one, item)
        send(other, item)
        get(server, "/robots.txt")
        get(server, "/robots.txt")  # the first may have overtaken those that wait
    assert server.most_at_once == 3


def hit_upon(error):
    """Serve a site that raises an error, and visit it."""

    def broken(_target, _headers):
        raise error

    with Server() as server, connect(server) as line:
        server.answer = broken
        send(line, "/")
        line.recv(1)


def test_an_error_of_the_site_comes_out_when_the_server_ends():
    with pytest.raises(ValueError, match="broken site"):
        hit_upon(ValueError("broken site"))
