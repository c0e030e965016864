"""Whether the libraries of the extra ``dataset`` are there, told without loading them."""

from importlib.util import find_spec


def missing(what: str, *modules: str) -> str:
    """Return the line that says what is to be installed; nothing where all modules are there.

    >>> missing("JSON", "json")
    ''
    >>> missing("Rhyming", "no_such_module")  # doctest: +ELLIPSIS
    "Rhyming needs no_such_module: pip install 'osce_crawl[dataset]' (in the project's folder: ...)"

    :param what: what needs the modules, as the line begins.
    """
    absent = [module for module in modules if find_spec(module) is None]
    if not absent:
        return ""
    return (
        f"{what} needs {', '.join(absent)}: pip install 'osce_crawl[dataset]'"
        " (in the project's folder: make dataset)"
    )
