"""What is published about the item is what the code defines."""

from pathlib import Path

import pytest

from tools.dictionary import documents

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", documents())
def test_generated_document_is_current(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == documents()[name], "run make docs"
