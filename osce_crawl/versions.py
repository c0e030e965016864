"""Which version of this project is at work."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """Return the installed version, or ``from source`` where it runs without installation."""
    try:
        return version("osce_crawl")
    except PackageNotFoundError:
        return "from source"
