"""The pages of docs/reference are what the code says today."""

from pathlib import Path

import pytest

from tools.reference.documents import documents

REFERENCE = Path(__file__).parents[1] / "docs/reference"
DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_generated_document_is_current(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == DOCUMENTS[name], "run make docs"


def test_every_page_of_the_reference_is_generated() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == set(DOCUMENTS)
