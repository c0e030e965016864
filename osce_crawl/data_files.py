"""The package's data: the JSON files in `osce_crawl/data/`."""

import json
from importlib.resources import files
from typing import Any


def read_data(name: str) -> Any:
    """Return the content of the file *name*, which is without its ending."""
    return json.loads(files("osce_crawl").joinpath(f"data/{name}.json").read_text("utf-8"))
