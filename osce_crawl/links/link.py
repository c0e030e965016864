"""A link between two releases, and its columns for typed files."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from osce_crawl.columns import Column, columns_of
from osce_crawl.items import Text, doc

Relation = Literal["translation", "copy", "near-copy", "cites"]


class Release(NamedTuple):
    """What a link needs to know about an item.

    :ivar published: `YYYY-MM-DD`, or None.
    """

    id: str
    node: str
    language: str
    published: str | None

    @property
    def day(self) -> date | None:
        """The date of publication."""
        return date.fromisoformat(self.published) if self.published else None

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The order of publication: by date (undated releases last), then by node and language."""
        number = int(self.node) if self.node.isdigit() else -1
        return self.published or "9999", number, self.node, self.language


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `from_` is a translation or a copy of `to`, or cites it.

    If the two are translations or copies of each other, `to` is the one published first.
    """

    from_: Annotated[Text, doc("`id` of the item that is linked")]
    to: Annotated[Text, doc("`id` of the item that it is linked to")]
    relation: Annotated[Text, doc("`translation`, `copy`, `near-copy` or `cites`")]
    score: Annotated[float, doc("how certain or how similar, at most 1.0", ge=0, le=1)]
    evidence: Annotated[Text, doc("why the two are linked")]

    def row(self) -> dict[str, Any]:
        """Return the link as a line of `links.jsonl`, its keys in their order."""
        return {
            "from": self.from_,
            "to": self.to,
            "relation": self.relation,
            "score": self.score,
            "evidence": self.evidence,
        }


def between(one: Release, other: Release, relation: Relation, score: float, evidence: str) -> Link:
    """Return the link between two releases, from the later to the earlier one."""
    first, later = sorted((one, other), key=lambda release: release.order)
    return Link(later.id, first.id, relation, score, evidence)


@cache
def link_columns() -> tuple[Column, ...]:
    """Return the columns of `Link.row`."""
    return tuple(replace(one, name=one.name.rstrip("_")) for one in columns_of(Link))
