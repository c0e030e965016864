"""The report of a run, built from the counts of the run and the engine."""

import platform
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from osce_crawl.clock import stamp
from osce_crawl.crawl.run import Run
from osce_crawl.options import Options, project_path, setting_fields, setting_names
from osce_crawl.reports.meaning import kept
from osce_crawl.reports.outcomes import OUTCOMES
from osce_crawl.reports.run_kind import is_reread, kind_of
from osce_crawl.store.runs import history
from osce_crawl.verdict import Status
from osce_crawl.versions import EXTRACTOR_VERSION, own_version
from osce_crawl.vocabulary import vocabulary_version

#: Changes beyond this number are counted but not listed.
MOST_CHANGES = 200
#: How many words that no vocabulary knows are listed per issue, the most frequent first.
_MOST_WORDS = 20
_ACCEPT = " If the site has changed and the new file is right, publish it with: {command}"
_ACCEPT_REREAD = " If the new file is right nevertheless, publish it with: {command}"
_GOOD = frozenset({Status.PUBLISHED, Status.WARNINGS})
_STATUS_COUNT = "downloader/response_status_count/"
_REFUSED = "osce/items/refused/"
_LINES = "osce/lines/left_out/"
#: Errors outside the checks: the code in the report, the stat, and the level.
ERRORS = {
    "publish-error": ("osce/publish/error", "withhold"),
    "store-error": ("osce/store/error", "withhold"),
    "changes-error": ("osce/changes/error", "warn"),
    "archive-error": ("osce/archive/error", "warn"),
}


def build(run: Run, status: Status, stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report of a run that has ended, while its store is still open.

    :param stats: Scrapy's stats of the run.
    """
    ended = run.clock.now()
    measures, verdict = run.measures, run.verdict
    planned = verdict is not None
    return {
        "run_id": run.id,
        "started_at": stamp(run.started),
        "ended_at": stamp(ended),
        "seconds": round(float(stats.get("elapsed_time_seconds") or 0.0), 1),
        "arguments": run.given,
        "settings": _settings(run),
        "versions": {
            "osce_crawl": own_version(),
            "extractor": EXTRACTOR_VERSION,
            "vocabulary": vocabulary_version(),
            "scrapy": version("scrapy"),
            "python": platform.python_version(),
        },
        "origin": run.options.origin,
        "kind": kind_of(run.given, replay=run.options.replay is not None),
        "sample": run.arguments.sample,
        "full": run.full,
        "accepted_at": None,
        "last_published_at": stamp(ended) if status in _GOOD else _last_publication(run),
        "status": int(status),
        "verdict": "bug" if status is Status.BUG else status.name.lower(),
        "reasons": _reasons(run, stats),
        "next": _next(run, status, stats),
        "feeds": stats.get("osce/feeds", []),
        "recorded": _recorded(stats),
        "chosen_by_survey": run.found.why if run.found else None,
        "walks": [
            {
                "source": walk.name,
                "stop": walk.stop,
                "pages": len(walk.pages),
                "entries": walk.listed,
                "incomplete": list(walk.incomplete),
            }
            for walk in run.walks
        ],
        "requests": {
            "robots": stats.get("robotstxt/request_count", 0),
            "listing": stats.get("osce/listing/asked", 0),
            "items": measures.asked,
            "by_status": _counts(stats, _STATUS_COUNT),
            "retries": stats.get("retry/count", 0),
        },
        "items": _items(run, stats, planned=planned),
        "left_out": _counts(stats, _REFUSED),
        "changes": run.store.changes(MOST_CHANGES) if planned else [],
        "fill": measures.fill(),
        "baseline": run.baseline.fill(),
        "ways": {name: dict(served) for name, served in measures.ways.items()},
        "disagreements": dict(measures.disagreed),
        "lines_left_out": _counts(stats, _LINES),
        "issues": {
            code: {
                "count": count,
                "examples": measures.examples.get(code, []),
                "words": dict(measures.words[code].most_common(_MOST_WORDS)),
            }
            for code, count in measures.issues.most_common()
        },
        "tracebacks": run.tracebacks,
    }


def _next(run: Run, status: Status, stats: Mapping[str, Any]) -> str:
    if status is Status.BUG and {"osce/store/error", "osce/publish/error"} & stats.keys():
        return (
            "Fix the cause named above (disk space, permissions), then run the same command again."
        )
    outcome = OUTCOMES[status.name.lower()]
    reread = is_reread(run.given)
    following = outcome.reread if reread else outcome.following
    parts = kept({"feeds": stats.get("osce/feeds", [])})
    if status is Status.WITHHELD and parts:
        accept = _ACCEPT_REREAD if reread else _ACCEPT
        return following + accept.format(command=_accept(run, parts))
    return following


def _accept(run: Run, parts: Sequence[str]) -> str:
    """Return the command that publishes a withheld run.

    :param parts: the files it kept; without a store, `scrapy runs` does not know them.
    """
    store = run.options.store
    if store is None:
        return " && ".join(shlex.join(["mv", part, part.removesuffix(".part")]) for part in parts)
    default = project_path(str(Options.store))
    given = "" if store == default else f" -s {shlex.quote(f'OSCE_STORE={store}')}"
    return f"scrapy runs accept {run.id}{given}"


def _last_publication(run: Run) -> str | None:
    """Return when a run of the same kind was last published, None if never."""
    replay = run.options.replay is not None
    kind = kind_of(run.given, replay=replay)
    for one in history(run.store.db):
        if kind_of(one.arguments, replay=replay) == kind and (one.committed or one.accepted_at):
            return one.accepted_at or one.ended_at or one.started_at
    return None


def _recorded(stats: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the archive contains now, None if nothing was recorded."""
    files = stats.get("osce/archive/files")
    if not files:
        return None
    whole, unchanged = (stats.get(f"osce/archive/{one}", 0) for one in ("responses", "revisits"))
    return {"answers": whole + unchanged, "unchanged": unchanged, "files": list(files)}


def _items(run: Run, stats: Mapping[str, Any], *, planned: bool) -> dict[str, int]:
    changes = run.store.change_counts() if planned else {}
    return {
        "rows": stats.get("item_scraped_count", 0),
        **{
            kind: changes.get(kind, 0)
            for kind in ("new", "updated", "removed", "restored", "reextracted")
        },
        "unchanged": stats.get("osce/items/unchanged", 0),
        "known": run.frontier.known,
        "reused": run.frontier.reused,
        "incomplete": stats.get("osce/rows/incomplete", 0),
        "failed": run.measures.failures,
        "left_out": run.measures.left_out,
    }


def _reasons(run: Run, stats: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [
        {"level": one.level, "code": one.code, "text": one.text}
        for one in (run.verdict.findings if run.verdict else ())
    ]
    for code, (name, level) in ERRORS.items():
        if name in stats:
            found.append({"level": level, "code": code, "text": str(stats[name])})
    if stats.get("osce/items/invalid"):
        text = f"{stats['osce/items/invalid']} pages gave no valid item, see {run.options.invalid}"
        found.append({"level": "warn", "code": "invalid", "text": text})
    return found


def _settings(run: Run) -> dict[str, Any]:
    """Return the project's settings that differ from their defaults, without secrets."""
    given = {**vars(run.options), **vars(run.options.thresholds)}
    return {
        name: _plain(value)
        for name, one in zip(setting_names(), setting_fields(), strict=True)
        if one.repr
        and (value := given[one.name]) != one.default
        and not isinstance(one.default, Path)
    }


def _plain(value: Any) -> Any:
    """Return a setting's value as it would be given, numbers and switches as they are."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, Path) else value


def _counts(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)
    }
