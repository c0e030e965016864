"""A folder of saved pages, found by address."""

import json
from datetime import UTC, datetime

import pytest

from osce_crawl.downloader.saved_site import ReplayError, SavedSite

URL = "https://www.osce.org/press-releases?filters=+sm_translations:(en)&page=1"
PAGE = {
    "url": URL,
    "status": 200,
    "headers": {"Content-Type": "text/html; charset=utf-8"},
    "saved_at": "2024-05-01T12:00:00Z",
    "file": "pages/listing.html",
}
MOVED = {
    "url": "https://www.osce.org/node/1",
    "status": 301,
    "headers": {"Location": "https://www.osce.org/bih/1"},
    "saved_at": "2024-05-01T14:00:00+02:00",
    "file": None,
}


@pytest.fixture
def save(tmp_path):
    """Write a saved site of the given index lines and return its folder."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/listing.html").write_bytes("Список".encode())

    def write(*lines):
        text = "".join(
            (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines
        )
        (tmp_path / "index.jsonl").write_text(text)
        return tmp_path

    return write


def test_returns_what_was_saved(save):
    saved = SavedSite(save(PAGE)).lookup(URL)

    assert (saved.url, saved.status, saved.headers, saved.body) == (
        URL,
        200,
        PAGE["headers"],
        "Список".encode(),
    )


def test_saved_at_is_in_utc(save):
    assert SavedSite(save(MOVED)).lookup(MOVED["url"]).saved_at == datetime(
        2024, 5, 1, 12, tzinfo=UTC
    )


def test_response_without_a_file_has_an_empty_body(save):
    assert SavedSite(save(MOVED)).lookup(MOVED["url"]).body == b""


@pytest.mark.parametrize(
    "url",
    [
        "https://www.osce.org/press-releases?page=1&filters=+sm_translations:(en)",
        "https://www.osce.org/press-releases?filters=%20sm_translations%3A%28en%29&page=1",
        "http://www.osce.org/press-releases?filters=+sm_translations:(en)&page=1",
        "https://WWW.OSCE.ORG/press-releases?filters=+sm_translations:(en)&page=1#results",
    ],
    ids=["query order", "escaping", "scheme", "host case and fragment"],
)
def test_spelling_of_the_address_makes_no_difference(save, url):
    assert SavedSite(save(PAGE)).lookup(url).url == URL


@pytest.mark.parametrize(
    "url",
    [
        "https://osce.org/press-releases?filters=+sm_translations:(en)&page=1",
        "https://www.osce.org/press-releases?filters=+sm_translations:(en)&page=2",
        "https://www.osce.org/Press-releases?filters=+sm_translations:(en)&page=1",
    ],
    ids=["www", "another page", "path case"],
)
def test_another_address_was_not_saved(save, url):
    assert SavedSite(save(PAGE)).lookup(url) is None


def test_length_is_the_number_of_responses(save):
    assert len(SavedSite(save(PAGE, "", MOVED))) == 2


def test_missing_folder_is_named_with_the_setting(tmp_path):
    with pytest.raises(ReplayError, match=r"nowhere: no such folder: set OSCE_REPLAY"):
        SavedSite(tmp_path / "nowhere")


def test_missing_index_is_named_with_the_setting(tmp_path):
    with pytest.raises(ReplayError, match=r"index\.jsonl: cannot be read .*set OSCE_REPLAY"):
        SavedSite(tmp_path)


def test_empty_index_is_refused(save):
    with pytest.raises(ReplayError, match=r"index\.jsonl: has no entries"):
        SavedSite(save())


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(PAGE)[:60],
        "[]",
        json.dumps({key: value for key, value in MOVED.items() if key != "file"}),
        json.dumps(MOVED | {"status": 0}),
        json.dumps(MOVED | {"url": "ftp://www.osce.org/x"}),
        json.dumps(MOVED | {"url": "https://[::1/x"}),
        json.dumps(MOVED | {"saved_at": "2024-05-01T12:00:00"}),
    ],
    ids=["torn", "no object", "key missing", "status", "scheme", "no URL", "no time zone"],
)
def test_bad_line_is_named_by_its_number(save, line):
    with pytest.raises(ReplayError, match=r"index\.jsonl, line 2: not a complete entry .*restore"):
        SavedSite(save(PAGE, line))


def test_entry_whose_file_is_gone_is_named(save):
    with pytest.raises(ReplayError, match=r"line 1: pages/gone\.html is not in .*: restore"):
        SavedSite(save(PAGE | {"file": "pages/gone.html"}))


@pytest.mark.parametrize("name", ["../x.html", "pages/link.html", "linked/x.html"])
def test_file_outside_the_folder_is_refused(save, tmp_path_factory, name):
    """Be it by a link that is the file, or one to its folder."""
    folder = save(PAGE | {"file": f"pages/../{name}"})
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x.html").write_bytes(b"")
    (folder / "pages/link.html").symlink_to(elsewhere / "x.html")
    (folder / "linked").symlink_to(elsewhere)

    with pytest.raises(ReplayError, match=f"line 1: pages/../{name} is outside"):
        SavedSite(folder)


def test_address_saved_twice_is_refused(save):
    with pytest.raises(ReplayError, match=r"line 2: http://.* exists already: keep one"):
        SavedSite(save(PAGE, PAGE | {"url": URL.replace("https", "http")}))


def test_body_that_went_away_after_loading_is_named(save):
    folder = save(PAGE)
    site = SavedSite(folder)
    (folder / "pages/listing.html").unlink()

    with pytest.raises(ReplayError, match=r"listing\.html: cannot be read .*: restore"):
        _ = site.lookup(URL).body
