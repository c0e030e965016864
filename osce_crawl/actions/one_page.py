"""Shared by `scrapy extract`, `parse` and `shell`: one page, without a run."""

from collections.abc import Sequence
from typing import NoReturn

from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.downloader.replay import open_site
from osce_crawl.downloader.saved_site import ReplayError
from osce_crawl.normalise.web import web_address
from osce_crawl.options import OptionError, read_options

ADDRESS = "https://www.osce.org/secretariat/322492"
#: The hint for reading a saved page.
_SAVED = "to read a saved page: scrapy extract FILE --url URL"


def check_settings(settings: BaseSettings | None) -> BaseSettings:
    """Return the settings; refuse what a crawl would refuse, warn of settings without effect."""
    if settings is None:
        raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
    try:
        open_site(read_options(settings))
    except (OptionError, ReplayError) as error:
        refuse(str(error))
    warn_of_retired(settings)
    return settings


def refuse_unknown(command: str, args: Sequence[str]) -> None:
    """Refuse options that the command does not have: Scrapy passes them on as arguments."""
    for word in args:
        if word.startswith("-") and word != "-":
            option = word.partition("=")[0]
            refuse(f"scrapy {command} has no option {option}; its options: scrapy {command} --help")


def checked_address(text: str) -> str:
    """Return an address that can be requested; refuse any other."""
    address = web_address(text)
    if address is None:
        refuse(
            f"{text or 'an empty argument'} is not a web address; give it in full, e.g. {ADDRESS};"
            f" {_SAVED}"
        )
    return address


def refuse_unfetched(url: str) -> NoReturn:
    """Say that there is no page, and how to read a saved one."""
    refuse(f"{url} could not be fetched, see the log; {_SAVED}")
