import pytest

from osce_crawl.loaders.release import blank_item


@pytest.fixture
def item():
    """Return a function that makes an item with a few keys."""

    def make(node, language="en", published="2020-05-04", **keys):
        prefix = "" if language == "en" else f"/{language}"
        return {
            **blank_item(),
            "id": f"{node}-{language}",
            "node": str(node),
            "language": language,
            "published": published,
            "url": f"https://www.osce.org{prefix}/odihr/{node}",
            "work_id": str(node),
            **keys,
        }

    return make
