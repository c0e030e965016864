"""The OSCE's units, fields of work, kinds of content, States and languages by printed label."""

from osce_crawl.vocabulary.lookup import (
    entries,
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
    resolve_state,
    vocabulary_version,
)

__all__ = [
    "entries",
    "resolve_content_type",
    "resolve_field",
    "resolve_language_name",
    "resolve_source",
    "resolve_state",
    "vocabulary_version",
]
