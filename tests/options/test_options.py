"""Arguments and settings: what is read from them, and the words for what cannot be used."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl.options import (
    Arguments,
    OptionError,
    Options,
    environment,
    read_arguments,
    read_options,
    setting_names,
)


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """Make the folder of scrapy.cfg, and work below it."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\n")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


ARGUMENTS = {
    "since": ("2024-01-31", date(2024, 1, 31)),
    "until": (" 2024-02-29 ", date(2024, 2, 29)),
    "content_type": ("press-release, news", frozenset({"press-release", "news"})),
    "language": ("en,ru,sh,und", frozenset({"en", "ru", "sh", "und"})),
    "limit": ("25", 25),
    "max_pages": ("1", 1),
    "full": ("1", True),
    "fresh": ("0", False),
}


def test_argument_is_read():
    check_each(
        lambda name: getattr(read_arguments({name: ARGUMENTS[name][0]}), name),
        {name: value for name, (_, value) in ARGUMENTS.items()},
    )


def test_no_argument_asks_for_everything():
    assert read_arguments({}) == Arguments()


def test_names_with_an_underscore_are_ignored():
    assert read_arguments({"_job": "5a1", "_version": "1"}) == Arguments()


def test_window_of_one_day_is_allowed():
    assert read_arguments({"since": "2024-01-01", "until": "2024-01-01"}).since == date(2024, 1, 1)


UNUSABLE = [
    ("since", ""),
    ("since", "2024-02-30"),
    ("since", "2024-W05-1"),
    ("until", "20240101"),
    ("content_type", ""),
    ("content_type", "news,"),
    ("content_type", "News Item"),
    ("language", "EN"),
    ("language", "english"),
    ("limit", "0"),
    ("limit", "-1"),
    ("limit", "1.5"),
    ("limit", "²"),
    ("limit", "9" * 5000),
    ("max_pages", ""),
    ("full", "true"),
    ("fresh", ""),
    ("urls", "nowhere.txt"),
    ("urls", ""),
    ("sinse", "2024-01-01"),
    ("Since", "2024-01-01"),
    ("name", "x"),
    ("", "x"),
]


def test_argument_that_cannot_be_used_is_named_with_what_is_allowed():
    def read(name, value):
        with pytest.raises(OptionError, match=rf"^argument {name}=.*(allowed|give|must)"):
            read_arguments({name: value})

    check_each(read, dict.fromkeys(UNUSABLE))


def test_window_may_begin_today_but_not_later():
    today = date(2026, 11, 1)

    assert read_arguments({"since": "2026-11-01"}, today=today).since == today
    with pytest.raises(OptionError, match=r"^argument since=2026-11-02 is in the future"):
        read_arguments({"since": "2026-11-02"}, today=today)


@pytest.mark.parametrize(
    ("since", "until", "listed"),
    [
        ("2024-03-01", "2024-03-31", (date(2024, 1, 30), date(2024, 5, 1))),
        ("0001-01-01", "9999-12-31", (None, None)),
    ],
)
def test_listing_dates_of_a_window_reach_a_month_further_where_there_is_one(since, until, listed):
    window = read_arguments({"since": since, "until": until})

    assert (window.listed_since, window.listed_until) == listed


def test_message_is_one_short_line():
    with pytest.raises(OptionError) as caught:
        read_arguments({"limit": "9" * 5000})

    assert (len(str(caught.value)) < 200, "\n" in str(caught.value)) == (True, False)


OTHER_LINES = [
    "https://press.example/bih/12345",
    "https://www.osce.org.press.example/bih/12345",
    "https://www.osce.org@press.example/bih/12345",
    "https://www.osce.org/bih",
    "https://www.osce.org/press-releases/12345",
    "https://www.osce.org/bih/12345?download=true",
    "ftp://www.osce.org/bih/12345",
    "/bih/12345",
    "http://[broken",
    "nonsense",
]


class TestUrls:
    def read(self, project, text, base_url="https://www.osce.org"):
        (project / "urls.txt").write_bytes(text)
        return read_arguments({"urls": "urls.txt"}, base_url).urls

    def test_one_address_a_line(self, project):
        text = b"https://www.osce.org/bih/12345\n\n# a comment\n http://bih.osce.org/node/12346 \n"

        assert self.read(project, text) == (
            "https://www.osce.org/bih/12345",
            "http://bih.osce.org/node/12346",
        )

    def test_same_line_twice_counts_once(self, project):
        assert len(self.read(project, b"https://www.osce.org/bih/12345\n" * 2)) == 1

    def test_mark_of_byte_order_is_no_part_of_an_address(self, project):
        assert self.read(project, b"\xef\xbb\xbfhttps://www.osce.org/bih/12345\r\n") == (
            "https://www.osce.org/bih/12345",
        )

    def test_host_of_the_base_url_is_allowed(self, project):
        assert self.read(project, b"http://127.0.0.1:8000/bih/12345\n", "http://127.0.0.1:8000")

    def test_other_line_is_named_with_its_number(self, project):
        def read(line):
            with pytest.raises(OptionError, match=r"urls\.txt, line 2: .*allowed"):
                self.read(project, f"# first\n{line}\n".encode())

        check_each(read, dict.fromkeys(OTHER_LINES))


