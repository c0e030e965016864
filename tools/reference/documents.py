"""The generated pages, by the names of their files."""

from tools.reference.checks import checks
from tools.reference.commands import commands_page
from tools.reference.item import data_dictionary, schema
from tools.reference.metrics import metrics
from tools.reference.settings import settings
from tools.reference.statistics import statistics
from tools.reference.store import store
from tools.reference.vocabularies import vocabularies


def documents() -> dict[str, str]:
    """Return the generated documents: file name → text."""
    return {
        "checks.md": checks(),
        "commands.md": commands_page(),
        "data-dictionary.md": data_dictionary(),
        "item.schema.json": schema(),
        "metrics.md": metrics(),
        "settings.md": settings(),
        "statistics.md": statistics(),
        "store.md": store(),
        "vocabularies.md": vocabularies(),
    }
