"""The version of this project that is running."""

from importlib.metadata import PackageNotFoundError, version

#: Increased with every change that makes the readers or loaders read the same page differently.
EXTRACTOR_VERSION = "1.12.0"


def own_version() -> str:
    """Return the installed version, or ``from source`` if it is not installed."""
    try:
        return version("osce_crawl")
    except PackageNotFoundError:
        return "from source"
