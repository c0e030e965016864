"""Check whether the libraries of the extra ``dataset`` are installed, without importing them."""

from importlib.util import find_spec


def missing(what: str, *modules: str) -> str:
    """Return a line that says what to install; empty if all modules are installed.

    >>> missing("JSON", "json")
    ''
    >>> missing("Rhyming", "no_such_module")  # doctest: +ELLIPSIS
    "Rhyming needs no_such_module: pip install 'osce_crawl[dataset]' (in the project's folder: ...)"

    :param what: what needs the modules, used as the beginning of the line.
    """
    absent = [module for module in modules if find_spec(module) is None]
    if not absent:
        return ""
    return (
        f"{what} needs {', '.join(absent)}: pip install 'osce_crawl[dataset]'"
        " (in the project's folder: make dataset)"
    )
