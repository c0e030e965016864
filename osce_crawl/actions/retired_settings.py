"""Warns about settings that no longer have any effect."""

import logging

from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import say
from osce_crawl.options import retired_settings

_LOG = logging.getLogger(__name__)


def warn_of_retired(settings: BaseSettings | None) -> None:
    """Warn of settings without effect: in the log, or on standard error if there is no log."""
    for warning in retired_settings(settings or {}):
        if logging.root.handlers:
            _LOG.warning(warning)
        else:
            say(warning)
