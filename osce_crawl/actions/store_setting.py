"""The store that OSCE_STORE names, and the reports of its runs."""

from pathlib import Path

from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse
from osce_crawl.options import OptionError, Options, project_path

#: Where `make crawl` keeps its store.
_DEMO = "output/demo/newsroom.sqlite"


def store_path(settings: BaseSettings | None) -> Path:
    """Return the store's file; exit with 2 if the settings disable the store.

    If no store was named, none is in the default place, and the demo has one, the message names it.
    It is not used, since a misplaced store would then look like the right one.
    """
    if settings is None:
        raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
    given = settings.get("OSCE_STORE")
    value = str(Options.store if given is None else given).strip()
    if not value:
        refuse("setting OSCE_STORE is empty, so there is no store; give a store's file")
    path = _path("OSCE_STORE", value)
    if given is None and not path.exists() and project_path(_DEMO).exists():
        refuse(
            f"there is no store {path} yet: a crawl creates it; for the demo's, give"
            f" -s OSCE_STORE={_DEMO}"
        )
    return path


def report_path(settings: BaseSettings | None, run_id: str) -> Path | None:
    """Return the report of a run, None if there is none: in OSCE_REPORTS, or beside the store."""
    folders = [store_path(settings).parent / "runs"]
    reports = settings.get("OSCE_REPORTS", Options.reports) if settings is not None else ""
    if str(reports):
        folders.insert(0, _path("OSCE_REPORTS", str(reports)))
    files = (folder / f"{run_id}.json" for folder in folders)
    return next((file for file in files if file.is_file()), None)


def _path(setting: str, value: str) -> Path:
    try:
        return project_path(value)
    except OptionError as error:
        refuse(f"setting {setting}: {error}")
