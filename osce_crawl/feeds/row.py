"""A row on its way to the feeds: a line of JSON, parsed only if its values are needed."""

from typing import Any, Self

import orjson

# No string in a line of JSON contains this: its quotation marks would be escaped.
_NO_CONTACTS = b'"contacts":[]'


class Row:
    """An item, as a line of JSON, as values, or both.

    :ivar checked: whether it was published in this form under the current schema, so is valid.
    """

    __slots__ = ("_item", "_line", "checked")

    def __init__(self, line: bytes | None, *, checked: bool, item: Any = None) -> None:
        self._line = line
        self._item: dict[str, Any] | None = item
        self.checked = checked

    @classmethod
    def of(cls, item: dict[str, Any], *, checked: bool = False) -> Self:
        """Return the row of an item; the item must not be changed afterwards."""
        return cls(None, checked=checked, item=item)

    @property
    def line(self) -> bytes:
        """The line without its newline, always the same bytes for the same item.

        :raises TypeError: for a value that JSON cannot hold.
        """
        if self._line is None:
            self._line = orjson.dumps(self._item)
        return self._line

    @property
    def item(self) -> dict[str, Any]:
        """The values, which must not be changed."""
        if self._item is None:
            self._item = orjson.loads(self.line)
        return self._item

    @property
    def has_contacts(self) -> bool:
        """Whether there are press contacts; does not parse the line."""
        return _NO_CONTACTS not in self.line
