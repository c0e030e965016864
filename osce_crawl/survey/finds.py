"""What a survey found at an address: one row of its table."""

from dataclasses import dataclass, field
from typing import Any, Literal

from osce_crawl.extraction import Extraction
from osce_crawl.survey.questions import Question

#: How many pages of each listing are sampled.
SAMPLES = 3
#: What the site sends to a crawler instead of the page.
BLOCKED = frozenset({"challenge", "login", "cookie-wall"})


@dataclass
class Sample:
    """One page that a listing names, as it was read.

    :ivar fields: field → the way that found it; empty if the page is no release.
    :ivar refusal: why it is no release, one word; ``why``: in words.
    :ivar certain: it is certainly not a release.
    :ivar extraction: the full extraction, if it is a release.
    """

    url: str
    layout: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None
    why: str = ""
    certain: bool = False
    extraction: Extraction | None = None

    @property
    def release(self) -> bool:
        """Whether it reads as a release."""
        return self.refusal is None


@dataclass
class Find:
    """One address that was examined.

    :ivar kind: the kind of source that can walk it, None if none can.
    :ivar what: what it is in words, if it is not a source.
    :ivar via: how it was found; ``status``: the status it answered, None if it did not answer.
    :ivar before: addresses that redirected to it, each with its status.
    :ivar entries: node → its entry as the survey knows it; ``number``: how many addresses it names.
    :ivar days: node → day of publication, if the listing shows it.
    :ivar more: it continues beyond what was read; ``files``: files read of a sitemap, and how many
        it has.
    :ivar ways: the ways by which a listing was read.
    :ivar against: the reasons against walking it, in words. ``brief``: not on every day.
    :ivar reason: why it is not a listing, one word; ``usual``: it is the newsroom's usual listing;
        ``recent``: it shows only recent releases; ``strange``: it has none of the releases that
        other sources list.
    """

    url: str
    kind: str | None = None
    what: str = ""
    via: str = ""
    status: int | None = None
    before: tuple[tuple[str, int], ...] = ()
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    number: int = 0
    days: dict[str, str] = field(default_factory=dict)
    more: bool = False
    pager: bool = False
    files: tuple[int, int] = (0, 0)
    ways: dict[str, str] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    brief: bool = False
    reason: str | None = None
    usual: bool = False
    recent: bool = False
    strange: bool = False

    @classmethod
    def of(
        cls, question: Question, status: int | None, kind: str | None = None, what: str = ""
    ) -> "Find":
        """Return the find at an address that was requested."""
        return cls(
            question.address or question.url, kind, what, question.via, status, question.before
        )

    @property
    def proves(self) -> Literal["whole", "recent"] | None:
        """What a walk of it can prove: the whole newsroom, only recent releases, or nothing."""
        if self.kind is None:
            return None
        return "recent" if self.recent else "whole"

    @property
    def names_all(self) -> bool:
        """Whether it names all pages of the site, including releases."""
        return self.kind in {"sitemap", "typesense"}

    @property
    def newest(self) -> str | None:
        """The day of the newest entry."""
        return max(self.days.values(), default=None)

    @property
    def oldest(self) -> str | None:
        """The day of the oldest entry that was read."""
        return min(self.days.values(), default=None)

    @property
    def sampled_days(self) -> dict[str, str | None]:
        """Node → day of publication of the sampled pages that read as releases."""
        items = (sample.extraction.item for sample in self.samples if sample.extraction)
        return {item["node"]: item["published"] for item in items}

    @property
    def releases(self) -> int:
        """The number of sampled pages that read as releases."""
        return sum(sample.release for sample in self.samples)

    @property
    def walkable(self) -> bool:
        """Whether it can be walked for releases, judging by the samples.

        Three samples are enough for a listing, but say little about a source that names all pages.
        """
        if self.kind is None or not self.entries or self.strange:
            return False
        if self.samples and all(sample.refusal in BLOCKED for sample in self.samples):
            return False
        if self.names_all or not self.samples:
            return True
        return self.releases > 0 or not all(sample.certain for sample in self.samples)
