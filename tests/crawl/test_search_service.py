"""The search service as a source: all it has is found, and its key goes nowhere else."""

import json

import pytest
from crawl.first_contact import Contact
from newsroom.search import HOST, KEY, PATH
from newsroom.site import moved
from newsroom.source_scenarios import SOURCE_SCENARIOS

SOURCE = {"OSCE_SOURCES": f"typesense=https://{HOST}{PATH}"}


def crawl(contact, *words, key=KEY, **settings):
    environ = {"OSCE_TYPESENSE_KEY": key}
    return contact.night(*words, environ=environ, RETRY_TIMES=1, **SOURCE, **settings)


def kept_in(folder, key):
    """Return the files that have the key in them."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder) for path in files if key.encode() in path.read_bytes()]


def led_to_www(answer):
    """Return how the site answers if its search service leads to www."""

    def led(target, headers):
        if headers["host"].startswith(HOST) and target.startswith(PATH):
            return moved(f"https://www.osce.org{target}")
        return answer(target, headers)

    return led


def test_every_release_that_the_service_knows_is_found_and_the_key_goes_nowhere_else(tmp_path):
    key = "k3y-0f-th3-t3sts"
    with Contact(tmp_path, "script", 20) as contact:
        contact.site.search.key = key
        first, second = (crawl(contact, key=key, LOG_LEVEL="DEBUG") for _ in range(2))
        truth = sorted(item["id"] for item in contact.site.truth())
        told = {hit.host for hit in contact.proxy.hits if key in hit.head}

    assert (first.run.status, sorted(first.ids)) == (0, truth), first.run.err
    assert (second.run.status, second.feed) == (0, first.feed), second.run.err
    assert first.requests["search"] == second.requests["search"] == 1
    assert second.requests["page"] < first.requests["page"] / 4
    assert told == {HOST}
    assert kept_in(tmp_path, key) == []
    assert [night for night in (first, second) if key in night.run.err + night.run.text] == []


def test_key_that_may_look_at_few_results_finds_all(tmp_path):
    with Contact(tmp_path, "script", 14) as contact:
        contact.site.search.most_hits = 8
        night = crawl(contact)
        truth = sorted(item["id"] for item in contact.site.truth())

    assert (night.run.status, sorted(night.ids)) == (0, truth), night.run.err


def test_key_does_not_follow_a_redirect(tmp_path):
    with Contact(tmp_path, "script") as contact:
        contact.proxy.answer = led_to_www(contact.site.answer)
        night = crawl(contact)

    assert (night.run.status, night.hosts["www.osce.org"]) == (4, 0), night.run.err


def survey(contact, key):
    """Survey the site with a key, and save all that came."""
    done, _hits = contact.survey("--save", "saved", environ={"OSCE_TYPESENSE_KEY": key})
    return done


def test_survey_with_a_key_finds_the_service_and_keeps_the_key_to_itself(tmp_path):
    key = "k3y-0f-th3-t3sts"
    with Contact(tmp_path, "nothing") as contact:
        contact.site.search.key = key
        done = survey(contact, key)
        told = {hit.host for hit in contact.proxy.hits if key in hit.head}

    assert (done.status, told) == (0, {HOST}), done.err
    assert f"OSCE_SOURCES=typesense=https://{HOST}{PATH}" in done.text
    assert len(list((done.folder / "saved").iterdir())) > 1
    assert kept_in(tmp_path, key) == []
    assert key not in done.text + done.err


def test_key_does_not_follow_a_redirect_in_a_survey(tmp_path):
    with Contact(tmp_path, "nothing") as contact:
        contact.proxy.answer = led_to_www(contact.site.answer)
        survey(contact, KEY)
        told = {hit.host for hit in contact.proxy.hits if KEY in hit.head}

    assert told == {HOST}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("search-401", "the search service says: Forbidden"),
        ("search-429", "asked the crawler to stay away for 3600 seconds"),
    ],
)
def test_service_that_refuses_withholds_the_run_and_says_why(tmp_path, name, words):
    with Contact(tmp_path, "script") as contact:
        contact.faulty(SOURCE_SCENARIOS[name].faults)
        night = crawl(contact)

    assert (night.run.status, night.feed) == (4, b""), night.run.err
    assert words in night.run.err


def test_results_that_come_to_an_end_too_early_are_withheld(tmp_path):
    with Contact(tmp_path, "script", 260) as contact:
        answer = contact.site.answer

        def short(target, headers):
            said = answer(target, headers)
            if "page=2" not in target:
                return said
            results = json.loads(said.body)
            return type(said)(json.dumps(results | {"hits": results["hits"][:9]}), said.status)

        contact.proxy.answer = short
        night = crawl(contact)

    assert night.run.status == 4, night.run.err
    assert "it says that there are" in night.run.err


def test_without_its_key_the_run_is_refused(tmp_path):
    with Contact(tmp_path, "script") as contact:
        night = contact.night(**SOURCE)

    assert (night.run.status, len(night.hits)) == (2, 0)
    assert "OSCE_TYPESENSE_KEY" in night.run.err
