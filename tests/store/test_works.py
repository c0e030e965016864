"""`work_id` is the same for all translations of a release, whoever names whom, in any order."""

import json
from contextlib import closing
from itertools import permutations
from random import Random

import pytest
from store.differences import differences
from store.making import Night, at, entry, page, read
from store.old_stores import MADE_FROM, sign, unpack

from osce_crawl.options import Arguments
from osce_crawl.store import Store
from osce_crawl.store.fetched import Answer
from osce_crawl.store.works import regrouping

EN, RU, SQ = entry(1002), entry(1001, language="ru"), entry(1003, language="sq")


def naming(*others):
    return {"translations": [{"url": one["url"], "language": one["language"]} for one in others]}


def works(rows):
    return {row["id"]: row["work_id"] for row in rows}


def stored(store):
    return {name: json.loads(row) for name, row in store.db.execute("SELECT id, row FROM item")}


def told(store, night):
    found = store.db.execute("SELECT line FROM change ORDER BY seq")
    lines = [json.loads(line) for (line,) in found]
    return {one["id"]: (one["change"], one["keys"]) for one in lines if one["run_id"] == night.id}


def test_work_is_closed_over_all_pages_of_a_group(night):
    run = night().read(EN, **naming(RU)).read(RU).read(SQ, **naming(EN))

    assert works(run.publish()) == {"1001-ru": "1001", "1002-en": "1001", "1003-sq": "1001"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_order_of_the_nights_makes_no_difference(store, order):
    pages = [(EN, naming(RU)), (RU, {}), (SQ, naming(EN))]
    for day, number in enumerate(order, start=1):
        one, names = pages[number]
        rows = Night(store, day).read(one, **names).publish()

    assert set(works(rows).values()) == {"1001"}


def test_other_pages_of_a_group_are_updated_without_a_new_revision(store, night):
    night(1).read(EN, **naming(RU)).publish()
    second = night(2).see(EN).read(RU)
    rows = {row["id"]: row for row in second.publish()}

    assert told(store, second) == {"1001-ru": ("new", []), "1002-en": ("updated", ["work_id"])}
    assert (rows["1002-en"]["work_id"], rows["1002-en"]["revision"]) == ("1001", 1)
    assert rows["1002-en"]["changed_at"] == f"{at(2):%Y-%m-%dT%H:%M:%SZ}"
    assert rows["1002-en"]["fetched_at"] == f"{at(1):%Y-%m-%dT%H:%M:%SZ}"


def test_group_falls_apart_when_nothing_names_it_any_more(store, night):
    night(1).read(EN, **naming(RU)).read(RU).publish()
    second = night(2).read(EN, etag="2", body="Other words.").see(RU)

    assert works(second.publish()) == {"1001-ru": "1001", "1002-en": "1002"}
    assert told(store, second)["1002-en"][0] == "updated"


def test_page_read_again_is_no_change(store, night):
    night(1).read(EN, **naming(RU)).read(RU).publish()
    second = night(2).read(EN, **naming(RU)).read(RU)
    second.publish()

    assert told(store, second) == {}


def test_known_translation_alone_counts(night):
    assert works(night().read(EN, **naming(RU)).publish()) == {"1002-en": "1002"}


def test_night_looks_at_no_more_works_than_its_changes_touch(store, night):
    first = night(1)
    for node in range(3000, 3100, 2):
        russian = entry(node + 1, language="ru")
        first.read(entry(node), **naming(russian)).read(russian)
    first.publish()
    night(2).plan()
    assert list(regrouping(store.db, everything=False)) == []

    night(3).read(entry(3000), etag="3", body="Other words.").plan()
    # two rows change, the page and its former translation, and each is a work of its own now
    assert len(list(regrouping(store.db, everything=False))) == 2 + 2


def test_wrong_address_merges_no_two_works(night):
    other = entry(2002), entry(2001, language="ru")
    run = night().read(EN, **naming(RU)).read(RU, **naming(EN))
    run.read(other[0], **naming(other[1], RU)).read(other[1], **naming(other[0]))

    assert works(run.publish()) == {
        "1001-ru": "1001",
        "1002-en": "1001",
        "2001-ru": "2001",
        "2002-en": "2001",
    }


def test_one_that_is_gone_stays_in_its_work(store, night):
    night(1).read(EN, **naming(RU)).read(RU).publish()
    second = night(2).see(EN).gone(RU)

    assert set(works(second.publish()).values()) == {"1001"}
    assert told(store, second) == {"1001-ru": ("removed", ["removed_at"])}


def test_release_in_two_languages_under_one_node_is_one_work(night):
    run = night().read(EN).read({**entry(1002, language="ru")})

    assert works(run.publish()) == {"1002-en": "1002", "1002-ru": "1002"}


def test_address_without_a_node_is_known_by_the_item_published_there(night):
    slug = entry(1001, language="ru", url="https://www.osce.org/ru/news/some-slug")
    night(1).read(slug).publish()

    assert works(night(2).see(slug).read(EN, **naming(slug)).publish()) == {
        "1001-ru": "1001",
        "1002-en": "1001",
    }


def test_address_that_leads_to_a_translation_counts_from_that_night_on(store, night):
    slug = "https://www.osce.org/ru/news/some-slug"
    night(1).read(EN, **naming({**RU, "url": slug})).read(RU).publish()
    assert works(stored(store).values()) == {"1001-ru": "1001", "1002-en": "1002"}

    second = night(2).see(EN).see(RU, Answer("unchanged", "1001-ru", led_from=[slug]))
    assert works(second.publish()) == {"1001-ru": "1001", "1002-en": "1001"}


def test_sample_has_the_rows_that_it_has_seen_and_the_next_night_tells_the_same(night):
    night(1).read(EN, **naming(RU)).publish()
    second = night(2).read(RU)
    assert works(second.plan(Arguments(limit=1))) == {"1001-ru": "1001"}
    second.publish()

    assert works(night(3).see(EN).see(RU).publish()) == {"1001-ru": "1001", "1002-en": "1001"}


def test_run_that_is_not_published_changes_nothing(store, night):
    night(1).read(EN, **naming(RU)).publish()
    night(2).read(RU).plan()

    assert works(stored(store).values()) == {"1002-en": "1002"}
    # what it has fetched is published by the next night
    assert set(works(night(3).see(EN).see(RU).publish()).values()) == {"1001"}


def test_withheld_run_that_is_accepted_has_the_same_rows(store, night):
    night(1).read(EN, **naming(RU)).publish()
    rows = night(2).see(EN).read(RU).plan()
    store.db.execute("INSERT INTO held SELECT * FROM seen")
    store.trust()

    assert [row.item for row, _ in store.rows(Arguments())] == rows


def test_store_of_an_older_version_is_regrouped_by_its_first_run(path):
    unpack(path)
    with closing(Store.open(path, MADE_FROM)) as store:
        before = stored(store)
        name, other = sorted(before)[:2]
        before[name]["translations"] = [{"url": before[other]["url"], "language": "ru"}]
        before[name]["language"], before[other]["language"] = "en", "ru"
        for one in (name, other):
            before[one]["published"] = "2020-05-04"
            store.db.execute(
                "UPDATE item SET row = ?, language = ?, published = '2020-05-04' WHERE id = ?",
                (json.dumps(before[one]), before[one]["language"], one),
            )
        store.db.execute("DELETE FROM translation")
        store.db.execute(
            "INSERT INTO translation SELECT ?, node, 'ru', json_extract(row, '$.url')"
            " FROM item WHERE id = ?",
            (name, other),
        )
        sign(store.db)
        (last,) = store.db.execute("SELECT max(seq) FROM change").fetchone()
        after = {row["id"]: row for row in Night(store, 9).publish()}
        lines = store.db.execute("SELECT line FROM change WHERE seq > ?", (last,)).fetchall()
        found = [json.loads(line) for (line,) in lines]

    assert after[name]["work_id"] == after[other]["work_id"]
    assert {one["id"]: one["keys"] for one in found} == differences(before, after)


def test_older_store_has_what_its_items_name(path):
    unpack(path)
    with closing(Store.open(path, MADE_FROM)) as store:
        named = {
            (item_id, one["url"])
            for item_id, row in stored(store).items()
            for one in row["translations"]
        }
        known = store.db.execute("SELECT item_id, url FROM translation").fetchall()

    assert set(known) == named
    assert named


@pytest.mark.parametrize("seed", range(3))
def test_works_are_what_all_rows_together_say(store, seed):
    """Night after night no more is looked at than needs be; all of it looked at says the same."""
    random = Random(seed)
    tongues = ["en", "ru", "sq", "uk"]
    entries = [entry(1001 + n, language=random.choice(tongues)) for n in range(24)]
    before, known = {}, 0
    for day in range(1, 16):
        run = Night(store, day)
        for one in entries:
            chance = random.random()
            if chance < 0.2:
                others = random.sample(entries, random.randrange(3))
                found = read(one, day, body=f"Words {day}.", **naming(*others))
                found["published"] = f"2026-0{random.randint(7, 9)}-{random.randint(10, 28)}"
                run.see(one, page(found, etag=f"{day}"))
            elif chance < 0.9:
                run.see(one)
        if random.random() < 0.2:
            continue
        after = {row["id"]: row for row in run.publish()}
        lines = [json.loads(line) for (line,) in store.db.execute("SELECT line FROM change")]
        fresh, known = lines[known:], len(lines)

        assert {one["id"]: one["keys"] for one in fresh} == differences(before, after)
        store.db.execute("DELETE FROM pending")
        assert [one for one in regrouping(store.db, everything=True) if one] == []
        before = after
    assert len(set(works(before.values()).values())) < len(before)
