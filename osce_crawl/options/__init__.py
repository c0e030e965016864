"""An operator's options: spider arguments (``-a``) and ``OSCE_*`` settings.

Every value is checked before the first request; an error names the given value and what is allowed.
"""

from osce_crawl.options.arguments import Arguments, argument_docs, read_arguments
from osce_crawl.options.osce_settings import (
    Options,
    environment,
    read_options,
    retired_settings,
    setting_fields,
    setting_names,
)
from osce_crawl.options.paths import project_path
from osce_crawl.options.values import OptionError

__all__ = [
    "Arguments",
    "OptionError",
    "Options",
    "argument_docs",
    "environment",
    "project_path",
    "read_arguments",
    "read_options",
    "retired_settings",
    "setting_fields",
    "setting_names",
]
