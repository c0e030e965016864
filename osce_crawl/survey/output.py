"""The output of a survey for people and programs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from osce_crawl.survey.choice import Choice
from osce_crawl.survey.finds import Find, Sample
from osce_crawl.survey.survey import Survey
from osce_crawl.verdict.measures import FIELDS

#: The columns of the table.
COLUMNS = ("address", "kind", "lists", "read as releases", "proves", "problems")
#: How many addresses are named for each reason.
_NAMED = 3


def rows(survey: Survey) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, one per address; sources that can be walked come first."""
    finds = sorted(survey.finds, key=lambda find: find.kind is None)
    for find in finds:
        yield (
            find.url,
            find.kind or find.what or "-",
            _lists(find),
            _samples(find) if find.kind else "",
            {"whole": "everything", "recent": "only recent entries"}.get(str(find.proves), ""),
            "; ".join(find.against) or ("none" if find.kind else ""),
        )


def _lists(find: Find) -> str:
    if find.kind is None:
        return ""
    text = f"{find.number:,} addresses" if find.kind == "sitemap" else f"{find.number:,} entries"
    if find.kind == "sitemap":
        read, known = find.files
        text += f", {len(find.entries):,} that may be releases; {read} of {known} files read"
    if find.newest:
        text += f", {find.newest} to {find.oldest}"
    if find.kind in {"pager", "cards"}:
        text += ", with a pager" if find.pager else ", no pager"
    return text


def _samples(find: Find) -> str:
    """Return how many of the sampled pages read as releases, and with which fields."""
    if not find.samples:
        return "none was read"
    text = f"{find.releases} of {len(find.samples)}"
    found = Counter(name for sample in find.samples for name in sample.fields)
    if not found:
        return text
    names = (
        name if found[name] == find.releases else f"{name} on {found[name]}"
        for name in FIELDS
        if found[name]
    )
    return f"{text}: {', '.join(names)}"


def page_lines(survey: Survey) -> Iterator[str]:
    """Yield what was seen on the sampled pages, field by field."""
    for sample in survey.sampled.values():
        if sample is None:
            continue
        if not sample.release:
            yield f"Unread     {sample.url}: {sample.why}"
            continue
        read = [f"{name} ({way})" if way else name for name, way in sample.fields.items()]
        yield f"Read       {sample.url} as {sample.layout}: {', '.join(read)}"
        missing = [name for name in FIELDS if name not in sample.fields and name != "labels"]
        if missing:
            yield f"Missing    {', '.join(missing)}"


def left_lines(survey: Survey) -> Iterator[str]:
    """Yield the addresses not examined: the first few for each reason, and how many more."""
    by_reason: dict[str, list[str]] = {}
    for url, why in survey.not_looked_at:
        by_reason.setdefault(why, []).append(url)
    for why, urls in by_reason.items():
        more = f" and {len(urls) - _NAMED} more" if len(urls) > _NAMED else ""
        yield f"Skipped    {', '.join(urls[:_NAMED])}{more} ({why})"


def to_json(survey: Survey, choice: Choice) -> dict[str, Any]:
    """Return the same as JSON data for programs."""
    return {
        "base_url": survey.base_url,
        "requests": dict(survey.rounds.given),
        "finds": [_find(find) for find in survey.finds],
        "not_looked_at": [{"url": url, "why": why} for url, why in survey.not_looked_at],
        "sources": list(choice.sources),
        "setting": choice.line if choice.sources else None,
        "proves": ("whole" if choice.whole else "recent") if choice.sources else None,
        "why": choice.why or None,
    }


def _find(find: Find) -> dict[str, Any]:
    return {
        "url": find.url,
        "kind": find.kind,
        "via": find.via or None,
        "status": find.status,
        "redirects": [{"url": url, "status": status} for url, status in find.before],
        "listed": find.number,
        "may_be_releases": len(find.entries),
        "newest": find.newest,
        "oldest": find.oldest,
        "pager": find.pager,
        "ways": find.ways,
        "files": {"read": find.files[0], "known": find.files[1]} if find.files[1] else None,
        "proves": find.proves,
        "walkable": find.walkable,
        "against": find.against,
        "samples": [_sample(sample) for sample in find.samples],
    }


def _sample(sample: Sample) -> dict[str, Any]:
    return {
        "url": sample.url,
        "release": sample.release,
        "layout": sample.layout,
        "fields": sample.fields,
        "why": sample.why or None,
    }
