"""Every command that reads settings tells of those that have no effect any more."""

import logging

from scrapy.settings import BaseSettings

from osce_crawl.commands.saying import say
from osce_crawl.options import retired_settings

_LOG = logging.getLogger(__name__)


def warn_of_retired(settings: BaseSettings | None) -> None:
    """Tell of settings without effect: in the log, or on standard error where there is none."""
    for warning in retired_settings(settings or {}):
        if logging.root.handlers:
            _LOG.warning(warning)
        else:
            say(warning)
