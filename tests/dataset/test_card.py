"""README.md of a dataset, as Hugging Face's own library reads it."""

import re
from collections import Counter

import pyarrow as pa
import pytest
from pyarrow import parquet

from osce_crawl.dataset.card import card
from osce_crawl.dataset.facts import Facts
from osce_crawl.feeds.swap import digest
from osce_crawl.items import KEYS
from osce_crawl.loaders.release import blank_item
from osce_crawl.publication.terms import PERSONAL

CREATED = "2026-11-01T08:00:00Z"
DIGESTS = {"items.parquet": "01" * 32, "links.parquet": "02" * 32}


def item(number=1, **values):
    node = str(number)
    own = {"id": f"{node}-en", "node": node, "work_id": node, "language": "en", "complete": True}
    return {**blank_item(), **own, **values}


def facts(*items):
    found = Facts()
    for one in items:
        found.add(one)
    return found


def text(*items):
    return card(facts(*items), CREATED, {"schema": "2.0.0"}, DIGESTS)


def read_card(written):
    """Return what Hugging Face's library reads of a card."""
    from huggingface_hub import DatasetCard

    return DatasetCard(written, ignore_metadata_errors=False).data


def front(*items):
    return read_card(text(*items))


def table(written, heading):
    """Return the first table below a heading: first cell → the others."""
    below = written.partition(f"\n## {heading}\n")[2]
    lines = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)[0].splitlines()[2:]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {first: rest if len(rest) > 1 else rest[0] for first, *rest in rows}


def test_hub_reads_languages_licence_and_files():
    found = front(item(language="ru"), item(2, language="sq"), item(3, language="und"))

    assert found.language == ["ru", "sq"]
    assert (found.license, found.license_name) == ("other", "osce-copyright")
    assert found.pretty_name == "OSCE newsroom"
    assert [one["data_files"] for one in found.configs] == ["items.parquet"]


def test_hub_is_told_of_links_where_there_are_any():
    found = Facts(items=2, relations=Counter(translation=1))

    data = read_card(card(found, CREATED, {}, DIGESTS))

    assert [one["config_name"] for one in data.configs] == ["items", "links"]


def test_library_takes_no_older_dataset_of_the_same_name_for_this_one(tmp_path):
    from datasets import load_dataset

    for title in ("of yesterday", "of today"):
        folder = tmp_path / title / "dataset"
        folder.mkdir(parents=True)
        file = folder / "items.parquet"
        parquet.write_table(pa.table({"title": [title]}), file)
        written = card(facts(item()), CREATED, {}, {file.name: digest(file)})
        (folder / "README.md").write_text(written)

        found = load_dataset(str(folder), split="train", cache_dir=str(tmp_path / "cache"))

        assert found["title"][:] == [title]


@pytest.mark.parametrize(
    ("items", "category"),
    [(1, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (25_000, "10K<n<100K"), (10**7, "n>1M")],
)
def test_hub_is_told_the_size(items, category):
    found = Facts(items=items)

    data = read_card(card(found, CREATED, {}, DIGESTS))

    assert data.size_categories == [category]


def test_counts_and_period_are_told():
    written = text(
        item(published="2017-06-09", content_type="news"),
        item(2, published="1995-03-03", work_id="1", removed_at=CREATED),
        item(3, published=None, complete=False),
    )

    numbers = table(written, "In numbers")
    assert numbers["items"] == "3"
    assert numbers["releases, translations counted once"] == "2"
    assert numbers["published"] == "1995-03-03 to 2017-06-09"
    assert numbers["removed from the site"] == "1"
    assert numbers["known from the listing only"] == "1"
    assert numbers["made at"] == CREATED
    assert numbers["schema"] == "2.0.0"
    assert table(written, "Kinds") == {"unknown": "2", "news": "1"}


def test_every_field_has_its_meaning_and_says_how_full_it_is():
    items = [item(number, title="A title") for number in range(999)]

    fields = table(text(*items, item(1000, summary="A teaser")), "Fields")

    assert list(fields) == [f"`{key}`" for key in KEYS]
    assert all(what for _, _, what in fields.values())
    assert [fields[f"`{key}`"][1] for key in ("id", "title", "summary", "removed_at")] == [
        "100\u00a0%",
        ">\u00a099\u00a0%",
        "<\u00a01\u00a0%",
        "0\u00a0%",
    ]


def test_what_pages_print_is_text_alone():
    printed = "<script>alert(1)</script> | [a](javascript:b)\n# `c`"

    units = table(text(item(sources=[{"label": None, "raw": printed}])), "Units")

    (name,) = units
    assert name == r"\<script\>alert(1)\</script\> \| \[a\](javascript:b) \# \`c\`"


def test_only_the_most_frequent_units_are_named():
    items = [item(n, sources=[{"label": f"Unit {n}", "raw": "a unit"}]) for n in range(30)]

    units = table(text(*items), "Units")

    assert len(units) == 21
    assert "10 more" in units


def test_rights_are_told():
    written = text(item())

    assert "https://www.osce.org/copyright" in written
    assert "GeoNames, CC BY 4.0" in written
    assert "UNSCR 1244" in written


def test_personal_data_is_named_where_there_is_any():
    assert PERSONAL not in text(item())
    assert PERSONAL in text(item(contacts=["Clara Monti, Press Officer, +43 1 000 61 60"]))