class TestWants:
    def test_both_ends_of_the_window_belong_to_it(self):
        window = Arguments(since=date(2024, 1, 1), until=date(2024, 1, 3))
        days = [f"2024-01-0{n}" for n in range(1, 5)]

        assert [window.wants(day, None, "en") for day in days] == [True, True, True, False]

    def test_item_without_a_date_belongs_to_runs_without_a_window(self):
        since = Arguments(since=date(2024, 1, 1))

        assert [one.wants(None, None, "en") for one in (Arguments(), since)] == [True, False]

    def test_kind_and_language_must_both_fit(self):
        asked = Arguments(content_type=frozenset({"news"}), language=frozenset({"ru"}))
        found = [("news", "ru"), ("news", "en"), ("report", "ru"), (None, "ru")]

        assert [asked.wants(None, *one) for one in found] == [True, False, False, False]


@pytest.mark.parametrize(
    ("arguments", "sample"),
    [
        ({}, False),
        ({"since": "2024-01-01"}, False),
        ({"full": "1"}, False),
        ({"limit": "3"}, True),
        ({"max_pages": "3"}, True),
    ],
)
def test_limits_make_a_sample(arguments, sample):
    assert read_arguments(arguments).sample is sample


UNUSABLE_SETTINGS = [
    ("BASE_URL", ""),
    ("BASE_URL", "osce.org"),
    ("BASE_URL", "ftp://osce.org"),
    ("BASE_URL", "https://osce.org/newsroom"),
    ("BASE_URL", "https://osce.org?x=1"),
    ("BASE_URL", "https://name:word@osce.org"),
    ("BASE_URL", "http://[::1"),
    ("BASE_URL", "http://osce.org:99999"),
    ("NOW", "noon"),
    ("NOW", "2024-13-01"),
    ("NOW", "0001-01-01T00:00:00+14:00"),
    ("CONTACTS", "yes"),
    ("CONTACTS", ""),
    ("REPLAY", "nowhere"),
    ("REPLAY", "scrapy.cfg"),
    ("STORE", "scrapy.cfg/x"),
    ("STORE", "below"),
    ("CHANGES", "below"),
    ("INVALID", ""),
    ("INVALID", "below"),
]


class TestSettings:
    def test_defaults_are_those_of_the_contract(self, project):
        options = read_options({})

        assert options == Options(
            base_url="https://www.osce.org",
            store=project / "output/newsroom.sqlite",
            changes=project / "output/changes.jsonl",
            reports=project / "output/runs",
            invalid=project / "output/invalid.jsonl",
        )

    def test_relative_path_starts_at_the_folder_of_scrapy_cfg(self, project):
        assert read_options({"OSCE_STORE": "x.sqlite"}).store == project / "x.sqlite"

    @pytest.mark.parametrize("name", ["store", "changes", "replay", "now"])
    def test_empty_setting_means_none(self, name):
        assert getattr(read_options({f"OSCE_{name.upper()}": ""}), name) is None

    def test_saved_pages_are_joined_by_commas(self, project):
        for name in ("one", "two", "three, four"):
            (project / name).mkdir()
        assert read_options({"OSCE_REPLAY": "one, two,*.warc.gz"}).replay == (
            project / "one",
            project / "two",
            project / "*.warc.gz",
        )
        assert read_options({"OSCE_REPLAY": "three, four"}).replay == (project / "three, four",)

    def test_time_without_a_zone_is_utc(self):
        assert read_options({"OSCE_NOW": "2024-01-01T12:00:00"}).now == datetime(
            2024, 1, 1, 12, tzinfo=UTC
        )

    def test_time_of_another_zone_becomes_utc(self):
        assert read_options({"OSCE_NOW": "2024-01-01T12:00:00+02:00"}).now == datetime(
            2024, 1, 1, 10, tzinfo=UTC
        )

    def test_slash_at_the_end_of_the_base_url_goes(self):
        assert read_options({"OSCE_BASE_URL": "http://127.0.0.1:80/"}).base_url == (
            "http://127.0.0.1:80"
        )

    def test_setting_that_cannot_be_used_is_named_with_what_is_allowed(self):
        def read(name, value):
            with pytest.raises(OptionError, match=rf"^setting OSCE_{name}.*(allowed|give)"):
                read_options({f"OSCE_{name}": value})

        check_each(read, dict.fromkeys(UNUSABLE_SETTINGS))

    @pytest.mark.parametrize("key", ["a key", "a\r\nCookie: x", "clé"])
    def test_key_that_cannot_be_one_is_refused_and_never_printed(self, key):
        with pytest.raises(OptionError, match=r"^setting OSCE_TYPESENSE_KEY.*give ASCII") as caught:
            read_options({"OSCE_TYPESENSE_KEY": key})

        assert key not in str(caught.value)

    def test_key_is_kept_and_never_printed(self):
        options = read_options({"OSCE_TYPESENSE_KEY": "k3y-of-the-tests"})

        assert options.typesense_key == "k3y-of-the-tests"
        assert "k3y" not in repr(options)

    def test_unknown_setting_is_named_with_all_known(self):
        with pytest.raises(OptionError) as caught:
            read_options({"OSCE_FOO": "1"})

        assert [
            name for name in ("OSCE_FOO", *setting_names()) if name not in str(caught.value)
        ] == []

    def test_settings_of_others_are_no_business_of_ours(self):
        assert read_options({"BOT_NAME": "x", "X_OSCE_Y": "1"}).base_url

    def test_environment_gives_our_settings_only(self):
        assert environment({"OSCE_NOW": "", "HOME": "/root", "MY_OSCE_X": "1"}) == {"OSCE_NOW": ""}

    def test_reading_settings_writes_nothing(self, project):
        read_options({"OSCE_STORE": "new/x.sqlite"})

        assert sorted(path.name for path in Path(project).iterdir()) == ["below", "scrapy.cfg"]
