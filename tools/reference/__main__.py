"""``python -m tools.reference [FOLDER]`` writes the generated pages, by default to the docs."""

import sys
from pathlib import Path

from tools.reference.documents import documents


def main(folder: Path) -> None:
    """Write the generated documents into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
