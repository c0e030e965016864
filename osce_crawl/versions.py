"""The version of this project that is running."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """Return the installed version, or ``from source`` if it is not installed."""
    try:
        return version("osce_crawl")
    except PackageNotFoundError:
        return "from source"
