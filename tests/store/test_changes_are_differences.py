"""After every published night the change feed names what differs between two snapshots, no more.

Nights at random: items come, are edited, are listed otherwise, go, come back, move, are read by
another version of ours, answer in other bytes, fail, are known from the listing alone; some nights
are not published.
"""

import json
from contextlib import closing
from random import Random

import pytest
from store.differences import differences
from store.making import Night, entry, listed, page, read
from store.old_stores import MADE_FROM, sign, unpack

from osce_crawl.items import KEYS
from osce_crawl.store import Store
from osce_crawl.store.fetched import Answer

NIGHTS = 25
NODES = range(1, 13)


class World:
    """What the site says of each item, and how we read it."""

    def __init__(self, random):
        self.random = random
        self.there = {}
        self.extractor = "1"

    def moves(self):
        random = self.random
        if random.random() < 0.15:
            self.extractor = str(int(self.extractor) + 1)
        for node in NODES:
            known = self.there.get(node)
            if known is None:
                if random.random() < 0.3:
                    self.there[node] = {"words": 0, "teaser": 0, "bytes": 0, "path": 0, "gone": 0}
            elif random.random() < 0.5:
                what = random.choice([*known])
                known[what] = not known[what] if what == "gone" else known[what] + 1

    def entry(self, node):
        said = self.there[node]
        url = f"https://www.osce.org/unit{said['path']}/{node}"
        return entry(node, url=url, summary=f"Teaser {said['teaser']}.")

    def page(self, node, day):
        said, one = self.there[node], self.entry(node)
        item = read(
            one, day, extractor=self.extractor, body=f"Text {said['words']}, {self.extractor}."
        )
        item["provenance"]["response_sha256"] = f"{said['bytes']}"
        first = f"https://www.osce.org/unit0/{node}"
        led_from = [first] if said["path"] else []
        return page(item, etag=f"{said['words']}", led_from=led_from)

    def crawl(self, night):
        random = self.random
        for node, said in self.there.items():
            one = self.entry(node)
            if said["gone"]:
                if night.store.item(f"{node}-en"):
                    night.gone(one)
            elif random.random() < 0.1:
                night.see(one, Answer("item", f"{node}-en", listed(one, night.day)), failed=True)
            elif random.random() < 0.6:
                night.see(one, self.page(node, night.day))
            else:
                night.see(one)


def rows(store):
    """Return the items as they were last published."""
    return {name: json.loads(row) for name, row in store.db.execute("SELECT id, row FROM item")}


def lines(store, since):
    found = store.db.execute("SELECT line FROM change WHERE seq > ? ORDER BY seq", (since,))
    return [json.loads(line) for (line,) in found]


@pytest.mark.parametrize("seed", range(3))
def test_lines_of_a_night_are_the_differences_of_the_snapshots(store, seed):
    random = Random(seed)
    world = World(random)
    before, told = {}, 0
    for day in range(1, NIGHTS + 1):
        world.moves()
        night = Night(store, day)
        world.crawl(night)
        if random.random() < 0.2:
            continue
        after = {row["id"]: row for row in night.publish()}
        found = lines(store, told)
        told += len(found)

        assert {line["id"]: line["keys"] for line in found} == differences(before, after)
        assert len({line["id"] for line in found}) == len(found)
        before = after


def test_random_nights_have_all_kinds_of_changes(store):
    world = World(Random(1))
    for day in range(1, NIGHTS + 1):
        world.moves()
        night = Night(store, day)
        world.crawl(night)
        night.publish()

    assert {line["change"] for line in lines(store, 0)} == {
        "new",
        "updated",
        "removed",
        "restored",
        "reextracted",
    }


@pytest.mark.parametrize("gone", [False, True])
def test_rows_of_an_older_schema_are_mended_as_the_lines_say(path, gone):
    unpack(path)
    bad = [{"url": "http:", "text": "Nothing"}, {"url": "HTTP://www.osce.org/x", "text": "Shouted"}]
    with closing(Store.open(path, MADE_FROM)) as store:
        before = rows(store)
        name = next(iter(before))
        before[name]["links"] += bad
        store.db.execute("UPDATE item SET row = ? WHERE id = ?", (json.dumps(before[name]), name))
        sign(store.db)
        (told,) = store.db.execute("SELECT max(seq) FROM change").fetchone()
        night = Night(store, 9)
        if gone:
            one = {"node": before[name]["node"], "language": before[name]["language"]}
            night.gone({**entry(one["node"], language=one["language"]), "url": before[name]["url"]})
        after = {row["id"]: row for row in night.publish()}

        assert after.keys() == before.keys()
        assert [link["url"] for link in after[name]["links"]][-1] == "http://www.osce.org/x"
        assert tuple(after[name]) == KEYS
        assert {line["id"]: line["keys"] for line in lines(store, told)} == differences(
            before, after
        )
