"""The arguments (``-a``) that select items of the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from osce_crawl.options.arguments import Arguments, argument_docs, read_arguments
from osce_crawl.options.spelling import hint
from osce_crawl.options.values import OptionError, read_value
from osce_crawl.vocabulary import entries

_ANY = Arguments()
_SHARED = ("since", "until", "content_type", "language")


@dataclass(frozen=True)
class Selection:
    """The selected items.

    :ivar unit: ids of units that issued the item; ``country``: codes of States it concerns;
        ``field``: ids of fields of work. An item needs one of each; empty selects any.
    """

    arguments: Arguments = _ANY
    unit: frozenset[str] = field(
        default=frozenset(),
        metadata={"doc": "only items that one of these units issued, e.g. `odihr`"},
    )
    country: frozenset[str] = field(
        default=frozenset(), metadata={"doc": "only items about one of these States, e.g. `MD,UA`"}
    )
    field: frozenset[str] = field(
        default=frozenset(),
        metadata={"doc": "only items of one of these fields of work, e.g. `policing`"},
    )

    @property
    def whole(self) -> bool:
        """Whether everything is selected."""
        return self == Selection()

    def wants(self, item: Mapping[str, Any]) -> bool:
        """Return whether an item is selected."""
        return (
            self.arguments.wants(item["published"], item["content_type"], item["language"])
            and _has(item["sources"], "id", self.unit)
            and _has(item["countries"], "code", self.country)
            and _has(item["fields_of_work"], "id", self.field)
        )


def selection_docs() -> dict[str, str]:
    """Return the arguments: name → meaning."""
    shared = {name: argument_docs()[name] for name in _SHARED}
    own = {one.name: one.metadata["doc"] for one in fields(Selection) if one.metadata}
    return {**shared, "since": "first day, by `published` (`YYYY-MM-DD`)", **own}


def read_selection(raw: Mapping[str, str], today: date) -> Selection:
    """Return the selection.

    :param raw: names and values of ``-a``.
    :param today: a window that begins after it is refused.
    :raises OptionError: with the argument and what is allowed.
    """
    readers: dict[str, Callable[[str, str], Any]] = {
        "unit": lambda name, value: _ids(name, value, "units", "id"),
        "country": lambda name, value: _ids(name, value, "states", "code"),
        "field": lambda name, value: _ids(name, value, "fields_of_work", "id"),
    }
    known = (*_SHARED, *readers)
    for name, value in raw.items():
        if name not in known:
            raise OptionError(
                f"argument {name}={value} is not known{hint(name, known)};"
                f" allowed: {', '.join(known)}"
            )
    shared = {name: raw[name] for name in _SHARED if name in raw}
    own = {
        name: read_value(reader, f"argument {name}", str(raw[name]).strip())
        for name, reader in readers.items()
        if name in raw
    }
    return Selection(read_arguments(shared, today=today), **own)


def _ids(name: str, value: str, vocabulary: str, key: str) -> frozenset[str]:
    """Return the ids in a list, all from one vocabulary; its labels serve for suggestions."""
    labels = {str(one[key]): str(one["label"]) for one in entries(vocabulary)}
    chosen = [part.strip() for part in value.split(",")]
    for part in chosen:
        if part not in labels:
            raise OptionError(
                f"{name}={value}: {part!r} is not known{_near(part, labels)}; allowed: the ids"
                " in docs/reference/vocabularies.md, several separated by commas"
            )
    return frozenset(chosen)


def _near(word: str, labels: Mapping[str, str]) -> str:
    by_label = {label.casefold(): one for one, label in labels.items()}
    meant = by_label.get(word.casefold())
    return f" (did you mean {meant}?)" if meant else hint(word, labels)


def _has(values: list[Mapping[str, Any]], key: str, wanted: frozenset[str]) -> bool:
    return not wanted or any(value[key] in wanted for value in values)
