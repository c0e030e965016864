"""The processors of the loaders; cheap, because each page runs through all of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any


class Each:
    """Input processor that turns each text into one value or none: a cheap `MapCompose`.

    :param work: never receives null; returns null if there is no value.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work = work
        # the loader checks whether a processor is a method; without a name that costs an exception
        self.__qualname__ = f"Each.{work.__name__}"

    def __call__(self, values: Iterable[Any]) -> list[Any]:
        """Return the converted values."""
        made = [self.work(value) for value in values if value is not None]
        return [value for value in made if value is not None]


class All:
    """Output processor that works on all values at once.

    :param work: gets the list of values.
    """

    def __init__(self, work: Callable[[Sequence[Any]], Any]) -> None:
        self.work = work
        self.__qualname__ = f"All.{work.__name__}"

    def __call__(self, values: Sequence[Any]) -> Any:
        """Return the converted values."""
        return self.work(values)


def _first(values: Sequence[Any]) -> Any:
    return next((value for value in values if value), None)


def _unique(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[Any, dict[str, Any]] = {}
    for value in values:
        key = value.get("id") or value.get("raw") or tuple(value.items())
        kept.setdefault(key, value)
    return list(kept.values())


#: The first value that is not empty: a cheap `TakeFirst`.
first = All(_first)
#: All values.
every = All(list)
#: Values without repetitions; two names of one unit or field count as one value. A page may print
#: "OSCE Chairmanship" where the listing prints "OSCE Chairpersonship".
unique = All(_unique)
