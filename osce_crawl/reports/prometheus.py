"""The last run as metrics, for the textfile collector of Prometheus' node exporter.

Format: Prometheus' text exposition format 0.0.4. All are gauges, since each run writes them anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from osce_crawl.reports.meaning import fills, published
from osce_crawl.text.forms import printable
from osce_crawl.verdict import Status

_VERDICTS = [status.name.lower() for status in Status if status is not Status.REFUSED]


@dataclass(frozen=True)
class Metric:
    """A metric's name, labels and meaning, as listed in ``docs/reference/metrics.md``.

    Every metric also has the label `run` before these, see `osce_crawl.reports.run_kind`.
    """

    name: str
    labels: tuple[str, ...]
    meaning: str


#: The meaning of label values that no other table explains.
LABELS: dict[str, dict[str, str]] = {
    "state": {
        "rows": "rows of the feed",
        "new": "new items",
        "updated": "items whose content changed",
        "removed": "items found to be gone from the site",
        "restored": "removed items that are back",
        "reextracted": "items that read differently because the extractor has changed",
        "unchanged": "pages answered with 304",
        "known": "entries that needed no request",
        "reused": "entries whose answer an earlier run had fetched",
        "incomplete": "rows made from a listing entry alone",
        "failed": "item pages that could not be fetched or read",
        "left_out": "pages that are not releases",
    },
    "kind": {
        "robots": "requests for robots.txt",
        "listing": "requests for listing pages",
        "items": "requests for item pages",
        "retries": "requests repeated after a failure",
    },
}
_Samples = Sequence[tuple[tuple[object, ...], float]]

METRICS = (
    Metric(
        "osce_crawl_run_info",
        ("run_id", "osce_crawl", "extractor", "scrapy", "python"),
        "always 1; the labels name the run and its versions",
    ),
    Metric("osce_crawl_run_status", (), "exit status of the run"),
    Metric("osce_crawl_run_verdict", ("verdict",), "1 for the run's verdict, 0 for the others"),
    Metric("osce_crawl_run_published", (), "1 if the run was published, else 0"),
    Metric(
        "osce_crawl_last_published_timestamp_seconds",
        (),
        "time of the last published run of this kind, Unix time",
    ),
    Metric("osce_crawl_run_started_timestamp_seconds", (), "start of the run, Unix time"),
    Metric("osce_crawl_run_ended_timestamp_seconds", (), "end of the run, Unix time"),
    Metric("osce_crawl_run_duration_seconds", (), "duration of the run"),
    Metric("osce_crawl_run_reasons", ("level", "code"), "findings that withhold or warn"),
    Metric("osce_crawl_items", ("state",), "items of the run by state"),
    Metric("osce_crawl_feed_rows", ("path",), "rows of a feed"),
    Metric("osce_crawl_feed_bytes", ("path",), "size of a feed"),
    Metric("osce_crawl_requests", ("kind",), "requests by kind"),
    Metric("osce_crawl_responses", ("status",), "responses by HTTP status"),
    Metric("osce_crawl_walk_pages", ("source",), "listing pages read"),
    Metric("osce_crawl_walk_entries", ("source",), "entries seen on them"),
    Metric("osce_crawl_walk_incomplete", ("source",), "reasons why a walk is incomplete"),
    Metric(
        "osce_crawl_field_pages",
        ("generation", "field"),
        "pages read that could have the field",
    ),
    Metric(
        "osce_crawl_field_fill_ratio",
        ("generation", "field"),
        "share of these pages that have the field (0 to 1)",
    ),
    Metric(
        "osce_crawl_field_baseline_fill_ratio",
        ("generation", "field"),
        "the same share in earlier published runs",
    ),
    Metric("osce_crawl_field_ways", ("field", "way"), "pages on which a way provided a field"),
    Metric(
        "osce_crawl_field_disagreements",
        ("field",),
        "pages on which two ways gave different values",
    ),
    Metric("osce_crawl_issues", ("code",), "issues of the items read in the run"),
)


def text(report: Mapping[str, Any]) -> str:
    """Return the metrics of a run; values missing from the report have no sample."""
    samples = _samples(report)
    kind = report.get("kind", "whole")
    parts = []
    for metric in METRICS:
        # the collector rejects the whole file if a series occurs twice
        series: dict[str, float] = {}
        for values, number in samples[metric.name]:
            labels = ",".join(
                f'{label}="{_escaped(value)}"'
                for label, value in zip(("run", *metric.labels), (kind, *values), strict=True)
            )
            key = f"{metric.name}{{{labels}}}"
            series[key] = series.get(key, 0) + number
        if series:
            parts.append(f"# HELP {metric.name} {metric.meaning}\n# TYPE {metric.name} gauge\n")
            parts += [f"{key} {number}\n" for key, number in series.items()]
    return "".join(parts)


def _samples(report: Mapping[str, Any]) -> dict[str, _Samples]:
    """Return each metric's samples: its label values and the number."""
    versions, requests = report.get("versions", {}), report.get("requests", {})
    walks, feeds, rates = report.get("walks", ()), report.get("feeds", ()), list(fills(report))
    ended, seconds, last = (report.get(key) for key in ("ended_at", "seconds", "last_published_at"))
    info = (versions.get(name, "") for name in ("osce_crawl", "extractor", "scrapy", "python"))
    samples: dict[str, _Samples] = {
        "run_info": [((report["run_id"], *info), 1)],
        "run_status": [((), report["status"])],
        "run_verdict": [((one,), int(one == report["verdict"])) for one in _VERDICTS],
        "run_published": [((), int(published(report)))],
        "last_published_timestamp_seconds": [((), _unix(last))] if last else [],
        "run_started_timestamp_seconds": [((), _unix(report["started_at"]))],
        "run_ended_timestamp_seconds": [((), _unix(ended))] if ended else [],
        "run_duration_seconds": [((), seconds)] if seconds is not None else [],
        "run_reasons": [((one["level"], one["code"]), 1) for one in report.get("reasons", ())],
        "items": _counted(report.get("items", {})),
        "feed_rows": [((feed["path"],), feed["rows"]) for feed in feeds],
        "feed_bytes": [((feed["path"],), feed["bytes"]) for feed in feeds],
        "requests": _counted({k: v for k, v in requests.items() if k != "by_status"}),
        "responses": _counted(requests.get("by_status", {})),
        "walk_pages": [((walk["source"],), walk["pages"]) for walk in walks],
        "walk_entries": [((walk["source"],), walk["entries"]) for walk in walks],
        "walk_incomplete": [((walk["source"],), len(walk["incomplete"])) for walk in walks],
        "field_pages": [((one.generation, one.field), one.read) for one in rates],
        "field_fill_ratio": [
            ((one.generation, one.field), one.rate) for one in rates if one.rate is not None
        ],
        "field_baseline_fill_ratio": [
            ((one.generation, one.field), one.rate_before)
            for one in rates
            if one.rate_before is not None
        ],
        "field_ways": [
            ((field, way), count)
            for field, ways in report.get("ways", {}).items()
            for way, count in ways.items()
        ],
        "field_disagreements": _counted(report.get("disagreements", {})),
        "issues": _counted(
            {code: issue["count"] for code, issue in report.get("issues", {}).items()}
        ),
    }
    return {f"osce_crawl_{name}": of_metric for name, of_metric in samples.items()}


def _counted(counts: Mapping[str, float]) -> _Samples:
    return [((name,), count) for name, count in counts.items()]


def _unix(stamp: str) -> float:
    """Return a timestamp (`YYYY-MM-DDThh:mm:ssZ`) as seconds since 1970."""
    return datetime.fromisoformat(stamp).timestamp()


def _escaped(value: object) -> str:
    return printable(value).replace("\\", r"\\").replace('"', r"\"")
