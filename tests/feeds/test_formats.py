"""A format is registered in one place."""

import runpy
from pathlib import Path

import pytest
from reports.examples import NIGHT
from scrapy.exporters import BaseItemExporter
from scrapy.settings import Settings

import osce_crawl
from osce_crawl.feeds import formats
from osce_crawl.feeds.check import feed_problems
from osce_crawl.feeds.formats import Format
from osce_crawl.publication.datapackage import datapackage

#: Run anew in each test, with the formats that there are then.
SETTINGS = str(Path(osce_crawl.__file__).with_name("settings.py"))


class YamlExporter(BaseItemExporter):
    """Stands for one that is written some day."""


@pytest.fixture(autouse=True)
def _registered(tmp_path, monkeypatch):
    exporter = f"{__name__}.YamlExporter"
    yaml = Format(("yaml",), "application/yaml", exporter, table="nested")
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, yaml))
    monkeypatch.chdir(tmp_path)


def test_settings_have_its_exporter():
    settings = runpy.run_path(SETTINGS)

    assert settings["FEED_EXPORTERS"]["yaml"] == f"{__name__}.YamlExporter"


def test_feed_is_allowed():
    settings = runpy.run_path(SETTINGS)
    names = ("FEED_EXPORTERS", "FEED_STORAGES")

    assert (
        feed_problems(
            Settings({"FEEDS": {"items.yaml": {}}, **{name: settings[name] for name in names}})
        )
        == []
    )


def test_data_package_describes_it():
    (found,) = datapackage(NIGHT, [{**NIGHT["feeds"][0], "path": "items.yaml"}])["resources"]

    assert (found["format"], found["mediatype"]) == ("yaml", "application/yaml")
    assert found["schema"]
