"""The OSCE's units, fields of work, kinds of content, States and languages by printed label."""

from osce_crawl.vocabulary.lookup import (
    entries,
    other_kind_in,
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
    resolve_state,
    vocabulary_version,
)

__all__ = [
    "entries",
    "other_kind_in",
    "resolve_content_type",
    "resolve_field",
    "resolve_language_name",
    "resolve_source",
    "resolve_state",
    "vocabulary_version",
]
