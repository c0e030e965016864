"""The kinds of listing source: each module beside this one registers its class here."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from osce_crawl.sources.base import ListingSource

Maker = TypeVar("Maker", bound=Callable[[str], ListingSource])

_KINDS: dict[str, Callable[[str], ListingSource]] = {}


def listing_source(kind: str) -> Callable[[Maker], Maker]:
    """Register a class under the word that names it in ``OSCE_SOURCES``: ``KIND=ADDRESS``.

    The class is called with the full address of the listing.

    :raises ValueError: when another class has the word.
    """

    def register(maker: Maker) -> Maker:
        if kind in _KINDS:
            raise ValueError(f"{kind}= already names {_KINDS[kind]}, so it cannot name {maker}")
        _KINDS[kind] = maker
        return maker

    return register


def kinds() -> dict[str, Callable[[str], ListingSource]]:
    """Return the factory for each kind of source, the newsroom's own first."""
    package = __name__.rpartition(".")[0]
    for module in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    return dict(sorted(_KINDS.items(), key=lambda one: (one[0] != "pager", one[0])))
