"""Which store a command looks at, by OSCE_STORE."""

from pathlib import Path

from scrapy.settings import BaseSettings

from osce_crawl.commands.crawl import refuse
from osce_crawl.options import Options, project_path


def store_path(settings: BaseSettings | None) -> Path:
    """Return the store's file; exit 2 where there is none by the settings."""
    if settings is None:
        raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
    value = str(settings.get("OSCE_STORE", Options.store)).strip()
    if not value:
        refuse("setting OSCE_STORE is empty, so there is no store; allowed is a store's file")
    return project_path(value)
