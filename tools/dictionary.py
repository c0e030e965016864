"""The published schema and the data dictionary, written from the definition of the item.

``make docs`` runs it; a test fails when the files in ``docs/`` are not what it writes.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Meta

from osce_crawl.flat import flat_columns
from osce_crawl.items import SCHEMA_VERSION, Release, json_schema
from osce_crawl.options import setting_fields, setting_names
from osce_crawl.options.osce_settings import RETIRED
from osce_crawl.vocabulary import entries

_INTRO = f"""# Data dictionary

One JSON object a line, UTF-8, LF. Every key is always there, in this order. Lists are never null
and hold no null; a text that is absent is null, never "". Schema version {SCHEMA_VERSION}; as JSON
Schema: [item.schema.json](item.schema.json). What changed since earlier versions:
[schema-changes.md](schema-changes.md). Made by `make docs` from `osce_crawl/items.py`.
"""
_FLAT = """## In cells

The columns of CSV: a structure has one for each of its fields, a list is JSON, null is an empty
cell. A cell that a spreadsheet would take for a formula has an apostrophe before it, which is no
part of the value. `items` in `newsroom.db` names its columns alike; lists are tables there.

| column | cell | may be empty | meaning |
|---|---|---|---|
"""
_CELLS = {
    "text": "text",
    "date": "`YYYY-MM-DD`",
    "timestamp": "`YYYY-MM-DDThh:mm:ssZ`",
    "integer": "integer",
    "float": "number",
    "boolean": "`true` or `false`",
    "json": "JSON list",
}
_KOSOVO = """
Kosovo has the user-assigned code `XK`, listed outside the participating States. This implies no
position on status; references to Kosovo are to be read in line with UNSCR 1244.
"""


def _unwrapped(hint: Any) -> tuple[Any, list[str]]:
    """Return a type without its annotations, and their descriptions, the innermost first."""
    if get_origin(hint) is Annotated:
        bare, *extras = get_args(hint)
        metas = [extra for extra in extras if isinstance(extra, Meta)]
        return bare, [meta.description for meta in metas if meta.description]
    return hint, []


def _words(hint: Any) -> str:
    """Return a type in words: ``list of Place``, ``text or null``."""
    bare, described = _unwrapped(hint)
    if get_origin(bare) in {Union, UnionType}:
        names = [_words(part) for part in get_args(bare) if part is not NoneType]
        return f"{' or '.join(names)} or null"
    if get_origin(bare) is list:
        (inner,) = get_args(bare)
        return f"list of {_words(inner)}"
    if is_dataclass(bare):
        name = getattr(bare, "__name__", "object")
        return f"[{name}](#{name.lower()})"
    if described and described[0].startswith("`YYYY"):
        return described[0]
    return {str: "text", int: "integer", float: "number", bool: "boolean"}.get(bare, str(bare))


def _meaning(hint: Any) -> str:
    return (_unwrapped(hint)[1] or [""])[-1]


def _parts(kind: type) -> Iterator[type]:
    """Yield the classes that *kind* is made of, each once, depth first."""
    seen: list[type] = []

    def visit(hint: Any) -> None:
        bare, _ = _unwrapped(hint)
        if is_dataclass(bare) and isinstance(bare, type):
            if bare not in seen:
                seen.append(bare)
                for inner in get_type_hints(bare, include_extras=True).values():
                    visit(inner)
            return
        for inner in get_args(bare):
            visit(inner)

    visit(kind)
    yield from seen


def _table(kind: Any) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        f"| `{one.name}` | {_words(hints[one.name])} | {_meaning(hints[one.name])} |"
        for one in fields(kind)
    ]
    return "\n".join(["| key | type | meaning |", "|---|---|---|", *rows])


def data_dictionary() -> str:
    """Return the data dictionary as Markdown."""
    sections = [
        f"## {kind.__name__}\n\n{kind.__doc__}\n\n{_table(kind)}\n" for kind in _parts(Release)
    ]
    return "\n".join([_INTRO, *sections, _cells()]) + _KOSOVO


def _cells() -> str:
    """Return the table of flat columns."""
    rows = [
        f"| `{one.name}` | {_CELLS[one.type]} | {'yes' if one.nullable else ''} |"
        f" {one.description} |"
        for one in flat_columns()
    ]
    return _FLAT + "\n".join([*rows, ""])


def settings_table() -> str:
    """Return the project's settings as Markdown."""
    rows = [
        f"| `{name}` | {_default(one.default)} | {one.metadata['doc']} |"
        for name, one in zip(setting_names(), setting_fields(), strict=True)
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Given by `-s NAME=VALUE` or, weaker, as environment variables of the same name.",
            "Relative paths start at the folder of `scrapy.cfg`. An unknown `OSCE_` name stops the",
            "run with status 2. Scrapy's own settings do what they say. Made by `make docs`.",
            "",
            "| setting | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
            "Without effect, and taken with a warning until the next version:",
            f"{', '.join(f'`{name}`' for name in sorted(RETIRED))}.",
            "",
        ]
    )


def _default(value: Any) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    return f"`{int(value) if isinstance(value, bool) else value}`"


def vocabulary_tables() -> str:
    """Return the vocabularies as Markdown."""
    units = [
        f"| `{unit['id']}` | {unit['label']} | {unit['kind']} | {unit['parent'] or ''} |"
        f" {unit['host_country'] or ''} | {unit['valid_from'] or ''}–{unit['valid_to'] or ''} |"
        for unit in entries("units")
    ]
    work = [f"| `{one['id']}` | {one['label']} |" for one in entries("fields_of_work")]
    kinds = [
        f"| `{kind['id']}` | {kind['label']} | {'yes' if kind['release'] else 'no'} |"
        for kind in entries("content_types")
    ]
    states = [
        f"| `{state['code']}` | {state['label']} | {state['status']} |"
        for state in entries("states")
    ]
    return "\n".join(
        [
            "# Vocabularies",
            "",
            "Made by `make docs` from the files in `osce_crawl/data/`. A value that no file knows",
            "is kept as printed, with `id` null and an issue; it is never matched loosely.",
            _KOSOVO,
            "## Units",
            "",
            "| id | label | kind | parent | host country | years |",
            "|---|---|---|---|---|---|",
            *units,
            "",
            "## Fields of work",
            "",
            "| id | label |",
            "|---|---|",
            *work,
            "",
            "## Content types",
            "",
            "| id | label | an item of the newsroom |",
            "|---|---|---|",
            *kinds,
            "",
            "## States",
            "",
            "| code | label | status |",
            "|---|---|---|",
            *states,
            "",
        ]
    )


def documents() -> dict[str, str]:
    """Return the generated documents: file name → text."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    return {
        "data-dictionary.md": data_dictionary(),
        "item.schema.json": f"{schema}\n",
        "settings.md": settings_table(),
        "vocabularies.md": vocabulary_tables(),
    }


def main(folder: Path) -> None:
    """Write the generated documents into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
