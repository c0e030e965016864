"""Processors a loader is declared with; cheap, since each page runs through all of them."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


class Each:
    """Input processor that makes one value of each word, or none: `MapCompose`, but cheap.

    :param work: gets no null, and returns null for what is no value.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work
        # the loader asks a processor whether it is a method: without a name it raises and catches
        self.__qualname__ = f"Each.{work.__name__}"

    def __call__(self, values: Iterable[Any]) -> list[Any]:
        """Return what is made of the values."""
        made = [self.work(value) for value in values if value is not None]
        return [value for value in made if value is not None]


class Follows:
    """How a key without words of its own follows from the loader's context.

    :param work: its parameters are named as what it needs of the context. ``item`` is the item as
        the words, and the keys before this one, have filled it.
    """

    def __init__(self, work: Callable[..., Any]) -> None:
        self.work = work
        self.needs = tuple(inspect.signature(work).parameters)

    def __call__(self, context: Mapping[str, Any]) -> Any:
        """Return what follows."""
        return self.work(**{name: context[name] for name in self.needs})


class All:
    """Output processor that works on all values at once.

    :param work: gets the list of values.
    """

    def __init__(self, work: Callable[[Sequence[Any]], Any]) -> None:
        self.work = work
        self.__qualname__ = f"All.{work.__name__}"

    def __call__(self, values: Sequence[Any]) -> Any:
        """Return what is made of the values."""
        return self.work(values)


def _first(values: Sequence[Any]) -> Any:
    return next((value for value in values if value), None)


def _unique(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[Any, dict[str, Any]] = {}
    for value in values:
        key = value.get("id") or value.get("raw") or tuple(value.items())
        kept.setdefault(key, value)
    return list(kept.values())


#: The first value that is not empty: `TakeFirst`, but cheap.
first = All(_first)
#: All values.
every = All(list)
#: Values without repetitions; two names of one unit or field are one value. A page may print "OSCE
#: Chairmanship" where the listing prints "OSCE Chairpersonship".
unique = All(_unique)
